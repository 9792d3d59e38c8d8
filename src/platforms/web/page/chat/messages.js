/** The conversation: it keeps to its end, unless somebody has scrolled up to read. */
/** @import { Command, Message } from '../../api.ts' */
/** @import { Child } from '../shared/h.js' */
/** @import { Acts } from '../shared/reply.js' */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { sentenceOf } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { Icon } from '../shared/icons.js';
import { Entry } from '../shared/reply.js';
import { words } from '../shared/words.js';
import { ScreenEntry } from './screen-entry.js';

/** How far from the end still counts as there, in pixels. */
const NEAR = 60;

/**
 * @param {object} props
 * @param {Message[]} props.messages
 * @param {boolean} props.known all that there was has come
 * @param {Command[]} props.commands
 * @param {Acts} props.acts
 * @param {number} props.sent grows with each message of one's own: then the end is shown again
 * @param {string | undefined} props.mine the last answer to what was typed here
 * @param {() => void} props.onBegun a message has come of what was done in a screen
 * @param {boolean} props.isMore there are older ones
 * @param {() => Promise<void>} props.onEarlier asks for them; rejects as `ask` does
 * @param {Child} [props.children] what is there before the first message
 */
export function Messages({
  messages,
  known,
  commands,
  acts,
  sent,
  mine,
  onBegun,
  isMore,
  onEarlier,
  children,
}) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const atEnd = useRef(true);
  const room = useRef('');
  // the first screen is read from its top
  const empty = useRef(true);
  empty.current = messages.length === 0;
  const [away, setAway] = useState(false);
  const [seen, setSeen] = useState(/** @type {string | undefined} */ (undefined));
  const newest = messages.at(-1)?.id;
  const screens = useRef(new Set());
  screens.current = new Set(
    messages.filter(({ id, screen }) => screen !== undefined || screens.current.has(id)).map(({ id }) => id),
  );

  const toEnd = () => {
    atEnd.current = true;
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };
  useLayoutEffect(toEnd, [sent]);
  /** Somebody is led to something that may be longer than the window: once it is there, its end is no reason to move on. */
  const stay = () => {
    atEnd.current = false;
    requestAnimationFrame(() => setTimeout(onScroll));
  };
  // pictures, longer replies and a taller composer all move the end
  useEffect(() => {
    const watch = new ResizeObserver(() => {
      room.current = roomOf(box.current);
      if (atEnd.current && !empty.current) toEnd();
    });
    if (box.current) watch.observe(box.current);
    if (box.current?.firstElementChild) watch.observe(box.current.firstElementChild);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    if (!away) setSeen(newest);
  }, [away, newest]);

  const onScroll = () => {
    if (!box.current) return;
    const { scrollHeight, scrollTop, clientHeight } = box.current;
    // where the end has moved since, it was not a person who scrolled
    if (scrollHeight - scrollTop - clientHeight < NEAR) atEnd.current = true;
    else if (roomOf(box.current) === room.current) atEnd.current = false;
    setAway(!atEnd.current);
  };
  const fresh = newest !== seen;
  return h(
    'div',
    { class: 'conversation' },
    h(
      'div',
      {
        ref: box,
        class: 'scroll',
        role: 'log',
        'aria-live': 'off',
        'aria-busy': !known,
        'aria-label': words.chat.log(),
        tabindex: 0,
        onScroll,
      },
      h(
        'div',
        { class: 'column' },
        messages.length === 0 && children,
        isMore && h(EarlierButton, { first: messages[0]?.id, box, onEarlier }),
        messages.map((message) =>
          // it stays one also when there is nothing more to see of the screen
          message.screen !== undefined || screens.current.has(message.id)
            ? h(ScreenEntry, {
                key: message.id,
                message,
                newest: message.id === newest,
                mine: message.id === mine,
                onBegun,
                onLed: stay,
              })
            : h(Entry, {
                key: message.id,
                message,
                acts,
                editable: commands.some(({ name }) => name === message.template),
              }),
        ),
      ),
    ),
    away &&
      h(
        'button',
        {
          class: fresh ? 'newest main' : 'newest',
          onClick: () => {
            toEnd();
            // this button goes
            box.current?.focus({ preventScroll: true });
          },
        },
        h(Icon, { name: 'down' }),
        fresh ? words.chat.news() : words.chat.newest(),
      ),
  );
}

/**
 * Older messages come above what is looked at, which stays where it is.
 *
 * @param {{ first: string | undefined, box: { current: HTMLElement | null }, onEarlier: () => Promise<void> }} props
 */
function EarlierButton({ first, box, onEarlier }) {
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  /** The message that was the first, and where it stood. */
  const looked = useRef(/** @type {{ article: Element, top: number } | undefined} */ (undefined));
  useLayoutEffect(() => {
    const was = looked.current;
    looked.current = undefined;
    if (was)
      box.current?.scrollBy({ top: was.article.getBoundingClientRect().top - was.top, behavior: 'instant' });
  }, [first]);
  const load = async () => {
    if (busy) return;
    setProblem('');
    setBusy(true);
    const article = button.current?.parentElement?.nextElementSibling;
    if (article) looked.current = { article, top: article.getBoundingClientRect().top };
    await onEarlier().catch((error) => setProblem(sentenceOf(error)));
    setBusy(false);
  };
  return h(
    'div',
    { class: 'earlier' },
    h('button', { ref: button, 'aria-disabled': busy, onClick: load }, words.chat.earlier()),
    problem && h('p', { class: 'problem', role: 'alert' }, problem),
  );
}

/** @param {HTMLElement | null} box */
function roomOf(box) {
  return `${box?.scrollHeight} ${box?.clientHeight}`;
}
