/** Looks at the server every two seconds while the page is seen: one request at a time, and none while it is hidden. */
/** @import { Overview } from '../api.ts' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, Refused, word } from './frame.js';

const EVERY_MS = 2000;
/** After something was done, its effect is looked for a few times sooner. */
const SOON_MS = 400;
const SOON_TIMES = 5;
/** The server itself waits for backends that do not answer. */
const PATIENCE_MS = 20_000;

/**
 * `at`: when the overview came, in ms since 1970; `trouble`: why there is no newer one; `refresh` looks at once.
 *
 * @returns {{ overview?: Overview, at: number, trouble?: string, refresh: () => void }}
 */
export function useOverview() {
  const [seen, setSeen] = useState(
    /** @type {{ overview?: Overview, at: number, trouble?: string }} */ ({ at: 0 }),
  );
  const soon = useRef(0);
  const look = useRef(/** @returns {Promise<void> | void} */ () => {});

  useEffect(() => {
    const leaving = new AbortController();
    let timer = 0;
    let asking = false;
    let again = false;

    async function once() {
      const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(PATIENCE_MS)]);
      try {
        /** @type {Overview} */
        const overview = await ask('/api/operator', { signal });
        setSeen({ overview, at: Date.now() });
      } catch (error) {
        if (leaving.signal.aborted) return;
        const trouble = error instanceof Refused ? error.message : word('frame', 'unreachable');
        setSeen((before) => ({ ...before, trouble }));
      }
    }

    look.current = async () => {
      again = asking;
      if (asking) return;
      clearTimeout(timer);
      asking = true;
      do {
        again = false;
        await once();
      } while (again);
      asking = false;
      if (!document.hidden && !leaving.signal.aborted) {
        const wait = soon.current > 0 ? SOON_MS : EVERY_MS;
        soon.current -= 1;
        timer = setTimeout(look.current, wait);
      }
    };

    const seenOrHidden = () => (document.hidden ? clearTimeout(timer) : void look.current());
    document.addEventListener('visibilitychange', seenOrHidden, { signal: leaving.signal });
    void look.current();
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, []);

  const refresh = () => {
    soon.current = SOON_TIMES;
    void look.current();
  };
  return { ...seen, refresh };
}
