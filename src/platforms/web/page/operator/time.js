/** Times as people say them, which go on by themselves; the exact one is the title. */
import { useEffect, useState } from 'preact/hooks';
import { h } from '../shared/h.js';
import { exact } from '../shared/moments.js';

/** From the largest; how many seconds each has. */
const UNITS = /** @type {const} */ ([
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]);

/** @type {Set<(now: number) => void>} */
const watching = new Set();
let timer = 0;

/** Milliseconds since 1970, anew every second. */
function useNow() {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (watching.size === 0) timer = setInterval(() => watching.forEach((tell) => tell(Date.now())), 1000);
    watching.add(setNow);
    return () => {
      watching.delete(setNow);
      if (watching.size === 0) clearInterval(timer);
    };
  }, []);
  return now;
}

const language = () => document.documentElement.lang;

/** @param {number} at @param {number} now */
function relative(at, now) {
  const say = new Intl.RelativeTimeFormat(language(), { numeric: 'auto', style: 'short' });
  const seconds = Math.max(0, Math.floor((now - at) / 1000));
  const [unit, length] = UNITS.find((one) => seconds >= one[1]) ?? /** @type {const} */ (['second', 1]);
  // never "yesterday" for what was 30 hours ago
  const count = Math.floor(seconds / length);
  return unit === 'second' || count > 1
    ? say.format(-count, unit)
    : new Intl.RelativeTimeFormat(language(), { style: 'short' }).format(-count, unit);
}

/** @param {{ at: number }} props ms since 1970 */
export function Ago({ at }) {
  const now = useNow();
  return h('time', { datetime: new Date(at).toISOString(), title: exact(at) }, relative(at, now));
}
