/** One service: how it stands with it, the steps, its fields, and what a test has found. */
/** @import { Connect, ConnectedService, Tested } from '../../operator-api.ts' */
/** @import { Field, Mode } from './connect-steps.js' */
import { useState } from 'preact/hooks';
import { ask, Refused, sentenceOf } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { clockTime, exact } from '../shared/moments.js';
import { list, words } from '../shared/words.js';
import { Entry } from './connect-entry.js';
import { Ago } from './time.js';

/** @typedef {{ text: string, bad?: boolean, field?: string | undefined }} Notice */

/**
 * `first`: the mode that it is in.
 *
 * @param {{
 *   path: string,
 *   service: keyof Connect['services'],
 *   name: string,
 *   state: ConnectedService,
 *   modes: Mode[],
 *   first: string,
 *   onChange: (connected: Connect) => void,
 * }} props
 */
export function Service({ path, service, name, state, modes, first, onChange }) {
  const [chosen, choose] = useState(/** @type {string | undefined} */ (undefined));
  const [typed, setTyped] = useState(/** @type {Record<string, string | null>} */ ({}));
  const [notice, tell] = useState(/** @type {Notice} */ ({ text: '' }));
  const [found, setFound] = useState(/** @type {Tested['lines']} */ ([]));
  const [isBusy, setBusy] = useState(false);
  const mode = modes.find(({ id }) => id === (chosen ?? first)) ?? modes[0];
  if (!mode) return null;
  const { fixed, settings } = state;
  const isFixed = fixed.length > 0;
  const more = mode.more?.fields ?? [];
  // what only this mode has is not another one's of the same name
  const own = mode.id === first ? settings : [];
  const values = {
    ...mode.fixed,
    ...Object.fromEntries([
      ...mode.fields.map((field) => [field.name, valueOf(field, typed, settings)]),
      ...more.map((field) => [
        field.name,
        valueOf(field, typed, own) || (hasKept(field, typed, own) ? '' : null),
      ]),
    ]),
  };
  /** @param {Field} field @param {ConnectedService['settings']} known @param {boolean} optional */
  const entry = (field, known, optional) =>
    h(Entry, {
      key: field.name,
      field,
      optional,
      kept: known.find((one) => one.name === field.name),
      value: typed[field.name],
      problem: notice.field === field.name ? notice.text : '',
      onType: (value) => setTyped((before) => ({ ...before, [field.name]: value })),
    });

  /** @param {() => Promise<Notice>} work */
  const act = async (work) => {
    if (isBusy) return;
    setBusy(true);
    setFound([]);
    try {
      tell(await work());
    } catch (error) {
      tell({ text: sentenceOf(error), bad: true, field: error instanceof Refused ? error.field : undefined });
    }
    setBusy(false);
  };
  const test = () =>
    act(async () => {
      tell({ text: words.connect.testing() });
      /** @type {Tested} */
      const { lines } = await ask(`${path}/${service}/test`, { json: { values } });
      setFound(lines);
      return { text: '' };
    });
  /** @param {Event} event */
  const save = (event) => {
    event.preventDefault();
    return act(async () => {
      onChange(await ask(`${path}/${service}`, { json: { values } }));
      setTyped({});
      return { text: words.connect.saved() };
    });
  };
  const remove = () => {
    const sentence =
      service === 'comfy' ? words.connect.removeBackendAsk() : words.connect.removeAsk({ name });
    if (!confirm(sentence)) return;
    return act(async () => {
      onChange(await ask(`${path}/${service}/remove`, { json: {} }));
      return { text: words.connect.removed() };
    });
  };
  const hurry = () => {
    if (!confirm(words.connect.nowAsk())) return;
    return act(async () => {
      onChange(await ask(`${path}/${service}/now`, { json: {} }));
      return { text: '' };
    });
  };
  const isNew = settings.length === 0 && !isFixed;

  return h(
    'article',
    { class: 'card', 'aria-labelledby': `connect-${service}` },
    h('h3', { id: `connect-${service}` }, name),
    h(State, { state }),
    state.waits && h('p', {}, h('button', { onClick: hurry }, words.connect.now())),
    state.problem && h('p', { class: 'problem' }, state.problem),
    isFixed && h('p', { class: 'soft' }, words.connect.fixed({ names: list(fixed) })),
    state.at !== undefined &&
      h(
        'p',
        { class: 'soft hint' },
        isFixed
          ? words.connect.overruled({ when: exact(state.at) })
          : words.connect.setAt({ when: exact(state.at) }),
      ),
    !isFixed &&
      h(
        'form',
        { onSubmit: save, novalidate: true, autocomplete: 'off' },
        modes.length > 1 && h(Modes, { service, name, modes, current: mode.id, onChoose: choose }),
        h(
          'details',
          { class: 'steps', open: isNew },
          h('summary', {}, words.connect.steps()),
          h('ol', {}, mode.steps),
        ),
        mode.fields.map((field) => entry(field, settings, false)),
        mode.more &&
          h(
            'details',
            { class: 'more', open: own.some((one) => more.some((field) => field.name === one.name)) },
            h('summary', {}, mode.more.label),
            more.map((field) => entry(field, own, true)),
          ),
        h(
          'p',
          { class: 'end' },
          h('button', { type: 'button', onClick: test, 'aria-disabled': isBusy }, words.connect.test()),
          h('button', { class: 'main', type: 'submit', 'aria-disabled': isBusy }, words.connect.save()),
        ),
        h(
          'p',
          { role: 'status', class: notice.bad ? 'problem' : 'soft' },
          !isAbout(mode, notice.field) && notice.text,
        ),
        h(Found, { lines: found }),
      ),
    settings.length > 0 && h('p', {}, h('button', { onClick: remove }, words.connect.remove())),
  );
}

/** @param {Mode} mode @param {string | undefined} field */
const isAbout = (mode, field) =>
  [...mode.fields, ...(mode.more?.fields ?? [])].some(({ name }) => name === field);

/** @param {Field} field @param {Record<string, string | null>} typed @param {ConnectedService['settings']} settings */
const hasKept = ({ name, secret }, typed, settings) =>
  secret && typed[name] !== null && settings.some((one) => one.name === name);

/** What is not typed is what is kept; what is no secret is shown, and can be emptied. @param {Field} field @param {Record<string, string | null>} typed @param {ConnectedService['settings']} settings */
function valueOf({ name, secret }, typed, settings) {
  const kept = secret ? '' : (settings.find((one) => one.name === name)?.value ?? '');
  return typed[name] === undefined ? kept : (typed[name] ?? '');
}

/** @param {{ state: ConnectedService }} props */
function State({ state: { state, link } }) {
  const { tone, text, since, next } = state;
  return h(
    'p',
    { class: `standing ${tone}`, role: 'status' },
    text,
    since !== undefined && h('span', { class: 'soft' }, ' · ', h(Ago, { at: since })),
    next !== undefined && h('span', { class: 'soft' }, ' · ', words.connect.next({ when: clockTime(next) })),
    link &&
      h('span', {}, ' ', h('a', { href: link.address, target: '_blank', rel: 'noreferrer' }, link.text)),
  );
}

/**
 * @param {{ service: string, name: string, modes: Mode[], current: string, onChoose: (id: string) => void }} props
 */
function Modes({ service, name, modes, current, onChoose }) {
  return h(
    'fieldset',
    { class: 'modes' },
    h('legend', { class: 'unseen' }, name),
    modes.map(({ id, label }) =>
      h(
        'label',
        { key: id },
        h('input', {
          type: 'radio',
          name: `mode-${service}`,
          value: id,
          checked: id === current,
          onChange: () => onChoose(id),
        }),
        label,
      ),
    ),
  );
}

/** @param {{ lines: Tested['lines'] }} props */
function Found({ lines }) {
  if (lines.length === 0) return null;
  return h(
    'ul',
    { class: 'found', 'aria-label': words.connect.found() },
    lines.map(({ tone, text, link }) =>
      h(
        'li',
        { class: tone },
        link === undefined ? text : h('a', { href: link, target: '_blank', rel: 'noreferrer' }, text),
      ),
    ),
  );
}
