/** The template studio: the templates of a place, and the editor of one draft of them. */
/** @import { Home, NamedGuild } from '../../api.ts' */
/** @import { Draft } from '../../studio-api.ts' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, begin, place } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';
import { Editor } from './editor.js';
import { Intake } from './intake.js';
import { Shelf } from './shelf.js';

/** What was just done, and where it can be tried. @typedef {{ text: string, problem?: string, tryIt?: string }} Notice */

/** @param {string | undefined} draft */
function addressOf(draft) {
  const to = new URL(location.href);
  to.searchParams.delete('draft');
  if (draft !== undefined) to.searchParams.set('draft', draft);
  return to.pathname + to.search;
}

const draftInAddress = () => new URL(location.href).searchParams.get('draft') ?? undefined;

/** @param {{ home: Home }} props */
function Studio({ home }) {
  const [id, setId] = useState(draftInAddress);
  const [begun, setBegun] = useState(/** @type {Draft | undefined} */ (undefined));
  const [notice, setNotice] = useState(/** @type {Notice | undefined} */ (undefined));

  useEffect(() => {
    const back = () => setId(draftInAddress());
    // a file that is dropped on the editor must not take its place
    const stay = (/** @type {DragEvent} */ event) => event.preventDefault();
    addEventListener('popstate', back);
    addEventListener('dragover', stay);
    addEventListener('drop', stay);
    return () => {
      removeEventListener('popstate', back);
      removeEventListener('dragover', stay);
      removeEventListener('drop', stay);
    };
  }, []);

  /** @param {Draft} draft */
  const open = (draft) => {
    history.pushState(null, '', addressOf(draft.id));
    setNotice(undefined);
    setBegun(draft);
    setId(draft.id);
  };
  /** @param {Notice} [left] */
  const leave = (left) => {
    history.pushState(null, '', addressOf(undefined));
    setNotice(left);
    setBegun(undefined);
    setId(undefined);
  };

  // another view begins at its top
  return h(
    'main',
    { id: 'main', key: id ?? '', class: 'studio', tabindex: -1 },
    id === undefined
      ? h(
          'div',
          { class: 'home' },
          h('h1', { class: 'unseen' }, words.frame.studio()),
          h(Places, {}),
          h(NoticeLine, { notice, chat: home.chat }),
          h(Intake, { onDraft: open }),
          h(Shelf, { onDraft: open }),
        )
      : h(Editor, { key: id, id, begun: begun?.id === id ? begun : undefined, onLeave: leave }),
  );
}

/** @param {{ notice: Notice | undefined, chat: boolean }} props */
function NoticeLine({ notice, chat }) {
  const line = useRef(/** @type {HTMLParagraphElement | null} */ (null));
  useEffect(() => {
    if (notice) line.current?.focus();
  }, [notice]);
  return h(
    'div',
    { role: 'status' },
    notice &&
      h(
        'p',
        { class: 'card notice', tabindex: -1, ref: line },
        h('span', {}, notice.text),
        notice.tryIt && chat && h('a', { href: notice.tryIt }, words.studio.tryIt()),
        notice.problem && h('span', { class: 'problem' }, notice.problem),
      ),
  );
}

/** Only where there is more than this page's own place. */
function Places() {
  const [places, setPlaces] = useState(/** @type {NamedGuild[]} */ ([]));
  useEffect(() => {
    // without them, one's own place is there all the same
    ask('/api/places').then(setPlaces, () => undefined);
  }, []);
  if (places.length < 2) return null;
  const { platform, guild } = place();
  /** @param {{ currentTarget: HTMLSelectElement }} event */
  const go = ({ currentTarget: { selectedIndex } }) => {
    const to = places[selectedIndex];
    if (to) location.search = String(new URLSearchParams({ platform: to.platform, guild: to.guild }));
  };
  return h(
    'p',
    { class: 'places' },
    h('label', { for: 'place' }, words.studio.place()),
    h(
      'select',
      { id: 'place', onChange: go },
      places.map((one) =>
        h('option', { selected: one.platform === platform && one.guild === guild }, one.name),
      ),
    ),
  );
}

await begin('studio', (home) => h(Studio, { home }));
