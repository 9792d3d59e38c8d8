/** The panels of the template editor: the draft as a whole, one slot of it, a new slot, and whose outputs are posted. */
import { createHash } from 'node:crypto';
import type { Candidate, EditorView } from '../../../commands/editor.ts';
import { clip } from '../../../core/text.ts';
import type { Catalogue } from '../../../i18n/index.ts';
import type { Finding } from '../../../core/finding.ts';
import { slotFields, type SlotFields } from '../../../templates/slot-change.ts';
import { MAX_WRITTEN } from './form.ts';
import { button, MAX_OPTIONS, menu, panel, type Panel } from './layout.ts';
import { escape } from '../replies/render.ts';
import { findingLine, slotLines } from './slot-lines.ts';

export const EDITOR = 'edit';
/** Slots on one page, so that they and what is wrong with them fit into one message. */
const SLOTS_A_PAGE = 8;
/** Of a value, before escaping. */
const MAX_SHOWN = 200;
export const TYPES = ['text', 'integer', 'number', 'boolean', 'choice', 'seed', 'image'] as const;

/** An action, the draft's id, and a slot's name or a page. */
export function editorId(action: string, draft: string, more: string | number = ''): string {
  return `${EDITOR}:${action}:${draft}:${more}`;
}

/** Stands for a node or an input in a menu, where a value may have 100 characters. */
export function tagOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}

/** `notes` are escaped lines about what was just done. */
export function draftPanel(
  view: EditorView,
  page: number,
  words: Catalogue,
  notes: readonly string[] = [],
): Panel {
  const { draft, slots, findings } = view;
  const { editor: say } = words;
  const id = (action: string, more?: string | number) => editorId(action, draft.id, more);
  const pages = Math.max(1, Math.ceil(slots.length / SLOTS_A_PAGE));
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = slots.slice(at * SLOTS_A_PAGE, (at + 1) * SLOTS_A_PAGE);
  const isShown = (finding: Finding) => shown.some(({ name }) => isOf(finding, name));
  const blocking = findings.filter((finding) => finding.blocking).length;
  const heading = `${say.slots()}${pages > 1 ? ` (${say.page(at + 1, pages)})` : ''}`;
  const lines = [
    `### ${escape(say.heading(draft.name, draft.description))}`,
    `-# ${escape(draft.head === undefined ? say.newTemplate() : say.newVersion())}`,
    ...notes,
    `${blocking > 0 ? '⛔' : '✅'} ${escape(blocking > 0 ? say.blocked(blocking) : say.ready())}`,
    ...findings.filter((finding) => !isShown(finding)).map((finding) => findingLine(finding, words)),
    `**${escape(say.outputs())}:** ${escape(outputsLine(view, words))}`,
    `**${escape(heading)}**`,
    ...(slots.length === 0 ? [escape(say.noSlots())] : []),
    ...shown.flatMap((slot) => [
      ...slotLines(slot, words),
      ...findings.filter((finding) => isOf(finding, slot.name)).map((finding) => findingLine(finding, words)),
    ]),
  ];
  const options = shown.map(({ name, slot }) => ({
    label: name,
    value: name,
    description: `${say.type(slot.type)}${slot.description ? ` — ${slot.description}` : ''}`,
  }));
  return panel(lines, [
    menu(id('pick'), say.changeSlot(), options),
    [
      button(id('about'), say.about()),
      button(id('add', 0), say.add()),
      ...(view.outputs.length > 1 ? [button(id('outputs', 0), say.chooseOutputs())] : []),
      ...pager(at, pages, (to) => id('page', to), words),
    ],
    [
      button(id('test'), say.test(), { disabled: !view.publishable }),
      button(id('publish'), say.publish(), { style: 'primary' }),
      button(id('ask'), say.discard(), { style: 'danger' }),
    ],
  ]);
}

/** `problem` is about `field`, or about the slot as a whole. Undefined when the draft has no such slot (any more). */
export function slotPanel(
  view: EditorView,
  name: string,
  words: Catalogue,
  problem?: { field: string | undefined; text: string },
): Panel | undefined {
  const { draft, slots, findings } = view;
  const index = slots.findIndex((slot) => slot.name === name);
  const shown = slots[index];
  if (!shown) return undefined;
  const { editor: say } = words;
  const id = (action: string, more?: string | number) => editorId(action, draft.id, more);
  const { slot, into } = shown;
  const wrong = problem ? `⛔ ${escape(problem.text)} ${escape(say.unchanged())}` : '';
  const fields: [keyof SlotFields | 'name' | 'type', string, string][] = [
    ['name', say.field('name'), name],
    ['type', say.changeType(), say.type(slot.type)],
    ...fieldsOf(slot).map((field): [keyof SlotFields, string, string] => [
      field,
      say.field(field),
      slotFields(slot)[field] ?? '',
    ]),
  ];
  const long = fieldsOf(slot).filter((field) => (slotFields(slot)[field] ?? '').length > MAX_WRITTEN);
  const isAtField = fields.some(([field]) => field === problem?.field);
  const lines = [
    `### ${escape(say.heading(draft.name, name))}`,
    ...(problem && !isAtField ? [wrong] : []),
    ...fields.flatMap(([field, label, value]) => [
      `**${escape(label)}:** ${escape(clip(value, MAX_SHOWN)) || '—'}`,
      ...(field === problem?.field ? [wrong] : []),
    ]),
    ...(long.length > 0 ? [`⚠ ${escape(say.tooLongForForm(long.map((field) => say.field(field))))}`] : []),
    escape(slot.required ? say.required() : say.optional()),
    `-# ${escape(clip(say.fills(into), MAX_SHOWN))}`,
    ...findings.filter((finding) => isOf(finding, name)).map((finding) => findingLine(finding, words)),
  ];
  const types = TYPES.map((type) => ({ label: say.type(type), value: type, chosen: type === slot.type }));
  return panel(lines, [
    menu(id('type', name), say.changeType(), types),
    [
      button(id('change', name), say.change(), { style: 'primary' }),
      slot.required
        ? button(id('optional', name), say.makeOptional())
        : button(id('required', name), say.makeRequired()),
      button(id('up', name), say.up(), { disabled: index === 0 }),
      button(id('down', name), say.down(), { disabled: index === slots.length - 1 }),
      button(id('drop', name), say.drop(), { style: 'danger' }),
    ],
    [button(id('page', pageOf(view, name)), say.back())],
  ]);
}

/** The page of the draft's panel that shows this slot. */
export function pageOf({ slots }: EditorView, name: string): number {
  const index = slots.findIndex((slot) => slot.name === name);
  return Math.max(0, Math.floor(index / SLOTS_A_PAGE));
}

export function fieldsOf(slot: EditorView['slots'][number]['slot']): (keyof SlotFields)[] {
  const order: (keyof SlotFields)[] = [
    'description',
    'default',
    'min',
    'max',
    'maxLength',
    'format',
    'choices',
  ];
  const has = slotFields(slot);
  return order.filter((field) => has[field] !== undefined);
}

/** `heading` says what these candidates are; without `page` they are all that there is to see. */
export function addPanel(
  draft: string,
  candidates: readonly Candidate[],
  { heading, page = 0 }: { heading: string; page?: number },
  words: Catalogue,
): Panel {
  const { editor: say } = words;
  const pages = Math.max(1, Math.ceil(candidates.length / MAX_OPTIONS));
  const at = Math.min(Math.max(0, page), pages - 1);
  const options = candidates.slice(at * MAX_OPTIONS, (at + 1) * MAX_OPTIONS).map(({ path, node, value }) => ({
    label: `${clip(node, 48)} · ${path[1]}`,
    value: tagOf(...path),
    description: value,
  }));
  const where = pages > 1 ? [`-# ${escape(say.page(at + 1, pages))}`] : [];
  return panel(
    [escape(heading), ...where],
    [
      menu(editorId('fill', draft), say.addPick(), options),
      [
        ...pager(at, pages, (to) => editorId('add', draft, to), words),
        button(editorId('find', draft), say.find()),
        button(editorId('page', draft, 0), say.back()),
      ],
    ],
  );
}

export function outputsPanel(view: EditorView, page: number, words: Catalogue): Panel {
  const { editor: say } = words;
  const id = (action: string, more?: string | number) => editorId(action, view.draft.id, more);
  const pages = Math.max(1, Math.ceil(view.outputs.length / MAX_OPTIONS));
  const at = Math.min(Math.max(0, page), pages - 1);
  const chosen = view.draft.outputs !== undefined;
  const options = outputsOn(view, at).map((node) => ({
    label: node.title,
    value: tagOf(node.id),
    description: node.id,
    chosen: chosen && node.posted,
  }));
  return panel(
    [escape(say.outputsHeading()), `**${escape(say.outputs())}:** ${escape(outputsLine(view, words))}`],
    [
      menu(id('post', at), say.outputsPick(), options, true),
      [...pager(at, pages, (to) => id('outputs', to), words), button(id('page', 0), say.back())],
    ],
  );
}

/** The nodes that a page of the outputs' panel lists. */
export function outputsOn({ outputs }: EditorView, page: number): EditorView['outputs'] {
  return outputs.slice(page * MAX_OPTIONS, (page + 1) * MAX_OPTIONS);
}

export function discardPanel(draft: string, { editor: say }: Catalogue): Panel {
  return panel(
    [escape(say.discardAsk())],
    [
      [
        button(editorId('discard', draft), say.discard(), { style: 'danger' }),
        button(editorId('page', draft, 0), say.back()),
      ],
    ],
  );
}

function outputsLine({ draft, outputs }: EditorView, { editor: say }: Catalogue): string {
  const titles = outputs.filter(({ posted }) => posted).map(({ title }) => title);
  return draft.outputs === undefined ? say.outputsAll() : say.outputsSome(titles);
}

function isOf({ at }: Finding, slot: string): boolean {
  return typeof at === 'object' && at.slot === slot;
}

function pager(at: number, pages: number, id: (to: number) => string, { editor: say }: Catalogue) {
  if (pages === 1) return [];
  // the first and the last page have one arrow each, and every id is another one
  return [
    ...(at > 0 ? [button(id(at - 1), say.previous())] : []),
    ...(at < pages - 1 ? [button(id(at + 1), say.next())] : []),
  ];
}
