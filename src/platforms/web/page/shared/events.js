/** A line of events from the server that comes back by itself, and is given back while nobody sees the page. */
import { ask } from './frame.js';

/** A browser has six connections to a server for all of its tabs, so a tab that nobody sees gives its own back. */
const HIDDEN_MS = 20_000;
/** Between tries where the browser has given up by itself. */
const AGAIN_MS = 3000;

/**
 * @param {string} path
 * @param {Record<string, (data: string) => void>} listeners by the name of the event
 * @param {() => void} onLost the line is down; it is tried again
 * @returns {() => void} ends it
 */
export function listen(path, listeners, onLost) {
  /** @type {EventSource | undefined} */
  let source;
  let timer = 0;
  /** @type {AbortController | undefined} */
  let asking;

  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    source?.close();
    source = undefined;
  };
  const open = () => {
    close();
    const opened = new EventSource(path);
    source = opened;
    for (const [name, hear] of Object.entries(listeners))
      opened.addEventListener(name, (event) => event instanceof MessageEvent && hear(event.data));
    opened.addEventListener('error', () => {
      onLost();
      // after an answer that is an error the browser does not try again; without a session this leads to signing in
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(again, AGAIN_MS);
    });
  };
  const again = async () => {
    asking = new AbortController();
    const { signal } = asking;
    await ask('/api/home', { signal }).catch(() => undefined);
    if (!signal.aborted) open();
  };
  const look = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(close, HIDDEN_MS);
    else if (!source || source.readyState === EventSource.CLOSED) open();
  };

  open();
  look();
  document.addEventListener('visibilitychange', look);
  window.addEventListener('pagehide', close);
  window.addEventListener('pageshow', look);
  return () => {
    close();
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('pagehide', close);
    window.removeEventListener('pageshow', look);
  };
}
