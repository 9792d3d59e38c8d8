/** What is wrong with a template, or worth knowing of it, for whoever edits it or looks for it. */
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import { aType, fieldName } from './names.ts';
import { reasonText } from './reasons.ts';
import type { SomeProblems } from './problem-sentences.ts';
import { quoted } from './quoted.ts';

export const templateProblems = (speaker: Speaker) => {
  const { say, list, bytes } = speaker;
  return {
    'no-such-template': ({ name }) => say('problems.no-such-template', { name: clip(name) }),
    'no-such-draft': () => say('problems.no-such-draft'),
    'no-such-version': ({ name, version, known }) =>
      say('problems.no-such-version', {
        name: clip(name),
        version: clip(version),
        known: list(known.map(String)),
      }),
    'bad-name': ({ name }) => say('problems.bad-name', { name: clip(name) }),
    'reserved-name': ({ name }) => say('problems.reserved-name', { name: clip(name) }),
    'name-taken': ({ name }) => say('problems.name-taken', { name: clip(name) }),
    'overrides-builtin': ({ name }) => say('problems.overrides-builtin', { name: clip(name) }),
    'builtin-template': ({ name }) => say('problems.builtin-template', { name: clip(name) }),
    'bad-description': ({ length, max }) =>
      length === 0 ? say('problems.bad-description.none') : say('problems.bad-description', { length, max }),
    'slot-exists': ({ slot }) => say('problems.slot-exists', { slot: clip(slot) }),
    'slot-broken': ({ slot, field, reason }) =>
      say('problems.slot-broken', {
        slot: clip(slot),
        field: fieldName(speaker, field),
        reason: reasonText(speaker, reason),
      }),
    'no-such-output': ({ node, known }) =>
      say('problems.no-such-output', {
        node: clip(node),
        known: list(
          known.map((one) => clip(one)),
          'or',
        ),
      }),
    'not-an-input': ({ node, input }) =>
      say('problems.not-an-input', { node: clip(node), input: clip(input) }),
    'too-many-slots': ({ count, max }) => say('problems.too-many-slots', { count, max, drop: count - max }),
    'too-many-templates': ({ max }) => say('problems.too-many-templates', { max }),
    'too-many-drafts': ({ max }) => say('problems.too-many-drafts', { max }),
    'drafts-too-large': ({ maxSize }) => say('problems.drafts-too-large', { maxSize: bytes(maxSize) }),
    'many-choices': ({ slot, count }) => say('problems.many-choices', { slot, count }),
    'description-cut': ({ length, max }) => say('problems.description-cut', { length, max }),
    'slots-typed-only': ({ name, slots, max }) =>
      say('problems.slots-typed-only', {
        name: clip(name),
        slots: list(quoted(speaker, slots)),
        first: clip(slots[0] ?? ''),
        max,
      }),
    'two-images': ({ slot, first }) => say('problems.two-images', { slot, first }),
    'no-trial-file': ({ slot, type }) => say('problems.no-trial-file', { slot, type: aType(speaker, type) }),
    'value-unavailable': ({ slot, node, input, value }) =>
      say('problems.value-unavailable', {
        where: slot ?? clip(node),
        input: clip(input),
        value: clip(value),
      }),
    'values-unavailable': ({ values }) => {
      const items = values.map(({ slot, node, input, value }) =>
        say('problems.values-unavailable.item', {
          where: slot ?? clip(node, 40),
          input: clip(input, 40),
          value: clip(value),
        }),
      );
      return say('problems.values-unavailable', { values: list(items) });
    },
    'nothing-to-pick': ({ slot, input }) => say('problems.nothing-to-pick', { slot, input: clip(input) }),
    'foreign-file': ({ slot, node, value }) => {
      const where = slot ?? clip(node);
      return value === undefined
        ? say('problems.foreign-file.any', { where })
        : say('problems.foreign-file', { where, value: clip(value) });
    },
    'backend-unasked': ({ backend }) => say('problems.backend-unasked', { backend }),
    'template-disabled': ({ name }) => say('problems.template-disabled', { name: clip(name) }),
  } satisfies SomeProblems;
};
