/** One picture as large as the window allows; arrows lead to the others of its message. */
/** @import { Acts } from './reply.js' */
/** @import { Item } from './media.js' */
import { Fragment } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useEscape } from './escape.js';
import { FileActs } from './file-acts.js';
import { h } from './h.js';
import { Icon } from './icons.js';
import { size } from './media.js';
import { words } from './words.js';

/**
 * @param {object} props
 * @param {Item[]} props.items
 * @param {string} props.url the one that is shown; where it is gone, the next one is
 * @param {Acts} props.acts
 * @param {(url: string) => void} props.onMove
 * @param {() => void} props.onClose
 */
export function Lightbox({ items, url, acts, onMove, onClose }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  // the browser keeps the focus inside, and gives it back to the picture
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  useEscape(true, close, dialog);
  const count = items.length;
  const last = useRef(0);
  const found = items.findIndex(({ file }) => file.url === url);
  const index = found < 0 ? Math.min(last.current, count - 1) : found;
  last.current = index;
  const item = items[index];
  // the last one was deleted
  useEffect(() => {
    if (!item) close();
  }, [item === undefined]);
  const move = (/** @type {number} */ by) => {
    const next = items[(index + by + count) % count];
    if (next) onMove(next.file.url);
  };

  /** @param {KeyboardEvent} event */
  const onKey = ({ key }) => {
    if (key === 'ArrowRight') move(1);
    if (key === 'ArrowLeft') move(-1);
  };
  /** @param {Event} event */
  const onPress = ({ target }) => {
    if (target === dialog.current || (target instanceof Element && target.classList.contains('stage')))
      close();
  };
  const title = item?.message.reply?.title;
  return h(
    'dialog',
    { ref: dialog, class: 'lightbox', 'aria-label': title, onClose, onKeyDown: onKey, onClick: onPress },
    item && h(Large, { item, index, count, acts, onMove: move, onClose: close }),
  );
}

/**
 * @param {object} props
 * @param {Item} props.item
 * @param {number} props.index
 * @param {number} props.count
 * @param {Acts} props.acts
 * @param {(by: number) => void} props.onMove
 * @param {() => void} props.onClose
 */
function Large({ item: { file, alt, message }, index, count, acts, onMove, onClose }) {
  const closing = useRef(/** @type {HTMLButtonElement | null} */ (null));
  useEffect(() => closing.current?.focus(), []);
  const { url, name, width, height, bytes } = file;
  const facts = [width && height && `${width} × ${height}`, size(bytes)].filter(Boolean).join(' · ');
  return h(
    Fragment,
    {},
    h('div', { class: 'stage' }, h('img', { key: url, src: url, width, height, alt })),
    h(
      'footer',
      {},
      h(
        'p',
        {},
        h('span', { class: 'title' }, message.reply?.title),
        ' ',
        h('span', { class: 'about' }, facts),
      ),
      count > 1 && [
        h(
          'button',
          { 'aria-label': words.chat.previous(), onClick: () => onMove(-1) },
          h(Icon, { name: 'left' }),
        ),
        h('span', { class: 'about', role: 'status' }, words.chat.nth({ index: index + 1, count })),
        h(
          'button',
          { 'aria-label': words.chat.next(), onClick: () => onMove(1) },
          h(Icon, { name: 'right' }),
        ),
      ],
      h(FileActs, { key: url, file, name, acts }),
      h('a', { class: 'button', href: url, target: '_blank', rel: 'noopener' }, words.chat.original()),
      h('a', { class: 'button', href: url, download: name }, words.chat.download()),
      h('button', { ref: closing, onClick: onClose }, words.chat.close()),
    ),
  );
}
