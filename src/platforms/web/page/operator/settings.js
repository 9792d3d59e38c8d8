/** The settings of one place after another, and who changed them. */
/** @import { NamedGuild } from '../../api.ts' */
/** @import { Settings as Values } from '../../operator-api.ts' */
import { Fragment } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ask, Refused, sentenceOf, shownOf, stillShown } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';
import { Audit } from './audit.js';
import { Choice, idOf, Lines, Numeral } from './fields.js';

const NUMBERS = ['guildJobs', 'userJobs', 'guildWaiting', 'userWaiting'];
const LISTS = ['adminUsers', 'adminRoles', 'allowedRoles', 'allowedChannels', 'bannedUsers'];

/** @typedef {{ text: string, bad?: boolean, field?: string | undefined }} Notice */

/**
 * @param {{
 *   places: NamedGuild[],
 *   keyOf: (place: Pick<NamedGuild, 'platform' | 'guild'>) => string,
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
  return h(
    Fragment,
    {},
    h(
      'p',
      { class: 'pick' },
      h('label', { for: id }, words.operator.choosePlace()),
      h(
        'select',
        { id, value: chosen, onChange: choose },
        !isListed && h('option', { value: chosen }, new URLSearchParams(chosen).get('guild')),
        places.map((one) =>
          h(
            'option',
            { key: keyOf(one), value: keyOf(one) },
            words.operator.placeOn({ name: one.name, platform: one.platform }),
          ),
        ),
      ),
    ),
    h(Form, { key: chosen, place: chosen, dirty }),
  );
}

/** One place's; another place is another form. @param {{ place: string, dirty: { current: boolean } }} props */
function Form({ place, dirty }) {
  const path = `/api/operator/settings?${place}`;
  const [settings, setSettings] = useState(/** @type {Values | undefined} */ (undefined));
  const [edits, setEdits] = useState(/** @type {Record<string, string>} */ ({}));
  const [saving, setSaving] = useState(false);
  const [notice, tell] = useState(/** @type {Notice} */ ({ text: '' }));

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
    if (notice.field) document.getElementById(idOf(notice.field))?.focus();
  }, [notice]);

  /** @param {Event} event */
  const save = async (event) => {
    event.preventDefault();
    if (saving) return;
    if (!dirty.current) return tell({ text: words.operator.unchanged() });
    setSaving(true);
    tell({ text: words.operator.saving() });
    try {
      setSettings(await ask(path, { json: { ...changed, shown: shownOf(changed, settings?.values ?? {}) } }));
      // what was typed meanwhile stays
      setEdits((now) =>
        Object.fromEntries(Object.entries(now).filter(([key, value]) => value !== changed[key])),
      );
      tell({ text: words.operator.saved() });
    } catch (error) {
      tell({ text: sentenceOf(error), bad: true, field: error instanceof Refused ? error.field : undefined });
      // somebody else was faster: what they have made of it is what is changed next
      if (error instanceof Refused && error.status === 409) {
        const { field } = error;
        await ask(path).then(
          (/** @type {Values} */ fresh) =>
            setSettings({
              ...fresh,
              values: stillShown(fresh.values, settings?.values ?? {}, changed, field),
            }),
          () => undefined,
        );
      }
    }
    setSaving(false);
  };

  if (!settings)
    return h(
      'p',
      { role: 'status', class: notice.bad ? 'problem' : 'soft' },
      notice.text || words.operator.loading(),
    );

  const { values, defaults, names, templates, languages, choices } = settings;
  /** @param {string} key */
  const field = (key) => ({
    name: key,
    label: names[key] ?? key,
    value: edits[key] ?? values[key] ?? '',
    standard: defaults[key],
    problem: notice.field === key ? notice.text : undefined,
    onChange: (/** @type {string} */ value) => setEdits((before) => ({ ...before, [key]: value })),
  });
  const named = templates.map((name) => ({ value: name, label: `/${name}` }));
  const tongues = languages.map(({ tag, name }) => ({ value: tag, label: name }));
  const elsewhere = notice.field !== undefined && notice.field in values;

  return h(
    Fragment,
    {},
    h(
      'form',
      { class: 'card settings', onSubmit: save, novalidate: true },
      h(
        'fieldset',
        {},
        h('legend', {}, words.operator.limits()),
        h('p', { class: 'soft hint' }, words.operator.limitsHint()),
        h(
          'div',
          { class: 'fields short' },
          NUMBERS.map((key) => h(Numeral, { key, ...field(key), hint: settings.limited[key] })),
        ),
      ),
      h(
        'fieldset',
        {},
        h('legend', {}, words.operator.speech()),
        h(
          'div',
          { class: 'fields' },
          h(Choice, { ...field('language'), choices: tongues }),
          h(Choice, { ...field('defaultTemplate'), choices: named }),
        ),
      ),
      h(
        'fieldset',
        {},
        h('legend', {}, words.operator.people()),
        h(
          'div',
          { class: 'fields' },
          LISTS.map((key) => {
            const { [key]: value } = defaults;
            const hint = value ? words.operator.idsHint({ value }) : words.operator.idsOnly();
            return h(Lines, { key, ...field(key), hint });
          }),
          Object.entries(choices).map(([key, known]) => h(Choice, { key, ...field(key), choices: known })),
          h(Lines, { ...field('blockedWords'), hint: words.operator.wordsHint() }),
        ),
      ),
      h(
        'p',
        { class: 'end' },
        h('button', { class: 'main', type: 'submit', 'aria-disabled': saving }, words.operator.save()),
        h(
          'span',
          { role: 'status', class: notice.bad ? 'problem' : 'soft' },
          elsewhere ? words.operator.refused({ why: notice.text }) : notice.text,
        ),
      ),
    ),
    h('h3', {}, words.operator.audit()),
    h(Audit, { caption: words.operator.audit(), entries: settings.audit }),
  );
}
