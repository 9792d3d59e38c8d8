/**
 * Looks at the server when it says that something has changed, one request at a time, and not while the page is hidden.
 * Now and then it looks without being told, since nobody tells of a backend that stops answering.
 */
/** @import { Overview } from '../../overview-api.ts' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { listen } from '../shared/events.js';
import { ask, Refused } from '../shared/frame.js';
import { words } from '../shared/words.js';

const EVERY_MS = 30_000;
/** After a look that came to nothing. */
const AGAIN_MS = 2000;
/** The server itself waits for backends that do not answer. */
const PATIENCE_MS = 20_000;

/**
 * Which part is looked at: one guild's jobs, what is found, or all guilds; and how many come before.
 *
 * @typedef {{ guild?: string, find?: string, from?: number }} Look
 */

/** @param {Look} look */
function pathOf({ guild, find, from }) {
  const query = new URLSearchParams({
    ...(guild !== undefined && { guild }),
    ...(find !== undefined && { find }),
    ...(from !== undefined && { from: String(from) }),
  });
  return query.size > 0 ? `/api/operator?${query}` : '/api/operator';
}

/**
 * `at`: when the overview came, in ms since 1970; `trouble`: why there is no newer one; `refresh` looks at once.
 *
 * @param {Look} part
 * @returns {{ overview?: Overview, at: number, trouble?: string, refresh: () => void }}
 */
export function useOverview(part) {
  const [seen, setSeen] = useState(
    /** @type {{ overview?: Overview, at: number, trouble?: string }} */ ({ at: 0 }),
  );
  const path = pathOf(part);
  const wanted = useRef(path);
  const look = useRef(/** @returns {Promise<void> | void} */ () => {});

  useEffect(() => {
    const leaving = new AbortController();
    let timer = 0;
    let asking = false;
    let again = false;

    /** Whether it came to something. */
    async function once() {
      const signal = AbortSignal.any([leaving.signal, AbortSignal.timeout(PATIENCE_MS)]);
      const { current: asked } = wanted;
      try {
        /** @type {Overview} */
        const overview = await ask(asked, { signal });
        // what somebody has turned away from meanwhile is not shown
        if (asked === wanted.current) setSeen({ overview, at: Date.now() });
        return true;
      } catch (error) {
        if (leaving.signal.aborted) return false;
        const trouble = error instanceof Refused ? error.message : words.frame.unreachable();
        setSeen((before) => ({ ...before, trouble }));
        return false;
      }
    }

    look.current = async () => {
      again = asking;
      if (asking) return;
      clearTimeout(timer);
      asking = true;
      let came = false;
      do {
        again = false;
        came = await once();
      } while (again);
      asking = false;
      if (!document.hidden && !leaving.signal.aborted)
        timer = setTimeout(look.current, came ? EVERY_MS : AGAIN_MS);
    };

    const seenOrHidden = () => (document.hidden ? clearTimeout(timer) : void look.current());
    const looked = () => document.hidden || void look.current();
    document.addEventListener('visibilitychange', seenOrHidden, { signal: leaving.signal });
    void look.current();
    // a line that is lost may mean that the server is
    const deafen = listen('/api/operator/events', { changed: looked }, looked);
    return () => {
      deafen();
      leaving.abort();
      clearTimeout(timer);
    };
  }, []);

  useEffect(() => {
    if (wanted.current === path) return;
    wanted.current = path;
    void look.current();
  }, [path]);

  const refresh = () => void look.current();
  return { ...seen, refresh };
}
