/** What is going on: backends, chats, and what runs and waits in every place. */
/** @import { BackendHealth } from '../../api.ts' */
import { html } from 'htm/preact';
import { word } from '../shared/frame.js';
import { timeOf } from '../shared/moments.js';
import { Disk } from './disk.js';
import { Guilds } from './guilds.js';

const STATES = /** @type {const} */ ({ good: 'healthy', bad: 'unhealthy', held: 'held' });

const language = () => document.documentElement.lang;

/** @param {import('./guilds.js').GuildsProps} props */
export function Now(props) {
  const { backends, platforms, waiting, disk } = props.overview;
  return html`<div class="health">
      <div>
        <h3>${word('operator', 'backends')}</h3>
        <ul class="cards">
          ${backends.map((one) => html`<${Backend} key=${one.name} backend=${one} waiting=${waiting} />`)}
        </ul>
      </div>
      <div>
        <h3>${word('operator', 'platforms')}</h3>
        <ul class="card chats">
          ${platforms.map(
            ({ name, ready }) =>
              html`<li key=${name}>
                <span class="name">${name}</span>
                <${State}
                  kind=${ready ? 'good' : 'bad'}
                  text=${word('operator', ready ? 'ready' : 'notReady')}
                />
                ${!ready && html`<p class="soft">${word('operator', 'notReadyWhy')}</p>`}
              </li>`,
          )}
        </ul>
      </div>
    </div>
    ${disk && html`<h3>${word('operator', 'disk')}</h3>`} ${disk && html`<${Disk} disk=${disk} />`}
    <${Guilds} ...${props} />`;
}

/** @param {{ kind: 'good' | 'bad' | 'held', text: string }} props */
function State({ kind, text }) {
  return html`<span class=${`state ${kind}`}>${text}</span>`;
}

/** @param {{ backend: BackendHealth, waiting: number }} props */
function Backend({ backend: { name, ok, problem, advice, held, ms, nodes, running, limit }, waiting }) {
  const used = word('operator', 'slots', { used: running, limit });
  const share = Math.min(1, limit > 0 ? running / limit : 0);
  const count = nodes?.toLocaleString(language()) ?? '';
  const kind = held ? 'held' : ok ? 'good' : 'bad';
  return html`<li class="card">
    <p class="head">
      <span class="name">${name}</span>
      <${State} kind=${kind} text=${word('operator', STATES[kind])} />
    </p>
    <div role="status">${held && html`<${Held} held=${held} />`}</div>
    ${held && html`<p>${word('operator', 'heldJobs', { count: waiting.toLocaleString(language()) })}</p>`}
    ${problem && problem !== held?.problem && html`<p class="problem">${problem}</p>`}
    ${advice && html`<p>${advice}</p>`}
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

/** @param {{ held: NonNullable<BackendHealth['held']> }} props */
function Held({ held: { since, problem, words } }) {
  return html`<p class="held">
    ${word('operator', 'heldSince', { when: timeOf(since), why: problem })}
    ${words && html` <span class="words">— ${words}</span>`}
  </p>`;
}
