/** What every page has: its words, the way to the server, and the bar at the top. */
/** @import { Home, Refusal } from '../../api.ts' */
/** @import { Child } from './h.js' */
import { Fragment, render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { h } from './h.js';
import { readable } from './moments.js';
import { forgetLines } from './typed-lines.js';
import { speak, words } from './words.js';

/** The words of a language come with the first answer. */
const NO_ANSWER = 'Easel isn’t answering. Trying again…';
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
    throw new Refused(0, { error: words.frame.unreachable() });
  });
  if (response.status === 401)
    location.assign(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`);
  const type = response.headers.get('content-type') ?? '';
  const answer = type.startsWith('application/json') ? readable(await response.json()) : {};
  if (!response.ok) throw new Refused(response.status, { error: words.frame.failed(), ...answer });
  return answer;
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
 * @param {keyof typeof PAGES} current
 * @param {(home: Home) => Child} content
 */
export async function begin(current, content) {
  const home = await homeAtLast(current);
  speak(home.words ?? {}, home.language);
  document.documentElement.lang = home.language;
  document.title = `${PAGES[current].name()} · ${words.frame.title()}`;
  render(h(Fragment, {}, h(Bar, { current, home }), content(home)), document.body);
}

/** Tries until Easel answers: it may be about to start. @param {keyof typeof PAGES} page @returns {Promise<Home>} */
async function homeAtLast(page) {
  for (;;) {
    try {
      return await ask(`/api/home?page=${page}`);
    } catch (error) {
      // this page is being left
      if (error instanceof Refused && error.status === 401) await new Promise(() => undefined);
    }
    render(h('main', { id: 'main' }, h('p', { class: 'card', role: 'status' }, NO_ANSWER)), document.body);
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

const PAGES = {
  chat: { path: '/', name: words.frame.chat },
  studio: { path: '/studio', name: words.frame.studio },
  operator: { path: '/operator', name: words.frame.operator },
};

const BACKEND = 'easel-backend';

/** Another backend has taken its place: the bar asks for its name. */
export function backendChanged() {
  document.dispatchEvent(new Event(BACKEND));
}

/** As it is now: asked again when it is another backend, and when somebody comes back to the page. @param {Home} first */
function useHome(first) {
  const [home, setHome] = useState(first);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const look = async () => {
      if (document.hidden) return;
      try {
        setHome(await ask('/api/home', { signal }));
      } catch (error) {
        // what was known stands; who comes back next asks again
        if (!(error instanceof Refused) && !signal.aborted) throw error;
      }
    };
    for (const event of [BACKEND, 'visibilitychange'])
      document.addEventListener(event, () => void look(), { signal });
    return () => leaving.abort();
  }, []);
  return home;
}

/** @param {{ current: keyof typeof PAGES, home: Home }} props */
function Bar({ current, home: first }) {
  const { chat, sandbox, backend } = useHome(first);
  const leave = async () => {
    await ask('/api/sign-out', { method: 'POST' });
    forgetLines();
    location.assign('/sign-in');
  };
  return h(
    'header',
    { class: 'bar' },
    h('a', { class: 'skip', href: '#main' }, words.frame.skip()),
    h('span', { class: 'brand' }, h('img', { src: ICON, alt: '', width: '24', height: '24' }), 'Easel'),
    h(
      'nav',
      { 'aria-label': words.frame.pages() },
      Object.values(PAGES)
        .filter((page) => chat || page !== PAGES.chat)
        .map((page) => {
          const { path, name } = page;
          return h('a', { href: path, 'aria-current': page === PAGES[current] ? 'page' : undefined }, name());
        }),
    ),
    h('span', { class: 'backend', title: sandbox ? words.frame.sandbox() : backend }, backend),
    h('button', { class: 'quiet', onClick: leave }, words.frame.signOut()),
  );
}

/** @param {unknown} error what was thrown; a sentence for the person */
export function sentenceOf(error) {
  return error instanceof Refused ? error.message : words.frame.failed();
}

/** Sentences, one after the other. @param {readonly string[]} sentences */
export function together(sentences) {
  return sentences.reduce((first, second) => (first ? words.frame.both({ first, second }) : second), '');
}

/**
 * Values that have come while somebody types: fields that they are changing go on from what these were shown with, or else
 * what others have made of them would be undone unseen. `notice`: the one of which they have heard.
 * @template T @param {Record<string, T>} fresh @param {Record<string, T>} before @param {Record<string, unknown>} changed
 * @param {string} [notice] @returns {Record<string, T>}
 */
export function stillShown(fresh, before, changed, notice) {
  return {
    ...fresh,
    ...Object.fromEntries(Object.entries(before).filter(([key]) => key in changed && key !== notice)),
  };
}

/**
 * What a form had in the fields that somebody has changed: what others have saved meanwhile is not undone.
 * @template T @param {Record<string, unknown>} changed @param {Record<string, T>} values @returns {Record<string, T>}
 */
export function shownOf(changed, values) {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key in changed));
}
