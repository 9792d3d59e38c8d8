/** What Easel writes to those who run it or look after its templates, without being asked: lines of a message. */
import { momentMark } from '../../core/moment.ts';
import { clip, platformName } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';

export const alerts = ({ say, gigabytes }: Speaker) => ({
  /** `sentence`: what is wrong; `words`: what the backend says of it. */
  held: (sentence: string, since: number, words: string | undefined) => [
    say('alerts.held', { sentence, since: momentMark(since) }),
    ...(words ? [say('alerts.held.words', { words: clip(words, 300) })] : []),
  ],
  heldOver: (backend: string) => [say('alerts.heldOver', { backend: clip(backend) })],
  token: (sentence: string) => [sentence],
  tokenOver: (platform: string) => [say('alerts.tokenOver', { platform: platformName(platform) })],
  disk: (sentence: string) => [sentence],
  diskBudget: (fixed: number, budget: number, full: boolean) => {
    const how = full ? 'full' : 'nearly';
    return [
      say(`alerts.diskBudget.${how}`, { fixed: gigabytes(fixed), budget: gigabytes(budget) }),
      say(`alerts.diskBudget.${how}Advice`),
    ];
  },
  diskOver: () => [say('alerts.diskOver')],
  diskUnset: (total: number, standard: number) => [
    say('alerts.diskUnset', { total: gigabytes(total), standard: gigabytes(standard) }),
  ],
  diskUnsetOver: () => [say('alerts.diskUnsetOver')],
});

export const drift = ({ say }: Speaker) => ({
  heading: (name: string) => say('drift.heading', { name: clip(name) }),
  advice: (name: string) => say('drift.advice', { name: clip(name) }),
});
