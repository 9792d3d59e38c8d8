/** The fields of the settings, each with what is wrong with it. */
import { html } from 'htm/preact';
import { word } from '../shared/frame.js';

/**
 * @typedef {{
 *   name: string,
 *   label: string,
 *   value: string,
 *   standard?: string | undefined,
 *   problem?: string | undefined,
 *   onChange: (value: string) => void,
 * }} FieldProps
 * @typedef {Event & { currentTarget: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement }} Typed
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
    'aria-invalid': problem ? 'true' : undefined,
    'aria-describedby': described || undefined,
    onInput: (/** @type {Typed} */ { currentTarget }) => onChange(currentTarget.value),
  };
}

/** @param {{ name: string, label: string, hint?: string, problem?: string, children?: unknown }} props */
function Frame({ name, label, hint, problem, children }) {
  const id = idOf(name);
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${hint && html`<p id=${`${id}-hint`} class="soft hint">${hint}</p>`} ${children}
    ${problem && html`<p id=${`${id}-problem`} class="problem">${problem}</p>`}
  </div>`;
}

/** A text, since a number's field would swallow what is no number. @param {FieldProps & { hint?: string | undefined }} props */
export function Numeral(props) {
  return html`<${Frame} ...${props}>
    <input
      inputmode="numeric"
      autocomplete="off"
      placeholder=${props.standard}
      ...${attributes(props, props.hint)}
    />
  <//>`;
}

/** @param {FieldProps & { choices: { value: string, label: string }[] }} props */
export function Choice({ choices, ...props }) {
  const { value, standard = '' } = props;
  const isKnown = value === '' || choices.some((choice) => choice.value === value);
  return html`<${Frame} ...${props}>
    <select ...${attributes(props)}>
      <option value="">${word('operator', 'standard', { value: standard })}</option>
      ${!isKnown && html`<option value=${value}>${value}</option>`}
      ${choices.map((choice) => html`<option key=${choice.value} value=${choice.value}>${choice.label}</option>`)}
    </select>
  <//>`;
}

/** @param {FieldProps & { hint: string }} props */
export function Lines(props) {
  return html`<${Frame} ...${props}>
    <textarea rows="3" spellcheck="false" ...${attributes(props, props.hint)}></textarea>
  <//>`;
}

/** @param {{ name: string, label: string, checked: boolean, hint: string, onChange: (value: boolean) => void }} props */
export function Tick({ name, label, checked, hint, onChange }) {
  const id = idOf(name);
  return html`<div class="field">
    <label>
      <input
        id=${id}
        type="checkbox"
        checked=${checked}
        disabled=${hint !== ''}
        aria-describedby=${hint ? `${id}-hint` : undefined}
        onChange=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ { currentTarget }) =>
          onChange(currentTarget.checked)}
      />
      ${label}
    </label>
    ${hint && html`<p id=${`${id}-hint`} class="soft hint">${hint}</p>`}
  </div>`;
}
