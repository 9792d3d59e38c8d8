/** What a screen reader hears by itself: how a reply stands when that changes, and each quarter of its way. */
/** @import { Message } from '../../api.ts' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { together } from './frame.js';
import { h } from './h.js';
import { words } from './words.js';

/** @param {{ messages: Message[], known: boolean }} props */
export function Announcer({ messages, known }) {
  const [spokenText, setSpokenText] = useState('');
  const heard = useRef(/** @type {Map<string, string> | undefined} */ (undefined));
  useEffect(() => {
    if (!known) return;
    const stands = new Map(messages.map((message) => [message.id, standing(message)]));
    const before = heard.current;
    heard.current = stands;
    // what was there when the page opened is read by who wants to
    if (!before) return;
    const newest = messages.at(-1);
    const changed = messages.findLast(
      (message) =>
        before.get(message.id) !== stands.get(message.id) && (message === newest || isOver(message)),
    );
    if (changed) setSpokenText(sentences(changed));
  }, [messages, known]);
  return h('div', { class: 'unseen', role: 'status' }, spokenText);
}

/** Two of these differ when it is worth telling. @param {Message} message */
function standing({ reply }) {
  if (!reply) return 'lines';
  const { tone, status, fraction } = reply;
  return tone === 'working' ? `${tone} ${Math.floor((fraction ?? 0) * 4)}` : `${tone} ${status}`;
}

/** @param {Message} message */
function isOver({ reply }) {
  return reply?.tone !== 'waiting' && reply?.tone !== 'working';
}

/** @param {Message} message */
function sentences({ reply, lines = [] }) {
  return reply ? words.chat.spoken({ title: reply.title, status: reply.status }) : together(lines);
}
