/** What is going on: backends, chats, and what runs and waits in every place. */
/** @import { BackendHealth, GuildLoad, Overview, Place } from '../api.ts' */
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import { ask, sentenceOf, word } from './frame.js';
import { Table } from './operator-table.js';
import { Ago } from './operator-time.js';

/**
 * @typedef {{
 *   overview: Overview,
 *   refresh: () => void,
 *   keyOf: (place: Pick<Place, 'platform' | 'guild'>) => string,
 *   nameOf: (place: Pick<Place, 'platform' | 'guild'>) => string,
 *   choosePlace: (key: string) => boolean,
 * }} NowProps
 */

/** @param {NowProps} props */
export function Now({ overview: { backends, platforms, guilds }, refresh, keyOf, nameOf, choosePlace }) {
  const busy = guilds.filter(({ jobs }) => jobs.length > 0);
  const [told, tell] = useState({ text: '', bad: false });

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

  return html`<div class="health">
      <div>
        <h3>${word('operator', 'backends')}</h3>
        <ul class="cards">
          ${backends.map((one) => html`<${Backend} key=${one.name} ...${one} />`)}
        </ul>
      </div>
      <div>
        <h3>${word('operator', 'platforms')}</h3>
        <ul class="card chats">
          ${platforms.map(
            ({ name, ready }) =>
              html`<li key=${name}>
                <span class="name">${name}</span>
                <${State} ok=${ready} text=${word('operator', ready ? 'ready' : 'notReady')} />
                ${!ready && html`<p class="soft">${word('operator', 'notReadyWhy')}</p>`}
              </li>`,
          )}
        </ul>
      </div>
    </div>
    <h3>${word('operator', 'guilds')}</h3>
    <p role="status" class=${told.bad ? 'problem' : 'soft'}>${told.text}</p>
    ${
      busy.length === 0 &&
      html`<div class="card empty">
        <p><b>${word('operator', 'idle')}</b></p>
        <p class="soft">${word('operator', 'idleHint')}</p>
      </div>`
    }
    ${busy.map(
      (guild) =>
        html`<${Guild}
          key=${keyOf(guild)}
          ...${{ guild, cancel, name: nameOf(guild), choose: () => choosePlace(keyOf(guild)) }}
        />`,
    )}`;
}

/** @param {{ ok: boolean, text: string }} props */
function State({ ok, text }) {
  return html`<span class=${`state ${ok ? 'good' : 'bad'}`}>${text}</span>`;
}

/** @param {BackendHealth} props */
function Backend({ name, ok, problem, advice, ms, nodes, running, limit }) {
  const used = word('operator', 'slots', { used: running, limit });
  const share = Math.min(1, limit > 0 ? running / limit : 0);
  const count = nodes?.toLocaleString(document.documentElement.lang) ?? '';
  return html`<li class="card">
    <p class="head">
      <span class="name">${name}</span>
      <${State} ok=${ok} text=${word('operator', ok ? 'healthy' : 'unhealthy')} />
    </p>
    ${problem && html`<p class="problem">${problem}</p>`} ${advice && html`<p>${advice}</p>`}
    <div
      class="meter"
      role="meter"
      aria-valuemin="0"
      aria-valuemax=${limit}
      aria-valuenow=${running}
      aria-label=${used}
    >
      <span style=${{ width: `${share * 100}%` }}></span>
    </div>
    <p class="soft facts">
      <span aria-hidden="true">${used}</span>
      ${ok && html`<span>${word('operator', 'answered', { ms: Math.round(ms) })}</span>`}
      ${nodes !== undefined && html`<span>${word('operator', 'nodes', { count })}</span>`}
    </p>
  </li>`;
}

/** What a job can still be cancelled in. */
const CANCELLABLE = ['waiting', 'queued', 'submitting', 'running'];

/** @param {{ guild: GuildLoad, name: string, cancel: (job: GuildLoad['jobs'][number]) => void, choose: () => boolean }} props */
function Guild({ guild: { platform, running, waiting, jobs }, name, cancel, choose }) {
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
      <span class="soft counts">${word('operator', 'counts', { running, waiting })}</span>
      <a
        href="#settings"
        onClick=${(/** @type {Event} */ event) => choose() || event.preventDefault()}
        aria-label=${word('operator', 'settingsOf', { name })}
        >${word('operator', 'settings')}</a
      >
    </p>
    <${Table} caption=${word('operator', 'jobsOf', { name })} columns=${columns} rows=${rows} />
  </div>`;
}
