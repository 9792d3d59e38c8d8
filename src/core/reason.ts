/**
 * Why something that an admin wrote cannot be taken: in a file, or in a slot's form. Plain JSON that goes with a problem
 * and is stored with it; the catalogue words it (`i18n/sentences/reasons.ts`).
 */
import type { SlotType } from './template.ts';

/** What JSON can hold, as far as anybody is told apart. */
export type JsonKind = 'text' | 'number' | 'boolean' | 'list' | 'object';

export type Reason =
  // the shape of a document
  | { code: 'missing' }
  | { code: 'wrong-kind'; wanted: JsonKind[] }
  | { code: 'not-whole' }
  | { code: 'unknown-keys'; keys: string[] }
  | { code: 'not-one-of'; values: string[] }
  | { code: 'empty' }
  /** Characters. */
  | { code: 'text-too-long'; max: number }
  | { code: 'out-of-range'; min?: string; max?: string }
  | { code: 'item-count'; min?: number; max?: number }
  | { code: 'lacks-text'; text: string }
  /** Nothing that is known tells why. */
  | { code: 'invalid' }
  // names
  | { code: 'name-rule' }
  | { code: 'slot-name-rule' }
  | { code: 'folder-name-rule'; name: string }
  | { code: 'proto-name' }
  | { code: 'own-command'; name: string }
  | { code: 'own-workflow' }
  // a template's words in another language
  | { code: 'language-tag' }
  | { code: 'too-many-languages'; max: number }
  | { code: 'no-such-slot' }
  /** Another slot, which is called so already. */
  | { code: 'slot-called'; slot: string }
  | { code: 'no-such-choice'; choice: string }
  /** Another choice, which is called so already. */
  | { code: 'choice-called'; choice: string; label: string }
  /** One of the choices, as an example. */
  | { code: 'write-choice-words'; choice: string }
  // texts
  /** `mark`: as `U+202E`. */
  | { code: 'hidden-mark'; mark: string }
  | { code: 'reordering-mark' }
  // a slot
  | { code: 'default-too-long' }
  | { code: 'default-outside' }
  | { code: 'default-no-choice' }
  | { code: 'min-above-max' }
  | { code: 'whole-numbers-only' }
  | { code: 'same-choice-twice' }
  | { code: 'no-choices' }
  | { code: 'needs-inputs' }
  | { code: 'too-many-slots'; max: number }
  | { code: 'too-many-variants'; max: number }
  | { code: 'other-type'; type: SlotType }
  // the workflow beside it
  | { code: 'no-such-node'; node: string }
  /** `type`: the node's class. */
  | { code: 'no-such-input'; node: string; type: string; input: string }
  | { code: 'no-such-workflow'; file: string }
  // the file itself
  | { code: 'no-such-file' }
  /** `error`: the system's name of it, as `EACCES`. */
  | { code: 'unreadable'; error?: string }
  // a form
  | { code: 'write-number' }
  | { code: 'write-whole-number' }
  | { code: 'write-yes-or-no' }
  /** What follows a choice's name, as it would be written. */
  | { code: 'write-choice-line'; values: string }
  | { code: 'no-number'; value: string }
  | { code: 'no-switch'; value: string }
  | { code: 'stays-choice' }
  | { code: 'no-such-type'; value: string; types: SlotType[] }
  /** Of a problem that was stored before there were reasons: its own words, in English. */
  | { code: 'words'; words: string };
