/** The operator's page: what runs and waits, what failed and why, and the settings of every place. */
/** @import { Place } from '../../api.ts' */
/** @import { Look } from './look.js' */
import { html } from 'htm/preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, begin, place, word } from '../shared/frame.js';
import { Failures } from './failures.js';
import { useKeptFocus } from './focus.js';
import { Now } from './now.js';
import { Notices } from './notices.js';
import { useOverview } from './look.js';
import { Rules } from './rules.js';
import { Settings } from './settings.js';
import { exact } from './time.js';

/** Between two times that all places are asked for. */
const PLACES_MS = 30_000;
const SECTIONS = /** @type {const} */ (['now', 'failures', 'rules', 'settings']);

/** @param {Pick<Place, 'platform' | 'guild'>} place */
const keyOf = ({ platform, guild }) => String(new URLSearchParams({ platform, guild }));

function Page() {
  const [look, turnTo] = useState(/** @type {Look} */ ({}));
  const { overview, at, trouble, refresh } = useOverview(look);
  const [chosen, choose] = useState(place().query);
  const places = usePlaces((overview?.guilds ?? []).map(keyOf));
  useKeptFocus();

  /** Something in the settings is not saved. */
  const dirty = useRef(false);
  /** Whether it was chosen. @param {string} key */
  const choosePlace = (key) => {
    if (key === chosen) return true;
    if (dirty.current && !confirm(word('operator', 'leave'))) return false;
    choose(key);
    history.replaceState(null, '', `?${key}${location.hash}`);
    return true;
  };
  const nameOf = (/** @type {Pick<Place, 'platform' | 'guild'>} */ one) =>
    [...places, ...(overview?.guilds ?? []).map(called)].find((known) => keyOf(known) === keyOf(one))?.name ??
    one.guild;
  const when = exact(at);
  const banner =
    trouble &&
    (overview
      ? word('operator', 'stale', { why: trouble, when })
      : word('operator', 'nothingYet', { why: trouble }));

  return html`<main id="main" class="operator" tabindex="-1">
    <h1 class="unseen">${word('frame', 'operator')}</h1>
    <${Sections} failures=${overview?.failures.length ?? 0} />
    <div role="status">${banner && html`<p class="banner">${banner}</p>`}</div>
    <div class="sheet">
      <section id="now" aria-labelledby="now-title">
        <h2 id="now-title" tabindex="-1">${word('operator', 'now')}</h2>
        <${Notices} nameOf=${nameOf} />
        ${
          overview
            ? html`<${Now} ...${{ overview, refresh, look, turnTo, keyOf, nameOf, choosePlace }} />`
            : html`<p class="soft">${!trouble && word('operator', 'loading')}</p>`
        }
      </section>
      <section id="failures" aria-labelledby="failures-title">
        <h2 id="failures-title" tabindex="-1">${word('operator', 'failures')}</h2>
        ${overview && html`<${Failures} failures=${overview.failures} nameOf=${nameOf} />`}
      </section>
      <section id="rules" aria-labelledby="rules-title">
        <h2 id="rules-title" tabindex="-1">${word('operator', 'rules')}</h2>
        <${Rules} ...${{ places, nameOf, refresh }} />
      </section>
      <section id="settings" aria-labelledby="settings-title">
        <h2 id="settings-title" tabindex="-1">${word('operator', 'settings')}</h2>
        <${Settings} ...${{ places, keyOf, chosen, choosePlace, dirty }} />
      </section>
    </div>
  </main>`;
}

/** The page's own place, in the words of its reader. @param {Place} given */
function called(given) {
  const isHere = given.platform === 'web' && given.guild === 'web';
  return isHere ? { ...given, name: word('frame', 'here') } : given;
}

/** Asked again when a place turns up that was not known, but not all the time. @param {string[]} seen */
function usePlaces(seen) {
  const [places, setPlaces] = useState(/** @type {Place[]} */ ([]));
  const next = useRef(0);
  const known = places.map(keyOf);
  const fresh = seen
    .filter((key) => !known.includes(key))
    .toSorted()
    .join('\n');
  useEffect(() => {
    const look = async () => {
      next.current = performance.now() + PLACES_MS;
      try {
        /** @type {Place[]} */
        const all = await ask('/api/places');
        setPlaces(all.map(called));
      } catch {
        // the banner tells of a server that does not answer; what fails here is asked again with the next new place
      }
    };
    const timer = setTimeout(look, Math.max(0, next.current - performance.now()));
    return () => clearTimeout(timer);
  }, [fresh]);
  return places;
}

/** The way to the page's parts; the one in view is marked. @param {{ failures: number }} props */
function Sections({ failures }) {
  const [current, setCurrent] = useState(/** @type {string} */ ('now'));
  useEffect(() => {
    const main = document.getElementById('main');
    if (!main) return;
    const look = () => {
      const { scrollTop, clientHeight, scrollHeight } = main;
      const line = main.getBoundingClientRect().top + clientHeight / 3;
      const passed = SECTIONS.filter(
        (id) => (document.getElementById(id)?.getBoundingClientRect().top ?? 0) <= line,
      );
      const last = scrollTop + clientHeight >= scrollHeight - 4 ? SECTIONS.at(-1) : passed.at(-1);
      setCurrent((scrollTop > 0 && last) || 'now');
    };
    look();
    main.addEventListener('scroll', look, { passive: true });
    return () => main.removeEventListener('scroll', look);
  }, []);
  return html`<nav class="sections" aria-label=${word('operator', 'sections')}>
    ${SECTIONS.map(
      (id) =>
        html`<a key=${id} href=${`#${id}`} aria-current=${id === current ? 'location' : undefined}
          >${word('operator', id)}${id === 'failures' && failures > 0 && html` <b class="count">${failures}</b>`}</a
        >`,
    )}
  </nav>`;
}

await begin('operator', () => html`<${Page} />`);
