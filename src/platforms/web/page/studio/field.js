/** A field of the editor: it saves when it is left, and what the server refuses stays as it was typed, with the reason. */
/** @import { DraftFinding } from '../../studio-api.ts' */
import { useId, useRef, useState } from 'preact/hooks';
import { together } from '../shared/frame.js';
import { h } from '../shared/h.js';

/**
 * @typedef {object} FieldProps
 * @property {string} label
 * @property {string} value as the server has it
 * @property {string} [hint]
 * @property {boolean} [long] several lines
 * @property {DraftFinding[]} [findings] what else is to be said of it
 * @property {string} [name] for finding it
 * @property {string} [lang] of what is typed, where it is not the page's
 * @property {(typed: string) => Promise<string | undefined>} onSave resolves to why not
 */

/** @param {FieldProps} props */
export function Field({ label, value, hint, long = false, findings = [], name, lang, onSave }) {
  const id = useId();
  /** Undefined: as the server has it. */
  const [typed, setTyped] = useState(/** @type {string | undefined} */ (undefined));
  const [refused, setRefused] = useState('');
  /** On its way to the server: Enter and then Tab save once. */
  const sent = useRef(/** @type {string | undefined} */ (undefined));
  const shown = typed ?? value;

  const save = async () => {
    if (typed === undefined || typed === sent.current) return;
    sent.current = typed;
    const why = typed === value ? undefined : await onSave(typed);
    sent.current = undefined;
    setRefused(why ?? '');
    // what is typed meanwhile stays
    if (why === undefined) setTyped((now) => (now === typed ? undefined : now));
  };
  /** @param {KeyboardEvent} event */
  const enter = ({ key, isComposing }) => {
    if (key === 'Enter' && !long && !isComposing) void save();
  };
  const problems = findings.filter(({ blocking }) => blocking).map(({ sentence }) => sentence);
  const notes = findings.filter(({ blocking }) => !blocking).map(({ sentence }) => sentence);
  if (refused) problems.unshift(refused);
  const described = [
    hint && `${id}-hint`,
    problems.length > 0 && `${id}-problem`,
    notes.length > 0 && `${id}-note`,
  ]
    .filter(Boolean)
    .join(' ');
  const common = {
    id,
    name,
    lang,
    // words of other languages may run from right to left
    dir: lang === undefined ? undefined : /** @type {const} */ ('auto'),
    value: shown,
    'aria-describedby': described || undefined,
    'aria-invalid': problems.length > 0 ? true : undefined,
    onInput: (/** @type {{ currentTarget: { value: string } }} */ { currentTarget }) =>
      setTyped(currentTarget.value),
    onBlur: save,
    onKeyDown: enter,
  };
  return h(
    'div',
    { class: 'field' },
    h('label', { for: id }, label),
    long
      ? h('textarea', { rows: Math.min(8, Math.max(2, shown.split('\n').length)), ...common })
      : h('input', { autocomplete: 'off', spellcheck: name === 'description', ...common }),
    hint && h('small', { id: `${id}-hint` }, hint),
    h('p', { id: `${id}-problem`, class: 'problem', role: 'alert' }, together(problems)),
    notes.length > 0 && h('p', { id: `${id}-note`, class: 'warn' }, together(notes)),
  );
}
