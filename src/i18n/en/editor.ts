/** What the studio in the browser and sentences of problems say of slots, in English. */
import type { SlotType } from '../../core/template.ts';
import { nameOf } from '../phrases.ts';

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

/** What people call a slot's field, by its key in `SlotChange`. */
export function fieldName(key: string): string {
  return nameOf({ ...FIELDS, type: 'Type' }, key);
}

export const editor = {
  newTemplate: () => 'A new template; nobody sees it yet.',
  newVersion: () => 'A new version; people use the one before until you publish this one.',
  slots: () => 'Slots',
  noSlots: () => 'No slots yet: people could only run it as it is.',
  required: () => 'required',
  optional: () => 'optional',
  field: (field: SlotField) => FIELDS[field],
  hint: (field: SlotField) => HINTS[field],
  commandName: () => 'The command’s name',
  commandNameHint: () => '1–32 lowercase letters, digits, "-" or "_"',
  commandDescription: () => 'Description',
  commandDescriptionHint: () => 'What it makes, in one line',
  changeType: () => 'Type',
  up: () => 'Move up',
  down: () => 'Move down',
  drop: () => 'Drop it',
  test: () => 'Test run',
  publish: () => 'Publish',
  discard: () => 'Discard',
  discardAsk: () => 'Discard this draft? What is published stays as it is.',
  discarded: () => 'Discarded.',
};
