/** What the operator rules over all places: whom Easel serves, and the emergency stop. */
/** @import { NamedGuild } from '../../api.ts' */
/** @import { CancelledAll, Rules as Values } from '../../operator-api.ts' */
import { Fragment } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ask, sentenceOf, shownOf, stillShown, together } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { exact } from '../shared/moments.js';
import { words } from '../shared/words.js';
import { Audit } from './audit.js';
import { Lines, Tick } from './fields.js';

const PATH = '/api/operator/rules';
const LISTS = ['allowedGuilds', 'blockedGuilds', 'allowedUsers', 'blockedUsers', 'partnerGuilds'];
/** @type {Record<string, () => string>} */
const HINTS = {
  allowedGuilds: words.operator.allowedHint,
  allowedUsers: words.operator.personIds,
  blockedUsers: words.operator.personIds,
};
const SWITCHES = ['directMessages', 'userInstalls'];

/** @typedef {{ text: string, bad?: boolean }} Notice */
/** @typedef {Event & { currentTarget: HTMLInputElement | HTMLSelectElement }} Typed */

/**
 * @param {{ places: NamedGuild[], nameOf: (place: Pick<NamedGuild, 'platform' | 'guild'>) => string, refresh: () => void }} props
 */
export function Rules({ places, nameOf, refresh }) {
  const [rules, setRules] = useState(/** @type {Values | undefined} */ (undefined));
  const [edits, setEdits] = useState(/** @type {Record<string, string | boolean>} */ ({}));
  const [notice, tell] = useState(/** @type {Notice} */ ({ text: '' }));

  /** @param {() => Promise<Notice>} work */
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
    return h(
      'p',
      { role: 'status', class: notice.bad ? 'problem' : 'soft' },
      notice.text || words.operator.loading(),
    );

  const { values, switches, fixed, names, gone, audit } = rules;
  /** @param {Values} fresh what has come of something else than saving */
  const take = (fresh) =>
    setRules({
      ...fresh,
      values: stillShown(fresh.values, values, edits),
      switches: stillShown(fresh.switches, switches, edits),
    });
  /** @param {Event} event */
  const save = (event) => {
    event.preventDefault();
    return act(async () => {
      if (Object.keys(edits).length === 0) return { text: words.operator.unchanged() };
      const shown = shownOf(edits, { ...values, ...switches });
      setRules(await ask(PATH, { json: { ...edits, shown } }));
      // what was typed meanwhile stays
      setEdits((now) =>
        Object.fromEntries(Object.entries(now).filter(([key, value]) => value !== edits[key])),
      );
      return { text: words.operator.saved() };
    });
  };
  /** @param {boolean} closed */
  const close = (closed) => {
    if (closed && !confirm(words.operator.stopAsk())) return;
    return act(async () => {
      take(await ask(PATH, { json: { closed } }));
      return { text: closed ? words.operator.stopped() : words.operator.goes() };
    });
  };
  /** @param {string} key */
  const field = (key) => ({
    name: `rules-${key}`,
    label: key === 'blockedWords' ? words.operator.wordsForAll() : (names[key] ?? key),
    onChange: (/** @type {string | boolean} */ value) => setEdits((before) => ({ ...before, [key]: value })),
  });
  /** @param {string} key @param {() => string} hint */
  const lines = (key, hint) => {
    const more = fixed[key] ? [words.operator.fixed({ value: fixed[key] })] : [];
    const value = String(edits[key] ?? values[key] ?? '');
    return h(Lines, { key, ...field(key), value, hint: together([hint(), ...more]) });
  };
  const isClosed = switches['closed'] === true;

  return h(
    Fragment,
    {},
    h('p', { class: 'soft' }, words.operator.rulesHint()),
    h(
      'div',
      { class: 'card stop' },
      h('p', { role: 'status' }, isClosed && h('b', {}, words.operator.stopped())),
      h(
        'button',
        { onClick: () => close(!isClosed) },
        isClosed ? words.operator.go() : words.operator.stop(),
      ),
    ),
    h(CancelAll, { act, refresh }),
    h(
      'form',
      { class: 'card settings', onSubmit: save, novalidate: true },
      h(
        'div',
        { class: 'fields' },
        LISTS.map((key) => lines(key, HINTS[key] ?? words.operator.idsOnly)),
        lines('blockedWords', words.operator.wordsHint),
        SWITCHES.map((key) =>
          h(Tick, {
            key,
            ...field(key),
            checked: fixed[key] === undefined && (edits[key] ?? switches[key]) === true,
            hint: fixed[key] === undefined ? '' : words.operator.fixedOff(),
          }),
        ),
      ),
      h(
        'p',
        { class: 'end' },
        h('button', { class: 'main', type: 'submit' }, words.operator.apply()),
        h('span', { role: 'status', class: notice.bad ? 'problem' : 'soft' }, notice.text),
      ),
    ),
    h(Forget, { places, gone, nameOf, act, take }),
    h('h3', {}, words.operator.rulesAudit()),
    h(Audit, { caption: words.operator.rulesAudit(), entries: audit }),
  );
}

/** @param {{ act: (work: () => Promise<Notice>) => Promise<void>, refresh: () => void }} props */
function CancelAll({ act, refresh }) {
  const [id, setId] = useState('');
  const [whose, setWhose] = useState('user');
  /** @param {Event} event */
  const cancel = (event) => {
    event.preventDefault();
    const named = id.trim();
    if (named === '' || !confirm(words.operator.cancelAllAsk({ id: named }))) return;
    return act(async () => {
      /** @type {CancelledAll} */
      const { cancelled } = await ask(`${PATH}/cancel`, { json: { [whose]: named } });
      refresh();
      return { text: words.operator.cancelledAll({ count: cancelled, id: named }) };
    });
  };
  return h(
    'form',
    { class: 'card filter', onSubmit: cancel },
    h('label', { for: 'cancel-all' }, words.operator.cancelAll()),
    h(
      'select',
      {
        value: whose,
        'aria-label': words.operator.cancelAll(),
        onChange: ({ currentTarget }) => setWhose(currentTarget.value),
      },
      h('option', { value: 'user' }, words.operator.ofPerson()),
      h('option', { value: 'guild' }, words.operator.ofPlace()),
    ),
    h('input', {
      id: 'cancel-all',
      maxlength: 200,
      autocomplete: 'off',
      placeholder: words.operator.id(),
      value: id,
      onInput: ({ currentTarget }) => setId(currentTarget.value),
    }),
    h('button', { type: 'submit' }, words.operator.cancelNow()),
  );
}

/**
 * @param {{
 *   places: NamedGuild[],
 *   gone: Values['gone'],
 *   nameOf: (place: Pick<NamedGuild, 'platform' | 'guild'>) => string,
 *   act: (work: () => Promise<Notice>) => Promise<void>,
 *   take: (rules: Values) => void,
 * }} props
 */
function Forget({ places, gone, nameOf, act, take }) {
  const [chosen, choose] = useState('');
  const left = gone.map((one) => ({
    ...one,
    name: words.operator.goneSince({ name: nameOf(one), when: exact(one.since) }),
  }));
  const isGone = (/** @type {NamedGuild} */ one) =>
    gone.some(({ platform, guild }) => platform === one.platform && guild === one.guild);
  const all = [...left, ...places.filter((one) => one.platform !== 'web' && !isGone(one))];
  if (all.length === 0) return null;
  const found = all.find(({ platform, guild }) => `${platform}:${guild}` === chosen);
  const forget = () => {
    if (!found || !confirm(words.operator.forgetAsk({ name: found.name }))) return;
    const { platform, guild, name } = found;
    return act(async () => {
      take(await ask(`${PATH}/forget`, { json: { platform, guild } }));
      choose('');
      return { text: words.operator.forgotten({ name }) };
    });
  };
  return h(
    'div',
    { class: 'card' },
    h('label', { for: 'forget' }, words.operator.forget()),
    h('p', { id: 'forget-hint', class: 'soft hint' }, words.operator.forgetHint()),
    h(
      'p',
      { class: 'pick' },
      h(
        'select',
        {
          id: 'forget',
          value: chosen,
          'aria-describedby': 'forget-hint',
          onChange: ({ currentTarget }) => choose(currentTarget.value),
        },
        h('option', { value: '' }, '…'),
        all.map(({ platform, guild, name }) =>
          h(
            'option',
            { key: `${platform}:${guild}`, value: `${platform}:${guild}` },
            words.operator.placeOn({ name, platform }),
          ),
        ),
      ),
      h('button', { onClick: forget, 'aria-disabled': !found }, words.operator.forgetNow()),
    ),
  );
}
