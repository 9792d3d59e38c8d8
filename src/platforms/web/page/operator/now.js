/** What is going on: backends, chats, and what runs and waits in every place. */
/** @import { BackendAccount, BackendHealth } from '../../overview-api.ts' */
import { Fragment } from 'preact';
import { h } from '../shared/h.js';
import { timeOf } from '../shared/moments.js';
import { words } from '../shared/words.js';
import { Disk } from './disk.js';
import { Guilds } from './guilds.js';

const STATES = {
  good: words.operator.healthy,
  bad: words.operator.unhealthy,
  held: words.operator.held,
};

/** @param {import('./guilds.js').GuildsProps} props */
export function Now(props) {
  const { backends, platforms, waiting, disk } = props.overview;
  return h(
    Fragment,
    {},
    h(
      'div',
      { class: 'health' },
      h(
        'div',
        {},
        h('h3', {}, words.operator.backends()),
        h(
          'ul',
          { class: 'cards' },
          backends.map((one) => h(Backend, { key: one.name, backend: one, waiting })),
        ),
      ),
      h(
        'div',
        {},
        h('h3', {}, words.operator.platforms()),
        h(
          'ul',
          { class: 'card chats' },
          platforms.map(({ name, ready, notes, leftOut }) =>
            h(
              'li',
              { key: name },
              h('span', { class: 'name' }, name),
              h(State, {
                kind: ready ? 'good' : 'bad',
                text: ready ? words.operator.ready() : words.operator.notReady(),
              }),
              !ready && h('p', { class: 'soft' }, words.operator.notReadyWhy()),
              notes.map((note) => h('p', { class: 'soft', key: note }, note)),
              leftOut.length > 0 && h(LeftOut, { names: leftOut }),
            ),
          ),
        ),
      ),
    ),
    disk && h('h3', {}, words.operator.disk()),
    disk && h(Disk, { disk }),
    h(Guilds, props),
  );
}

/** Templates without an entry in a chat's menu: how many, and behind that all of them. @param {{ names: string[] }} props */
function LeftOut({ names }) {
  const [first = ''] = names;
  return h(
    'details',
    { class: 'left-out' },
    h('summary', {}, words.operator.leftOut({ count: names.length })),
    h('p', { class: 'soft' }, words.operator.leftOutHow({ command: `/easel ${first}` })),
    h(
      'ul',
      {},
      names.map((name) => h('li', { key: name }, `/${name}`)),
    ),
  );
}

/** @param {{ kind: 'good' | 'bad' | 'held', text: string }} props */
function State({ kind, text }) {
  return h('span', { class: `state ${kind}` }, text);
}

/** @param {{ backend: BackendHealth, waiting: number }} props */
function Backend({ backend, waiting }) {
  const { name, ok, problem, advice, held, ms, nodes, running, limit, account } = backend;
  const used = words.operator.slots({ used: running, limit });
  const share = Math.min(1, limit > 0 ? running / limit : 0);
  const kind = held ? 'held' : ok ? 'good' : 'bad';
  return h(
    'li',
    { class: 'card' },
    h('p', { class: 'head' }, h('span', { class: 'name' }, name), h(State, { kind, text: STATES[kind]() })),
    h('div', { role: 'status' }, held && h(Held, { held })),
    held && h('p', {}, words.operator.heldJobs({ count: waiting })),
    problem && problem !== held?.problem && h('p', { class: 'problem' }, problem),
    advice && h('p', {}, advice),
    h(
      'div',
      {
        class: 'meter',
        role: 'meter',
        'aria-valuemin': 0,
        'aria-valuemax': limit,
        'aria-valuenow': running,
        'aria-label': used,
      },
      h('span', { style: { width: `${share * 100}%` } }),
    ),
    h(
      'p',
      { class: 'soft facts' },
      h('span', { 'aria-hidden': 'true' }, used),
      ok && h('span', {}, words.operator.answered({ ms: Math.round(ms) })),
      nodes !== undefined && h('span', {}, words.operator.nodes({ count: nodes })),
    ),
    account && h(Account, { account }),
  );
}

/** Known words of Comfy Cloud's; others are shown as it says them. @type {Record<string, () => string>} */
const STATUSES = { active: words.operator.accountActive, waitlisted: words.operator.accountWaits };

/** @param {{ account: BackendAccount }} props */
function Account({ account: { at, status, tier, credits, atOnce, advice } }) {
  const facts = [
    status && (STATUSES[status]?.() ?? status),
    tier && words.operator.accountPlan({ tier }),
    credits !== undefined && words.operator.accountCredits({ count: credits }),
    atOnce !== undefined && words.operator.accountAtOnce({ count: atOnce }),
    words.operator.accountAsOf({ when: timeOf(at) }),
  ].filter((fact) => fact);
  return h(
    'div',
    { class: 'account' },
    h(
      'p',
      { class: 'soft facts' },
      h('span', { class: 'name' }, words.operator.account()),
      facts.map((fact) => h('span', { key: fact }, fact)),
    ),
    advice && h('p', { class: 'held' }, advice),
  );
}

/** @param {{ held: NonNullable<BackendHealth['held']> }} props */
function Held({ held }) {
  const { since, problem } = held;
  return h(
    'p',
    { class: 'held' },
    words.operator.heldSince({ when: timeOf(since), why: problem }),
    held.words && h(Fragment, {}, ' ', h('span', { class: 'words' }, '— ', held.words)),
  );
}
