/** Sentences for what a backend refuses of a workflow, and for how runs fail, in English. */
import { advised, clip, type NamedInput, type RunProblems } from '../phrases.ts';
import { bytes, count, list } from './phrases.ts';

export const runProblems: RunProblems = {
  'missing-node': ({ node, title }, reader) =>
    `The backend doesn't have the node "${clip(node)}"${title === undefined ? '' : ` ("${clip(title)}")`} that this template needs. ${advised(
      reader,
      {
        person: 'An admin needs to install it.',
        admin: 'It has to be installed there, or taken out of the workflow.',
      },
    )}`,
  'missing-nodes': ({ nodes }, reader) =>
    `${count(nodes.length, 'node')} that this template needs are missing on the backend: ${list(nodes.map((node) => clip(node)))}. ${advised(
      reader,
      {
        person: 'An admin needs to install them.',
        admin: 'They have to be installed there, or taken out of the workflow.',
      },
    )}`,
  'model-missing': ({ input, title, slot, value, choices = [] }, reader) => {
    const has = choices.length > 0 ? ` It has ${list(choices)}.` : '';
    return `The backend doesn't have "${clip(value)}" for ${inputOf({ slot, title, input })}.${has} ${advised(
      reader,
      {
        person: 'Choose another one, or ask an admin to install it.',
        admin: 'Choose another one, or install it there.',
      },
    )}`;
  },
  'workflow-refused': (problem, reader) => {
    const { detail, title, slot, input, why = '', value = '' } = problem;
    if (slot === undefined && input === undefined)
      return `The backend refused ${title === undefined ? 'the workflow' : `"${clip(title)}"`}: ${clip(detail, 300)}`;
    const where = inputOf(problem);
    switch (why) {
      case 'required_input_missing':
        return `${where} is needed, and nothing is given to it. ${advised(reader, {
          person: 'An admin should look at the template.',
          admin: 'It has to be connected or filled in the workflow, or by a slot.',
        })}`;
      case 'value_not_in_list':
        return `The backend doesn't have "${clip(value)}" for ${where}. ${advised(reader, {
          person: 'An admin should look at the template.',
          admin: 'It has to be another one in the workflow, or to be installed there.',
        })}`;
      case 'value_smaller_than_min':
        return `"${clip(value)}" is too small for ${where}.`;
      case 'value_bigger_than_max':
        return `"${clip(value)}" is too large for ${where}.`;
      default:
        return `The backend refused ${where}: ${clip(detail, 300)}`;
    }
  },
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
  'run-untold': ({ backend, word }) =>
    `${backend} says "${word}" of this run, which I do not know, and nothing more came of it. Look there what became of it, or start it again.`,
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

/** An input of a node, as its person knows it: their slot, or what the node is called. */
function inputOf({ slot, title, input = '' }: NamedInput): string {
  if (slot !== undefined) return `"${slot}"`;
  return title === undefined ? `"${clip(input)}"` : `"${clip(input)}" of "${clip(title)}"`;
}
