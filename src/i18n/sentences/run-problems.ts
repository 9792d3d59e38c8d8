/** What a backend refuses of a workflow, and how runs fail. */
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import type { SomeProblems } from './problem-sentences.ts';

/** ComfyUI's types of errors of one input, as far as they have a sentence of their own. */
const INPUT_ERRORS = [
  'required_input_missing',
  'value_not_in_list',
  'value_smaller_than_min',
  'value_bigger_than_max',
] as const;

/** An input of a node. `slot`: whose it is; `title`: of the node. */
interface NamedInput {
  slot?: string | undefined;
  title?: string | undefined;
  input?: string | undefined;
}

export const workflowProblems = (speaker: Speaker) => {
  const { say, list } = speaker;
  return {
    'missing-node': ({ node, title }, reader) =>
      say('problems.missing-node', {
        node: clip(node),
        titled: title !== undefined,
        title: clip(title ?? ''),
        reader,
      }),
    'missing-nodes': ({ nodes }, reader) =>
      say('problems.missing-nodes', {
        count: nodes.length,
        nodes: list(nodes.map((node) => clip(node))),
        reader,
      }),
    'model-missing': ({ value, choices = [], ...about }, reader) =>
      say('problems.model-missing', {
        input: inputName(speaker, about),
        value: clip(value),
        has: choices.length > 0,
        choices: list(choices),
        reader,
      }),
    'workflow-refused': ({ detail, others = 0, why, value = '', slot, title, input }, reader) => {
      const words =
        others > 0
          ? say('problems.workflow-refused.more', { detail: givenBy(speaker, detail), others })
          : givenBy(speaker, detail);
      if (slot === undefined && input === undefined)
        return title === undefined
          ? say('problems.workflow-refused', { detail: words })
          : say('problems.workflow-refused.node', { title: clip(title), detail: words });
      const about = { input: inputName(speaker, { slot, title, input }), value: clip(value), reader };
      const known = INPUT_ERRORS.find((one) => one === why);
      return known === undefined
        ? say('problems.workflow-refused.input', { ...about, detail: words })
        : say(`problems.workflow-refused.${known}`, about);
    },
  } satisfies SomeProblems;
};

export const runProblems = (speaker: Speaker) => {
  const { say, bytes } = speaker;
  return {
    'run-failed': ({ node, detail }) =>
      say('problems.run-failed', { node: clip(node), detail: givenBy(speaker, detail) }),
    'out-of-memory': ({ node }) => say('problems.out-of-memory', { node: clip(node) }),
    'model-download-failed': ({ detail }) =>
      say('problems.model-download-failed', { detail: givenBy(speaker, detail) }),
    'image-download-failed': ({ detail }) =>
      say('problems.image-download-failed', { detail: givenBy(speaker, detail) }),
    interrupted: () => say('problems.interrupted'),
    'run-lost': ({ backend }) => say('problems.run-lost', { backend }),
    // what it said is for who runs Easel; empty: it stands beside this
    'backend-crashed': ({ backend, words }, reader) =>
      reader === 'operator' && words
        ? say('problems.backend-crashed.said', { backend, words: clip(words, 300) })
        : say('problems.backend-crashed', { backend }),
    'run-untold': ({ backend, word }) => say('problems.run-untold', { backend, word }),
    'run-too-long': ({ minutes }) => say('problems.run-too-long', { minutes }),
    'no-outputs': (_, reader) => say('problems.no-outputs', { reader }),
    'output-gone': ({ name, again }, reader) =>
      again
        ? say('problems.output-gone.again', { name: clip(name), reader })
        : say('problems.output-gone', { name: clip(name) }),
    'output-too-large': ({ name, maxSize }) =>
      say('problems.output-too-large', { name: clip(name), maxSize: bytes(maxSize) }),
  } satisfies SomeProblems;
};

/** As its person knows it: their slot, or what the node is called. */
function inputName({ say }: Speaker, { slot, title, input = '' }: NamedInput): string {
  if (slot !== undefined) return say('quoted', { name: slot });
  return title === undefined
    ? say('quoted', { name: clip(input) })
    : say('quoted.ofNode', { input: clip(input), title: clip(title) });
}

/** The backend's own words, or that it has none. */
function givenBy({ say }: Speaker, words: string): string {
  return words === '' ? say('problems.unexplained') : clip(words, 300);
}
