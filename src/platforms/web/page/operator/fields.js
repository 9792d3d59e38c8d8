/** The fields of the settings, each with what is wrong with it. */
/** @import { Child } from '../shared/h.js' */
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';

/**
 * @typedef {{
 *   name: string,
 *   label: string,
 *   value: string,
 *   standard?: string | undefined,
 *   problem?: string | undefined,
 *   onChange: (value: string) => void,
 * }} FieldProps
 */

/** @param {string} name of a field; its element's id */
export function idOf(name) {
  return `setting-${name}`;
}

/** @param {FieldProps} props @param {string} [hint] */
function attributes({ name, value, problem, onChange }, hint) {
  const id = idOf(name);
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return {
    id,
    name,
    value,
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': described || undefined,
    onInput: (/** @type {{ currentTarget: { value: string } }} */ { currentTarget }) =>
      onChange(currentTarget.value),
  };
}

/** @param {{ name: string, label: string, hint?: string | undefined, problem?: string | undefined, children?: Child }} props */
function Frame({ name, label, hint, problem, children }) {
  const id = idOf(name);
  return h(
    'div',
    { class: 'field' },
    h('label', { for: id }, label),
    hint && h('p', { id: `${id}-hint`, class: 'soft hint' }, hint),
    children,
    problem && h('p', { id: `${id}-problem`, class: 'problem' }, problem),
  );
}

/** A text, since a number's field would swallow what is no number. @param {FieldProps & { hint?: string | undefined }} props */
export function Numeral(props) {
  return h(
    Frame,
    props,
    h('input', {
      inputmode: 'numeric',
      autocomplete: 'off',
      placeholder: props.standard,
      ...attributes(props, props.hint),
    }),
  );
}

/** @param {FieldProps & { choices: { value: string, label: string }[] }} props */
export function Choice({ choices, ...props }) {
  const { value, standard = '' } = props;
  const isKnown = value === '' || choices.some((choice) => choice.value === value);
  return h(
    Frame,
    props,
    h(
      'select',
      attributes(props),
      h('option', { value: '' }, words.operator.standard({ value: standard })),
      !isKnown && h('option', { value }, value),
      choices.map((choice) => h('option', { key: choice.value, value: choice.value }, choice.label)),
    ),
  );
}

/** @param {FieldProps & { hint: string }} props */
export function Lines(props) {
  return h(Frame, props, h('textarea', { rows: 3, spellcheck: false, ...attributes(props, props.hint) }));
}

/** @param {{ name: string, label: string, checked: boolean, hint: string, onChange: (value: boolean) => void }} props */
export function Tick({ name, label, checked, hint, onChange }) {
  const id = idOf(name);
  return h(
    'div',
    { class: 'field' },
    h(
      'label',
      {},
      h('input', {
        id,
        type: 'checkbox',
        checked,
        disabled: hint !== '',
        'aria-describedby': hint ? `${id}-hint` : undefined,
        onChange: ({ currentTarget }) => onChange(currentTarget.checked),
      }),
      label,
    ),
    hint && h('p', { id: `${id}-hint`, class: 'soft hint' }, hint),
  );
}
