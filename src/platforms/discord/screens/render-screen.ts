/**
 * A screen as a panel: a private message of components v2. What can be picked at once is picked in the panel; what is
 * written has a form behind a button; what is too long for a menu, or for one message, comes in pages.
 */
import type { Action, Field, Item, Line, Menu, Screen } from '../../../core/screen.ts';
import type { Catalogue } from '../../../i18n/index.ts';
import { idFor } from './address.ts';
import { fits, formsOf } from './form.ts';
import {
  button,
  entityMenu,
  fitting,
  MAX_OPTIONS,
  MAX_TEXT,
  menu,
  panelOf,
  type Block,
  type Panel,
} from './layout.ts';
import { fieldText, lineText } from './lines.ts';
import { menuOptions, shown } from './options.ts';
import { escape } from '../replies/render.ts';

/** Discord's: buttons side by side. */
const MAX_BUTTONS = 5;
/** Of a message's text: for what stands between its parts; for items, whatever else there is to say; for what is on top. */
const RESERVE = 80;
const ITEMS_ROOM = 1500;
const MIN_HEAD = 500;

type Button = ReturnType<typeof button>;

/** `done`: what was just done, above everything. */
export function screenPanel(
  screen: Screen,
  words: Catalogue,
  { page = 0, done = [] }: { page?: number; done?: readonly Line[] } = {},
): Panel {
  const { lines, actions, items = [], itemActions, menus = [], save } = screen;
  const heading = lines.some(({ tone }) => tone === 'heading') ? [] : [`### ${escape(screen.title)}`];
  const top = [...done.map(lineText), ...heading, ...lines.map(lineText)];
  const groups = groupsOf(screen);
  const inline = groups.filter(isInline).flatMap(({ fields }) => fields);
  const written = groups.filter((group) => !isInline(group));
  const left = screen.fields.filter((field) => !fits(field)).map(({ label }) => label);
  if (left.length > 0) top.push(`⚠ ${escape(words.editor.tooLongForForm(left))}`);
  const fieldLines = written.flatMap(({ fields }) => fields.flatMap((field) => fieldText(field, words)));
  const below = inline.flatMap((field) => fieldText(field, words)).join('\n').length;
  const kept = items.length > 0 ? ITEMS_ROOM : 0;
  const head = fitting([...top, ...fieldLines], Math.max(MIN_HEAD, MAX_TEXT - below - kept));
  const title = itemsHeading(screen, words.editor.page(items.length, items.length)).join('').length;
  const pages = pagesOf(items, MAX_TEXT - RESERVE - below - head.length - title);
  const at = Math.min(Math.max(0, page), pages.length - 1);
  const here = pages[at] ?? [];
  const paged = pages.length > 1 ? words.editor.page(at + 1, pages.length) : '';
  const where = itemsHeading(screen, paged);
  const [main] = itemActions?.actions ?? [];
  const short = menus.filter(({ options }) => options.length <= MAX_OPTIONS);
  const buttons: Button[] = [
    ...pager(screen, at, pages.length, words),
    ...written.flatMap((group) => formButtons(screen, group)),
    ...menus
      .filter((one) => !short.includes(one))
      .map(({ action, label }) => listButton(screen, action, label)),
    ...inline.filter((field) => !isShort(field)).map(({ key, label }) => listButton(screen, key, label)),
    ...actions.filter(({ key }) => key !== save).map((action) => actionButton(screen, action)),
  ];
  return panelOf([
    { lines: [head] },
    { lines: [...where, ...here.flatMap(itemText)] },
    {
      row:
        main && itemActions
          ? menu(idFor('one', main.key, screen), itemActions.choose, here.map(itemOption))
          : [],
    },
    ...short.map((one): Block => ({ row: menuRow(screen, one) })),
    ...inline.flatMap((field): Block[] => [
      { lines: fieldText(field, words) },
      { row: isShort(field) ? [inlinePart(screen, field)].flat() : [] },
    ]),
    ...rowsOf(buttons),
  ]);
}

function itemsHeading({ items = [], itemsTitle }: Screen, paged: string): string[] {
  if (items.length === 0) return [];
  if (itemsTitle === undefined) return paged === '' ? [] : [`-# ${escape(paged)}`];
  return [`**${escape(paged === '' ? itemsTitle : `${itemsTitle} (${paged})`)}**`];
}

/** What was done, where nothing more is to be seen. */
export function donePanel(done: readonly Line[]): Panel {
  return panelOf([{ lines: done.map(lineText) }]);
}

interface Group {
  key: string;
  label: string;
  fields: Field[];
}

function groupsOf({ fields, groups = {} }: Screen): Group[] {
  const named = Object.entries(groups).map(([key, label]) => ({ key, label }));
  return named
    .map((group) => ({ ...group, fields: fields.filter(({ group: key }) => key === group.key) }))
    .filter((group) => group.fields.length > 0);
}

/** Nothing of it is written, so that it can be picked in the panel. */
function isInline({ fields }: Group): boolean {
  return fields.every((field) => {
    if (field.kind === 'one-of') return !field.open && menuOptions(field).length > 1;
    return ['some-of', 'yes-no', 'people', 'roles', 'channels'].includes(field.kind);
  });
}

function isShort(field: Field): boolean {
  return menuOptions(field).length <= MAX_OPTIONS;
}

const ENTITIES = { people: 'users', roles: 'roles', channels: 'channels' } as const;

function inlinePart(screen: Screen, field: Field) {
  const id = idFor('set', field.key, screen);
  const placeholder = field.hint ?? field.label;
  if (field.kind === 'people' || field.kind === 'roles' || field.kind === 'channels')
    return entityMenu(ENTITIES[field.kind], id, placeholder, field.value);
  if (field.kind !== 'yes-no') return menu(id, placeholder, menuOptions(field), field.kind === 'some-of');
  const tick = field.value ? '☑' : '☐';
  return button(idFor(field.value ? 'off' : 'on', field.key, screen), `${tick} ${field.label}`);
}

function menuRow(screen: Screen, { action, label, options }: Menu) {
  return menu(
    idFor('one', action, screen),
    label,
    options.map((option) => shown(option)),
  );
}

/** Every form of a group has its button; all but the first say which one they are. */
function formButtons(screen: Screen, { key, label }: Group): Button[] {
  const forms = formsOf(screen, key);
  const style = screen.atOnce ? 'primary' : 'plain';
  return forms.map((_fields, part) => {
    const name = forms.length > 1 ? `${label} (${part + 1}/${forms.length})` : label;
    return button(idFor('form', key, screen, part), name, { style });
  });
}

function listButton(screen: Screen, key: string, label: string): Button {
  return button(idFor('list', key, screen), label);
}

function actionButton(screen: Screen, { key, label, style, disabled }: Action): Button {
  return button(idFor('act', key, screen), label, { style: style ?? 'plain', disabled: disabled ?? false });
}

/** The first and the last page have one arrow each, and every id is another one. */
export function pager(screen: Screen, at: number, pages: number, { editor: say }: Catalogue): Button[] {
  return [
    ...(at > 0 ? [button(idFor('page', 'items', screen, at - 1), say.previous())] : []),
    ...(at < pages - 1 ? [button(idFor('page', 'items', screen, at + 1), say.next())] : []),
  ];
}

/** As many on each page as there is room for, and as a menu has. */
function pagesOf(items: readonly Item[], room: number): Item[][] {
  const pages: Item[][] = [[]];
  let used = 0;
  for (const item of items) {
    const length = itemText(item).join('\n').length + 1;
    const page = pages.at(-1) ?? [];
    if (page.length > 0 && (used + length > room || page.length === MAX_OPTIONS)) {
      pages.push([item]);
      used = length;
    } else {
      page.push(item);
      used += length;
    }
  }
  return pages;
}

function itemText({ lines }: Item): string[] {
  return lines.map(lineText);
}

function itemOption({ key, label, description }: Item) {
  return shown({ value: key, label, description });
}

function rowsOf(buttons: readonly Button[]): Block[] {
  const rows: Block[] = [];
  for (let index = 0; index < buttons.length; index += MAX_BUTTONS)
    rows.push({ row: buttons.slice(index, index + MAX_BUTTONS) });
  return rows;
}
