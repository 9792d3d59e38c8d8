/** Sentences for what a backend refuses of a workflow, and for how runs fail, in English. */
import { advised, clip, type RunProblems } from '../phrases.ts';
import { bytes, count, list } from './phrases.ts';

export const runProblems: RunProblems = {
  'missing-node': ({ node }, reader) =>
    `The backend doesn't have the node "${clip(node)}" that this template needs. ${advised(reader, {
      person: 'An admin needs to install it.',
      admin: 'It has to be installed there, or taken out of the workflow.',
    })}`,
  'missing-nodes': ({ nodes }, reader) =>
    `${count(nodes.length, 'node')} that this template needs are missing on the backend: ${list(nodes.map((node) => clip(node)))}. ${advised(
      reader,
      {
        person: 'An admin needs to install them.',
        admin: 'They have to be installed there, or taken out of the workflow.',
      },
    )}`,
  'model-missing': ({ input, slot = input, value, choices = [] }, reader) => {
    const has = choices.length > 0 ? ` It has ${list(choices)}.` : '';
    return `The backend doesn't have "${clip(value)}" for "${slot}".${has} ${advised(reader, {
      person: 'Choose another one, or ask an admin to install it.',
      admin: 'Choose another one, or install it there.',
    })}`;
  },
  'workflow-refused': ({ detail, slot }) =>
    slot === undefined
      ? `The backend refused the workflow: ${clip(detail, 300)}`
      : `The backend refused "${slot}": ${clip(detail, 300)}`,
  'run-failed': ({ node, detail }) => `It failed at "${clip(node)}": ${clip(detail, 300)}`,
  'out-of-memory': ({ node }) =>
    `The backend ran out of memory at "${clip(node)}". Try a smaller size or fewer pictures at once.`,
  'model-download-failed': ({ detail }) => `The backend could not download a model: ${clip(detail, 300)}`,
  'image-download-failed': ({ detail }) =>
    `The backend could not read an input picture: ${clip(detail, 300)}`,
  interrupted: () => 'It was stopped at the backend before it was done. Please start it again.',
  'run-lost': ({ backend }) =>
    `${backend} keeps losing this job, probably because it restarts. Please try again later.`,
  'backend-crashed': ({ backend, words }, reader) =>
    `${backend} itself broke down while it ran this, although I tried it again. The workflow is not to blame. ${advised(
      reader,
      {
        person: 'Please try again later.',
        admin: 'Please try again later.',
        operator: words && `It said: "${clip(words, 300)}". Please try again later.`,
      },
    )}`,
  'run-too-long': ({ minutes }) => `It was not done after ${count(minutes, 'minute')}, so I stopped it.`,
  'no-outputs': (_, reader) =>
    `It ran, but produced nothing to show. ${advised(reader, {
      person: 'An admin should look at the template.',
      admin: 'Look at the template: which of its nodes save something, and which of them are posted.',
    })}`,
  'output-gone': ({ name, again }, reader) =>
    again
      ? `The backend lost "${clip(name)}" before I could fetch it, also when I had it made again. ${advised(
          reader,
          {
            person: 'Please tell an admin.',
            admin: 'Something there empties its output folder, or another server answers for its files.',
          },
        )}`
      : `The backend no longer has "${clip(name)}". Please run it again; another seed makes sure that it is drawn anew.`,
  'output-too-large': ({ name, maxSize }) =>
    `"${clip(name)}" is larger than the ${bytes(maxSize)} that I can fetch.`,
};
