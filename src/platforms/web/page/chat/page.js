/** The chat: the conversation, and below it the line or the form that one speaks through. */
/** @import { Accepted, Home, Message } from '../../api.ts' */
/** @import { Shown } from '../shared/lightbox.js' */
/** @import { Acts } from '../shared/reply.js' */
/** @import { Filling } from './command-form.js' */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Announcer } from '../shared/announce.js';
import { ask, begin, sentenceOf } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { Lightbox } from '../shared/lightbox.js';
import { useStream } from '../shared/stream.js';
import { words } from '../shared/words.js';
import { CommandForm, filling } from './command-form.js';
import { Line } from './line.js';
import { Messages } from './messages.js';
import { takers, useDrops, withDropped } from './pictures.js';
import { Welcome } from './welcome.js';

/**
 * What is being written: a line, or a command's form.
 *
 * @typedef {{ text: string, filled?: undefined } | { filled: Filling, text?: undefined }} Draft
 */

/** @type {Draft} */
const EMPTY = { text: '' };

/** @param {{ home: Home }} props */
function Chat({ home }) {
  const { messages, commands, known, lost } = useStream();
  const [draft, setDraft] = useState(EMPTY);
  const [last, setLast] = useState(/** @type {Draft | undefined} */ (undefined));
  const [sent, setSent] = useState(0);
  const [mine, setMine] = useState(/** @type {string | undefined} */ (undefined));
  const [offered, setOffered] = useState(/** @type {File | undefined} */ (undefined));
  const [notice, setNotice] = useState('');
  const [enlarged, setEnlarged] = useState(/** @type {Shown | undefined} */ (undefined));
  const composer = useRef(/** @type {HTMLDivElement | null} */ (null));

  const { text, filled } = draft;
  const command = filled && commands.find(({ name }) => name === filled.template);

  /** @param {Filling} next */
  const fill = (next) => {
    setNotice('');
    setOffered(undefined);
    setDraft({ filled: next });
  };
  const leave = () => {
    // the up arrow brings back what was not sent, too
    if (filled && Object.keys({ ...filled.values, ...filled.files }).length > 0) setLast(draft);
    setDraft(EMPTY);
  };
  const begun = useCallback(() => setSent((count) => count + 1), []);
  /** @param {string} message */
  const accepted = (message) => {
    setLast(draft);
    // what was written since then stays
    setDraft((now) => (now === draft ? EMPTY : now));
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
      setLast({ text: example });
      setMine(message);
      begun();
    } catch (error) {
      setNotice(sentenceOf(error));
    }
    saying.current = false;
  };

  /** Puts back what a message was asked with. @param {Message} message */
  const edit = (message) => {
    const { template, values = {}, asked = '' } = message;
    if (commands.some(({ name }) => name === template) && template !== undefined)
      fill(filling(template, { values }));
    else setDraft({ text: asked });
  };
  const recall = () => {
    const newest = messages.findLast(({ asked, template }) => asked !== undefined || template !== undefined);
    if (last) setDraft(last);
    else if (newest) edit(newest);
  };

  /** @param {File} file */
  const take = (file) => {
    const possible = takers(commands, file);
    const [only] = possible;
    const here = command && filled && withDropped(command, filled, file);
    setNotice('');
    setOffered(undefined);
    if (here) setDraft({ filled: here });
    else if (!only && file.type.startsWith('image/')) setNotice(words.chat.noTaker());
    else if (!only) setNotice(words.chat.noPicture({ name: file.name }));
    else if (possible.length > 1) setOffered(file);
    else give(only, file);
  };
  /** @param {typeof commands[number]} to @param {File} file */
  const give = (to, file) => fill(withDropped(to, filling(to.name), file) ?? filling(to.name));

  // what listeners and messages hold stays the same, and does what is meant now
  const now = useRef({ take, edit });
  now.current = { take, edit };
  const over = useDrops(useCallback((file) => now.current.take(file), []));
  /** @type {Acts} */
  const acts = useMemo(
    () => ({
      edit: (message) => now.current.edit(message),
      enlarge: (title, pictures, index) => setEnlarged({ title, pictures, index }),
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
  useSlash(composer, () => setDraft((before) => (before.text === '' ? { text: '/' } : before)));

  return h(
    'main',
    { id: 'main', class: 'chat', tabindex: -1 },
    h('h1', { class: 'unseen' }, words.frame.chat()),
    lost && h('p', { class: 'lost', role: 'status' }, words.chat.lost()),
    h(
      Messages,
      { messages, commands, acts, sent, mine, onBegun: begun },
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
              setDraft((before) => (before.filled ? { filled: change(before.filled) } : before)),
            onLeave: leave,
            onAccepted: accepted,
          })
        : h(Line, {
            text: text ?? '',
            commands,
            onText: (next) => {
              setNotice('');
              setDraft({ text: next });
            },
            onFill: fill,
            onRecall: recall,
            onAccepted: accepted,
          }),
    ),
    h(Announcer, { messages, known }),
    over && h('div', { class: 'over', 'aria-hidden': 'true' }, words.chat.dropAnywhere()),
    enlarged &&
      h(Lightbox, {
        ...enlarged,
        onMove: (index) => setEnlarged({ ...enlarged, index }),
        onClose: () => setEnlarged(undefined),
      }),
  );
}

/**
 * Several commands take a picture: which one shall have it?
 *
 * @param {object} props
 * @param {File} props.file
 * @param {import('../../api.ts').Command[]} props.commands
 * @param {(command: import('../../api.ts').Command, file: File) => void} props.onTake
 * @param {() => void} props.onNever
 */
function Offer({ file, commands, onTake, onNever }) {
  const group = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => group.current?.querySelector('button')?.focus(), [file]);
  const question = words.chat.whatWith({ name: file.name });
  return h(
    'div',
    {
      ref: group,
      class: 'offer card',
      role: 'group',
      'aria-label': question,
      onKeyDown: ({ key }) => key === 'Escape' && onNever(),
    },
    h('p', {}, question),
    commands.map((command) =>
      h('button', { onClick: () => onTake(command, file), title: command.description }, '/', command.name),
    ),
    h('button', { class: 'quiet', onClick: onNever }, words.chat.never()),
  );
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
      const field = composer.current?.querySelector('textarea, input');
      if (field instanceof HTMLElement) field.focus();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

await begin('chat', (home) => h(Chat, { home }));
