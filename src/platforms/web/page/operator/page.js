/** The operator's page: what runs and waits, what failed and why, and the settings of every place. */
/** @import { NamedGuild } from '../../api.ts' */
/** @import { Look } from './look.js' */
import { Fragment } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, backendChanged, begin, place } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { exact } from '../shared/moments.js';
import { words } from '../shared/words.js';
import { Connect } from './connect.js';
import { Failures } from './failures.js';
import { useKeptFocus } from './focus.js';
import { useOverview } from './look.js';
import { Notices } from './notices.js';
import { Now } from './now.js';
import { Rules } from './rules.js';
import { Settings } from './settings.js';

/** Between two times that all places are asked for. */
const PLACES_MS = 30_000;
const SECTIONS = [
  { id: 'now', name: words.operator.now },
  { id: 'connect', name: words.connect.title },
  { id: 'failures', name: words.operator.failures },
  { id: 'rules', name: words.operator.rules },
  { id: 'settings', name: words.operator.settings },
];

/** @param {Pick<NamedGuild, 'platform' | 'guild'>} place */
const keyOf = ({ platform, guild }) => String(new URLSearchParams({ platform, guild }));

function Page() {
  const [look, turnTo] = useState(/** @type {Look} */ ({}));
  const { overview, at, trouble, refresh } = useOverview(look);
  const backends = overview?.backends.map(({ name }) => name).join('\n');
  useEffect(() => {
    if (backends !== undefined) backendChanged();
  }, [backends]);
  const [chosen, choose] = useState(place().query);
  const places = usePlaces((overview?.guilds ?? []).map(keyOf));
  useKeptFocus();

  /** Something in the settings is not saved. */
  const dirty = useRef(false);
  /** Whether it was chosen. @param {string} key */
  const choosePlace = (key) => {
    if (key === chosen) return true;
    if (dirty.current && !confirm(words.operator.leave())) return false;
    choose(key);
    history.replaceState(null, '', `?${key}${location.hash}`);
    return true;
  };
  const nameOf = (/** @type {Pick<NamedGuild, 'platform' | 'guild'>} */ one) =>
    [...places, ...(overview?.guilds ?? []).map(called)].find((known) => keyOf(known) === keyOf(one))?.name ??
    one.guild;
  const when = exact(at);
  const banner =
    trouble &&
    (overview ? words.operator.stale({ why: trouble, when }) : words.operator.nothingYet({ why: trouble }));

  return h(
    'main',
    { id: 'main', class: 'operator', tabindex: -1 },
    h('h1', { class: 'unseen' }, words.frame.operator()),
    h(Sections, { failures: overview?.failures.length ?? 0 }),
    h('div', { role: 'status' }, banner && h('p', { class: 'banner' }, banner)),
    h(
      'div',
      { class: 'sheet' },
      h(
        'section',
        { id: 'now', 'aria-labelledby': 'now-title' },
        h('h2', { id: 'now-title', tabindex: -1 }, words.operator.now()),
        h(Notices, { nameOf }),
        overview
          ? h(Now, { overview, refresh, look, turnTo, keyOf, nameOf, choosePlace })
          : h('p', { class: 'soft' }, !trouble && words.operator.loading()),
      ),
      h(
        'section',
        { id: 'connect', 'aria-labelledby': 'connect-title' },
        h('h2', { id: 'connect-title', tabindex: -1 }, words.connect.title()),
        h(Connect, {}),
      ),
      h(
        'section',
        { id: 'failures', 'aria-labelledby': 'failures-title' },
        h('h2', { id: 'failures-title', tabindex: -1 }, words.operator.failures()),
        overview && h(Failures, { failures: overview.failures, nameOf }),
      ),
      h(
        'section',
        { id: 'rules', 'aria-labelledby': 'rules-title' },
        h('h2', { id: 'rules-title', tabindex: -1 }, words.operator.rules()),
        h(Rules, { places, nameOf, refresh }),
      ),
      h(
        'section',
        { id: 'settings', 'aria-labelledby': 'settings-title' },
        h('h2', { id: 'settings-title', tabindex: -1 }, words.operator.settings()),
        h(Settings, { places, keyOf, chosen, choosePlace, dirty }),
      ),
    ),
  );
}

/** The page's own place, in the words of its reader. @param {NamedGuild} given */
function called(given) {
  const isHere = given.platform === 'web' && given.guild === 'web';
  return isHere ? { ...given, name: words.frame.here() } : given;
}

/** Asked again when a place turns up that was not known, but not all the time. @param {string[]} seen */
function usePlaces(seen) {
  const [places, setPlaces] = useState(/** @type {NamedGuild[]} */ ([]));
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
        /** @type {NamedGuild[]} */
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
  const [current, setCurrent] = useState('now');
  useEffect(() => {
    const main = document.getElementById('main');
    if (!main) return;
    const look = () => {
      const { scrollTop, clientHeight, scrollHeight } = main;
      const line = main.getBoundingClientRect().top + clientHeight / 3;
      const passed = SECTIONS.filter(
        ({ id }) => (document.getElementById(id)?.getBoundingClientRect().top ?? 0) <= line,
      );
      const last = scrollTop + clientHeight >= scrollHeight - 4 ? SECTIONS.at(-1) : passed.at(-1);
      setCurrent((scrollTop > 0 && last?.id) || 'now');
    };
    look();
    main.addEventListener('scroll', look, { passive: true });
    return () => main.removeEventListener('scroll', look);
  }, []);
  return h(
    'nav',
    { class: 'sections', 'aria-label': words.operator.sections() },
    SECTIONS.map(({ id, name }) =>
      h(
        'a',
        { key: id, href: `#${id}`, 'aria-current': id === current ? 'location' : undefined },
        name(),
        id === 'failures' && failures > 0 && h(Fragment, {}, ' ', h('b', { class: 'count' }, failures)),
      ),
    ),
  );
}

await begin('operator', () => h(Page, {}));
