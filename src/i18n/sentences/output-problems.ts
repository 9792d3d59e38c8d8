/** What a workflow leaves that can't be posted. */
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import type { SomeProblems } from './problem-sentences.ts';
import { quoted } from './quoted.ts';

export const outputProblems = (speaker: Speaker) => {
  const { say, list } = speaker;
  return {
    'no-output-nodes': () => say('problems.no-output-nodes'),
    'outputs-unseen': ({ nodes, all }) =>
      say(all ? 'problems.outputs-unseen.all' : 'problems.outputs-unseen', {
        nodes: list(quoted(speaker, nodes)),
      }),
    'trial-bare': () => say('problems.trial-bare'),
    'pictures-missed': ({ node, got, of, why, again }, reader) => {
      const about = { node: clip(node), again: again ?? false, reader };
      if (why === 'disk') return say('problems.pictures-missed.disk', about);
      if (why === 'limit') return say('problems.pictures-missed.limit', { ...about, got });
      if (got === 0) return say('problems.pictures-missed.none', about);
      return of === undefined
        ? say('problems.pictures-missed.perhaps', about)
        : say('problems.pictures-missed', { ...about, got, of });
    },
  } satisfies SomeProblems;
};
