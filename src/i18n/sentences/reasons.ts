/** Why something that an admin wrote cannot be taken. */
import type { Reason } from '../../core/reason.ts';
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import { typeName } from './names.ts';

type Sentences = { [Code in Reason['code']]: (reason: Extract<Reason, { code: Code }>) => string };

const MAX_WORDS = 300;

/** Throws for a reason that this version does not know, as a record of a later one may have. */
export function reasonText(speaker: Speaker, reason: Reason): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- code and parameter belong together by construction
  const said = sentences(speaker)[reason.code] as (reason: Reason) => string;
  return said(reason);
}

const sentences = (speaker: Speaker): Sentences => {
  const { say, list, range } = speaker;
  return {
    missing: () => say('reasons.missing'),
    'wrong-kind': ({ wanted }) => {
      const kinds = wanted.map((kind) => say(`reasons.kind.${kind}`));
      return say('reasons.wrong-kind', { kinds: list(kinds, 'or') });
    },
    'not-whole': () => say('reasons.not-whole'),
    'unknown-keys': ({ keys }) => say('reasons.unknown-keys', { keys: list(keys.map((key) => clip(key))) }),
    'not-one-of': ({ values }) =>
      say('reasons.not-one-of', {
        values: list(
          values.map((value) => clip(value)),
          'or',
        ),
      }),
    empty: () => say('reasons.empty'),
    'text-too-long': ({ max }) => say('reasons.text-too-long', { max }),
    'out-of-range': ({ min, max }) => say('reasons.out-of-range', { range: range(min, max) }),
    'item-count': ({ min, max }) =>
      max === undefined
        ? say('reasons.item-count.min', { min: min ?? 1 })
        : say('reasons.item-count.max', { max }),
    'lacks-text': ({ text }) => say('reasons.lacks-text', { text }),
    invalid: () => say('reasons.invalid'),

    'name-rule': () => say('reasons.name-rule'),
    'slot-name-rule': () => say('reasons.slot-name-rule'),
    'folder-name-rule': ({ name }) => say('reasons.folder-name-rule', { name: clip(name) }),
    'proto-name': () => say('reasons.proto-name'),
    'own-command': ({ name }) => say('reasons.own-command', { name: clip(name) }),
    'own-workflow': () => say('reasons.own-workflow'),

    'language-tag': () => say('reasons.language-tag'),
    'too-many-languages': ({ max }) => say('reasons.too-many-languages', { max }),
    'no-such-slot': () => say('reasons.no-such-slot'),
    'slot-called': ({ slot }) => say('reasons.slot-called', { slot: clip(slot) }),
    'no-such-choice': ({ choice }) => say('reasons.no-such-choice', { choice: clip(choice) }),
    'choice-called': ({ choice, label }) =>
      say('reasons.choice-called', { choice: clip(choice), label: clip(label) }),
    'write-choice-words': ({ choice }) => say('reasons.write-choice-words', { choice: clip(choice, 60) }),

    'hidden-mark': ({ mark }) => say('reasons.hidden-mark', { mark }),
    'reordering-mark': () => say('reasons.reordering-mark'),

    'default-too-long': () => say('reasons.default-too-long'),
    'default-outside': () => say('reasons.default-outside'),
    'default-no-choice': () => say('reasons.default-no-choice'),
    'min-above-max': () => say('reasons.min-above-max'),
    'whole-numbers-only': () => say('reasons.whole-numbers-only'),
    'same-choice-twice': () => say('reasons.same-choice-twice'),
    'no-choices': () => say('reasons.no-choices'),
    'needs-inputs': () => say('reasons.needs-inputs'),
    'too-many-slots': ({ max }) => say('reasons.too-many-slots', { max }),
    'too-many-variants': ({ max }) => say('reasons.too-many-variants', { max }),
    'other-type': ({ type }) => say('reasons.other-type', { type: typeName(speaker, type) }),

    'no-such-node': ({ node }) => say('reasons.no-such-node', { node: clip(node) }),
    'no-such-input': ({ node, type, input }) =>
      say('reasons.no-such-input', { node: clip(node), type: clip(type), input: clip(input) }),
    'no-such-workflow': ({ file }) => say('reasons.no-such-workflow', { file: clip(file) }),

    'no-such-file': () => say('reasons.no-such-file'),
    unreadable: ({ error }) =>
      say('reasons.unreadable', { known: error !== undefined, error: clip(error ?? '') }),

    'write-number': () => say('reasons.write-number'),
    'write-whole-number': () => say('reasons.write-whole-number'),
    'write-yes-or-no': () => say('reasons.write-yes-or-no'),
    'write-choice-line': ({ values }) => say('reasons.write-choice-line', { values: clip(values) }),
    'no-number': ({ value }) => say('reasons.no-number', { value: clip(value) }),
    'no-switch': ({ value }) => say('reasons.no-switch', { value: clip(value) }),
    'stays-choice': () => say('reasons.stays-choice'),
    'no-such-type': ({ value, types }) =>
      say('reasons.no-such-type', {
        value: clip(value),
        types: list(
          types.map((type) => typeName(speaker, type)),
          'or',
        ),
      }),
    words: ({ words }) => say('reasons.words', { words: clip(words, MAX_WORDS) }),
  };
};
