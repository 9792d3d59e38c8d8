/** The chat: the conversation, and below it the line or the form that one speaks through. */
/** @import { Accepted, Home, Message } from '../../api.ts' */
/** @import { Acts } from '../shared/reply.js' */
/** @import { Filling } from './command-form.js' */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Announcer } from '../shared/announce.js';
import { useEscape } from '../shared/escape.js';
import { ask, begin, sentenceOf } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { Icon } from '../shared/icons.js';
import { Lightbox } from '../shared/lightbox.js';
import { picturesOf } from '../shared/media.js';
import { fetchOwn } from '../shared/own-files.js';
import { useStream } from '../shared/stream.js';
import { words } from '../shared/words.js';
import { CommandForm, filling, INPUTS } from './command-form.js';
import { Gallery, useGallery } from './gallery.js';
import { Line } from './line.js';
import { Messages } from './messages.js';
import { Offer } from './offer.js';
import { takers, useDrops, withDropped } from './pictures.js';
import { useDraft } from './use-draft.js';
import { Welcome } from './welcome.js';

/** A picture that is shown large: among all of the gallery, or those of its message. @typedef {{ url: string, message: Message, among: 'gallery' | 'message' }} Enlarged */

/** @param {{ home: Home }} props */
function Chat({ home }) {
  const { messages, earlier, commands, known, lost, loadEarlier } = useStream();
  const writing = useDraft(commands, messages);
  const { draft } = writing;
  const gallery = useGallery(messages);
  const [sent, setSent] = useState(0);
  const [mine, setMine] = useState(/** @type {string | undefined} */ (undefined));
  const [offered, setOffered] = useState(/** @type {File | undefined} */ (undefined));
  const [notice, setNotice] = useState('');
  const [enlarged, setEnlarged] = useState(/** @type {Enlarged | undefined} */ (undefined));
  const composer = useRef(/** @type {HTMLDivElement | null} */ (null));

  const { text, filled } = draft;
  const command = filled && commands.find(({ name }) => name === filled.template);
  useEscape(notice !== '', () => setNotice(''), composer);

  /** @param {Filling} next */
  const fill = (next) => {
    setNotice('');
    setOffered(undefined);
    writing.write({ filled: next });
  };
  const leave = () => {
    // the up arrow brings back what was not sent, too
    const isFilled = filled && Object.keys({ ...filled.values, ...filled.files }).length > 0;
    if (isFilled && !writing.isReached) writing.remember(draft);
    writing.clear();
  };
  const begun = useCallback(() => setSent((count) => count + 1), []);
  /** @param {string} message */
  const accepted = (message) => {
    writing.cleared(draft);
    setMine(message);
    begun();
  };

  const saying = useRef(false);
  /** An example, as if it had been typed; what is written meanwhile stays. @param {string} example */
  const say = async (example) => {
    if (saying.current) return;
    saying.current = true;
    setNotice('');
    try {
      /** @type {Accepted} */
      const { message } = await ask('/api/say', { json: { text: example } });
      writing.remember({ text: example });
      setMine(message);
      begun();
    } catch (error) {
      setNotice(sentenceOf(error));
    }
    saying.current = false;
  };

  /** @param {Message} message */
  const edit = (message) => {
    const next = writing.askedWith(message);
    if (next.filled) fill(next.filled);
    else writing.write(next);
  };
  /** @param {number} by */
  const walk = (by) => {
    setNotice('');
    return writing.go(by);
  };

  /** @param {File} file */
  const take = (file) => {
    const possible = takers(commands, file);
    const [only] = possible;
    const here = command && filled && withDropped(command, filled, file);
    setNotice('');
    setOffered(undefined);
    if (here) writing.write({ filled: here });
    else if (!only && file.type.startsWith('image/')) setNotice(words.chat.noTaker());
    else if (!only) setNotice(words.chat.noPicture({ name: file.name }));
    else if (possible.length > 1) setOffered(file);
    else give(only, file);
  };
  /** @param {typeof commands[number]} to @param {File} file */
  const give = (to, file) => fill(withDropped(to, filling(to.name), file) ?? filling(to.name));

  // what listeners and messages hold stays the same, and does what is meant now
  const now = useRef({ take, edit, commands, changed: gallery.changed, isAmong: gallery.held !== undefined });
  now.current = { take, edit, commands, changed: gallery.changed, isAmong: gallery.held !== undefined };
  const over = useDrops(
    useCallback((file) => now.current.take(file), []),
    useCallback((error) => setNotice(sentenceOf(error)), []),
  );
  /** @type {Acts} */
  const acts = useMemo(
    () => ({
      edit: (message) => now.current.edit(message),
      enlarge: ({ message, file: { url } }) =>
        setEnlarged({ message, url, among: now.current.isAmong ? 'gallery' : 'message' }),
      changed(message) {
        now.current.changed(message);
        setEnlarged((shown) => (shown?.message.id === message.id ? { ...shown, message } : shown));
      },
      takes: (file) => takers(now.current.commands, file).length > 0,
      async use(file) {
        const taken = await fetchOwn(file);
        gallery.close();
        setEnlarged(undefined);
        now.current.take(taken);
        // once what was open has given the focus back
        setTimeout(() => focusIn(composer, INPUTS));
      },
    }),
    [],
  );
  // `/?template=NAME` begins with its form
  useEffect(() => {
    const wanted = new URL(location.href).searchParams.get('template');
    if (!known || wanted === null) return;
    history.replaceState(null, '', '/');
    if (commands.some(({ name }) => name === wanted)) fill(filling(wanted));
  }, [known]);
  useSlash(composer, () => writing.write((before) => (before.text === '' ? { text: '/' } : before)));

  const takesFiles = command?.fields.some(({ kind }) => kind === 'file') ?? false;
  const shownMessage = messages.find(({ id }) => id === enlarged?.message.id) ?? enlarged?.message;
  return h(
    'main',
    { id: 'main', class: over && takesFiles ? 'chat dropping' : 'chat', tabindex: -1 },
    h('h1', { class: 'unseen' }, words.frame.chat()),
    lost && h('p', { class: 'lost', role: 'status' }, words.chat.lost()),
    messages.length > 0 &&
      h(
        'button',
        { class: 'open-gallery', onClick: () => gallery.show('pictures') },
        h(Icon, { name: 'pictures' }),
        words.chat.pictures(),
      ),
    h(
      Messages,
      {
        messages,
        known,
        commands,
        acts,
        sent,
        mine,
        onBegun: begun,
        isMore: earlier !== undefined,
        onEarlier: loadEarlier,
      },
      known && h(Welcome, { home, commands, onFill: fill, onSay: say }),
    ),
    h(
      'div',
      { ref: composer, class: 'composer' },
      notice && h('p', { class: 'problem', role: 'alert' }, notice),
      filled &&
        known &&
        !command &&
        h('p', { class: 'problem', role: 'alert' }, words.chat.gone({ command: `/${filled.template}` })),
      offered &&
        h(Offer, {
          file: offered,
          commands: takers(commands, offered),
          onTake: give,
          onNever: () => setOffered(undefined),
        }),
      filled && command
        ? h(CommandForm, {
            key: filled.id,
            command,
            filled,
            onChange: (change) =>
              writing.change((before) => (before.filled ? { filled: change(before.filled) } : before)),
            onLeave: leave,
            onWalk: walk,
            isReached: writing.isReached,
            onAccepted: (message) => {
              writing.remember(draft);
              accepted(message);
            },
          })
        : h(Line, {
            text: text ?? '',
            commands,
            onText: (next) => {
              setNotice('');
              writing.change({ text: next });
            },
            onFill: fill,
            onWalk: walk,
            isReached: writing.isReached,
            onSent: (line) => writing.remember({ text: line }),
            onAccepted: accepted,
          }),
    ),
    h(Announcer, { messages, known }),
    over && !takesFiles && h('div', { class: 'over', 'aria-hidden': 'true' }, words.chat.dropAnywhere()),
    h(Gallery, { gallery, acts }),
    enlarged &&
      shownMessage &&
      h(Lightbox, {
        items: enlarged.among === 'gallery' ? gallery.items : picturesOf(shownMessage),
        url: enlarged.url,
        acts,
        onMove: (url) => setEnlarged({ ...enlarged, url }),
        onClose: () => setEnlarged(undefined),
      }),
  );
}

/** @param {{ current: HTMLElement | null }} box @param {string} selector */
function focusIn(box, selector) {
  const found = box.current?.querySelector(selector);
  if (found instanceof HTMLElement) found.focus();
}

/**
 * `/` leads from anywhere to where one writes.
 *
 * @param {{ current: HTMLElement | null }} composer
 * @param {() => void} onSlash
 */
function useSlash(composer, onSlash) {
  useEffect(() => {
    /** @param {KeyboardEvent} event */
    const onKey = (event) => {
      const { target, key, ctrlKey, metaKey, altKey } = event;
      const writing = target instanceof Element && target.closest('input, textarea, select, dialog');
      if (key !== '/' || ctrlKey || metaKey || altKey || writing) return;
      event.preventDefault();
      onSlash();
      focusIn(composer, 'textarea, input');
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

await begin('chat', (home) => h(Chat, { home }));
