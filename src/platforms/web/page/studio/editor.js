/** The editor of one draft: its graph, its slots, how it will look, and what becomes of it. */
/** @import { Change, Done, Draft } from '../../studio-api.ts' */
/** @import { Notice } from './page.js' */
/** @import { Opened } from './slots.js' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, place, sentenceOf } from '../shared/frame.js';
import { Finding } from './finding.js';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';
import { Dialog, Menu } from './dialog.js';
import { draftPath, useDraft } from './draft.js';
import { Field } from './field.js';
import { Graph } from './graph.js';
import { Previews } from './preview.js';
import { Slots } from './slots.js';
import { Trial } from './trial.js';
import { CommandWords, inLanguage, LanguagePick } from './language.js';

/** @param {{ id: string, begun: Draft | undefined, onLeave: (notice?: Notice) => void }} props */
export function Editor({ id, begun, onLeave }) {
  const { held, saving, problem, change, inTurn, ifKept, renew, newest } = useDraft(id, begun);
  const heading = useRef(/** @type {HTMLHeadingElement | null} */ (null));
  const [opened, setOpened] = useState(/** @type {Opened | undefined} */ (undefined));
  const [refused, setRefused] = useState('');
  const [asking, setAsking] = useState(false);
  /** Empty: the words for everybody. */
  const [tag, setTag] = useState('');
  useEffect(() => heading.current?.focus(), [held === undefined]);

  if (!held)
    return h(
      'div',
      { class: 'home' },
      h('p', { role: 'alert', class: 'problem' }, problem),
      problem
        ? h('button', { onClick: () => onLeave() }, words.studio.back())
        : h('p', { class: 'soft' }, words.studio.loading()),
    );
  const { draft, keys } = held;
  const { name, description, findings, publishable, state, replaces, slots } = draft;
  const language = draft.inLanguages.languages.find((one) => one.tag === tag);
  // the fields that would say the others are not there while another language is written
  const elsewhere = findings.filter(({ at }) => language || (at !== 'name' && at !== 'description'));
  /** @param {'name' | 'description'} field */
  const foundAt = (field) => findings.filter(({ at }) => at === field);

  /** Pressed twice, the form gets the focus twice. @param {string | undefined} key */
  const focusOn = (key) =>
    setOpened((before) => (key === undefined ? before : { key, focus: (before?.focus ?? 0) + 1 }));
  /** @param {string} slot */
  const openSlot = (slot) => focusOn(keys[slots.findIndex((one) => one.name === slot)]);
  /** @param {Change} wanted */
  const fromGraph = async (wanted) => {
    setRefused('');
    const why = await change(wanted);
    if (why !== undefined) return setRefused(why);
    if (wanted.kind === 'add') focusOn(newest());
  };
  /** @param {(work: () => Promise<void>) => Promise<void>} when @param {() => Promise<void>} work */
  const trying = async (when, work) => {
    setRefused('');
    await when(work).catch((error) => setRefused(sentenceOf(error)));
  };
  const publish = () =>
    trying(ifKept, async () => {
      /** @type {Done} */
      const done = await ask(draftPath(id, 'publish'), { method: 'POST' });
      const { version = 1, problem: untold } = done;
      onLeave({
        text: words.studio.published({ name: done.name, version }),
        ...(untold !== undefined && { problem: untold }),
        ...(place().platform === 'web' && { tryIt: `/?template=${encodeURIComponent(done.name)}` }),
      });
    });
  const discard = () =>
    trying(inTurn, async () => {
      await ask(draftPath(id, 'discard'), { method: 'POST' });
      onLeave({ text: words.studio.discarded() });
    });
  const lit = slots.find((_slot, index) => keys[index] === opened?.key)?.name;

  return h(
    'div',
    { class: 'editor' },
    h(
      'header',
      { class: 'editor-bar' },
      h('button', { class: 'quiet', onClick: () => onLeave() }, '← ', words.studio.back()),
      h('h1', { tabindex: -1, ref: heading }, '/', name),
      h('span', { class: 'soft small saving', role: 'status' }, saving ? words.studio.saving() : ''),
      h(
        'div',
        { class: 'acts' },
        h(
          Menu,
          { label: words.studio.exportDraft(), about: words.studio.exportDraft() },
          h('a', { download: true, href: draftPath(id, 'template.json') }, words.studio.exportTemplate()),
          h('a', { download: true, href: draftPath(id, 'workflow.json') }, words.studio.exportWorkflow()),
        ),
        h('button', { onClick: () => setAsking(true) }, words.studio.discard()),
        h(
          'button',
          { class: 'main', disabled: !publishable, 'aria-describedby': 'state', onClick: publish },
          words.studio.publish(),
        ),
      ),
    ),
    h(
      'div',
      { class: 'editor-state' },
      h(
        'p',
        { id: 'state', class: state.tone, role: 'status' },
        state.sentence,
        h('span', { class: 'soft' }, ' ', replaces ? words.studio.newVersion() : words.studio.newTemplate()),
      ),
      h('p', { class: 'problem', role: 'alert' }, refused || problem),
      elsewhere.length > 0 &&
        h(
          'ul',
          { class: 'findings' },
          elsewhere.map((one) => h(Finding, one)),
        ),
    ),
    h(
      'div',
      { class: 'editor-sheet' },
      h(
        'div',
        { class: 'area-form' },
        h(
          'section',
          { class: 'card', 'aria-labelledby': 'about' },
          h('h2', { id: 'about' }, words.studio.about()),
          h(LanguagePick, { draft, language, onPick: setTag, change }),
          language && h(CommandWords, { key: language.tag, draft, language, change }),
          !language &&
            h(Field, {
              label: words.studio.commandName(),
              hint: words.studio.commandNameHint(),
              name: 'command',
              value: name,
              findings: foundAt('name'),
              onSave: (typed) =>
                change(({ draft: now }) => ({ kind: 'about', name: typed, description: now.description })),
            }),
          !language &&
            h(Field, {
              label: words.studio.commandDescription(),
              hint: words.studio.commandDescriptionHint(),
              name: 'description',
              value: description,
              findings: foundAt('description'),
              onSave: (typed) =>
                change(({ draft: now }) => ({ kind: 'about', name: now.name, description: typed })),
            }),
        ),
        h(Slots, { draft, keys, opened, onOpen: setOpened, language, change }),
      ),
      h(
        'div',
        { class: 'area-look' },
        h(Trial, { draft, ifKept, onEnded: renew }),
        h(Previews, { draft: inLanguage(draft, language) }),
      ),
      h(
        'section',
        { class: 'area-graph', 'aria-labelledby': 'workflow' },
        h(
          'div',
          { class: 'row' },
          h('h2', { id: 'workflow' }, words.studio.workflow()),
          h('p', { class: 'soft small' }, words.studio.graphHint()),
        ),
        h(Graph, { draft, lit, onChange: fromGraph, onSlot: openSlot }),
      ),
    ),
    asking &&
      h(
        Dialog,
        { title: words.studio.discard(), onClose: () => setAsking(false) },
        h('p', {}, words.studio.discardAsk()),
        h(
          'p',
          { class: 'acts' },
          h('button', { class: 'main', onClick: discard }, words.studio.discard()),
          h('button', { onClick: () => setAsking(false) }, words.studio.cancel()),
        ),
      ),
  );
}
