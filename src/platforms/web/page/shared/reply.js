/** One message: what was asked, and the reply that changes while its job runs. */
/** @import { Message, MessageFile, Reply as LiveReply } from '../../api.ts' */
import { html } from 'htm/preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ask, sentenceOf, word } from './frame.js';
import { Icon } from './icons.js';
import { partsOf } from './links.js';
import { Files } from './media.js';

/**
 * What a message can ask of the page.
 *
 * @typedef {object} Acts
 * @property {(message: Message) => void} edit
 * @property {(title: string, pictures: MessageFile[], index: number) => void} enlarge
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
    return html`<article ref=${article} tabindex="-1" aria-label=${title || 'Easel'}>
      ${
        (asked || template) &&
        html`<header class="asked">
          <span class="unseen">${word('chat', 'you')}</span>
          <p>${asked ?? `/${template} ${title}`}</p>
          <${Time} at=${at} />
        </header>`
      }
      ${
        lines &&
        html`<div class="said card">
          ${lines.map((line) => html`<p>${line}</p>`)} ${!asked && html`<${Time} at=${at} />`}
        </div>`
      }
      ${reply && html`<${Reply} reply=${reply} acts=${acts} />`}
      ${
        (reply || problem) &&
        html`<footer>
          ${reply?.buttons.map(
            ({ action, label }) =>
              html`<${PassingButton}
                key=${action}
                home=${article}
                onClick=${(/** @type {MouseEvent} */ event) => press(action, event)}
              >
                <${Icon} name=${action} />${label}
              <//>`,
          )}
          ${
            editable &&
            html`<button class="quiet" onClick=${() => acts.edit(message)}>
              <${Icon} name="edit" />${word('chat', 'edit')}
            </button>`
          }
          ${problem && html`<p class="problem" role="alert">${problem}</p>`}
        </footer>`
      }
    </article>`;
  }, [message, editable, acts, problem]);
}

/** @param {{ reply: LiveReply, acts: Acts }} props */
function Reply({ reply, acts }) {
  const { tone, title, status, fraction, facts, notes, links, preview, files } = reply;
  return html`<div class=${`reply card ${tone}`}>
    <p class="status"><${Icon} name=${tone} />${status}</p>
    ${fraction !== undefined && html`<${Progress} title=${title} fraction=${fraction} />`}
    ${preview && html`<img class="preview" src=${preview} alt=${word('chat', 'preview', { title })} />`}
    ${files.length > 0 && html`<${Files} title=${title} files=${files} enlarge=${acts.enlarge} />`}
    ${notes.map((note) => html`<p class="note">${partsOf(note, links).map(Linked)}</p>`)}
    ${
      facts.length > 0 &&
      html`<dl class="facts" aria-label=${word('chat', 'facts')}>
        ${facts.map(
          ({ name, value }) =>
            html`<div>
              <dt>${name}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
      </dl>`
    }
  </div>`;
}

/** @param {import('./links.js').Part} part */
function Linked({ text, href }) {
  return href === undefined
    ? text
    : html`<a href=${href} target="_blank" rel="noopener noreferrer">${text}</a>`;
}

/** @param {{ title: string, fraction: number }} props */
function Progress({ title, fraction }) {
  return html`<div
    class="progress"
    role="progressbar"
    aria-label=${word('chat', 'progress', { title })}
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${Math.floor(fraction * 100)}
  >
    <div style=${{ transform: `scaleX(${fraction})` }}></div>
  </div>`;
}

/**
 * A button that goes when its job ends: the focus then goes to its message instead of to nowhere.
 *
 * @param {{ home: { current: HTMLElement | null }, onClick: (event: MouseEvent) => void, children?: unknown }} props
 */
function PassingButton({ home, onClick, children }) {
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  useLayoutEffect(
    () => () => {
      if (document.activeElement === button.current) home.current?.focus({ preventScroll: true });
    },
    [],
  );
  return html`<button ref=${button} onClick=${onClick}>${children}</button>`;
}

/** @param {{ at: number }} props */
function Time({ at }) {
  const date = new Date(at);
  const { lang } = document.documentElement;
  const today = date.toDateString() === new Date().toDateString();
  const short = new Intl.DateTimeFormat(lang, {
    ...(!today && { month: 'short', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  });
  const full = new Intl.DateTimeFormat(lang, { dateStyle: 'full', timeStyle: 'medium' });
  return html`<time datetime=${date.toISOString()} title=${full.format(date)}>${short.format(date)}</time>`;
}
