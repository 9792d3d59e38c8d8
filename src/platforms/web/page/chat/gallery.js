/** All pictures that are there, or those with a star, the newest first; older ones are asked for a page at a time. */
/** @import { Earlier, Message, MessageFile, Only } from '../../api.ts' */
/** @import { Acts } from '../shared/reply.js' */
/** @import { Item } from '../shared/media.js' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useEscape } from '../shared/escape.js';
import { ask, sentenceOf } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { OtherFile, othersOf, Picture, picturesOf } from '../shared/media.js';
import { withEarlier } from '../shared/message-list.js';
import { words } from '../shared/words.js';

/**
 * `stars`: addresses of files that had one when they were asked for: whoever takes one away may want to give it back.
 *
 * @typedef {{ only: Only, messages: Message[], earlier: string | undefined, known: boolean, stars: ReadonlySet<string> }} Held
 */

/** @param {Message[]} messages */
function starsIn(messages) {
  const files = messages.flatMap(({ reply }) => reply?.files ?? []);
  return files.filter(({ starred }) => starred).map(({ url }) => url);
}

/** @param {Message[]} live what the page is told of messages, which is newer than what was asked for */
export function useGallery(live) {
  const [held, setHeld] = useState(/** @type {Held | undefined} */ (undefined));
  const [problem, setProblem] = useState('');

  /** @param {Held} from what is there already */
  const load = async (from) => {
    setProblem('');
    setHeld(from);
    const query = { only: from.only, ...(from.earlier !== undefined && { before: from.earlier }) };
    try {
      /** @type {Earlier} */
      const page = await ask(`/api/messages?${new URLSearchParams(query)}`);
      const stars = new Set([...from.stars, ...starsIn(page.messages)]);
      // another list may have been chosen since then
      setHeld((now) => (now === from ? { ...from, ...withEarlier(from, page), stars, known: true } : now));
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };
  const known = new Map(live.map((message) => [message.id, message]));
  const messages = held?.messages.map((one) => known.get(one.id) ?? one).toReversed() ?? [];
  const isWanted = (/** @type {MessageFile} */ { url, starred }) =>
    held?.only === 'pictures' || starred || held?.stars.has(url);
  return {
    held,
    problem,
    items: messages.flatMap(picturesOf).filter(({ file }) => isWanted(file)),
    others: messages.flatMap(othersOf).filter(isWanted),
    /** @param {Only} only */
    show: (only) => void load({ only, messages: [], earlier: undefined, known: false, stars: new Set() }),
    more: () => held && void load(held),
    close: () => setHeld(undefined),
    /** @param {Message} message */
    changed: (message) =>
      setHeld(
        (now) =>
          now && { ...now, messages: now.messages.map((one) => (one.id === message.id ? message : one)) },
      ),
  };
}

/** @param {{ gallery: ReturnType<typeof useGallery>, acts: Acts }} props */
export function Gallery({ gallery, acts }) {
  const { held, items, others, problem, show, more, close } = gallery;
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const isOpen = held !== undefined;
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  useEscape(isOpen, () => dialog.current?.close(), dialog);
  const isEmpty = items.length + others.length === 0;
  const nothing = held?.only === 'starred' ? words.chat.noStars() : words.chat.noPictures();
  return h(
    'dialog',
    { ref: dialog, class: 'gallery', 'aria-label': words.chat.pictures(), onClose: close },
    held && [
      h(
        'header',
        {},
        h('h2', {}, words.chat.pictures()),
        h(
          'div',
          { class: 'choices', role: 'group', 'aria-label': words.chat.which() },
          CHOICES.map(([only, label]) =>
            h('button', { 'aria-pressed': held.only === only, onClick: () => show(only) }, label()),
          ),
        ),
        h('button', { class: 'quiet', onClick: () => dialog.current?.close() }, words.chat.close()),
      ),
      h(
        'div',
        { class: 'shelf', 'aria-busy': !held.known },
        items.length > 0 && h(Grid, { items, acts }),
        others.map((file) => h(OtherFile, { key: file.url, file, acts })),
        problem && h('p', { class: 'problem', role: 'alert' }, problem),
        !problem && isEmpty && h('p', { role: 'status' }, held.known ? nothing : words.chat.loading()),
        (held.earlier !== undefined || problem) &&
          h(
            'button',
            { class: 'earlier', onClick: more },
            problem ? words.chat.tryAgain() : words.chat.earlierPictures(),
          ),
      ),
    ],
  );
}

/** @type {[Only, () => string][]} */
const CHOICES = [
  ['pictures', words.chat.allPictures],
  ['starred', words.chat.starredPictures],
];

/** @param {{ items: Item[], acts: Acts }} props */
function Grid({ items, acts }) {
  return h(
    'ul',
    { class: 'tiles' },
    items.map((item) => h('li', { key: item.file.url }, h(Picture, { item, acts }))),
  );
}
