/** One message: what was asked, and the reply that changes while its job runs. */
/** @import { Message, MessageFile } from '../../api.ts' */
/** @import { Child } from './h.js' */
/** @import { Item } from './media.js' */
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ask, sentenceOf } from './frame.js';
import { h } from './h.js';
import { Icon } from './icons.js';
import { partsOf } from './links.js';
import { Files } from './media.js';
import { shortTime, wholeTime } from './moments.js';
import { words } from './words.js';

/**
 * What a message can ask of the page.
 *
 * @typedef {object} Acts
 * @property {(message: Message) => void} edit
 * @property {(item: Item) => void} enlarge
 * @property {(message: Message) => void} changed what came of a star, or of a file that was deleted; every page is told besides
 * @property {(file: MessageFile) => Promise<void>} [use] as an input of a command; rejects as `ask` does
 * @property {(file: MessageFile) => boolean} [takes] some command could take it
 */

/**
 * @param {object} props
 * @param {Message} props.message
 * @param {boolean} props.editable
 * @param {Acts} props.acts must stay the same: a message is drawn anew only when it changes
 */
export function Entry({ message, editable, acts }) {
  const article = useRef(/** @type {HTMLElement | null} */ (null));
  const [problem, setProblem] = useState('');
  const pressing = useRef(false);
  return useMemo(() => {
    const { id, at, asked, template, lines, reply } = message;
    const title = reply?.title ?? asked ?? '';
    /** Once for a double click. @param {'cancel' | 'again' | 'all'} action @param {MouseEvent} event */
    const press = async (action, { detail }) => {
      if (pressing.current || detail > 1) return;
      pressing.current = true;
      setProblem('');
      await ask(`/api/jobs/${encodeURIComponent(id)}/${action}`, { method: 'POST' }).catch((error) =>
        setProblem(sentenceOf(error)),
      );
      pressing.current = false;
    };
    return h(
      'article',
      { ref: article, tabindex: -1, 'aria-label': title || 'Easel' },
      (asked || template) && h(Asked, { asked: asked ?? `/${template} ${title}`, at }),
      lines &&
        h(
          'div',
          { class: 'lines-card card' },
          lines.map((line) => h('p', {}, line)),
          !asked && h(Time, { at }),
        ),
      reply && h(Reply, { message, acts }),
      (reply || problem) &&
        h(
          'footer',
          {},
          reply?.buttons.map(({ action, label }) =>
            h(
              PassingButton,
              {
                key: action,
                home: article,
                onClick: (event) => press(action, event),
              },
              h(Icon, { name: action }),
              label,
            ),
          ),
          editable &&
            h(
              'button',
              { class: 'quiet', onClick: () => acts.edit(message) },
              h(Icon, { name: 'edit' }),
              words.chat.edit(),
            ),
          problem && h('p', { class: 'problem', role: 'alert' }, problem),
        ),
    );
  }, [message, editable, acts, problem]);
}

/** @param {{ asked: string, at: number }} props */
export function Asked({ asked, at }) {
  // what follows a command's name runs as its own letters do
  const [command = ''] = /^\/\S+\s+/.exec(asked) ?? [];
  const rest = asked.slice(command.length);
  return h(
    'header',
    { class: 'asked' },
    h('span', { class: 'unseen' }, words.chat.you()),
    h('p', {}, command, h('bdi', {}, rest)),
    h(Time, { at }),
  );
}

/** @param {{ message: Message, acts: Acts }} props */
function Reply({ message, acts }) {
  const { reply } = message;
  if (!reply) return null;
  const { tone, title, status, said, fraction, facts, notes, links, demo, preview } = reply;
  return h(
    'div',
    { class: `reply card ${tone}` },
    h('p', { class: 'status' }, h(Icon, { name: tone }), status),
    said && h('p', { class: 'said' }, said),
    fraction !== undefined && h(Progress, { title, fraction }),
    preview && h('img', { class: 'preview', src: preview, alt: words.chat.preview({ title }) }),
    h(Files, { message, acts }),
    notes.map((note) => h('p', { class: 'note' }, partsOf(note, links).map(Linked))),
    demo && h('p', { class: 'demo' }, demo, ' ', h(RealPictures, {})),
    facts.length > 0 &&
      h(
        'dl',
        { class: 'facts', 'aria-label': words.chat.facts() },
        facts.map(({ name, value }) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
      ),
  );
}

/** Where a ComfyUI takes the demo painter's place. */
export function RealPictures() {
  return h('a', { href: '/operator#connect' }, words.frame.realPictures());
}

/** @param {import('./links.js').Part} part */
function Linked({ text, href }) {
  return href === undefined ? text : h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text);
}

/** @param {{ title: string, fraction: number }} props */
function Progress({ title, fraction }) {
  return h(
    'div',
    {
      class: 'progress',
      role: 'progressbar',
      'aria-label': words.chat.progress({ title }),
      'aria-valuemin': 0,
      'aria-valuemax': 100,
      'aria-valuenow': Math.floor(fraction * 100),
    },
    h('div', { style: { transform: `scaleX(${fraction})` } }),
  );
}

/**
 * A button that goes when its job ends: the focus then goes to its message instead of to nowhere.
 *
 * @param {{ home: { current: HTMLElement | null }, onClick: (event: MouseEvent) => void, children?: Child }} props
 */
function PassingButton({ home, onClick, children }) {
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  useLayoutEffect(
    () => () => {
      if (document.activeElement === button.current) home.current?.focus({ preventScroll: true });
    },
    [],
  );
  return h('button', { ref: button, onClick }, children);
}

/** @param {{ at: number }} props */
function Time({ at }) {
  return h('time', { datetime: new Date(at).toISOString(), title: wholeTime(at) }, shortTime(at));
}
