/** What the operator rules over all places: whom Easel serves, and the emergency stop. */
/** @import { Place } from '../../api.ts' */
/** @import { CancelledAll, Rules as Values } from '../../operator-api.ts' */
import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { ask, sentenceOf, shownOf, word } from '../shared/frame.js';
import { Lines, Tick } from './fields.js';
import { Audit } from './audit.js';
import { exact } from './time.js';

const PATH = '/api/operator/rules';
const LISTS = ['allowedGuilds', 'blockedGuilds', 'allowedUsers', 'blockedUsers', 'partnerGuilds'];
const HINTS = /** @type {Record<string, string>} */ ({
  allowedGuilds: 'allowedHint',
  allowedUsers: 'personIds',
  blockedUsers: 'personIds',
});
const SWITCHES = ['directMessages', 'userInstalls'];

/** @typedef {{ text: string, bad?: boolean }} Told */
/** @typedef {Event & { currentTarget: HTMLInputElement | HTMLSelectElement }} Typed */

/**
 * @param {{ places: Place[], nameOf: (place: Pick<Place, 'platform' | 'guild'>) => string, refresh: () => void }} props
 */
export function Rules({ places, nameOf, refresh }) {
  const [rules, setRules] = useState(/** @type {Values | undefined} */ (undefined));
  const [edits, setEdits] = useState(/** @type {Record<string, string | boolean>} */ ({}));
  const [told, tell] = useState(/** @type {Told} */ ({ text: '' }));

  /** @param {() => Promise<Told>} work */
  const act = async (work) => {
    try {
      tell(await work());
    } catch (error) {
      tell({ text: sentenceOf(error), bad: true });
    }
  };
  useEffect(
    () =>
      void act(async () => {
        setRules(await ask(PATH));
        return { text: '' };
      }),
    [],
  );

  if (!rules)
    return html`<p role="status" class=${told.bad ? 'problem' : 'soft'}>
      ${told.text || word('operator', 'loading')}
    </p>`;

  const { values, switches, fixed, names, gone, audit } = rules;
  /** @param {Event} event */
  const save = (event) => {
    event.preventDefault();
    return act(async () => {
      if (Object.keys(edits).length === 0) return { text: word('operator', 'unchanged') };
      const shown = shownOf(edits, { ...values, ...switches });
      setRules(await ask(PATH, { json: { ...edits, shown } }));
      // what was typed meanwhile stays
      setEdits((now) =>
        Object.fromEntries(Object.entries(now).filter(([key, value]) => value !== edits[key])),
      );
      return { text: word('operator', 'saved') };
    });
  };
  /** @param {boolean} closed */
  const close = (closed) => {
    if (closed && !confirm(word('operator', 'stopAsk'))) return;
    return act(async () => {
      setRules(await ask(PATH, { json: { closed } }));
      return { text: word('operator', closed ? 'stopped' : 'goes') };
    });
  };
  /** @param {string} key */
  const field = (key) => ({
    name: `rules-${key}`,
    label: key === 'blockedWords' ? word('operator', 'wordsForAll') : (names[key] ?? key),
    onChange: (/** @type {string | boolean} */ value) => setEdits((before) => ({ ...before, [key]: value })),
  });
  /** @param {string} key @param {string} hint */
  const lines = (key, hint) => {
    const more = fixed[key] ? ` ${word('operator', 'fixed', { value: fixed[key] })}` : '';
    const value = edits[key] ?? values[key] ?? '';
    return html`<${Lines}
      key=${key}
      ...${field(key)}
      value=${value}
      hint=${word('operator', hint) + more}
    />`;
  };
  const isClosed = switches['closed'] === true;

  return html`<p class="soft">${word('operator', 'rulesHint')}</p>
    <div class="card stop">
      <p role="status">${isClosed && html`<b>${word('operator', 'stopped')}</b>`}</p>
      <button onClick=${() => close(!isClosed)}>${word('operator', isClosed ? 'go' : 'stop')}</button>
    </div>
    <${CancelAll} act=${act} refresh=${refresh} />
    <form class="card settings" onSubmit=${save} novalidate>
      <div class="fields">
        ${LISTS.map((key) => lines(key, HINTS[key] ?? 'idsOnly'))} ${lines('blockedWords', 'wordsHint')}
        ${SWITCHES.map(
          (key) =>
            html`<${Tick}
              key=${key}
              ...${field(key)}
              checked=${fixed[key] === undefined && (edits[key] ?? switches[key]) === true}
              hint=${fixed[key] === undefined ? '' : word('operator', 'fixedOff')}
            />`,
        )}
      </div>
      <p class="end">
        <button class="main" type="submit">${word('operator', 'apply')}</button>
        <span role="status" class=${told.bad ? 'problem' : 'soft'}>${told.text}</span>
      </p>
    </form>
    <${Forget} ...${{ places, gone, nameOf, act, setRules }} />
    <h3>${word('operator', 'rulesAudit')}</h3>
    <${Audit} caption=${word('operator', 'rulesAudit')} entries=${audit} />`;
}

/** @param {{ act: (work: () => Promise<Told>) => Promise<void>, refresh: () => void }} props */
function CancelAll({ act, refresh }) {
  const [id, setId] = useState('');
  const [whose, setWhose] = useState('user');
  /** @param {Event} event */
  const cancel = (event) => {
    event.preventDefault();
    const named = id.trim();
    if (named === '' || !confirm(word('operator', 'cancelAllAsk', { id: named }))) return;
    return act(async () => {
      /** @type {CancelledAll} */
      const { cancelled } = await ask(`${PATH}/cancel`, { json: { [whose]: named } });
      refresh();
      return { text: word('operator', 'cancelledAll', { count: cancelled, id: named }) };
    });
  };
  return html`<form class="card filter" onSubmit=${cancel}>
    <label for="cancel-all">${word('operator', 'cancelAll')}</label>
    <select
      value=${whose}
      aria-label=${word('operator', 'cancelAll')}
      onChange=${(/** @type {Typed} */ { currentTarget }) => setWhose(currentTarget.value)}
    >
      <option value="user">${word('operator', 'ofPerson')}</option>
      <option value="guild">${word('operator', 'ofPlace')}</option>
    </select>
    <input
      id="cancel-all"
      maxlength="200"
      autocomplete="off"
      placeholder=${word('operator', 'id')}
      value=${id}
      onInput=${(/** @type {Typed} */ { currentTarget }) => setId(currentTarget.value)}
    />
    <button type="submit">${word('operator', 'cancelNow')}</button>
  </form>`;
}

/**
 * @param {{
 *   places: Place[],
 *   gone: Values['gone'],
 *   nameOf: (place: Pick<Place, 'platform' | 'guild'>) => string,
 *   act: (work: () => Promise<Told>) => Promise<void>,
 *   setRules: (rules: Values) => void,
 * }} props
 */
function Forget({ places, gone, nameOf, act, setRules }) {
  const [chosen, choose] = useState('');
  const left = gone.map((one) => ({
    ...one,
    name: word('operator', 'goneSince', { name: nameOf(one), when: exact(one.since) }),
  }));
  const isGone = (/** @type {Place} */ one) =>
    gone.some(({ platform, guild }) => platform === one.platform && guild === one.guild);
  const all = [...left, ...places.filter((one) => one.platform !== 'web' && !isGone(one))];
  if (all.length === 0) return null;
  const found = all.find(({ platform, guild }) => `${platform}:${guild}` === chosen);
  const forget = () => {
    if (!found || !confirm(word('operator', 'forgetAsk', { name: found.name }))) return;
    const { platform, guild, name } = found;
    return act(async () => {
      setRules(await ask(`${PATH}/forget`, { json: { platform, guild } }));
      choose('');
      return { text: word('operator', 'forgotten', { name }) };
    });
  };
  return html`<div class="card">
    <label for="forget">${word('operator', 'forget')}</label>
    <p id="forget-hint" class="soft hint">${word('operator', 'forgetHint')}</p>
    <p class="pick">
      <select
        id="forget"
        value=${chosen}
        aria-describedby="forget-hint"
        onChange=${(/** @type {Typed} */ { currentTarget }) => choose(currentTarget.value)}
      >
        <option value="">…</option>
        ${all.map(
          ({ platform, guild, name }) =>
            html`<option key=${`${platform}:${guild}`} value=${`${platform}:${guild}`}>
              ${name} (${platform})
            </option>`,
        )}
      </select>
      <button onClick=${forget} aria-disabled=${!found}>${word('operator', 'forgetNow')}</button>
    </p>
  </div>`;
}
