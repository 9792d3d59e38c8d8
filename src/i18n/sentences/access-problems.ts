/** Who may not, and who might change that; how a guild is set. */
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import { settingName } from './names.ts';
import type { SomeProblems } from './problem-sentences.ts';

export const accessProblems = ({ say, list }: Speaker) =>
  ({
    'not-an-admin': () => say('problems.not-an-admin'),
    banned: (_, reader) => say('problems.banned', { reader }),
    outsider: () => say('problems.outsider'),
    'not-your-role': () => say('problems.not-your-role'),
    'not-this-channel': ({ channels }) => say('problems.not-this-channel', { channels: channels.length }),
    'not-for-you': ({ name }) => say('problems.not-for-you', { name: clip(name) }),
    'not-here': ({ name }) => say('problems.not-here', { name: clip(name) }),
    'age-restricted': ({ name }) => say('problems.age-restricted', { name: clip(name) }),
    'blocked-word': ({ slot }) => say('problems.blocked-word', { slot }),
    'not-served-here': () => say('problems.not-served-here'),
    'blocked-by-operator': () => say('problems.blocked-by-operator'),
    'direct-messages-off': () => say('problems.direct-messages-off'),
    'user-installs-off': () => say('problems.user-installs-off'),
    'not-taking-jobs': () => say('problems.not-taking-jobs'),
    'partner-nodes': ({ nodes, allowed }, reader) =>
      say(allowed ? 'problems.partner-nodes.allowed' : 'problems.partner-nodes', {
        nodes: list(nodes.map((node) => clip(node))),
        reader,
      }),
  }) satisfies SomeProblems;

export const settingProblems = (speaker: Speaker) => {
  const { say, list } = speaker;
  const named = (key: string) => settingName(speaker, key);
  return {
    'settings-damaged': (_, reader) => say('problems.settings-damaged', { reader }),
    'setting-not-a-number': ({ setting, value, min, max }) =>
      say('problems.setting-not-a-number', { setting: named(setting), value: clip(value), min, max }),
    'setting-above-maximum': ({ setting, value, max }) =>
      say('problems.setting-above-maximum', { setting: named(setting), value: clip(value), max }),
    'setting-too-long': ({ setting, max }) =>
      say('problems.setting-too-long', { setting: named(setting), max }),
    'setting-changed': ({ setting, value }) =>
      value === ''
        ? say('problems.setting-changed.default', { setting: named(setting) })
        : say('problems.setting-changed', { setting: named(setting), value: clip(value) }),
    'setting-unknown': ({ setting, value, known }) =>
      say('problems.setting-unknown', { setting: named(setting), value: clip(value), known: list(known) }),
  } satisfies SomeProblems;
};
