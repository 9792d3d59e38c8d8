/** Keeps the keyboard's place while rows come, go and change places: a browser drops it when an element is moved. */
import { useLayoutEffect } from 'preact/hooks';

/** For the component that draws the rows. What has gone leaves the keyboard at the heading of its section. */
export function useKeptFocus() {
  const had = document.activeElement;
  const heading = had?.closest('section')?.querySelector('h2');
  useLayoutEffect(() => {
    if (!(had instanceof HTMLElement) || had === document.body || document.activeElement !== document.body)
      return;
    if (had.isConnected) had.focus({ preventScroll: true });
    else heading?.focus({ preventScroll: true });
  });
}
