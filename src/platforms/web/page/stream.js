/** The live line from the server: what has been said, what changes, and whether the line is up. */
/** @import { Command, History, Message } from '../api.ts' */
import { useEffect, useState } from 'preact/hooks';
import { ask } from './frame.js';
import { readable } from './moments.js';

/** A browser has six connections to a server for all of its tabs, so a tab that nobody sees gives its own back. */
const HIDDEN_MS = 20_000;
/** Between tries where the browser has given up by itself. */
const AGAIN_MS = 3000;

/**
 * @typedef {object} Stream
 * @property {Message[]} messages Oldest first.
 * @property {Command[]} commands
 * @property {boolean} known The history has come.
 * @property {boolean} lost
 */

/** @param {string} [draft] only the test runs of this one @returns {Stream} */
export function useStream(draft) {
  const [stream, setStream] = useState(
    /** @type {Stream} */ ({ messages: [], commands: [], known: false, lost: false }),
  );
  useEffect(() => {
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
      const opened = new EventSource(
        draft === undefined ? '/api/events' : `/api/events?draft=${encodeURIComponent(draft)}`,
      );
      source = opened;
      opened.addEventListener('history', ({ data }) => {
        /** @type {History} */
        const { messages, commands } = readable(JSON.parse(data));
        setStream({
          messages: messages.filter((one) => one.draft === draft),
          commands,
          known: true,
          lost: false,
        });
      });
      opened.addEventListener('message', ({ data }) => {
        /** @type {Message} */
        const message = readable(JSON.parse(data));
        if (message.draft === draft)
          setStream((before) => ({ ...before, messages: withMessage(before.messages, message) }));
      });
      opened.addEventListener('commands', ({ data }) => {
        /** @type {Command[]} */
        const commands = readable(JSON.parse(data));
        setStream((before) => ({ ...before, commands }));
      });
      opened.addEventListener('error', () => {
        setStream((before) => ({ ...before, lost: true }));
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
  }, [draft]);
  return stream;
}

/**
 * @param {Message[]} messages
 * @param {Message} message new or changed
 */
function withMessage(messages, message) {
  if (!messages.some(({ id }) => id === message.id)) return [...messages, message];
  return messages.map((old) => (old.id === message.id ? message : old));
}
