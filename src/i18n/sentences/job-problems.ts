/** Why a job does not begin, go on or arrive where the backend has no part in it; what the page is refused. */
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import { aType } from './names.ts';
import type { SomeProblems } from './problem-sentences.ts';
import { quoted } from './quoted.ts';

export const jobProblems = (speaker: Speaker) => {
  const { say, list, bytes } = speaker;
  return {
    'user-waiting-cap': ({ cap }) => say('problems.user-waiting-cap', { cap }),
    'guild-waiting-cap': ({ cap }) => say('problems.guild-waiting-cap', { cap }),
    'person-waiting-cap': ({ cap }) => say('problems.person-waiting-cap', { cap }),
    'everybody-waiting-cap': () => say('problems.everybody-waiting-cap'),
    'shutting-down': () => say('problems.shutting-down'),

    'no-such-job': () => say('problems.no-such-job'),
    'not-your-job': () => say('problems.not-your-job'),
    'already-ended': () => say('problems.already-ended'),
    'which-job': ({ titles }) => say('problems.which-job', { titles: list(quoted(speaker, titles, 40)) }),
    'nothing-to-cancel': () => say('problems.nothing-to-cancel'),
    'again-needs-picture': ({ slot }) => say('problems.again-needs-picture', { slot }),
    'again-needs-file': ({ slot, type }) =>
      say('problems.again-needs-file', { slot, type: aType(speaker, type) }),
    'store-failed': (_, reader) => say('problems.store-failed', { reader }),
    'record-unreadable': () => say('problems.record-unreadable'),
    'disk-nearly-full': ({ free }) => say('problems.disk-nearly-full', { free: bytes(free) }),
    'delivery-failed': () => say('problems.delivery-failed'),
    'too-heavy': ({ ref }) => say('problems.too-heavy', { logged: ref !== undefined, ref: ref ?? '' }),
    'data-full': ({ file }) =>
      file === undefined ? say('problems.data-full') : say('problems.data-full.file', { file: clip(file) }),
  } satisfies SomeProblems;
};

export const pageProblems = ({ say, bytes }: Speaker) =>
  ({
    'form-expired': () => say('problems.form-expired'),
    'bad-request': () => say('problems.bad-request'),
    'request-too-large': ({ maxSize }) => say('problems.request-too-large', { maxSize: bytes(maxSize) }),
    'too-many-pages': ({ max }) => say('problems.too-many-pages', { max }),
    'file-gone': () => say('problems.file-gone'),
    'stars-full': () => say('problems.stars-full'),
    'words-blocked': () => say('problems.words-blocked'),
  }) satisfies SomeProblems;
