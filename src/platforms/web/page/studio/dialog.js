/** Pieces that open: a dialog over the page, and a small menu below a button. */
/** @import { Child } from '../shared/h.js' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useEscape } from '../shared/escape.js';
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
  useEscape(true, () => dialog.current?.close(), dialog);
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
  const [isOpen, setOpen] = useState(false);
  useEscape(isOpen, closeToLabel, menu);
  const show = () => {
    setOpen(menu.current?.open ?? false);
    if (menu.current?.open) menu.current.querySelector('.menu-items')?.scrollIntoView({ block: 'nearest' });
  };
  return h(
    'details',
    { class: 'menu', ref: menu, onFocusOut: left, onToggle: show },
    h('summary', { 'aria-label': about }, label),
    h('div', { class: 'menu-items', onClick: closeToLabel }, children),
  );
}
