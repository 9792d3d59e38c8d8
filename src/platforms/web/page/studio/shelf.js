/** The templates of a place, and what is done with those that are published. */
/** @import { Done, Draft, ShelfItem, VersionItem } from '../../studio-api.ts' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { Dialog, Menu } from './dialog.js';
import { ask, place, sentenceOf, word } from '../shared/frame.js';

/** @typedef {{ kind: 'rename' | 'history' | 'remove', item: ShelfItem }} Question */
/**
 * What is asked of the server, and what to say when it is done. Resolves to why not.
 *
 * @typedef {(act: string, body: object, said: (done: Done) => string) => Promise<string | undefined>} Act
 */

const FILES = ['template.json', 'workflow.json'];

/** @param {string} name @param {string} act */
const pathOf = (name, act) => `/api/studio/templates/${encodeURIComponent(name)}/${act}?${place().query}`;

/** @param {{ onDraft: (draft: Draft) => void }} props */
export function Shelf({ onDraft }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  const [items, setItems] = useState(/** @type {ShelfItem[] | undefined} */ (undefined));
  const [question, setQuestion] = useState(/** @type {Question | undefined} */ (undefined));
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState('');

  const load = async () => {
    try {
      setItems(await ask(`/api/studio/shelf?${place().query}`));
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };
  useEffect(() => void load(), []);
  useEffect(() => {
    // whoever removed or renamed one has lost their place with it
    if (said && document.activeElement === document.body) heading.current?.focus();
  }, [items]);

  /** @param {string} name @returns {Act} */
  const actOn = (name) => async (act, body, sentence) => {
    setSaid('');
    setProblem('');
    try {
      /** @type {Done} */
      const done = await ask(pathOf(name, act), { json: body });
      setQuestion(undefined);
      setSaid(sentence(done));
      setProblem(done.problem ?? '');
      await load();
      return undefined;
    } catch (error) {
      const why = sentenceOf(error);
      // what can be put right is said where it was typed
      if (act === 'rename') return why;
      setQuestion(undefined);
      setProblem(why);
      return why;
    }
  };
  /** @param {string} name */
  const edit = async (name) => {
    setProblem('');
    try {
      /** @type {Draft} */
      const draft = await ask(`/api/studio/drafts?${place().query}`, { json: { edit: name } });
      onDraft(draft);
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };

  return html`<section aria-labelledby="templates">
    <h2 id="templates" tabindex="-1" ref=${heading}>${word('studio', 'templates')}</h2>
    <p role="status" class="good">${said}</p>
    <p role="alert" class="problem">${problem}</p>
    ${!items && !problem && html`<p class="soft">${word('studio', 'loading')}</p>`}
    ${items?.length === 0 && html`<p class="soft">${word('studio', 'noTemplates')}</p>`}
    <ul class="shelf">
      ${items?.map(
        (item) =>
          html`<${Item}
            key=${item.name}
            item=${item}
            act=${actOn(item.name)}
            onEdit=${() => edit(item.name)}
            onAsk=${(/** @type {Question['kind']} */ kind) => setQuestion({ kind, item })}
          />`,
      )}
    </ul>
    ${
      question &&
      html`<${Asked}
        question=${question}
        act=${actOn(question.item.name)}
        onClose=${() => setQuestion(undefined)}
      />`
    }
  </section>`;
}

/** @param {{ item: ShelfItem, act: Act, onEdit: () => void, onAsk: (kind: Question['kind']) => void }} props */
function Item({ item, act, onEdit, onAsk }) {
  const { name, description, own, off, version, misfits, limits } = item;
  const badges = [
    own ? version !== undefined && word('studio', 'version', { version }) : word('studio', 'builtin'),
    limits,
  ].filter(Boolean);
  const toggle = () =>
    act('switch', { off: !off }, () => word('studio', off ? 'enabled' : 'disabled', { name }));
  return html`<li class=${off ? 'card item is-off' : 'card item'}>
    <div class="item-about">
      <h3>/${name}</h3>
      <p>${description}</p>
      <p class="badges">
        ${off && html`<span class="badge warn">${word('studio', 'off')}</span>`}
        ${badges.map((badge) => html`<span class="badge">${badge}</span>`)}
      </p>
      ${
        misfits.length > 0 &&
        html`<ul class="findings">
          ${misfits.map((one) => html`<li class="warn">${one}</li>`)}
        </ul>`
      }
    </div>
    <div class="item-acts">
      <button onClick=${onEdit} aria-label=${`${word('studio', 'edit')} /${name}`}>
        ${word('studio', 'edit')}
      </button>
      <${Menu} label=${word('studio', 'more')} about=${word('studio', 'moreOf', { name })}>
        ${own && html`<button onClick=${() => onAsk('rename')}>${word('studio', 'rename')}</button>`}
        ${own && html`<button onClick=${() => onAsk('history')}>${word('studio', 'history')}</button>`}
        <button onClick=${toggle}>${word('studio', off ? 'switchOn' : 'switchOff')}</button>
        <a download href=${pathOf(name, 'template.json')}>${word('studio', 'exportTemplate')}</a>
        <a download href=${pathOf(name, 'workflow.json')}>${word('studio', 'exportWorkflow')}</a>
        ${own && html`<button class="problem" onClick=${() => onAsk('remove')}>${word('studio', 'remove')}</button>`}
      <//>
    </div>
  </li>`;
}

/** @param {{ question: Question, act: Act, onClose: () => void }} props */
function Asked({ question: { kind, item }, act, onClose }) {
  const { name } = item;
  switch (kind) {
    case 'rename':
      return html`<${Rename} name=${name} act=${act} onClose=${onClose} />`;
    case 'history':
      return html`<${History} item=${item} act=${act} onClose=${onClose} />`;
    case 'remove':
      return html`<${Dialog} title=${`${word('studio', 'remove')} /${name}`} onClose=${onClose}>
        <p>${word('studio', 'removeAsk', { name })}</p>
        <p class="acts">
          <button class="main" onClick=${() => act('remove', {}, () => word('studio', 'removed', { name }))}>
            ${word('studio', 'removeIt')}
          </button>
          <button onClick=${onClose}>${word('studio', 'keep')}</button>
        </p>
      <//>`;
  }
}

/** @param {{ name: string, act: Act, onClose: () => void }} props */
function Rename({ name, act, onClose }) {
  const [to, setTo] = useState(name);
  const [refused, setRefused] = useState('');
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault();
    const why = await act('rename', { to }, (done) => word('studio', 'renamed', { name, to: done.name }));
    setRefused(why ?? '');
  };
  return html`<${Dialog} title=${`${word('studio', 'rename')} /${name}`} onClose=${onClose}>
    <form onSubmit=${submit}>
      <label class="field">
        <span>${word('studio', 'newName')}</span>
        <input
          required
          aria-invalid=${refused ? 'true' : undefined}
          value=${to}
          onInput=${(/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget }) => setTo(currentTarget.value)}
        />
        <small>${word('studio', 'commandNameHint')}</small>
        <span class="problem" role="alert">${refused}</span>
      </label>
      <p class="acts">
        <button class="main">${word('studio', 'rename')}</button>
        <button type="button" onClick=${onClose}>${word('studio', 'cancel')}</button>
      </p>
    </form>
  <//>`;
}

/** @param {{ item: ShelfItem, act: Act, onClose: () => void }} props */
function History({ item: { name }, act, onClose }) {
  const [versions, setVersions] = useState(/** @type {VersionItem[]} */ ([]));
  const [problem, setProblem] = useState('');
  useEffect(() => {
    ask(pathOf(name, 'history')).then(setVersions, (error) => setProblem(sentenceOf(error)));
  }, []);
  const time = new Intl.DateTimeFormat(document.documentElement.lang, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  /** @param {number} from */
  const back = (from) =>
    act('rollback', { version: from }, ({ version = '' }) =>
      word('studio', 'rolledBack', { name, from, version }),
    );
  return html`<${Dialog} title=${word('studio', 'historyHeading', { name })} onClose=${onClose}>
    <p class="problem" role="alert">${problem}</p>
    <ol class="versions">
      ${versions.map(
        ({ number, at, by, from }, index) =>
          html`<li>
            <span>
              <strong>${word('studio', 'version', { version: number })}</strong>
              ${from !== undefined && ` · ${word('studio', 'broughtBack', { from })}`}
              <small>${word('studio', 'versionBy', { when: time.format(at), by })}</small>
              <small class="files">
                ${FILES.map((file) => html`<a download href=${`${pathOf(name, file)}&version=${number}`}>${file}</a>`)}
              </small>
            </span>
            ${
              index === 0
                ? html`<span class="badge">${word('studio', 'inUse')}</span>`
                : html`<button onClick=${() => back(number)}>${word('studio', 'rollback')}</button>`
            }
          </li>`,
      )}
    </ol>
    <p class="acts"><button onClick=${onClose}>${word('chat', 'close')}</button></p>
  <//>`;
}
