/**
 * Which messages the pages in the browser say. Their scripts are checked against these types too, so this file imports
 * nothing but types that need nothing of Node.
 */
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import type { Messages } from './keys.ts';

/** Which rooms each page speaks from: it says the message `web.chat.send` as `words.chat.send()`. */
export const PAGE_ROOMS = {
  chat: ['frame', 'chat'],
  studio: ['frame', 'chat', 'studio'],
  operator: ['frame', 'chat', 'operator', 'connect'],
} as const;
export type PageName = keyof typeof PAGE_ROOMS;
type Room = (typeof PAGE_ROOMS)[PageName][number];

/** What the studio says as the editors in chat do, by the names that it has there. */
export const AS_IN_CHAT = {
  newTemplate: 'editor.newTemplate',
  newVersion: 'editor.newVersion',
  slots: 'editor.slots',
  noSlots: 'editor.noSlots',
  required: 'editor.required',
  optional: 'editor.optional',
  commandName: 'editor.commandName',
  commandNameHint: 'editor.commandNameHint',
  commandDescription: 'editor.commandDescription',
  commandDescriptionHint: 'editor.commandDescriptionHint',
  type: 'editor.changeType',
  fieldName: 'field.name',
  fieldDescription: 'field.description',
  fieldDefault: 'field.default',
  fieldMin: 'field.min',
  fieldMax: 'field.max',
  fieldMaxLength: 'field.maxLength',
  fieldFormat: 'field.format',
  fieldChoices: 'field.choices',
  hintName: 'hint.name',
  hintDescription: 'hint.description',
  hintDefault: 'hint.default',
  hintMin: 'hint.min',
  hintMax: 'hint.max',
  hintMaxLength: 'hint.maxLength',
  hintFormat: 'hint.format',
  hintChoices: 'hint.choices',
  up: 'editor.up',
  down: 'editor.down',
  dropSlot: 'editor.drop',
  test: 'editor.test',
  publish: 'editor.publish',
  discard: 'editor.discard',
  discardAsk: 'editor.discardAsk',
  discarded: 'editor.discarded',
  builtin: 'shelf.builtin',
  off: 'shelf.off',
  renamed: 'shelf.renamed',
  disabled: 'shelf.disabled',
  enabled: 'shelf.enabled',
  removed: 'shelf.removed',
  removeIt: 'shelf.remove',
  keep: 'shelf.keep',
  newName: 'shelf.options.to',
  historyHeading: 'shelf.historyHeading',
} as const satisfies Record<string, keyof Messages>;

type Own<Of extends Room> = {
  [Key in keyof Messages as Key extends `web.${Of}.${infer Name}` ? Name : never]: Messages[Key];
};
type AsInChat = { [Name in keyof typeof AS_IN_CHAT]: Messages[(typeof AS_IN_CHAT)[Name]] };

/** What each of them takes. */
export type PageMessages = { [Of in Room]: Own<Of> } & { studio: AsInChat };

/** One that takes nothing is its text; another one is what `intl-messageformat` makes of it without a parser. */
export type PageWord = string | MessageFormatElement[];

/** Of the rooms of one page. */
export type PageWords = { [Of in Room]?: Record<keyof PageMessages[Of], PageWord> };
