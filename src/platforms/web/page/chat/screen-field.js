/** One field of a screen, by what it holds, with what is said of it and what is wrong with it. */
/** @import { Field, FieldValue, Option } from '../../../../core/screen.ts' */
/** @import { Child } from '../shared/h.js' */
import { Fragment } from 'preact';
import { useId } from 'preact/hooks';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';
import { FileInput } from './file-input.js';

/**
 * @typedef {object} FieldProps
 * @property {Field} field
 * @property {FieldValue | File | undefined} held
 * @property {string | undefined} problem
 * @property {(value: FieldValue | File | undefined) => void} onHold
 */

/**
 * What every kind of input carries.
 *
 * @typedef {{
 *   id: string,
 *   'aria-required': true | undefined,
 *   'aria-invalid': true | undefined,
 *   'aria-describedby': string | undefined,
 * }} Carried
 */

/** @typedef {FieldProps & { carried: Carried }} InputProps */
/** @template {Field['kind']} Kind @typedef {InputProps & { field: Extract<Field, { kind: Kind }> }} InputOf */

/** @param {FieldProps} props */
export function ScreenField(props) {
  const { field, problem } = props;
  const { kind, label, hint, note, required } = field;
  const id = useId();
  const above = [hint !== label && hint, isIds(field) && words.chat.idsOnly()].filter(Boolean).join(' · ');
  const described = [above && `${id}-about`, note && `${id}-note`, problem && `${id}-problem`];
  /** @type {Carried} */
  const carried = {
    id,
    'aria-required': required && kind !== 'yes-no' ? true : undefined,
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': described.filter(Boolean).join(' ') || undefined,
  };
  const needed = required && h('span', { class: 'needed' }, words.chat.required());
  const below = h(
    Fragment,
    {},
    above && h('p', { class: 'about', id: `${id}-about` }, above),
    note && h('p', { class: 'note', id: `${id}-note` }, note),
    problem && h('p', { class: 'problem', id: `${id}-problem` }, problem),
  );
  // several boxes have one name together
  if (kind === 'some-of')
    return h(
      'fieldset',
      { class: 'field some-of' },
      h('legend', {}, label, ' ', needed),
      input({ ...props, carried }),
      below,
    );
  return h(
    'div',
    { class: `field ${kind}` },
    h('div', { class: 'heading' }, h('label', { for: id }, label), needed),
    input({ ...props, carried }),
    below,
  );
}

/** @param {InputProps} props @returns {Child} */
function input({ field, ...props }) {
  switch (field.kind) {
    case 'text':
    case 'number':
      return h(OneLine, { ...props, field });
    case 'long-text':
    case 'people':
    case 'roles':
    case 'channels':
      return h(SeveralLines, { ...props, field });
    case 'yes-no':
      return h(Switch, { ...props, field });
    case 'one-of':
      return h(field.open ? OpenChoice : OneOf, { ...props, field });
    case 'some-of':
      return h(SomeOf, { ...props, field });
    case 'file':
      return h(OneFile, { ...props, field });
  }
}

/** A text also where it is a number, since a number's field would swallow what is none. @param {InputProps} props */
function OneLine({ field, held, onHold, carried }) {
  const numeral = field.kind === 'number' && (field.whole ? 'numeric' : 'decimal');
  return h('input', {
    type: 'text',
    autocomplete: 'off',
    inputmode: numeral || undefined,
    value: textOf(held),
    placeholder: field.applies,
    onInput: ({ currentTarget }) => onHold(currentTarget.value),
    ...carried,
  });
}

/** @param {InputProps} props */
function SeveralLines({ field, held, onHold, carried }) {
  return h('textarea', {
    rows: 3,
    spellcheck: field.kind === 'long-text',
    value: textOf(held),
    placeholder: field.applies,
    onInput: ({ currentTarget }) => onHold(currentTarget.value),
    ...carried,
  });
}

/** @param {InputOf<'yes-no'>} props */
function Switch({ held, onHold, carried }) {
  return h('input', {
    type: 'checkbox',
    role: 'switch',
    checked: held === true,
    onChange: ({ currentTarget }) => onHold(currentTarget.checked),
    ...carried,
  });
}

/** @param {InputOf<'one-of'>} props */
function OneOf({ field: { options, none }, held, onHold, carried }) {
  const value = textOf(held);
  const isKnown = value === '' || options.some((option) => option.value === value);
  return h(
    'select',
    { value, onChange: ({ currentTarget }) => onHold(currentTarget.value), ...carried },
    (none !== undefined || value === '') && h('option', { value: '', selected: value === '' }, none ?? ''),
    // it was there when it was chosen
    !isKnown && h('option', { value, selected: true }, value),
    options.map((option) =>
      h(
        'option',
        { key: option.value, value: option.value, selected: option.value === value },
        optionText(option),
      ),
    ),
  );
}

/** What is not on the list may be typed all the same. @param {InputOf<'one-of'>} props */
function OpenChoice({ field, held, onHold, carried }) {
  const list = `${carried.id}-list`;
  return h(
    Fragment,
    {},
    h('input', {
      type: 'text',
      autocomplete: 'off',
      list,
      value: textOf(held),
      onInput: ({ currentTarget }) => onHold(currentTarget.value),
      ...carried,
    }),
    h(
      'datalist',
      { id: list },
      field.options.map(({ value, label }) => h('option', { key: value, value }, label)),
    ),
  );
}

/** @param {InputOf<'some-of'>} props */
function SomeOf({ field, held, onHold, carried: { id, ...carried } }) {
  const chosen = Array.isArray(held) ? held : [];
  return h(
    'div',
    { class: 'boxes' },
    field.options.map((option, index) => {
      const { value } = option;
      const turn = () =>
        onHold(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
      const own = `${id}-${index}`;
      return h(
        'label',
        { key: value, for: own },
        h('input', {
          ...carried,
          id: own,
          type: 'checkbox',
          checked: chosen.includes(value),
          onChange: turn,
          'aria-required': undefined,
        }),
        optionText(option),
      );
    }),
  );
}

/** @param {InputOf<'file'>} props */
function OneFile({ field: { types, endings }, held, onHold, carried }) {
  const file = held instanceof File ? held : undefined;
  const accept = [...types, ...endings.map((ending) => `.${ending}`)];
  return h(FileInput, { file, accept, label: words.chat.chooseFile(), onFile: onHold, carried });
}

/** @param {Option} option */
export function optionText({ label, description }) {
  return description ? `${label} — ${description}` : label;
}

/** @param {FieldValue | File | undefined} held */
function textOf(held) {
  return typeof held === 'string' ? held : '';
}

/** @param {Field} field */
function isIds({ kind }) {
  return kind === 'people' || kind === 'roles' || kind === 'channels';
}
