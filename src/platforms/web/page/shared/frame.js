/** What every page has: its words, the way to the server, and the bar at the top. */
/** @import { Home, Refusal } from '../../api.ts' */
/** @import { ComponentChildren } from 'preact' */
import { render } from 'preact';
import { html } from 'htm/preact';
import { readable } from './moments.js';

/** The words of a language come with the first answer. */
const NO_ANSWER = 'Easel does not answer. Trying again…';
const ICON = new URL('icon.svg', import.meta.url).href;
/** Between tries. */
const AGAIN_MS = 2000;

/** An answer that is not 2xx; `message` is a sentence for the person. */
export class Refused extends Error {
  /** @param {number} status @param {Refusal} refusal */
  constructor(status, { error, field }) {
    super(error);
    this.name = 'Refused';
    this.status = status;
    /** The field that it is about. */
    this.field = field;
  }
}

/** @type {Home | undefined} */
let home;

/**
 * Asks the server. Throws {@link Refused}; without a session it leads to the sign-in page.
 *
 * @template T
 * @param {string} path
 * @param {{ method?: string, json?: unknown, form?: FormData, signal?: AbortSignal }} [options]
 * @returns {Promise<T>}
 */
export async function ask(path, { method, json, form, signal } = {}) {
  const posting = json !== undefined || form !== undefined;
  const response = await fetch(path, {
    method: method ?? (posting ? 'POST' : 'GET'),
    headers: { 'x-easel': '1', ...(json !== undefined && { 'content-type': 'application/json' }) },
    body: form ?? (json === undefined ? null : JSON.stringify(json)),
    ...(signal && { signal }),
  }).catch((error) => {
    if (signal?.aborted) throw error;
    throw new Refused(0, { error: word('frame', 'unreachable') });
  });
  if (response.status === 401)
    location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
  const type = response.headers.get('content-type') ?? '';
  const answer = type.startsWith('application/json') ? readable(await response.json()) : {};
  if (!response.ok) throw new Refused(response.status, { error: word('frame', 'failed'), ...answer });
  return answer;
}

/**
 * A sentence in the person's language, with what is put in.
 *
 * @param {keyof Home['words']} room
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function word(room, key, values = {}) {
  const said = home?.words[room][key] ?? key;
  return said.replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
}

/** The playground's own place, or the one that the address names. */
export function place() {
  const { searchParams } = new URL(location.href);
  const platform = searchParams.get('platform') ?? 'web';
  const guild = searchParams.get('guild') ?? 'web';
  return { platform, guild, query: String(new URLSearchParams({ platform, guild })) };
}

/**
 * Begins a page: asks for its words, then shows it below the bar.
 *
 * @param {'chat' | 'studio' | 'operator'} current
 * @param {(home: Home) => ComponentChildren} content
 */
export async function begin(current, content) {
  home = await homeAtLast();
  document.documentElement.lang = home.language;
  document.title = `${word('frame', current)} · ${word('frame', 'title')}`;
  render(html`<${Bar} current=${current} home=${home} />${content(home)}`, document.body);
}

/** Tries until Easel answers: it may be about to start. @returns {Promise<Home>} */
async function homeAtLast() {
  for (;;) {
    try {
      return await ask('/api/home');
    } catch (error) {
      // this page is being left
      if (error instanceof Refused && error.status === 401) await new Promise(() => undefined);
    }
    render(html`<main id="main"><p class="card" role="status">${NO_ANSWER}</p></main>`, document.body);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

const PAGES = /** @type {const} */ ([
  ['chat', '/'],
  ['studio', '/studio'],
  ['operator', '/operator'],
]);

/** @param {{ current: string, home: Home }} props */
function Bar({ current, home: { chat, sandbox, backend } }) {
  const leave = async () => {
    await ask('/api/sign-out', { method: 'POST' });
    location.assign('/sign-in');
  };
  return html`<header class="bar">
    <a class="skip" href="#main">${word('frame', 'skip')}</a>
    <span class="brand"><img src=${ICON} alt="" width="24" height="24" />Easel</span>
    <nav aria-label=${word('frame', 'pages')}>
      ${PAGES.filter(([name]) => chat || name !== 'chat').map(
        ([name, path]) =>
          html`<a href=${path} aria-current=${name === current ? 'page' : undefined}
            >${word('frame', name)}</a
          >`,
      )}
    </nav>
    <span class="backend" title=${sandbox ? word('frame', 'sandbox') : backend}>${backend}</span>
    <button class="quiet" onClick=${leave}>${word('frame', 'signOut')}</button>
  </header>`;
}

/** @param {unknown} error what was thrown; a sentence for the person */
export function sentenceOf(error) {
  return error instanceof Refused ? error.message : word('frame', 'failed');
}

/**
 * What a form had in the fields that somebody has changed: what others have saved meanwhile is not undone.
 * @template T @param {Record<string, unknown>} changed @param {Record<string, T>} values @returns {Record<string, T>}
 */
export function shownOf(changed, values) {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key in changed));
}
