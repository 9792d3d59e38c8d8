/** What is said where a reply cannot have all of it. */
import type { Closed } from '../../core/bodies.ts';
import type { Rank } from '../../core/rank.ts';
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import { backendName } from './names.ts';

export const bodies = (speaker: Speaker) => {
  const { say, list } = speaker;
  return {
    leftOut: () => say('bodies.leftOut'),
    failed: () => say('bodies.failed'),
    filesLeftOut: (files: number) => say('bodies.filesLeftOut', { files }),
    /** Above pictures that could not stand in the reply itself. */
    pictures: (files: number) => say('bodies.pictures', { files }),
    /** The last that is tried: it quotes and counts nothing. */
    last: () => say('bodies.last'),
    /** In the first reply, where the result could not be put: it is in the same channel. */
    beside: () => say('bodies.beside'),
    /** The same, where it went to the person directly. */
    direct: () => say('bodies.direct'),
    /** Above a result that came directly, since the place where it was asked is closed. */
    closed: (why: Closed) => say(`bodies.closed.${why}`),
    /** Our own rendering or disk has failed again and again: what is said instead. */
    unshown: (reader: Rank) => say('bodies.unshown', { reader }),
    /** To who runs Easel, where a chat does not take the sentences themselves. */
    withheld: () => say('bodies.withheld'),
    /** Of a run that saved something all the same: titles of nodes, and a sentence that says why. */
    unmade: (names: string[], why: string | undefined) =>
      say('bodies.unmade', {
        names: list(names.map((name) => say('quoted', { name: clip(name, 60) }))),
        because: why !== undefined,
        why: why ?? '',
      }),
    /** What the backend remembered of an earlier run was not there any more. */
    remade: () => say('bodies.remade'),
    /** While it runs: what the backend says it is doing, in its words. */
    said: (backend: string, text: string) =>
      say('bodies.said', { backend: clip(backendName(speaker, backend)), text }),
    /** Names of models. */
    stoodIn: (wanted: string, taken: string) =>
      say('bodies.stoodIn', { wanted: clip(wanted, 80), taken: clip(taken, 80) }),
    shrunk: (slot: string, width: number, height: number) =>
      say('bodies.shrunk', { slot: clip(slot, 80), width, height }),
  };
};
