/** The live line from the server: what has been said, what changes, and whether the line is up. */
/** @import { Command, Earlier, History, Message } from '../../api.ts' */
/** @import { List } from './message-list.js' */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { listen } from './events.js';
import { ask } from './frame.js';
import { withEarlier, withMessage, withNewest } from './message-list.js';
import { readable } from './moments.js';

/**
 * `messages`: oldest first; `earlier`: there are older ones; `known`: the history has come.
 *
 * @typedef {List & { commands: Command[], known: boolean, lost: boolean }} Stream
 */

/** @param {string} [draft] only the test runs of this one */
export function useStream(draft) {
  const [stream, setStream] = useState(
    /** @type {Stream} */ ({ messages: [], earlier: undefined, commands: [], known: false, lost: false }),
  );
  useEffect(() => {
    const path = draft === undefined ? '/api/events' : `/api/events?draft=${encodeURIComponent(draft)}`;
    const listeners = {
      /** @param {string} data */
      history(data) {
        /** @type {History} */
        const { messages, commands, earlier } = readable(JSON.parse(data));
        const here = messages.filter((one) => one.draft === draft);
        const fresh = { messages: here, ...(earlier !== undefined && { earlier }) };
        setStream((before) => ({ ...withNewest(before, fresh), commands, known: true, lost: false }));
      },
      /** @param {string} data */
      message(data) {
        /** @type {Message} */
        const message = readable(JSON.parse(data));
        if (message.draft === draft) setStream((before) => ({ ...before, ...withMessage(before, message) }));
      },
      /** @param {string} data */
      commands(data) {
        /** @type {Command[]} */
        const commands = readable(JSON.parse(data));
        setStream((before) => ({ ...before, commands }));
      },
    };
    return listen(path, listeners, () => setStream((before) => ({ ...before, lost: true })));
  }, [draft]);

  const from = useRef(stream.earlier);
  from.current = stream.earlier;
  /** Older ones; rejects as `ask` does. */
  const loadEarlier = useCallback(async () => {
    const before = from.current;
    if (before === undefined) return;
    /** @type {Earlier} */
    const page = await ask(`/api/messages?${new URLSearchParams({ before })}`);
    setStream((now) => (now.earlier === before ? { ...now, ...withEarlier(now, page) } : now));
  }, []);
  return { ...stream, loadEarlier };
}
