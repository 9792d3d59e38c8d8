/** One setting of a service, typed or chosen. What is kept of a secret is only said to be there. */
/** @import { ConnectedService } from '../../operator-api.ts' */
/** @import { Field } from './connect-steps.js' */
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';

/**
 * @param {{
 *   field: Field,
 *   optional: boolean,
 *   kept: ConnectedService['settings'][number] | undefined,
 *   value: string | null | undefined,
 *   problem: string,
 *   onType: (value: string | null) => void,
 * }} props
 */
export function Entry({ field, optional, kept, value, problem, onType }) {
  const { name, label, secret, hint, placeholder, options } = field;
  const id = `connect-${name}`;
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  const keptAs =
    kept?.tail === undefined ? words.connect.keptUnseen() : words.connect.kept({ tail: kept.tail });
  const given = {
    id,
    name,
    spellcheck: false,
    placeholder: secret && kept ? (value === null ? words.connect.takenAway() : keptAs) : placeholder,
    value: value ?? (secret ? '' : (kept?.value ?? '')),
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': described || undefined,
    onInput: (/** @type {{ currentTarget: { value: string } }} */ { currentTarget }) =>
      onType(currentTarget.value),
  };
  return h(
    'div',
    { class: 'field' },
    h('label', { for: id }, label),
    hint && h('p', { id: `${id}-hint`, class: 'soft hint' }, hint),
    // no password of the person's: a browser is to offer none, and keep none
    secret
      ? h('input', { ...given, type: 'password', autocomplete: 'new-password' })
      : options
        ? h(Choice, { given: { id, name, value: given.value }, options, onType })
        : h('input', { ...given, type: 'url', autocomplete: 'off' }),
    optional &&
      secret &&
      kept &&
      value !== null &&
      h('button', { type: 'button', onClick: () => onType(null) }, words.connect.takeAway()),
    problem && h('p', { id: `${id}-problem`, class: 'problem', role: 'status' }, problem),
  );
}

/**
 * @param {{
 *   given: { id: string, name: string, value: string },
 *   options: Record<string, string>,
 *   onType: (value: string) => void,
 * }} props
 */
function Choice({ given: { value, ...given }, options, onType }) {
  return h(
    'select',
    {
      ...given,
      onChange: (/** @type {{ currentTarget: { value: string } }} */ { currentTarget }) =>
        onType(currentTarget.value),
    },
    Object.entries(options).map(([one, label]) =>
      h('option', { key: one, value: one, selected: one === value }, label),
    ),
  );
}
