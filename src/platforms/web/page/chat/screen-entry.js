/** A message that shows a screen: open while it is worked with, else one press away. */
/** @import { Message } from '../../api.ts' */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useEscape } from '../shared/escape.js';
import { h } from '../shared/h.js';
import { Asked } from '../shared/reply.js';
import { words } from '../shared/words.js';
import { Lines } from './screen-lines.js';
import { Screen } from './screen.js';
import { useScreen } from './use-screen.js';

/**
 * @param {object} props
 * @param {Message} props.message
 * @param {boolean} props.newest of all messages
 * @param {boolean} props.mine asked for here, just now
 * @param {() => void} props.onBegun
 * @param {() => void} props.onLed the keyboard's place is another one
 */
export function ScreenEntry({ message, newest, mine, onBegun, onLed }) {
  const { id, at, asked = '', screen: where, lines = [] } = message;
  const article = useRef(/** @type {HTMLElement | null} */ (null));
  const [open, setOpen] = useState(newest);
  const session = useScreen({ message: id, at: where, open, onBegun });
  const { screen, left, done, error, edits, busy, press, hold, problemOf, again } = session;
  const isLeft = left || where === undefined;
  const shown = left ? done : lines.map((text) => ({ parts: [text] }));
  const lead = () => {
    onLed();
    article.current?.scrollIntoView({ block: 'nearest' });
    focusIn(article, 'h2');
  };
  useFocus(article, lead, { ...session, left: isLeft });
  useGreeting(mine && screen !== undefined, lead);
  const close = () => {
    const wasHere = article.current?.contains(document.activeElement);
    setOpen(false);
    // the button that opens it again
    if (wasHere) requestAnimationFrame(() => focusIn(article, 'button'));
  };
  useEscape(open && !isLeft, close, article);
  const more = screen && moreOf(screen.at);
  return h(
    'article',
    { ref: article, tabindex: -1, 'aria-label': asked || 'Easel' },
    h(Asked, { asked, at }),
    isLeft
      ? h('div', { class: 'lines-card card', tabindex: -1 }, h(Lines, { lines: shown }))
      : open
        ? h(
            'section',
            { class: 'screen card', 'aria-label': screen?.title ?? asked, 'aria-busy': busy },
            !screen && !error && h('p', { class: 'about' }, words.chat.loading()),
            !screen &&
              error && [
                h('p', { class: 'problem', role: 'alert' }, error),
                h('p', { class: 'acts' }, h('button', { onClick: again }, words.chat.tryAgain())),
              ],
            screen &&
              h(
                Screen,
                { screen, edits, problemOf, onHold: hold, onPress: press },
                error && h('p', { class: 'problem', role: 'alert' }, error),
                h('div', { class: 'came', role: 'status' }, h(Lines, { lines: done })),
              ),
            more && h('p', { class: 'elsewhere' }, h('a', { href: more.path }, more.label)),
          )
        : h('p', { class: 'acts' }, h('button', { onClick: () => setOpen(true) }, words.chat.openAgain())),
  );
}

/**
 * The keyboard's place: at the top of another screen, at what is wrong after a refusal, at what was said once there is
 * nothing more to see. A button that has moved keeps it.
 *
 * @param {{ current: HTMLElement | null }} article
 * @param {() => void} lead to the top
 * @param {{ visits: number, failures: number, left: boolean }} now
 */
function useFocus(article, lead, { visits, failures, left }) {
  const { activeElement: had } = document;
  const wasHere = had !== null && article.current !== null && article.current.contains(had);
  const seen = useRef({ visits, failures, left });
  useLayoutEffect(() => {
    const was = seen.current;
    seen.current = { visits, failures, left };
    if (failures !== was.failures)
      return void (focusIn(article, '[aria-invalid=true]') || focusIn(article, '.screen .blocked'));
    if (!wasHere) return;
    if (left !== was.left) focusIn(article, '.lines-card');
    else if (visits !== was.visits) lead();
    else if (document.activeElement !== document.body) return;
    else if (had instanceof HTMLElement && had.isConnected && !had.hasAttribute('disabled'))
      had.focus({ preventScroll: true });
    else focusIn(article, 'h2');
  });
}

/** Whoever has asked for a screen is led to it, but for who writes on already. @param {boolean} isHere @param {() => void} lead */
function useGreeting(isHere, lead) {
  useEffect(() => {
    const { activeElement: active } = document;
    const isFree = active === document.body || (active instanceof HTMLTextAreaElement && active.value === '');
    if (isHere && isFree) lead();
  }, [isHere]);
}

/** @param {{ current: HTMLElement | null }} article @param {string} selector */
function focusIn(article, selector) {
  const found = article.current?.querySelector(selector);
  if (found instanceof HTMLElement) found.focus();
  return found instanceof HTMLElement;
}

/** The page with a richer face over the same. @param {string} at */
function moreOf(at) {
  const [kind = '', of = ''] = at.split('/');
  switch (kind) {
    case 'settings':
    case 'audit':
      return { path: '/operator', label: words.chat.inOperator() };
    case 'run':
    case 'ask':
    case 'which':
    case 'models':
      return undefined;
    case 'draft':
    case 'slot':
    case 'findings':
    case 'discard':
      return { path: `/studio?draft=${encodeURIComponent(of)}`, label: words.chat.inStudio() };
    default:
      return { path: '/studio', label: words.chat.inStudio() };
  }
}
