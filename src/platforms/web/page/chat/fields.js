/** One field of a command's form: what is typed, chosen or dropped for one slot. */
/** @import { Completion, Field } from '../../api.ts' */
/** @import { Child } from '../shared/h.js' */
import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import { ask } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';
import { useSuggestions } from '../shared/suggestions.js';
import { FileInput } from './file-input.js';

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
 * @typedef {{
 *   id: string,
 *   name: string,
 *   'aria-required': true | undefined,
 *   'aria-invalid': true | undefined,
 *   'aria-describedby': string | undefined,
 * }} Carried
 * @typedef {FieldProps & { carried: Carried }} InputProps
 */

/** Before a slot's name: an input that is called `elements` or `submit` would hide what its form calls so. */
export const INPUT_NAME = 'value.';

/** What a choice is called; one may be called `constructor`. @param {Record<string, string> | undefined} labels @param {string} choice */
export function labelOf(labels = {}, choice) {
  return (Object.hasOwn(labels, choice) && labels[choice]) || choice;
}

/** @param {FieldProps} props */
export function FormField(props) {
  const { field, value, problem, onRemove } = props;
  const id = useId();
  const about = [field.description, bounds(field)].filter(Boolean).join(' · ');
  const described = [about && `${id}-about`, problem && `${id}-problem`].filter(Boolean).join(' ');
  /** @type {Carried} */
  const carried = {
    id,
    name: `${INPUT_NAME}${field.name}`,
    'aria-required': field.required && field.type !== 'boolean' ? true : undefined,
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': described || undefined,
  };
  const over = field.maxLength !== undefined && value.length > field.maxLength;
  return h(
    'div',
    { class: `field ${field.kind} ${field.main ? 'wide' : ''}` },
    h(
      'div',
      { class: 'heading' },
      h('label', { for: id }, field.label ?? field.name),
      field.required && h('span', { class: 'needed' }, words.chat.required()),
      field.maxLength !== undefined &&
        h(
          'span',
          { class: over ? 'counter problem' : 'counter' },
          words.chat.counter({ count: value.length, max: field.maxLength }),
        ),
      onRemove &&
        h(
          'button',
          {
            type: 'button',
            class: 'quiet remove',
            'aria-label': words.chat.remove({ field: field.label ?? field.name }),
            onClick: onRemove,
          },
          '×',
        ),
    ),
    h(INPUTS[field.kind], { ...props, carried }),
    about && h('p', { class: 'about', id: `${id}-about` }, about),
    problem && h('p', { class: 'problem', id: `${id}-problem`, role: 'alert' }, problem),
  );
}

/** @type {Record<Field['kind'], (props: InputProps) => Child>} */
const INPUTS = {
  text: TextInput,
  number: NumberInput,
  'yes-no': Switch,
  'one-of': Choice,
  file: Attached,
};

/** @param {InputProps} props */
function TextInput({ field, value, onValue, carried }) {
  return h('textarea', {
    rows: field.main ? 2 : 1,
    value,
    placeholder: field.default ?? '',
    onInput: read(onValue),
    ...carried,
  });
}

/** @param {InputProps} props */
function NumberInput({ field, value, onValue, carried }) {
  const { whole } = field;
  if (isLong(field)) {
    const usual = field.drawn ? words.chat.random() : '';
    const shared = { ...carried, value, placeholder: field.default ?? usual, onInput: read(onValue) };
    return h('input', { type: 'text', inputmode: 'numeric', autocomplete: 'off', ...shared });
  }
  return h('input', {
    type: 'number',
    inputmode: whole ? 'numeric' : 'decimal',
    min: field.min,
    max: field.max,
    step: whole ? 1 : 'any',
    value,
    placeholder: field.default,
    autocomplete: 'off',
    onInput: read(onValue),
    ...carried,
  });
}

/** @param {InputProps} props */
function Switch({ field, value, onValue, carried }) {
  return h('input', {
    type: 'checkbox',
    role: 'switch',
    checked: (value || field.default) === 'true',
    onChange: ({ currentTarget }) => onValue(String(currentTarget.checked)),
    ...carried,
  });
}

/** @param {InputProps} props */
function Choice(props) {
  const { field, value, onValue, carried } = props;
  const { choices = [], open = choices.length === 0 } = field;
  if (open) return h(OpenChoice, props);
  const called = (/** @type {string} */ choice) => labelOf(field.labels, choice);
  const usual =
    field.default === undefined ? words.chat.usual() : words.chat.standard({ value: called(field.default) });
  return h(
    'select',
    { value, onChange: read(onValue), ...carried },
    !field.required && h('option', { value: '' }, usual),
    field.required && value === '' && h('option', { value: '' }),
    choices.map((choice) => h('option', { value: choice }, called(choice))),
  );
}

/** There are more choices than fit in a list: the server looks for those that match. @param {InputProps} props */
function OpenChoice({ command, field, value, onValue, carried }) {
  /** @type {Completion} */
  const first = { choices: field.choices ?? [], ...(field.labels && { labels: field.labels }) };
  const [{ choices: found, labels = {} }, setFound] = useState(first);
  const [looking, setLooking] = useState(false);
  useEffect(() => {
    if (!looking) return;
    const left = new AbortController();
    const query = new URLSearchParams({ template: command, slot: field.name, typed: value });
    ask(`/api/complete?${query}`, { signal: left.signal }).then(
      (/** @type {Completion} */ completion) => setFound(completion),
      // without suggestions one can still type
      () => left.signal.aborted || setFound({ choices: [] }),
    );
    return () => left.abort();
  }, [looking, command, field.name, value]);
  const suggestions = useSuggestions({
    label: words.chat.choices(),
    items: looking ? found.map((choice) => ({ value: choice, label: labelOf(labels, choice) })) : [],
    // what is typed out is kept, nothing typed is nothing chosen
    first: value === '' ? -1 : Math.max(found.indexOf(value), 0),
    take({ value: taken }) {
      onValue(taken);
      setLooking(false);
    },
  });
  return h(
    'div',
    { class: 'open' },
    h('input', {
      type: 'text',
      value,
      placeholder: field.default,
      onFocus: () => setLooking(true),
      onBlur: () => setLooking(false),
      onInput: (event) => {
        setLooking(true);
        onValue(event.currentTarget.value);
      },
      onKeyDown: suggestions.onKey,
      ...carried,
      ...suggestions.field,
    }),
    suggestions.list,
  );
}

/** @param {InputProps} props */
function Attached({ field, file, onFile, carried }) {
  const url = useMemo(
    () => (file?.type.startsWith('image/') ? URL.createObjectURL(file) : undefined),
    [file],
  );
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);
  const accept = field.accept ?? [];
  return h(
    FileInput,
    { file, accept, label: words.chat.pick(), onFile, carried },
    file && url && h('img', { src: url, alt: file.name }),
  );
}

/** Whole numbers beyond 2^53, as a seed: their digits are more than a number holds. @param {Field} field */
function isLong({ whole, max }) {
  return whole === true && max !== undefined && !Number.isSafeInteger(Number(max));
}

/** @param {(value: string) => void} onValue */
function read(onValue) {
  return (/** @type {{ currentTarget: { value: string } }} */ { currentTarget }) =>
    onValue(currentTarget.value);
}

/** What a number may be, in words. @param {Field} field */
function bounds(field) {
  const { kind, min, max } = field;
  if (kind !== 'number' || isLong(field)) return '';
  if (min !== undefined && max !== undefined) return words.chat.between({ min, max });
  if (min !== undefined) return words.chat.atLeast({ min });
  return max === undefined ? '' : words.chat.atMost({ max });
}
