/** The live line from the server: what has been said, what changes, and whether the line is up. */
/** @import { Command, History, Message } from '../../api.ts' */
import { useEffect, useState } from 'preact/hooks';
import { listen } from './events.js';
import { readable } from './moments.js';

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
    const path = draft === undefined ? '/api/events' : `/api/events?draft=${encodeURIComponent(draft)}`;
    const listeners = {
      /** @param {string} data */
      history(data) {
        /** @type {History} */
        const { messages, commands } = readable(JSON.parse(data));
        const here = messages.filter((one) => one.draft === draft);
        setStream({ messages: here, commands, known: true, lost: false });
      },
      /** @param {string} data */
      message(data) {
        /** @type {Message} */
        const message = readable(JSON.parse(data));
        if (message.draft === draft)
          setStream((before) => ({ ...before, messages: withMessage(before.messages, message) }));
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
