/** The slots of a draft: a list that can be ordered, and a form for each. */
/** @import { Draft, DraftLanguage, DraftSlot, SlotChange, SlotForm } from '../../studio-api.ts' */
/** @import { ChangeDraft, Held } from './draft.js' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useEscape } from '../shared/escape.js';
import { Finding } from './finding.js';
import { h } from '../shared/h.js';
import { list, words } from '../shared/words.js';
import { Field } from './field.js';
import { SlotWords } from './language.js';

const FIELDS = /** @type {const} */ ([
  { field: 'default', label: words.studio.fieldDefault, hint: words.studio.hintDefault },
  { field: 'min', label: words.studio.fieldMin, hint: words.studio.hintMin },
  { field: 'max', label: words.studio.fieldMax, hint: words.studio.hintMax },
  { field: 'maxLength', label: words.studio.fieldMaxLength, hint: words.studio.hintMaxLength },
  { field: 'format', label: words.studio.fieldFormat, hint: words.studio.hintFormat },
  { field: 'choices', label: words.studio.fieldChoices, hint: words.studio.hintChoices },
]);

/** What is wanted of a slot's form: to be open, and to have the focus. `focus` grows each time that it is. @typedef {{ key: string, focus: number }} Opened */

/**
 * @param {object} props
 * @param {Draft} props.draft
 * @param {string[]} props.keys
 * @param {Opened | undefined} props.opened
 * @param {(opened: Opened | undefined) => void} props.onOpen
 * @param {DraftLanguage | undefined} props.language whose words are written; undefined: the slots themselves are edited
 * @param {ChangeDraft} props.change
 */
export function Slots({ draft: { slots }, keys, opened, onOpen, language, change }) {
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  return h(
    'section',
    { class: 'slots', 'aria-labelledby': 'slots' },
    h('h2', { id: 'slots', tabindex: -1, ref: heading }, words.studio.slots()),
    slots.length === 0 && h('p', { class: 'soft' }, words.studio.noSlots()),
    h(
      'ol',
      {},
      slots.map((slot, index) => {
        const key = keys[index] ?? slot.name;
        return h(SlotItem, {
          key,
          slot,
          nameIn: (/** @type {Held} */ now) => now.draft.slots[now.keys.indexOf(key)]?.name ?? slot.name,
          place: { first: index === 0, last: index === slots.length - 1 },
          open: opened?.key === key,
          focus: opened?.key === key ? opened.focus : 0,
          onToggle: () => onOpen(opened?.key === key ? undefined : { key, focus: 0 }),
          onDropped: () => heading.current?.focus(),
          language,
          change,
        });
      }),
    ),
  );
}

/**
 * @param {object} props
 * @param {DraftSlot} props.slot
 * @param {(now: Held) => string} props.nameIn what it is called by the time that a change is sent
 * @param {{ first: boolean, last: boolean }} props.place
 * @param {boolean} props.open
 * @param {number} props.focus
 * @param {() => void} props.onToggle
 * @param {() => void} props.onDropped
 * @param {DraftLanguage | undefined} props.language
 * @param {ChangeDraft} props.change
 */
function SlotItem({ slot, nameIn, place, open, focus, onToggle, onDropped, language, change }) {
  const item = useRef(/** @type {HTMLLIElement | null} */ (null));
  const [problem, setProblem] = useState('');
  const { name, findings, facts, into } = slot;

  useEffect(() => {
    if (!focus || !open) return;
    item.current?.scrollIntoView({ block: 'nearest' });
    item.current?.querySelector('input')?.select();
  }, [focus, open]);

  const close = () => {
    // what was typed is kept, as on leaving a field
    const { activeElement: field } = document;
    if (field instanceof HTMLElement && item.current?.contains(field)) field.blur();
    onToggle();
    item.current?.querySelector('button')?.focus();
  };
  useEscape(open, close, item);

  /** @param {-1 | 1} by */
  const move = async (by) => {
    setProblem((await change((now) => ({ kind: 'move', slot: nameIn(now), by }))) ?? '');
    // it stands elsewhere in the page now, and an arrow at the end of the list cannot be pressed
    const arrow = item.current?.querySelector(by === -1 ? '.up' : '.down');
    const to =
      arrow instanceof HTMLButtonElement && !arrow.disabled ? arrow : item.current?.querySelector('button');
    if (to instanceof HTMLElement) to.focus();
  };
  const drop = async () => {
    const why = await change((now) => ({ kind: 'drop', slot: nameIn(now) }));
    if (why === undefined) onDropped();
    else setProblem(why);
  };
  return h(
    'li',
    { class: open ? 'card slot open' : 'card slot', ref: item },
    h(
      'div',
      { class: 'slot-head' },
      h(
        'h3',
        {},
        h(
          'button',
          { class: 'quiet slot-name', 'aria-expanded': open, onClick: onToggle },
          h('span', { class: 'chip' }, name),
          h('span', { class: 'slot-facts' }, facts.join(' · ')),
        ),
      ),
      h(
        'div',
        { class: 'slot-acts' },
        h(
          'button',
          {
            class: 'quiet up',
            disabled: place.first,
            onClick: () => move(-1),
            title: words.studio.up(),
            'aria-label': words.chat.actOn({ action: words.studio.up(), item: name }),
          },
          '↑',
        ),
        h(
          'button',
          {
            class: 'quiet down',
            disabled: place.last,
            onClick: () => move(1),
            title: words.studio.down(),
            'aria-label': words.chat.actOn({ action: words.studio.down(), item: name }),
          },
          '↓',
        ),
        h(
          'button',
          {
            class: 'quiet',
            onClick: drop,
            title: words.studio.dropSlot(),
            'aria-label': words.chat.actOn({ action: words.studio.dropSlot(), item: name }),
          },
          '✕',
        ),
      ),
    ),
    findings.length > 0 &&
      h(
        'ul',
        { class: 'findings' },
        findings.map((one) => h(Finding, one)),
      ),
    h('p', { class: 'problem', role: 'alert' }, problem),
    open && language && h(SlotWords, { key: language.tag, slot, nameIn, language, change }),
    open && !language && h(SlotFields, { slot, nameIn, change }),
    open &&
      h(
        'p',
        { class: 'soft small' },
        words.studio.fills({ inputs: list(into.map(({ title, input }) => `${title} · ${input}`)) }),
      ),
  );
}

/** @param {{ slot: DraftSlot, nameIn: (now: Held) => string, change: ChangeDraft }} props */
function SlotFields({ slot, nameIn, change }) {
  const { name, type, kind, types, form, required } = slot;
  const [problem, setProblem] = useState('');
  /** @param {SlotChange} wanted */
  const save = (wanted) => change((now) => ({ kind: 'slot', slot: nameIn(now), change: wanted }));
  /** @param {{ currentTarget: HTMLSelectElement }} event */
  const retype = async ({ currentTarget }) => {
    const wanted = types.find((one) => one.type === currentTarget.value);
    setProblem((wanted && (await save({ type: wanted.type }))) ?? '');
  };
  /** @param {keyof SlotForm} field */
  const isLong = (field) =>
    field === 'choices' || field === 'format' || (field === 'default' && kind === 'text');
  return h(
    'div',
    { class: 'slot-form' },
    h(
      'div',
      { class: 'pair' },
      h(Field, {
        label: words.studio.fieldName(),
        hint: words.studio.hintName(),
        name: 'name',
        value: name,
        onSave: (typed) => save({ name: typed }),
      }),
      h(
        'div',
        { class: 'field' },
        h('label', { for: `type-${name}` }, words.studio.type()),
        h(
          'select',
          { id: `type-${name}`, value: type, onChange: retype },
          types.map((one) => h('option', { value: one.type, selected: one.type === type }, one.label)),
        ),
        h(
          'label',
          { class: 'check' },
          h('input', {
            type: 'checkbox',
            checked: required,
            onChange: async () => setProblem((await save({ required: !required })) ?? ''),
          }),
          words.studio.required(),
        ),
        h('p', { class: 'problem', role: 'alert' }, problem),
      ),
    ),
    h(Field, {
      label: words.studio.fieldDescription(),
      hint: words.studio.hintDescription(),
      name: 'description',
      value: form.description,
      onSave: (typed) => save({ description: typed }),
    }),
    FIELDS.map(({ field, label, hint }) => {
      const { [field]: held } = form;
      if (held === undefined) return undefined;
      return h(Field, {
        key: field,
        label: label(),
        hint: hint(),
        name: field,
        long: isLong(field),
        value: held,
        onSave: (typed) => save({ [field]: typed }),
      });
    }),
  );
}
