/** Forms (modals): a screen's fields in what Discord has for each kind of them, five at most. */
import {
  ComponentType,
  TextInputStyle,
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
} from 'discord.js';
import type { Field, Screen } from '../../../core/screen.ts';
import { clip, oneLine } from '../../../core/text.ts';
import { COMPONENT, MODAL } from '../limits.ts';
import { idFor } from './address.ts';
import { entityMenu, MAX_OPTIONS, menu } from './layout.ts';
import { markOf } from './mark.ts';
import { menuOptions } from './options.ts';

const { fields: MAX_FIELDS, title: MAX_TITLE, hint: MAX_HINT, written: MAX_WRITTEN } = MODAL;
const { customId: MAX_ID, option: MAX_LABEL } = COMPONENT;
const FILE_KINDS = ['image', 'video', 'audio'] as const;

/** A group's fields in forms of five; what is too long to be shown in one is left out, and so stays as it is. */
export function formsOf({ fields, atOnce }: Screen, group: string): Field[][] {
  const all = fields.filter((field) => field.group === group && fits(field));
  // what is kept nowhere until all is there comes in one form: with what it cannot go without
  if (atOnce) return [all.toSorted((a, b) => rank(a) - rank(b)).slice(0, MAX_FIELDS)];
  const forms: Field[][] = [];
  for (let index = 0; index < all.length; index += MAX_FIELDS)
    forms.push(all.slice(index, index + MAX_FIELDS));
  return forms;
}

const rank = ({ required }: Field) => (required ? 0 : 1);

export function fits(field: Field): boolean {
  return typeof ('value' in field ? field.value : '') !== 'string' || textOf(field).length <= MAX_WRITTEN;
}

/** `filled`: the same screen with what shall stand in it, where that is not what is stored. */
export function formOf(
  screen: Screen,
  group: string,
  part: number,
  filled: Screen = screen,
): APIModalInteractionResponseCallbackData | undefined {
  const fields = formsOf(screen, group)[part] ?? [];
  if (fields.length === 0) return undefined;
  const key = screen.atOnce ? (screen.save ?? group) : group;
  const inPlace = (field: Field) => filled.fields.find(({ key: one }) => one === field.key) ?? field;
  const room = MAX_ID - idFor('sent', key, screen, part).length - 1;
  return {
    custom_id: idFor('sent', key, screen, part, markOf(fields, room)),
    title: clip(oneLine(screen.groups?.[group] ?? screen.title), MAX_TITLE),
    components: fields.map(inPlace).map((field) => ({
      type: ComponentType.Label,
      label: clip(oneLine(field.label), MAX_TITLE),
      ...(field.hint && { description: clip(oneLine(field.hint), MAX_HINT) }),
      component: componentOf(field),
    })),
  };
}

/** The form that asks what to look for among too many. */
export function searchForm(
  id: string,
  title: string,
  label: string,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: id,
    title: clip(title, MAX_TITLE),
    components: [
      { type: ComponentType.Label, label: clip(label, MAX_TITLE), component: text('words', '', false) },
    ],
  };
}

function componentOf(field: Field): APIComponentInLabel {
  const { key, required = false } = field;
  switch (field.kind) {
    case 'text':
    case 'number':
      return text(key, field.value, false, field.kind === 'text' ? field.max : undefined);
    case 'long-text':
      return text(key, field.value, true, field.max);
    case 'yes-no':
      return { type: ComponentType.Checkbox, custom_id: key, default: field.value };
    case 'one-of':
      return oneOf(field);
    case 'some-of': {
      const options = menuOptions(field);
      if (options.length > MAX_OPTIONS) return text(key, field.value.join(', '), true);
      const [component] = menu(key, field.label, options, true);
      if (component?.type !== ComponentType.StringSelect) return text(key, '', false);
      return { ...component, required };
    }
    case 'people':
      return { ...entityMenu('users', key, field.label, field.value), required };
    case 'roles':
      return { ...entityMenu('roles', key, field.label, field.value), required };
    case 'channels':
      return { ...entityMenu('channels', key, field.label, field.value), required };
    case 'file':
      return {
        type: ComponentType.FileUpload,
        custom_id: key,
        min_values: required ? 1 : 0,
        max_values: 1,
        required,
        ...(field.endings.length > 0 && { file_types: fileTypes(field) }),
      };
  }
}

/** Radio buttons as long as there are few, then a list, then whatever is written. */
function oneOf(field: Extract<Field, { kind: 'one-of' }>): APIComponentInLabel {
  const options = menuOptions(field);
  if (field.open || options.length < 2 || options.length > MAX_OPTIONS)
    return text(field.key, field.value, false);
  if (options.length > MODAL.group) {
    const [component] = menu(field.key, field.label, options);
    if (component?.type === ComponentType.StringSelect)
      return { ...component, required: field.required ?? false };
  }
  return {
    type: ComponentType.RadioGroup,
    custom_id: field.key,
    required: field.required ?? false,
    options: options.slice(0, MODAL.group).map(({ label, value, description, chosen }) => ({
      label: clip(oneLine(label), MAX_LABEL) || '?',
      value,
      ...(description && { description: clip(oneLine(description), MAX_LABEL) }),
      ...(chosen && { default: true }),
    })),
  };
}

/** No text is required: what an empty one means, `commands/` says. */
function text(key: string, value: string, long: boolean, max: number = MAX_WRITTEN): APIComponentInLabel {
  const most = Math.min(Math.max(max, value.length), MAX_WRITTEN);
  return {
    type: ComponentType.TextInput,
    custom_id: key,
    style: long ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required: false,
    max_length: most,
    ...(value !== '' && { value }),
  };
}

/** By kind, since phones know no endings of pictures and films. */
function fileTypes({ types, endings }: Extract<Field, { kind: 'file' }>) {
  const kinds = FILE_KINDS.filter((kind) => types.some((type) => type.startsWith(`${kind}/`)));
  return [...kinds, ...endings.map((ending) => `.${ending}` as const)].slice(0, MODAL.group);
}

function textOf(field: Field): string {
  return 'value' in field && typeof field.value === 'string' ? field.value : '';
}
