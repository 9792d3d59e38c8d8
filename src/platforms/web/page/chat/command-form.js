/** A command's form, as Discord opens it: what is needed is there, the rest is one press away. */
/** @import { Accepted, Command, Field } from '../../api.ts' */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isComposing, useEscape } from '../shared/escape.js';
import { ask, Refused, sentenceOf } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';
import { FormField, INPUT_NAME } from './fields.js';

/**
 * What has been filled in, kept above the form, since it comes back by the up arrow, by Edit and by a drop.
 *
 * @typedef {object} Filling
 * @property {number} id of the opening of this form
 * @property {string} template
 * @property {Record<string, string>} values
 * @property {Record<string, File>} files
 * @property {string[]} shown optional fields that are there though they are empty
 */

/**
 * Why it did not run, and what stood in the field then.
 *
 * @typedef {{ error: string, field: string | undefined, value: string | undefined, file: File | undefined }} Problem
 */

/** Where somebody goes on who has brought a file: a choice of commands, or the field that has it. */
export const INPUTS = '.offer button, .drop:has(.file) input, .field :is(input, textarea, select), textarea';

let opened = 0;

/** @param {string} template @param {Partial<Filling>} [more] @returns {Filling} */
export function filling(template, more = {}) {
  opened += 1;
  return { id: opened, template, values: {}, files: {}, shown: [], ...more };
}

/**
 * @param {object} props
 * @param {Command} props.command
 * @param {Filling} props.filled
 * @param {(change: (before: Filling) => Filling) => void} props.onChange
 * @param {() => void} props.onLeave
 * @param {(by: number) => boolean} props.onWalk through what was written before
 * @param {boolean} props.isReached by such a walk, and not changed
 * @param {(message: string) => void} props.onAccepted
 */
export function CommandForm({ command, filled, onChange, onLeave, onWalk, isReached, onAccepted }) {
  const form = useRef(/** @type {HTMLFormElement | null} */ (null));
  const [refused, setRefused] = useState(/** @type {Problem | undefined} */ (undefined));
  const [busy, setBusy] = useState(false);
  const { values, files, shown } = filled;
  const fields = ordered(command.fields);
  /** @param {Field} field */
  const isShown = ({ name, main, required }) =>
    main || required || shown.includes(name) || Object.hasOwn(values, name) || Object.hasOwn(files, name);
  const atField = fields.some(({ name }) => name === refused?.field);
  /** Until it is changed, here or by a drop. @param {string} name */
  const problemOf = (name) => {
    if (refused?.field !== name) return undefined;
    return refused.value === own(values, name) && refused.file === own(files, name)
      ? refused.error
      : undefined;
  };
  /** @param {string} error @param {string} [field] */
  const refuse = (error, field = '') =>
    setRefused({ error, field: field || undefined, value: own(values, field), file: own(files, field) });

  /** @param {string | undefined} name */
  const focus = (name) => {
    const input = name === undefined ? undefined : form.current?.elements.namedItem(`${INPUT_NAME}${name}`);
    const first = form.current?.querySelector('.field :is(input, textarea, select)');
    const target = input instanceof HTMLElement ? input : first;
    if (target instanceof HTMLElement) target.focus();
  };
  // a command's form begins at its first field
  useLayoutEffect(() => focus(undefined), []);
  useEffect(() => {
    if (refused?.field !== undefined) focus(refused.field);
  }, [refused]);

  useEscape(true, onLeave, form);

  /** @param {string} name @param {boolean} there */
  const show = (name, there) => {
    onChange((before) => {
      const { [name]: _value, ...otherValues } = before.values;
      const { [name]: _file, ...otherFiles } = before.files;
      const others = before.shown.filter((other) => other !== name);
      if (!there) return { ...before, values: otherValues, files: otherFiles, shown: others };
      const field = command.fields.find((one) => one.name === name);
      // who asks for a switch wants it the other way round
      const turned = field?.kind === 'yes-no' && { [name]: String(field.default !== 'true') };
      return { ...before, values: { ...before.values, ...turned }, shown: [...others, name] };
    });
    // once the field is there, or gone
    requestAnimationFrame(() => focus(there ? name : undefined));
  };

  /** @param {Event} event */
  const run = async (event) => {
    event.preventDefault();
    if (busy) return;
    const unread = [...(form.current?.querySelectorAll('input') ?? [])].find(
      ({ validity }) => validity.badInput,
    );
    if (unread) return refuse(unread.validationMessage, unread.name.slice(INPUT_NAME.length));
    setBusy(true);
    try {
      /** @type {Accepted} */
      const { message } = await ask('/api/run', { form: asForm(filled) });
      // it is still there when something was filled in meanwhile
      setBusy(false);
      onAccepted(message);
    } catch (error) {
      const field = error instanceof Refused ? error.field : undefined;
      if (field !== undefined) onChange((before) => ({ ...before, shown: [...before.shown, field] }));
      refuse(sentenceOf(error), field);
      setBusy(false);
    }
  };

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const { key, shiftKey, target } = event;
    if (event.defaultPrevented || isComposing(event)) return;
    const by = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0;
    // a number's own arrows, and those of a list, are for it
    const isFree =
      target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'file');
    if (by !== 0 && isReached && isFree && !shiftKey) {
      if (onWalk(by)) event.preventDefault();
    } else if (key === 'Enter' && !shiftKey && target instanceof HTMLTextAreaElement) void run(event);
  };

  const hidden = fields.filter((field) => !isShown(field));
  return h(
    'form',
    {
      ref: form,
      class: 'command card',
      'aria-label': words.chat.form({ command: `/${command.label ?? command.name}` }),
      novalidate: true,
      onSubmit: run,
      onKeyDown: onKey,
    },
    h(
      'header',
      {},
      h('strong', {}, '/', command.label ?? command.name),
      h('span', { class: 'about' }, command.description),
      h(
        'button',
        {
          type: 'button',
          class: 'quiet',
          'aria-label': words.chat.back(),
          title: words.chat.back(),
          onClick: onLeave,
        },
        '×',
      ),
    ),
    h(
      'div',
      { class: 'fields' },
      fields.filter(isShown).map((field) =>
        h(FormField, {
          key: field.name,
          command: command.name,
          field,
          value: own(values, field.name) ?? '',
          file: own(files, field.name),
          problem: problemOf(field.name),
          onValue: (value) => {
            onChange((before) => ({ ...before, values: { ...before.values, [field.name]: value } }));
          },
          onFile: (file) => {
            onChange((before) => withFile(before, field.name, file));
          },
          onRemove: field.main || field.required ? undefined : () => show(field.name, false),
        }),
      ),
    ),
    refused && !atField && h('p', { class: 'problem', role: 'alert' }, refused.error),
    h(
      'footer',
      {},
      hidden.length > 0 &&
        h(
          'div',
          { class: 'chips', role: 'group', 'aria-label': words.chat.add() },
          hidden.map(({ name, label = name, description }) =>
            h(
              'button',
              { key: name, type: 'button', title: description, onClick: () => show(name, true) },
              '+ ',
              label,
            ),
          ),
        ),
      h('button', { class: 'main', 'aria-disabled': busy }, words.chat.run()),
    ),
  );
}

/**
 * A slot may be called `constructor`. Its value, when one was given.
 *
 * @template T
 * @param {Record<string, T>} given
 * @param {string} name
 */
export function own(given, name) {
  return Object.hasOwn(given, name) ? given[name] : undefined;
}

/** @param {Filling} filled @param {string} name @param {File | undefined} file @returns {Filling} */
export function withFile(filled, name, file) {
  const { [name]: _old, ...others } = filled.files;
  return { ...filled, files: file ? { ...others, [name]: file } : others, shown: [...filled.shown, name] };
}

/** The main one, what is needed, the rest. @param {Field[]} fields */
function ordered(fields) {
  const rank = (/** @type {Field} */ { main, required }) => (main ? 0 : required ? 1 : 2);
  return fields.toSorted((a, b) => rank(a) - rank(b));
}

/** An empty field is one that was not given. @param {Filling} filled */
function asForm({ template, values, files }) {
  const form = new FormData();
  form.set('template', template);
  for (const [name, value] of Object.entries(values)) if (value !== '') form.set(`value.${name}`, value);
  for (const [name, file] of Object.entries(files)) form.set(`file.${name}`, file);
  return form;
}
