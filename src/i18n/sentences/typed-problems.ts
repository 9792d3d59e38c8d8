/** What is wrong with what somebody typed or entered to run a template. */
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import type { SomeProblems } from './problem-sentences.ts';

export const typedProblems = ({ say, list, range }: Speaker) =>
  ({
    'unknown-template': ({ name: typed, known, near }) => {
      const name = clip(typed);
      if (near) return say('problems.unknown-template.near', { name, near: list(near.map(slash), 'or') });
      return known.length === 0
        ? say('problems.unknown-template.none', { name })
        : say('problems.unknown-template', { name, known: list(known.map(slash)) });
    },
    'bad-command': ({ detail }) => say('problems.bad-command', { detail: clip(detail, 300) }),
    'unknown-slot': ({ slot, known, typed = false }) =>
      say('problems.unknown-slot', { slot: clip(slot), known: list(known), typed }),
    'missing-value': ({ slot }) => say('problems.missing-value', { slot }),
    'not-a-number': ({ slot, value, integer }) =>
      say('problems.not-a-number', { slot, value: clip(value), integer }),
    'out-of-bounds': ({ slot, value, min, max }) =>
      say('problems.out-of-bounds', { slot, value: clip(value), range: range(min, max) }),
    'too-long': ({ slot, length, maxLength }) => say('problems.too-long', { slot, length, maxLength }),
    'not-a-choice': ({ slot, value, choices }) =>
      say('problems.not-a-choice', { slot, value: clip(value), choices: list(choices, 'or') }),
    'choice-unclear': ({ slot, value, choices }) =>
      say('problems.choice-unclear', { slot, value: clip(value), choices: list(choices, 'or') }),
    'choice-missing': ({ slot, value, choices }) =>
      say('problems.choice-missing', { slot, value: clip(value), choices: list(choices) }),
    'model-unlike': ({ slot, value, family, families }) =>
      say('problems.model-unlike', { slot, value: clip(value), family, families: list(families, 'or') }),
    'not-a-boolean': ({ slot, value }) => say('problems.not-a-boolean', { slot, value: clip(value) }),
    'not-text': ({ slot }) => say('problems.not-text', { slot }),
  }) satisfies SomeProblems;

/** As it is typed. */
function slash(template: string): string {
  return `/${template}`;
}
