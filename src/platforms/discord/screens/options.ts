/** What can be picked, within Discord's limits: a value has 100 characters, and what is longer goes by its hash. */
import {
  shownValue,
  type Field,
  type FieldValue,
  type Menu,
  type Option,
  type Screen,
} from '../../../core/screen.ts';
import { meantBy, optionValue } from '../../kit/option-value.ts';
import { COMPONENT } from '../limits.ts';
import { MAX_OPTIONS, type MenuOption } from './layout.ts';

/** Stands for "none of them"; no value is called that. */
const NONE = ':none';
const MAX_VALUE = COMPONENT.option;

/** What a picked option stands for; one that is there no more stands for itself. */
export function meant(options: readonly Option[], picked: string): string {
  if (picked === NONE) return '';
  return meantBy(
    options.map(({ value }) => value),
    picked,
    MAX_VALUE,
  );
}

export function menuOptions(field: Field): MenuOption[] {
  if (field.kind === 'some-of')
    return field.options.map((option) => shown(option, field.value.includes(option.value)));
  if (field.kind !== 'one-of') return [];
  const none =
    field.none === undefined ? [] : [{ label: field.none, value: NONE, chosen: field.value === '' }];
  return [...none, ...field.options.map((option) => shown(option, option.value === field.value))];
}

export function shown({ value, label, description }: Option, chosen = false): MenuOption {
  return { label, value: optionValue(value, MAX_VALUE), description, chosen };
}

/**
 * What a field's menu has of its value: one has room for so many only. What is too long for a menu is written in a form, and
 * that has all of it.
 */
export function shownInMenu(field: Field): FieldValue | undefined {
  if (field.kind === 'people' || field.kind === 'roles' || field.kind === 'channels')
    return field.value.slice(0, MAX_OPTIONS);
  if (field.kind !== 'some-of' || field.options.length > MAX_OPTIONS) return shownValue(field);
  return field.options.flatMap(({ value }) => (field.value.includes(value) ? [value] : []));
}

/** What a field or a menu of a screen has to pick from. */
export function optionsOf({ fields, menus = [], items = [] }: Screen, key: string): readonly Option[] {
  const field = fields.find((one) => one.key === key);
  if (field && 'options' in field) return field.options;
  const menu: Menu | undefined = menus.find(({ action }) => action === key);
  return menu?.options ?? items.map((item) => ({ ...item, value: item.key }));
}
