/** The settings of one place after another, and who changed them. */
/** @import { Place, Settings as Values } from '../../api.ts' */
import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { ask, Refused, sentenceOf, shownOf, word } from '../shared/frame.js';
import { Audit } from './audit.js';
import { Choice, idOf, Lines, Numeral } from './fields.js';

const NUMBERS = ['guildJobs', 'userJobs', 'guildWaiting', 'userWaiting'];
const LISTS = ['adminUsers', 'adminRoles', 'allowedRoles', 'allowedChannels', 'bannedUsers'];

/** @typedef {{ text: string, bad?: boolean, field?: string | undefined }} Told */

/**
 * @param {{
 *   places: Place[],
 *   keyOf: (place: Pick<Place, 'platform' | 'guild'>) => string,
 *   chosen: string,
 *   choosePlace: (key: string) => boolean,
 *   dirty: { current: boolean },
 * }} props
 */
export function Settings({ places, keyOf, chosen, choosePlace, dirty }) {
  const id = 'settings-place';
  /** @param {Event & { currentTarget: HTMLSelectElement }} event */
  const choose = ({ currentTarget }) => {
    if (!choosePlace(currentTarget.value)) currentTarget.value = chosen;
  };
  const isListed = places.some((one) => keyOf(one) === chosen);
  return html`<p class="pick">
      <label for=${id}>${word('operator', 'choosePlace')}</label>
      <select id=${id} value=${chosen} onChange=${choose}>
        ${!isListed && html`<option value=${chosen}>${new URLSearchParams(chosen).get('guild')}</option>`}
        ${places.map(
          (one) => html`<option key=${keyOf(one)} value=${keyOf(one)}>${one.name} (${one.platform})</option>`,
        )}
      </select>
    </p>
    <${Form} key=${chosen} place=${chosen} dirty=${dirty} />`;
}

/** One place's; another place is another form. @param {{ place: string, dirty: { current: boolean } }} props */
function Form({ place, dirty }) {
  const path = `/api/operator/settings?${place}`;
  const [settings, setSettings] = useState(/** @type {Values | undefined} */ (undefined));
  const [edits, setEdits] = useState(/** @type {Record<string, string>} */ ({}));
  const [saving, setSaving] = useState(false);
  const [told, tell] = useState(/** @type {Told} */ ({ text: '' }));

  useEffect(() => {
    const leaving = new AbortController();
    /** @type {Promise<Values>} */
    const asked = ask(path, { signal: leaving.signal });
    asked.then(
      setSettings,
      (error) => leaving.signal.aborted || tell({ text: sentenceOf(error), bad: true }),
    );
    return () => leaving.abort();
  }, [path]);

  const changed = Object.fromEntries(
    Object.entries(edits).filter(([key, value]) => value !== settings?.values[key]),
  );
  dirty.current = Object.keys(changed).length > 0;
  useEffect(() => {
    const ask_ = (/** @type {Event} */ event) => dirty.current && event.preventDefault();
    addEventListener('beforeunload', ask_);
    return () => {
      removeEventListener('beforeunload', ask_);
      dirty.current = false;
    };
  }, [dirty]);

  useEffect(() => {
    if (told.field) document.getElementById(idOf(told.field))?.focus();
  }, [told]);

  /** @param {Event} event */
  const save = async (event) => {
    event.preventDefault();
    if (saving) return;
    if (!dirty.current) return tell({ text: word('operator', 'unchanged') });
    setSaving(true);
    tell({ text: word('operator', 'saving') });
    try {
      setSettings(await ask(path, { json: { ...changed, shown: shownOf(changed, settings?.values ?? {}) } }));
      // what was typed meanwhile stays
      setEdits((now) =>
        Object.fromEntries(Object.entries(now).filter(([key, value]) => value !== changed[key])),
      );
      tell({ text: word('operator', 'saved') });
    } catch (error) {
      tell({ text: sentenceOf(error), bad: true, field: error instanceof Refused ? error.field : undefined });
      // somebody else was faster: what they have made of it is what is changed next
      if (error instanceof Refused && error.status === 409)
        await ask(path).then(setSettings, () => undefined);
    }
    setSaving(false);
  };

  if (!settings)
    return html`<p role="status" class=${told.bad ? 'problem' : 'soft'}>
      ${told.text || word('operator', 'loading')}
    </p>`;

  const { values, defaults, names, templates, languages, choices } = settings;
  /** @param {string} key */
  const field = (key) => ({
    name: key,
    label: names[key] ?? key,
    value: edits[key] ?? values[key] ?? '',
    standard: defaults[key],
    problem: told.field === key ? told.text : undefined,
    onChange: (/** @type {string} */ value) => setEdits((before) => ({ ...before, [key]: value })),
  });
  const named = templates.map((name) => ({ value: name, label: `/${name}` }));
  const tongues = languages.map(({ tag, name }) => ({ value: tag, label: name }));
  const elsewhere = told.field !== undefined && told.field in values;

  return html`<form class="card settings" onSubmit=${save} novalidate>
      <fieldset>
        <legend>${word('operator', 'limits')}</legend>
        <p class="soft hint">${word('operator', 'limitsHint')}</p>
        <div class="fields short">
          ${NUMBERS.map((key) => html`<${Numeral} key=${key} ...${field(key)} hint=${settings.limited[key]} />`)}
        </div>
      </fieldset>
      <fieldset>
        <legend>${word('operator', 'speech')}</legend>
        <div class="fields">
          <${Choice} ...${field('language')} choices=${tongues} />
          <${Choice} ...${field('defaultTemplate')} choices=${named} />
        </div>
      </fieldset>
      <fieldset>
        <legend>${word('operator', 'people')}</legend>
        <div class="fields">
          ${LISTS.map((key) => {
            const { [key]: value } = defaults;
            const hint = value ? word('operator', 'idsHint', { value }) : word('operator', 'idsOnly');
            return html`<${Lines} key=${key} ...${field(key)} hint=${hint} />`;
          })}
          ${Object.entries(choices).map(
            ([key, known]) => html`<${Choice} key=${key} ...${field(key)} choices=${known} />`,
          )}
          <${Lines} ...${field('blockedWords')} hint=${word('operator', 'wordsHint')} />
        </div>
      </fieldset>
      <p class="end">
        <button class="main" type="submit" aria-disabled=${saving}>${word('operator', 'save')}</button>
        <span role="status" class=${told.bad ? 'problem' : 'soft'}
          >${elsewhere ? word('operator', 'refused', { why: told.text }) : told.text}</span
        >
      </p>
    </form>
    <h3>${word('operator', 'audit')}</h3>
    <${Audit} caption=${word('operator', 'audit')} entries=${settings.audit} />`;
}
