/** Escape closes what is open, the innermost first: what holds the keyboard's place, else what was opened last. */
import { useLayoutEffect, useRef } from 'preact/hooks';

/** @typedef {{ close: () => void, home: () => Element | null | undefined }} Opened */

/** The last one was opened last. @type {Opened[]} */
const opened = [];

/**
 * @param {boolean} isOpen
 * @param {() => void} close
 * @param {{ current: Element | null }} [home] while the keyboard's place is in there, Escape is for it
 */
export function useEscape(isOpen, close, home) {
  const latest = useRef(close);
  latest.current = close;
  // with what is opened, and not a frame later: the key may come at once
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    const one = { close: () => latest.current(), home: () => home?.current };
    document.addEventListener('keydown', onKey); // once, however often it is said
    opened.push(one);
    return () => leave(one);
  }, [isOpen]);
}

/** @param {Opened} one */
function leave(one) {
  const at = opened.indexOf(one);
  if (at >= 0) opened.splice(at, 1);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.key !== 'Escape' || event.defaultPrevented || isComposing(event)) return;
  const { target } = event;
  const around = target instanceof Node ? opened.findLast(({ home }) => home()?.contains(target)) : undefined;
  const innermost = around ?? opened.at(-1);
  if (!innermost) return;
  // a dialog would close by itself, also where what was meant is in it
  event.preventDefault();
  // the next press is for the next one, even before this one is gone from the page
  leave(innermost);
  innermost.close();
}

/**
 * The key is for an input method, as when Enter takes what was composed. Safari tells it only by the key's old code.
 *
 * @param {KeyboardEvent} event
 */
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229;
}
