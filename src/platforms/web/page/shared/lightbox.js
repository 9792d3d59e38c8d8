/** One picture as large as the window allows; arrows lead to the others of its message. */
/** @import { MessageFile } from '../../api.ts' */
import { Fragment } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { h } from './h.js';
import { Icon } from './icons.js';
import { size } from './media.js';
import { words } from './words.js';

/**
 * @typedef {object} Shown
 * @property {string} title
 * @property {MessageFile[]} pictures
 * @property {number} index
 */

/** @param {Shown & { onMove: (index: number) => void, onClose: () => void }} props */
export function Lightbox({ title, pictures, index, onMove, onClose }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const closing = useRef(/** @type {HTMLButtonElement | null} */ (null));
  // the browser keeps the focus inside, and gives it back to the picture
  useEffect(() => {
    dialog.current?.showModal();
    closing.current?.focus();
  }, []);
  const picture = pictures[index];
  const count = pictures.length;
  if (!picture) return null;
  const { url, name, width, height, bytes } = picture;
  const move = (/** @type {number} */ by) => onMove((index + by + count) % count);
  const facts = [width && height && `${width} × ${height}`, size(bytes)].filter(Boolean).join(' · ');
  const alt = words.chat.picture({ title, index: index + 1, count });

  /** @param {KeyboardEvent} event */
  const onKey = ({ key }) => {
    if (key === 'ArrowRight') move(1);
    if (key === 'ArrowLeft') move(-1);
  };
  /** @param {Event} event */
  const onPress = ({ target }) => {
    if (target === dialog.current || (target instanceof Element && target.classList.contains('stage')))
      dialog.current?.close();
  };
  return h(
    'dialog',
    { ref: dialog, class: 'lightbox', 'aria-label': title, onClose, onKeyDown: onKey, onClick: onPress },
    h('div', { class: 'stage' }, h('img', { src: url, width, height, alt })),
    h(
      'footer',
      {},
      h('p', {}, h('span', { class: 'title' }, title), ' ', h('span', { class: 'about' }, facts)),
      count > 1 &&
        h(
          Fragment,
          {},
          h(
            'button',
            { 'aria-label': words.chat.previous(), onClick: () => move(-1) },
            h(Icon, { name: 'left' }),
          ),
          h('span', { class: 'about', role: 'status' }, index + 1, ' / ', count),
          h(
            'button',
            { 'aria-label': words.chat.next(), onClick: () => move(1) },
            h(Icon, { name: 'right' }),
          ),
        ),
      h('a', { class: 'button', href: url, target: '_blank', rel: 'noopener' }, words.chat.original()),
      h('a', { class: 'button', href: url, download: name }, words.chat.download()),
      h('button', { ref: closing, onClick: () => dialog.current?.close() }, words.chat.close()),
    ),
  );
}
