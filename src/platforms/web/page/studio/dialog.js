/** Pieces that open: a dialog over the page, and a small menu below a button. */
/** @import { Child } from '../shared/h.js' */
import { useEffect, useRef } from 'preact/hooks';
import { h } from '../shared/h.js';

/**
 * Escape closes it; whoever opened it gets the focus back.
 *
 * @param {{ title: string, onClose: () => void, children?: Child }} props
 */
export function Dialog({ title, onClose, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return h('dialog', { ref: dialog, 'aria-label': title, onClose }, h('h2', {}, title), children);
}

/** @param {{ label: string, about: string, children?: Child }} props */
export function Menu({ label, about, children }) {
  const menu = useRef(/** @type {HTMLDetailsElement | null} */ (null));
  const close = () => {
    if (menu.current) menu.current.open = false;
  };
  /** What is hidden cannot keep the focus. */
  const closeToLabel = () => {
    close();
    menu.current?.querySelector('summary')?.focus();
  };
  /** @param {FocusEvent} event */
  const left = ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node) || !menu.current?.contains(relatedTarget)) close();
  };
  /** @param {KeyboardEvent} event */
  const escape = ({ key }) => {
    if (key === 'Escape' && menu.current?.open) closeToLabel();
  };
  const show = () => {
    if (menu.current?.open) menu.current.querySelector('.menu-items')?.scrollIntoView({ block: 'nearest' });
  };
  return h(
    'details',
    { class: 'menu', ref: menu, onFocusOut: left, onKeyDown: escape, onToggle: show },
    h('summary', { 'aria-label': about }, label),
    h('div', { class: 'menu-items', onClick: closeToLabel }, children),
  );
}
