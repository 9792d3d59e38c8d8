/** What runs and waits: the places where most waits, one of them with all of its jobs, or what was sought. */
/** @import { GuildLoad, Overview, Place } from '../../api.ts' */
/** @import { Look } from './look.js' */
import { html } from 'htm/preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { ask, sentenceOf, word } from '../shared/frame.js';
import { Pages } from './pages.js';
import { Table } from './table.js';
import { Ago } from './time.js';

/**
 * @typedef {{
 *   overview: Overview,
 *   refresh: () => void,
 *   look: Look,
 *   turnTo: (look: Look) => void,
 *   keyOf: (place: Pick<Place, 'platform' | 'guild'>) => string,
 *   nameOf: (place: Pick<Place, 'platform' | 'guild'>) => string,
 *   choosePlace: (key: string) => boolean,
 * }} GuildsProps
 */

/** While somebody types. */
const PAUSE_MS = 300;

/** @param {number} count */
const number = (count) => count.toLocaleString(document.documentElement.lang);

/** @param {GuildsProps} props */
export function Guilds({ overview, refresh, look, turnTo, keyOf, nameOf, choosePlace }) {
  const { guilds, running, waiting, total, from } = overview;
  const [told, tell] = useState({ text: '', bad: false });
  const idle = running + waiting === 0;

  /** @param {GuildLoad['jobs'][number]} job */
  const cancel = async ({ id, template, user }) => {
    try {
      await ask(`/api/operator/jobs/${encodeURIComponent(id)}/cancel`, { method: 'POST' });
      tell({ text: word('operator', 'cancelled', { template, person: user }), bad: false });
    } catch (error) {
      tell({ text: sentenceOf(error), bad: true });
    }
    refresh();
  };

  const counts = { running: number(running), waiting: number(waiting), places: number(total) };
  return html`<div class="head">
      <h3>${word('operator', 'guilds')}</h3>
      ${look.guild !== undefined && html`<button onClick=${() => turnTo({})}>${word('operator', 'back')}</button>`}
      ${
        look.guild === undefined &&
        look.find === undefined &&
        total > 1 &&
        html`<span class="soft">${word('operator', 'inAll', counts)}</span>`
      }
    </div>
    ${look.guild === undefined && (!idle || look.find !== undefined) && html`<${Find} turnTo=${turnTo} />`}
    <p role="status" class=${told.bad ? 'problem' : 'soft'}>${told.text}</p>
    ${
      guilds.length === 0 &&
      html`<div class="card empty">
        <p><b>${word('operator', look.find === undefined ? 'idle' : 'findNothing')}</b></p>
        ${idle && html`<p class="soft">${word('operator', 'idleHint')}</p>`}
      </div>`
    }
    ${guilds.map(
      (guild) =>
        html`<${Guild}
          key=${keyOf(guild)}
          ...${{ guild, cancel, turnTo, name: nameOf(guild), choose: () => choosePlace(keyOf(guild)) }}
          alone=${guild.guild === look.guild}
        />`,
    )}
    ${
      look.guild === undefined &&
      html`<${Pages}
        label=${word('operator', 'pages')}
        ...${{ from, shown: guilds.length, total, reach: total }}
        onTurn=${(/** @type {number} */ to) => turnTo({ ...look, from: to })}
      />`
    }`;
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
  return html`<div class="filter">
    <label for=${id}>${word('operator', 'find')}</label>
    <input
      id=${id}
      type="search"
      maxlength="200"
      value=${typed ?? ''}
      placeholder=${word('operator', 'findHint')}
      onInput=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ event) =>
        setTyped(event.currentTarget.value)}
    />
  </div>`;
}

/** What a job can still be cancelled in. */
const CANCELLABLE = ['waiting', 'queued', 'submitting', 'running'];

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
  const columns = [
    ...['template', 'person', 'state', 'where', 'since'].map((key) => ({
      key,
      label: word('operator', key),
    })),
    { key: 'action', label: word('operator', 'action'), unseen: true },
  ];
  const rows = jobs.map((job) => {
    const { id, template, user, state, where, since } = job;
    const doing = state === 'queued' ? 'waiting' : state;
    return {
      key: id,
      cells: {
        template: `/${template}`,
        person: user,
        state: html`<span class=${`doing ${doing}`}>${word('operator', doing)}</span>`,
        where,
        since: html`<${Ago} at=${since} />`,
        action:
          CANCELLABLE.includes(state) &&
          html`<button
            onClick=${() => cancel(job)}
            aria-label=${word('operator', 'cancelJob', { template, person: user })}
          >
            ${word('operator', 'cancel')}
          </button>`,
      },
    };
  });
  return html`<div class="card guild">
    <p class="head">
      <span class="name">${name}</span>
      <span class="soft">${platform}</span>
      <span class="soft counts"
        >${word('operator', 'counts', { running: number(running), waiting: number(waiting) })}</span
      >
      <a
        href="#settings"
        onClick=${(/** @type {Event} */ event) => choose() || event.preventDefault()}
        aria-label=${word('operator', 'settingsOf', { name })}
        >${word('operator', 'settings')}</a
      >
    </p>
    <${Table} caption=${word('operator', 'jobsOf', { name })} columns=${columns} rows=${rows} />
    ${
      !alone &&
      jobs.length < count &&
      html`<p class="more">
        <button
          onClick=${() => turnTo({ guild })}
          aria-label=${word('operator', 'allOf', { name, count: number(count) })}
        >
          ${word('operator', 'all', { count: number(count) })}
        </button>
      </p>`
    }
    ${
      alone &&
      html`<${Pages}
        label=${word('operator', 'jobPages', { name })}
        ...${{ from, shown: jobs.length, total: count, reach }}
        onTurn=${(/** @type {number} */ to) => turnTo({ guild, from: to })}
      />`
    }
    ${alone && reach < count && from + jobs.length >= reach && html`<p class="soft">${word('operator', 'beyond')}</p>`}
  </div>`;
}
