/** The templates of a place, and what is done with those that are published. */
/** @import { Done, Draft, ShelfItem, VersionItem } from '../../studio-api.ts' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, place, sentenceOf } from '../shared/frame.js';
import { Finding } from './finding.js';
import { h } from '../shared/h.js';
import { dayAndTime } from '../shared/moments.js';
import { words } from '../shared/words.js';
import { Dialog, Menu } from './dialog.js';

/** @typedef {{ kind: 'rename' | 'history' | 'remove', item: ShelfItem }} Question */
/**
 * What is asked of the server, and what to say when it is done. Resolves to why not.
 *
 * @typedef {(act: string, body: object, sentence: (done: Done) => string) => Promise<string | undefined>} Act
 */

const FILES = ['template.json', 'workflow.json'];

/** @param {string} name @param {string} act */
const pathOf = (name, act) => `/api/studio/templates/${encodeURIComponent(name)}/${act}?${place().query}`;

/** @param {{ onDraft: (draft: Draft) => void }} props */
export function Shelf({ onDraft }) {
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  const [items, setItems] = useState(/** @type {ShelfItem[] | undefined} */ (undefined));
  const [question, setQuestion] = useState(/** @type {Question | undefined} */ (undefined));
  const [outcome, setOutcome] = useState('');
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
    if (outcome && document.activeElement === document.body) heading.current?.focus();
  }, [items]);

  /** @param {string} name @returns {Act} */
  const actOn = (name) => async (act, body, sentence) => {
    setOutcome('');
    setProblem('');
    try {
      /** @type {Done} */
      const done = await ask(pathOf(name, act), { json: body });
      setQuestion(undefined);
      setOutcome(sentence(done));
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

  return h(
    'section',
    { 'aria-labelledby': 'templates' },
    h('h2', { id: 'templates', tabindex: -1, ref: heading }, words.studio.templates()),
    h('p', { role: 'status', class: 'good' }, outcome),
    h('p', { role: 'alert', class: 'problem' }, problem),
    !items && !problem && h('p', { class: 'soft' }, words.studio.loading()),
    items?.length === 0 && h('p', { class: 'soft' }, words.studio.noTemplates()),
    h(
      'ul',
      { class: 'shelf' },
      items?.map((item) =>
        h(Item, {
          key: item.name,
          item,
          act: actOn(item.name),
          onEdit: () => edit(item.name),
          onAsk: (kind) => setQuestion({ kind, item }),
        }),
      ),
    ),
    question && h(Asked, { question, act: actOn(question.item.name), onClose: () => setQuestion(undefined) }),
  );
}

/** @param {{ item: ShelfItem, act: Act, onEdit: () => void, onAsk: (kind: Question['kind']) => void }} props */
function Item({ item, act, onEdit, onAsk }) {
  const { name, description, own, off, version, misfits, limits = [] } = item;
  const badges = [
    own ? version !== undefined && words.studio.version({ version }) : words.studio.builtin(),
    ...limits,
  ].filter(Boolean);
  const toggle = () =>
    act('switch', { off: !off }, () => (off ? words.studio.enabled : words.studio.disabled)({ name }));
  return h(
    'li',
    { class: off ? 'card item is-off' : 'card item' },
    h(
      'div',
      { class: 'item-about' },
      h('h3', {}, '/', name),
      h('p', {}, description),
      h(
        'p',
        { class: 'badges' },
        off && h('span', { class: 'badge warn' }, words.studio.off()),
        badges.map((badge) => h('span', { class: 'badge' }, badge)),
      ),
      misfits.length > 0 &&
        h(
          'ul',
          { class: 'findings' },
          misfits.map((one) => h(Finding, { ...one, blocking: false })),
        ),
    ),
    h(
      'div',
      { class: 'item-acts' },
      h('button', { onClick: onEdit, 'aria-label': words.studio.editIt({ name }) }, words.studio.edit()),
      h(
        Menu,
        { label: words.studio.more(), about: words.studio.moreOf({ name }) },
        own && h('button', { onClick: () => onAsk('rename') }, words.studio.rename()),
        own && h('button', { onClick: () => onAsk('history') }, words.studio.history()),
        h('button', { onClick: toggle }, off ? words.studio.switchOn() : words.studio.switchOff()),
        h('a', { download: true, href: pathOf(name, 'template.json') }, words.studio.exportTemplate()),
        h('a', { download: true, href: pathOf(name, 'workflow.json') }, words.studio.exportWorkflow()),
        own && h('button', { class: 'problem', onClick: () => onAsk('remove') }, words.studio.remove()),
      ),
    ),
  );
}

/** @param {{ question: Question, act: Act, onClose: () => void }} props */
function Asked({ question: { kind, item }, act, onClose }) {
  const { name } = item;
  switch (kind) {
    case 'rename':
      return h(Rename, { name, act, onClose });
    case 'history':
      return h(History, { item, act, onClose });
    case 'remove':
      return h(
        Dialog,
        { title: words.studio.removeTemplate({ name }), onClose },
        h('p', {}, words.studio.removeAsk({ name })),
        h(
          'p',
          { class: 'acts' },
          h(
            'button',
            { class: 'main', onClick: () => act('remove', {}, () => words.studio.removed({ name })) },
            words.studio.removeIt(),
          ),
          h('button', { onClick: onClose }, words.studio.keep()),
        ),
      );
  }
}

/** @param {{ name: string, act: Act, onClose: () => void }} props */
function Rename({ name, act, onClose }) {
  const [to, setTo] = useState(name);
  const [refused, setRefused] = useState('');
  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault();
    const why = await act('rename', { to }, (done) => words.studio.renamed({ name, to: done.name }));
    setRefused(why ?? '');
  };
  return h(
    Dialog,
    { title: words.studio.renameIt({ name }), onClose },
    h(
      'form',
      { onSubmit: submit },
      h(
        'label',
        { class: 'field' },
        h('span', {}, words.studio.newName()),
        h('input', {
          required: true,
          'aria-invalid': refused ? 'true' : undefined,
          value: to,
          onInput: ({ currentTarget }) => setTo(currentTarget.value),
        }),
        h('small', {}, words.studio.commandNameHint()),
        h('span', { class: 'problem', role: 'alert' }, refused),
      ),
      h(
        'p',
        { class: 'acts' },
        h('button', { class: 'main' }, words.studio.rename()),
        h('button', { type: 'button', onClick: onClose }, words.studio.cancel()),
      ),
    ),
  );
}

/** @param {{ item: ShelfItem, act: Act, onClose: () => void }} props */
function History({ item: { name }, act, onClose }) {
  const [versions, setVersions] = useState(/** @type {VersionItem[]} */ ([]));
  const [problem, setProblem] = useState('');
  useEffect(() => {
    ask(pathOf(name, 'history')).then(setVersions, (error) => setProblem(sentenceOf(error)));
  }, []);
  /** @param {number} from */
  const back = (from) =>
    act('rollback', { version: from }, ({ version = '' }) =>
      words.studio.rolledBack({ name, from, version }),
    );
  return h(
    Dialog,
    { title: words.studio.historyHeading({ name }), onClose },
    h('p', { class: 'problem', role: 'alert' }, problem),
    h(
      'ol',
      { class: 'versions' },
      versions.map(({ number, at, by, from }, index) =>
        h(
          'li',
          {},
          h(
            'span',
            {},
            h('strong', {}, words.studio.version({ version: number })),
            from !== undefined && ` · ${words.studio.broughtBack({ from })}`,
            h('small', {}, words.studio.versionBy({ when: dayAndTime(at), by })),
            h(
              'small',
              { class: 'files' },
              FILES.map((file) =>
                h('a', { download: true, href: `${pathOf(name, file)}&version=${number}` }, file),
              ),
            ),
          ),
          index === 0
            ? h('span', { class: 'badge' }, words.studio.inUse())
            : h('button', { onClick: () => back(number) }, words.studio.rollback()),
        ),
      ),
    ),
    h('p', { class: 'acts' }, h('button', { onClick: onClose }, words.chat.close())),
  );
}
