/** What a workflow leaves that can't be posted, in English. */
import { advised, clip } from '../phrases.ts';
import type { ProblemSentences } from '../sentences/problem-sentences.ts';
import { count, list } from './phrases.ts';

export const outputProblems: Pick<
  ProblemSentences,
  'no-output-nodes' | 'outputs-unseen' | 'trial-bare' | 'pictures-missed'
> = {
  'no-output-nodes': () =>
    'None of its nodes saves or shows anything, so there would be nothing to post. Add a Save Image node for what should be posted.',
  'outputs-unseen': ({ nodes, all }) =>
    all
      ? `There would be nothing to post: what ${list(nodes.map((node) => `"${clip(node)}"`))} makes can’t be fetched from the backend. Add a Save Image node (Save Video, Save Audio) for what should be posted.`
      : `What ${list(nodes.map((node) => `"${clip(node)}"`))} makes can’t be fetched from the backend, so it isn’t posted. The other outputs are.`,
  'trial-bare': () =>
    'The test run went well and left nothing to post. Add a Save Image node for what should be posted, or choose other outputs, and test it again.',
  'pictures-missed': ({ node, got, of, why, again }, reader) => {
    const title = `"${clip(node)}"`;
    if (why === 'disk')
      return `Easel's disk had no room for all pictures of ${title}. Please try again later.`;
    if (why === 'limit')
      return `${title} sent more over the connection to the backend than I take at once, so I stopped after ${count(got, 'picture')}. Please ask for fewer or smaller ones.`;
    const lost =
      got === 0
        ? `The pictures of ${title} did not arrive.`
        : of === undefined
          ? `Perhaps not all pictures of ${title} arrived.`
          : `Only ${got} of ${count(of, 'picture')} of ${title} arrived.`;
    return `${lost} They come over the connection to the backend only${again ? ', and the second try did not bring them either' : ''}. ${advised(
      reader,
      {
        person: 'Please try again later; if it happens again, tell an admin.',
        admin: 'With a Save Image node in its place they are kept on the backend, and can be fetched again.',
      },
    )}`;
  },
};
