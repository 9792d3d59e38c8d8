/** What admins read while they edit templates, in English. */
import type { SlotType } from '../../core/template.ts';
import { clip } from '../phrases.ts';
import { count, list } from './phrases.ts';

type SlotField = 'name' | 'description' | 'default' | 'min' | 'max' | 'maxLength' | 'format' | 'choices';

export const TYPES: Record<SlotType, string> = {
  text: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'yes or no',
  choice: 'choice',
  seed: 'seed',
  image: 'picture',
  video: 'video',
  audio: 'audio file',
};

/** Short, since Discord cuts a label at 45 characters and Slack a title at 24. */
const FIELDS: Record<SlotField, string> = {
  name: 'Name',
  description: 'Description',
  default: 'Default',
  min: 'Smallest value',
  max: 'Largest value',
  maxLength: 'Longest text, in characters',
  format: 'What is put into the workflow',
  choices: 'Choices, one a line',
};

const HINTS: Record<SlotField, string> = {
  name: 'Lowercase letters, digits, "-" or "_"; it begins with a letter',
  description: 'What people read beside it, in one line',
  default: 'Taken when nobody gives a value; empty: what stands in the workflow',
  min: 'Empty: no limit',
  max: 'Empty: no limit',
  maxLength: 'Empty: no limit',
  format: '{value} stands for what was typed, as in "{value}, highly detailed"',
  choices: 'Empty: whatever the backend has at the time',
};

const PARTS = {
  name: 'Name',
  description: 'Description',
  outputs: 'Outputs',
  workflow: 'Workflow',
};

/** The screen of all findings. */
const WRONG = 'What is wrong';

export const editor = {
  listHeading: (total: number) => `There are ${total}.`,
  pick: () => 'Pick',
  done: () => 'Done',
  findings: () => WRONG,
  findingsPick: () => 'Which one',
  findingsLook: () => 'Look at it',
  partName: (at: 'name' | 'description' | 'outputs' | 'workflow') => PARTS[at],
  heading: (name: string, description: string) => `/${name} — ${description}`,
  newTemplate: () => 'A new template; nobody sees it yet.',
  newVersion: () => 'A new version; people use the one before until you publish this one.',
  slots: () => 'Slots',
  noSlots: () => 'No slots yet: people could only run it as it is.',
  page: (page: number, pages: number) => `page ${page} of ${pages}`,
  type: (type: SlotType) => TYPES[type],
  required: () => 'required',
  optional: () => 'optional',
  yesOrNo: (value: boolean): string => (value ? 'yes' : 'no'),
  standard: (value: string) => `default ${clip(value, 60)}`,
  bounds: (min: number | undefined, max: number | undefined) =>
    min === undefined ? `at most ${max}` : max === undefined ? `at least ${min}` : `${min} to ${max}`,
  choices: (names: string[]) =>
    `${count(names.length, 'choice')}: ${list(names.slice(0, 5).map((name) => clip(name, 40)))}${names.length > 5 ? ', …' : ''}`,
  backendChoices: () => 'whatever the backend has',
  maxLength: (max: number) => `at most ${count(max, 'character')}`,
  format: (format: string) => `as "${clip(format, 60)}"`,
  fills: (into: { node: string; input: string }[]) =>
    `fills ${list([...new Set(into.map(({ node, input }) => `${clip(node, 40)} · ${clip(input, 40)}`))])}`,
  outputs: () => 'Posted',
  outputsAll: () => 'everything that it saves or shows',
  outputsSome: (titles: string[]) => list(titles.map((title) => clip(title, 60))),
  ready: () => 'Ready to be published.',
  readyUnasked: () =>
    'It can be published; whether a run succeeds is not known until the backend has been asked.',
  moreFindings: (hidden: number) => `… and ${hidden} more: “${WRONG}” shows them all.`,
  blocked: (count_: number) => `${count(count_, 'thing')} to put right before it can be published.`,
  unchanged: () => 'Nothing was changed.',
  field: (field: SlotField) => FIELDS[field],
  /** What the form of a slot says below a field, 100 characters at most. */
  hint: (field: SlotField) => HINTS[field],
  commandName: () => 'The command’s name',
  commandNameHint: () => '1–32 lowercase letters, digits, "-" or "_"',
  commandDescription: () => 'Description',
  commandDescriptionHint: () => 'What it makes, in one line',
  tooLongForForm: (labels: string[]) =>
    `${list(labels)}: too long for a form, so it stays as it is. Change it with /template export and /template add.`,
  menuHasSome: (shown: number, all: number) =>
    `The menu has room for ${shown} of these ${all}. The others stay as they are, and move up when you take some out.`,
  about: () => 'Name and description',
  aboutForm: () => 'Template',
  slotForm: (slot: string) => clip(`Slot ${slot}`, 24),
  change: () => 'Change',
  changeSlot: () => 'Change a slot…',
  changeType: () => 'Type',
  makeRequired: () => 'Make it required',
  makeOptional: () => 'Make it optional',
  up: () => 'Move up',
  down: () => 'Move down',
  drop: () => 'Drop it',
  add: () => 'Add a slot',
  addHeading: (total: number) =>
    total === 0
      ? 'Every input that holds a plain value has a slot already.'
      : `Pick the input that the new slot shall fill; there are ${total}.`,
  addPick: () => 'Node · input',
  find: () => 'Find…',
  findForm: () => 'Find',
  findWords: () => 'Part of its name',
  found: (words: string, shown: number, total: number) =>
    `"${clip(words)}": ${total} found${total > shown ? `; these are the first ${shown}. Say more to see others` : ''}.`,
  chooseOutputs: () => 'Outputs',
  outputsHeading: () => 'Whose pictures and texts shall be posted? None chosen: everybody’s.',
  outputsPick: () => 'Nodes',
  test: () => 'Test run',
  testing: () => 'A test run with the defaults; only you see it.',
  publish: () => 'Publish',
  published: (name: string, version: number) =>
    `Published: /${name} is there now, version ${version}. People can use it at once.`,
  discard: () => 'Discard',
  discardAsk: () => 'Discard this draft? What is published stays as it is.',
  discarded: () => 'Discarded.',
  back: () => 'Back',
  previous: () => '◀',
  next: () => '▶',
};
