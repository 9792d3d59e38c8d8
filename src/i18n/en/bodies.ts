/** What is said where a reply cannot have all of it, in English. */
import type { Rank } from '../../core/rank.ts';
import type { Closed } from '../../core/bodies.ts';
import { advised, clip } from '../phrases.ts';
import { count, list } from './phrases.ts';

const CLOSED: Record<Closed, string> = {
  outside: 'I am not in that channel, so the result comes here. Invite me there to get it in place.',
  'read-only':
    'That channel is read-only for me, so the result comes here. Whoever manages it can let me post there.',
  archived: 'That channel or thread is archived or locked, so the result comes here.',
  other: 'I could not post in that channel, so the result comes here.',
};

export const bodies = {
  /** Instead of the title, the values and texts: this place does not let them be said. */
  leftOut: () => 'Your words are left out here: the rules of this place block them.',
  /** Instead of a failure's own sentence. */
  failed: () => 'It did not work. The reason is left out here, as it may quote your words.',
  filesLeftOut: (files: number) =>
    `${count(files, 'file')} could not be attached here; the backend keeps ${files === 1 ? 'it' : 'them'}.`,
  /** Above pictures that could not stand in the reply itself. */
  pictures: (files: number) => `${count(files, 'picture')}:`,
  /** The last that is tried: it quotes and counts nothing. */
  last: () => 'It is over. The rules of this place let me say no more here.',
  /** In the first reply, where the result could not be put: it is in the same channel. */
  beside: () => 'The result is in a message of its own, further down.',
  /** The same, where it went to the person directly. */
  direct: () => 'The result is in your direct messages with me.',
  /** Above a result that came directly, since the place where it was asked is closed. */
  closed: (why: Closed) => CLOSED[why],
  /** Our own rendering or disk has failed again and again: what is said instead. */
  unshown: (reader: Rank) =>
    advised(reader, {
      person: 'The result is there, but I failed to show all of it here. Please tell the person who runs me.',
      admin: 'The result is there, but I failed to show all of it here. The log of Easel says why.',
    }),
  /** To who runs Easel, where a chat does not take the sentences themselves. */
  withheld: () => 'There is something for you to look at that I am not allowed to say here. The log has it.',
  /** Of a run that saved something all the same: titles of nodes, and a sentence that says why. */
  unmade: (names: string[], why: string | undefined) =>
    `Not made: ${list(names.map((name) => `"${clip(name, 60)}"`))}.${why === undefined ? '' : ` ${why}`}`,
  /** What the backend remembered of an earlier run was not there any more. */
  remade: () => 'The backend had removed a file of this, so I had it made again, with the same values.',
  /** While it runs: what the backend says it is doing, in its words. */
  said: (backend: string, text: string) => `${clip(backend)}: ${text}`,
  /** Names of models. */
  stoodIn: (wanted: string, taken: string) =>
    `“${clip(taken, 80)}” took the place of “${clip(wanted, 80)}”, which is not installed.`,
  shrunk: (slot: string, width: number, height: number) =>
    `Your picture for “${clip(slot, 80)}” was too large, so I made it smaller: ${width}×${height}.`,
};
