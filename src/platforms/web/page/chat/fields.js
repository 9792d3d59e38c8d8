/** One field of a command's form: what is typed, chosen or dropped for one slot. */
/** @import { Field } from '../../api.ts' */
/** @import { ComponentChildren } from 'preact' */
import { html } from 'htm/preact';
import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import { ask, word } from '../shared/frame.js';
import { useSuggestions } from './suggestions.js';

/**
 * @typedef {object} FieldProps
 * @property {string} command
 * @property {Field} field
 * @property {string} value
 * @property {File | undefined} file
 * @property {string | undefined} problem why it was refused
 * @property {(value: string) => void} onValue
 * @property {(file: File | undefined) => void} onFile
 * @property {(() => void) | undefined} onRemove for one that need not be there
 */

/**
 * What every kind of input carries, and what it works with.
 *
 * @typedef {FieldProps & { carried: Record<string, unknown> }} InputProps
 */

/** @typedef {Event & { currentTarget: HTMLInputElement }} InputChange */

/** Before a slot's name: an input that is called `elements` or `submit` would hide what its form calls so. */
export const INPUT_NAME = 'value.';

/** @param {FieldProps} props */
export function FormField(props) {
  const { field, value, problem, onRemove } = props;
  const id = useId();
  const about = [field.description, bounds(field)].filter(Boolean).join(' · ');
  const described = [about && `${id}-about`, problem && `${id}-problem`].filter(Boolean).join(' ');
  const carried = {
    id,
    name: `${INPUT_NAME}${field.name}`,
    'aria-required': field.required && field.type !== 'boolean' ? true : undefined,
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': described || undefined,
  };
  const over = field.maxLength !== undefined && value.length > field.maxLength;
  return html`<div class=${`field ${field.type} ${field.main ? 'wide' : ''}`}>
    <div class="heading">
      <label for=${id}>${field.name}</label>
      ${field.required && html`<span class="needed">${word('chat', 'required')}</span>`}
      ${
        field.maxLength !== undefined &&
        html`<span class=${over ? 'counter problem' : 'counter'}
          >${word('chat', 'counter', { count: value.length, max: field.maxLength })}</span
        >`
      }
      ${
        onRemove &&
        html`<button
          type="button"
          class="quiet remove"
          aria-label=${word('chat', 'remove', { field: field.name })}
          onClick=${onRemove}
        >
          ×
        </button>`
      }
    </div>
    <${INPUTS[field.type]} ...${props} carried=${carried} />
    ${about && html`<p class="about" id=${`${id}-about`}>${about}</p>`}
    ${problem && html`<p class="problem" id=${`${id}-problem`} role="alert">${problem}</p>`}
  </div>`;
}

/** @type {Record<Field['type'], (props: InputProps) => ComponentChildren>} */
const INPUTS = {
  text: TextInput,
  integer: NumberInput,
  number: NumberInput,
  boolean: Switch,
  choice: Choice,
  seed: TextInput,
  image: Picture,
};

/** @param {InputProps} props */
function TextInput({ field, value, onValue, carried }) {
  const seed = field.type === 'seed';
  const usual = seed ? word('chat', 'random') : '';
  const shared = { ...carried, value, placeholder: field.default ?? usual, onInput: read(onValue) };
  if (seed) return html`<input type="text" inputmode="numeric" autocomplete="off" ...${shared} />`;
  return html`<textarea rows=${field.main ? 2 : 1} ...${shared}></textarea>`;
}

/** @param {InputProps} props */
function NumberInput({ field, value, onValue, carried }) {
  const whole = field.type === 'integer';
  return html`<input
    type="number"
    inputmode=${whole ? 'numeric' : 'decimal'}
    min=${field.min}
    max=${field.max}
    step=${whole ? 1 : 'any'}
    value=${value}
    placeholder=${field.default}
    autocomplete="off"
    onInput=${read(onValue)}
    ...${carried}
  />`;
}

/** @param {InputProps} props */
function Switch({ field, value, onValue, carried }) {
  return html`<input
    type="checkbox"
    role="switch"
    checked=${(value || field.default) === 'true'}
    onChange=${(/** @type {InputChange} */ { currentTarget }) => onValue(String(currentTarget.checked))}
    ...${carried}
  />`;
}

/** @param {InputProps} props */
function Choice(props) {
  const { field, value, onValue, carried } = props;
  const { choices = [], open = choices.length === 0 } = field;
  if (open) return html`<${OpenChoice} ...${props} />`;
  const usual =
    field.default === undefined ? word('chat', 'usual') : word('chat', 'standard', { value: field.default });
  return html`<select value=${value} onChange=${read(onValue)} ...${carried}>
    ${!field.required && html`<option value="">${usual}</option>`}
    ${field.required && value === '' && html`<option value=""></option>`}
    ${choices.map((choice) => html`<option value=${choice}>${choice}</option>`)}
  </select>`;
}

/** There are more choices than fit in a list: the server looks for those that match. @param {InputProps} props */
function OpenChoice({ command, field, value, onValue, carried }) {
  const [found, setFound] = useState(field.choices ?? []);
  const [looking, setLooking] = useState(false);
  useEffect(() => {
    if (!looking) return;
    const left = new AbortController();
    const query = new URLSearchParams({ template: command, slot: field.name, typed: value });
    ask(`/api/complete?${query}`, { signal: left.signal }).then(
      (/** @type {{ choices: string[] }} */ { choices }) => setFound(choices),
      // without suggestions one can still type
      () => left.signal.aborted || setFound([]),
    );
    return () => left.abort();
  }, [looking, command, field.name, value]);
  const suggestions = useSuggestions({
    label: word('chat', 'choices'),
    items: looking ? found.map((choice) => ({ value: choice, label: choice })) : [],
    // what is typed out is kept, nothing typed is nothing chosen
    first: value === '' ? -1 : Math.max(found.indexOf(value), 0),
    take({ value: taken }) {
      onValue(taken);
      setLooking(false);
    },
  });
  return html`<div class="open">
    <input
      type="text"
      value=${value}
      placeholder=${field.default}
      onFocus=${() => setLooking(true)}
      onBlur=${() => setLooking(false)}
      onInput=${(/** @type {InputChange} */ event) => {
        setLooking(true);
        onValue(event.currentTarget.value);
      }}
      onKeyDown=${suggestions.onKey}
      ...${carried}
      ...${suggestions.field}
    />
    ${suggestions.list}
  </div>`;
}

/** @param {InputProps} props */
function Picture({ file, onFile, carried }) {
  const url = useMemo(() => file && URL.createObjectURL(file), [file]);
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);
  return html`<div class="drop">
    ${url && html`<img src=${url} alt=${file?.name} />`}
    <input
      type="file"
      class="unseen"
      accept="image/*"
      onChange=${(/** @type {InputChange} */ { currentTarget }) => {
        if (currentTarget.files?.[0]) onFile(currentTarget.files[0]);
        // the same file may be chosen again
        currentTarget.value = '';
      }}
      ...${carried}
    />
    <label class="button" for=${carried['id']}>${word('chat', 'pick')}</label>
    ${file ? html`<span class="file">${file.name}</span>` : html`<span class="hint">${word('chat', 'dropHere')}</span>`}
    ${
      file &&
      html`<button
        type="button"
        class="quiet"
        aria-label=${word('chat', 'takeOut', { name: file.name })}
        onClick=${() => onFile(undefined)}
      >
        ×
      </button>`
    }
  </div>`;
}

/** @param {(value: string) => void} onValue */
function read(onValue) {
  /** @param {InputChange} event */
  return ({ currentTarget }) => onValue(currentTarget.value);
}

/** What a number may be, in words. @param {Field} field */
function bounds({ type, min, max }) {
  if (type !== 'integer' && type !== 'number') return '';
  if (min !== undefined && max !== undefined) return word('chat', 'between', { min, max });
  if (min !== undefined) return word('chat', 'atLeast', { min });
  return max === undefined ? '' : word('chat', 'atMost', { max });
}
