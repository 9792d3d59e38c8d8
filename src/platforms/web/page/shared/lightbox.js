/** One picture as large as the window allows; arrows lead to the others of its message. */
/** @import { MessageFile } from '../../api.ts' */
import { html } from 'htm/preact';
import { useEffect, useRef } from 'preact/hooks';
import { word } from './frame.js';
import { Icon } from './icons.js';
import { size } from './media.js';

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
  const alt = word('chat', 'picture', { title, index: index + 1, count });

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
  return html`<dialog
    ref=${dialog}
    class="lightbox"
    aria-label=${title}
    onClose=${onClose}
    onKeyDown=${onKey}
    onClick=${onPress}
  >
    <div class="stage"><img src=${url} width=${width} height=${height} alt=${alt} /></div>
    <footer>
      <p><span class="title">${title}</span> <span class="about">${facts}</span></p>
      ${
        count > 1 &&
        html`<button aria-label=${word('chat', 'previous')} onClick=${() => move(-1)}>
            <${Icon} name="left" />
          </button>
          <span class="about" role="status">${index + 1} / ${count}</span>
          <button aria-label=${word('chat', 'next')} onClick=${() => move(1)}>
            <${Icon} name="right" />
          </button>`
      }
      <a class="button" href=${url} target="_blank" rel="noopener">${word('chat', 'original')}</a>
      <a class="button" href=${url} download=${name}>${word('chat', 'download')}</a>
      <button ref=${closing} onClick=${() => dialog.current?.close()}>${word('chat', 'close')}</button>
    </footer>
  </dialog>`;
}
