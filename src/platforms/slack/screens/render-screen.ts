/** A screen as a modal. What Slack has no room for is counted, or said to be left as it is. */
import type { types } from '@slack/bolt';
import { z } from 'zod';
import { BACK, type Action, type Field, type Item, type Line, type Screen } from '../../../core/screen.ts';
import { catalogue, type Catalogue } from '../../../i18n/index.ts';
import { BLOCK, MODAL } from '../limits.ts';
import { itemText, lineText } from '../replies/lines.ts';
import { escape, packed } from '../replies/render.ts';
import { button, MAX_TEXT, modal, option, section, select } from './blocks.ts';
import { inputsOf } from './render-field.ts';

export const SCREEN = 'screen';

/** Comes back with everything that is done in a form, also after a restart. */
export const ScreenMemory = z.object({
  at: z.string(),
  /** The action that its own button means. */
  submit: z.string().optional(),
  /** Where it was asked for. */
  channel: z.string(),
  thread: z.string().optional(),
  /** The screens that it lies on, the nearest last. */
  under: z.array(z.string()).default([]),
  /** A picture that was chosen before the form was opened; its field is not asked for again. */
  file: z.object({ slot: z.string(), id: z.string() }).optional(),
});
export type ScreenMemory = z.infer<typeof ScreenMemory>;

/** What is pressed or picked, besides fields: `act:KEY`, one of an item's actions, `menu:ACTION`. */
export const PRESS = { act: 'act:', item: 'item', menu: 'menu:' } as const;
const ITEM_BLOCK = 'item:';
/** The block of a list of all items, where not all of them have a block. */
const ITEMS_BLOCK = 'items';
const { blocks: MAX_BLOCKS } = MODAL;
const { elements: MAX_ELEMENTS, overflow: MAX_OVERFLOW } = BLOCK;

/** `notice`: about what was just done, or could not be. */
export function renderScreen(
  screen: Screen,
  { channel, thread, under, file }: Omit<ScreenMemory, 'at' | 'submit'>,
  locale: string,
  notice: readonly Line[] = [],
): types.ModalView {
  const words = catalogue(locale);
  const fields = fieldsOf(screen, file?.slot);
  const inputs = fields.map((field) => ({ field, blocks: inputsOf(field, words) }));
  const left = inputs.filter(({ blocks }) => blocks.length === 0).map(({ field }) => field.label);
  const tooLong = left.length > 0 ? [{ parts: [words.editor.tooLongForForm(left)] }] : [];
  const submit = submitOf(screen, fields);
  const isOnParent = screen.parent !== undefined && under.at(-1) === screen.parent;
  // Slack's own button leads back to what lies beneath
  const back = isOnParent ? screen.actions.find(({ key }) => key === BACK) : undefined;
  const top: types.KnownBlock[] = [
    ...sections([...notice, ...screen.lines, ...tooLong].map(lineText)),
    ...inputs.flatMap(({ field, blocks }) => [...problemOf(field), ...blocks]),
  ];
  const bottom: types.KnownBlock[] = [
    ...menusOf(screen, words),
    // Slack knows no button that cannot be pressed: who presses it is told why not
    ...actionsOf(screen.actions.filter((one) => one !== submit && one !== back)),
  ];
  const blocks = [...top, ...itemsOf(screen, MAX_BLOCKS - top.length - bottom.length, words), ...bottom];
  const memory: ScreenMemory = { at: screen.at, submit: submit?.key, channel, thread, under, file };
  return modal({
    title: screen.title,
    callback: SCREEN,
    memory,
    close: back?.label ?? words.form.close(),
    ...(submit && { submit: submit.label }),
    blocks: blocks.length > 0 ? blocks : [section('…')],
  });
}

/** Somebody can do something with it, besides leaving it. */
export function isUsable({ fields, menus = [], items = [], itemActions, actions }: Screen): boolean {
  const chosen = items.length > 0 && itemActions !== undefined;
  return fields.length + menus.length > 0 || chosen || actions.some(({ key }) => key !== BACK);
}

/** The item that a block is about. */
export function itemOf(block: string): string {
  return block.slice(ITEM_BLOCK.length);
}

/** What a select lists that asks for its options: those of a field, of a menu, or all items. */
export function listedIn({ fields, menus = [], items = [] }: Screen, block: string): Listed {
  const field = fields.find(({ key }) => key === block);
  if (field?.kind === 'one-of') return { none: field.none, open: field.open, options: field.options };
  if (field?.kind === 'some-of') return { options: field.options };
  const menu = menus.find((one) => menuBlock(one) === block);
  return { options: menu?.options ?? (block === ITEMS_BLOCK ? items.map(itemOption) : []) };
}

type OneOf = Extract<Field, { kind: 'one-of' }>;
type Listed = Pick<OneOf, 'options' | 'none' | 'open'>;

function fieldsOf({ fields }: Screen, chosen: string | undefined): Field[] {
  return fields.filter(({ kind, key }) => kind !== 'roles' && key !== chosen);
}

/** A form is sent as a whole: by what takes that with it, or only takes it. */
function submitOf({ actions, save, groups = {} }: Screen, fields: readonly Field[]): Action | undefined {
  const primary = actions.find(({ style }) => style === 'primary');
  if (primary || fields.length === 0 || save === undefined) return primary;
  const [{ group, label } = { group: '', label: save }] = fields;
  return actions.find(({ key }) => key === save) ?? { key: save, label: groups[group] ?? label };
}

function problemOf({ problem }: Field): types.SectionBlock[] {
  return problem === undefined ? [] : [section(lineText({ parts: [problem], tone: 'blocked' }))];
}

function sections(lines: readonly string[]): types.SectionBlock[] {
  return packed(lines.filter(Boolean), '\n', MAX_TEXT).map(section);
}

function itemsOf(screen: Screen, room: number, words: Catalogue): types.KnownBlock[] {
  const { items = [], itemActions } = screen;
  const actions = (itemActions?.actions ?? []).slice(0, MAX_OVERFLOW);
  if (items.length <= room) return items.map((item) => itemBlock(item, actions));
  const shown = items.slice(0, Math.max(0, room - 1));
  const hidden = escape(words.slack.more(items.length - shown.length));
  const [first] = actions;
  if (!itemActions || !first) return [...shown.map((item) => itemBlock(item, [])), section(hidden)];
  const list = select(
    items.map(itemOption).map(({ value, label, description }) => option(label, value, description)),
    { action: `${PRESS.menu}${first.key}`, placeholder: words.slack.search() },
  );
  const all = { ...section(`${hidden}\n*${escape(itemActions.choose)}*`), block_id: ITEMS_BLOCK };
  return [...shown.map((item) => itemBlock(item, actions)), { ...all, accessory: list }];
}

function itemBlock(item: Item, actions: readonly Action[]): types.SectionBlock {
  const [only] = actions;
  const text = item.lines.map(lineText).filter(Boolean).join('\n');
  const block = { ...section(text || itemText(item)), block_id: `${ITEM_BLOCK}${item.key}` };
  if (!only) return block;
  if (actions.length === 1)
    return { ...block, accessory: button(PRESS.item, only.label, only.key, dangerOf(only)) };
  const options = actions.map(({ key, label }) => option(label, key));
  return { ...block, accessory: { type: 'overflow', action_id: PRESS.item, options } };
}

function itemOption({ key, label, description }: Item): OneOf['options'][number] {
  return { value: key, label, description };
}

function menusOf({ menus = [] }: Screen, words: Catalogue): types.SectionBlock[] {
  return menus.map((menu) => ({
    ...section(`*${escape(menu.label)}*`),
    block_id: menuBlock(menu),
    accessory: select(
      menu.options.map(({ value, label, description }) => option(label, value, description)),
      { action: `${PRESS.menu}${menu.action}`, placeholder: words.slack.search() },
    ),
  }));
}

/** Another one after each choice, so that this does not stay in the menu. */
function menuBlock({ action, options }: NonNullable<Screen['menus']>[number]): string {
  return `${PRESS.menu}${action}:${options.length}`;
}

function actionsOf(actions: readonly Action[]): types.ActionsBlock[] {
  if (actions.length === 0) return [];
  const buttons = actions
    .slice(0, MAX_ELEMENTS)
    .map((one) => button(`${PRESS.act}${one.key}`, one.label, one.key, dangerOf(one)));
  return [{ type: 'actions', elements: buttons }];
}

function dangerOf({ style }: Action): 'danger' | undefined {
  return style === 'danger' ? style : undefined;
}
