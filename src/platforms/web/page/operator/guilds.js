/** What runs and waits: the places where most waits, one of them with all of its jobs, or what was sought. */
/** @import { NamedGuild } from '../../api.ts' */
/** @import { GuildLoad, Overview } from '../../overview-api.ts' */
/** @import { Look } from './look.js' */
import { Fragment } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { ask, sentenceOf } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';
import { Pages } from './pages.js';
import { Table } from './table.js';
import { Ago } from './time.js';

/**
 * @typedef {{
 *   overview: Overview,
 *   refresh: () => void,
 *   look: Look,
 *   turnTo: (look: Look) => void,
 *   keyOf: (place: Pick<NamedGuild, 'platform' | 'guild'>) => string,
 *   nameOf: (place: Pick<NamedGuild, 'platform' | 'guild'>) => string,
 *   choosePlace: (key: string) => boolean,
 * }} GuildsProps
 */

/** While somebody types. */
const PAUSE_MS = 300;

/** @param {GuildsProps} props */
export function Guilds({ overview, refresh, look, turnTo, keyOf, nameOf, choosePlace }) {
  const { guilds, running, waiting, total, from } = overview;
  const [notice, tell] = useState({ text: '', bad: false });
  const idle = running + waiting === 0;

  /** @param {GuildLoad['jobs'][number]} job */
  const cancel = async ({ id, template, user }) => {
    try {
      await ask(`/api/operator/jobs/${encodeURIComponent(id)}/cancel`, { method: 'POST' });
      tell({ text: words.operator.cancelled({ template, person: user }), bad: false });
    } catch (error) {
      tell({ text: sentenceOf(error), bad: true });
    }
    refresh();
  };

  return h(
    Fragment,
    {},
    h(
      'div',
      { class: 'head' },
      h('h3', {}, words.operator.guilds()),
      look.guild !== undefined && h('button', { onClick: () => turnTo({}) }, words.operator.back()),
      look.guild === undefined &&
        look.find === undefined &&
        total > 1 &&
        h('span', { class: 'soft' }, words.operator.inAll({ running, waiting, places: total })),
    ),
    look.guild === undefined && (!idle || look.find !== undefined) && h(Find, { turnTo }),
    h('p', { role: 'status', class: notice.bad ? 'problem' : 'soft' }, notice.text),
    guilds.length === 0 &&
      h(
        'div',
        { class: 'card empty' },
        h(
          'p',
          {},
          h('b', {}, look.find === undefined ? words.operator.idle() : words.operator.findNothing()),
        ),
        idle && h('p', { class: 'soft' }, words.operator.idleHint()),
      ),
    guilds.map((guild) =>
      h(Guild, {
        key: keyOf(guild),
        guild,
        cancel,
        turnTo,
        name: nameOf(guild),
        choose: () => choosePlace(keyOf(guild)),
        alone: guild.guild === look.guild,
      }),
    ),
    look.guild === undefined &&
      h(Pages, {
        label: words.operator.pages(),
        from,
        shown: guilds.length,
        total,
        reach: total,
        onTurn: (to) => turnTo({ ...look, from: to }),
      }),
  );
}

/** @param {{ turnTo: (look: Look) => void }} props */
function Find({ turnTo }) {
  const id = useId();
  const [typed, setTyped] = useState(/** @type {string | undefined} */ (undefined));
  useEffect(() => {
    if (typed === undefined) return;
    const find = typed.trim();
    const timer = setTimeout(() => turnTo(find === '' ? {} : { find }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return h(
    'div',
    { class: 'filter' },
    h('label', { for: id }, words.operator.find()),
    h('input', {
      id,
      type: 'search',
      maxlength: 200,
      value: typed ?? '',
      placeholder: words.operator.findHint(),
      onInput: (event) => setTyped(event.currentTarget.value),
    }),
  );
}

const COLUMNS = [
  { key: 'template', label: words.operator.template },
  { key: 'person', label: words.operator.person },
  { key: 'state', label: words.operator.state },
  { key: 'where', label: words.operator.where },
  { key: 'since', label: words.operator.since },
  { key: 'action', label: words.operator.action, unseen: true },
];

/** What each state is called. @type {Record<GuildLoad['jobs'][number]['state'], () => string>} */
const STATES = {
  waiting: words.operator.waiting,
  submitting: words.operator.submitting,
  running: words.operator.running,
  cancelling: words.operator.cancelling,
  delivering: words.operator.delivering,
};

/** What a job can still be cancelled in. */
const CANCELLABLE = ['waiting', 'submitting', 'running'];

/**
 * @param {{
 *   guild: GuildLoad,
 *   name: string,
 *   alone: boolean,
 *   cancel: (job: GuildLoad['jobs'][number]) => void,
 *   choose: () => boolean,
 *   turnTo: (look: Look) => void,
 * }} props `alone`: all of its jobs are looked at, a page at a time
 */
function Guild({ guild: load, name, alone, cancel, choose, turnTo }) {
  const { platform, guild, running, waiting, jobs, from, reach } = load;
  const count = running + waiting;
  const rows = jobs.map((job) => {
    const { id, template, user, state, where, since, cost } = job;
    return {
      key: id,
      cells: {
        template: `/${template}`,
        person: user,
        state: h('span', { class: `doing ${state}` }, STATES[state]()),
        where: cost
          ? h(Fragment, {}, where, ' ', h('span', { class: 'soft' }, words.operator.cost({ cost })))
          : where,
        since: h(Ago, { at: since }),
        action:
          CANCELLABLE.includes(state) &&
          h(
            'button',
            {
              onClick: () => cancel(job),
              'aria-label': words.operator.cancelJob({ template, person: user }),
            },
            words.operator.cancel(),
          ),
      },
    };
  });
  return h(
    'div',
    { class: 'card guild' },
    h(
      'p',
      { class: 'head' },
      h('span', { class: 'name' }, name),
      h('span', { class: 'soft' }, platform),
      h('span', { class: 'soft counts' }, words.operator.counts({ running, waiting })),
      h(
        'a',
        {
          href: '#settings',
          onClick: (event) => choose() || event.preventDefault(),
          'aria-label': words.operator.settingsOf({ name }),
        },
        words.operator.settings(),
      ),
    ),
    h(Table, { caption: words.operator.jobsOf({ name }), columns: COLUMNS, rows }),
    !alone &&
      jobs.length < count &&
      h(
        'p',
        { class: 'more' },
        h(
          'button',
          {
            onClick: () => turnTo({ guild }),
            'aria-label': words.operator.allOf({ name, count }),
          },
          words.operator.all({ count }),
        ),
      ),
    alone &&
      h(Pages, {
        label: words.operator.jobPages({ name }),
        from,
        shown: jobs.length,
        total: count,
        reach,
        onTurn: (to) => turnTo({ guild, from: to }),
      }),
    alone &&
      reach < count &&
      from + jobs.length >= reach &&
      h('p', { class: 'soft' }, words.operator.beyond()),
  );
}
