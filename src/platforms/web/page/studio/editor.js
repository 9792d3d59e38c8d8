/** The editor of one draft: its graph, its slots, how it will look, and what becomes of it. */
/** @import { Change, Done, Draft } from '../../studio-api.ts' */
/** @import { Notice } from './page.js' */
/** @import { Opened } from './slots.js' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { Dialog, Menu } from './dialog.js';
import { ask, place, sentenceOf, word } from '../shared/frame.js';
import { Graph } from './graph.js';
import { Previews } from './preview.js';
import { draftPath, useDraft } from './draft.js';
import { Field } from './field.js';
import { Slots } from './slots.js';
import { Trial } from './trial.js';

/** @param {{ id: string, begun: Draft | undefined, onLeave: (notice?: Notice) => void }} props */
export function Editor({ id, begun, onLeave }) {
  const { held, saving, problem, change, inTurn, ifKept, newest } = useDraft(id, begun);
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  const [opened, setOpened] = useState(/** @type {Opened | undefined} */ (undefined));
  const [refused, setRefused] = useState('');
  const [asking, setAsking] = useState(false);
  useEffect(() => heading.current?.focus(), [held === undefined]);

  if (!held)
    return html`<div class="home">
      <p role="alert" class="problem">${problem}</p>
      ${problem ? html`<button onClick=${() => onLeave()}>${word('studio', 'back')}</button>` : html`<p class="soft">${word('studio', 'loading')}</p>`}
    </div>`;
  const { draft, keys } = held;
  const { name, description, findings, publishable, replaces, slots } = draft;
  const blocking = [...findings, ...slots.flatMap((slot) => slot.findings)].filter((one) => one.blocking);
  const elsewhere = findings.filter(({ at }) => at !== 'name' && at !== 'description');
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
        text: word('studio', 'published', { name: done.name, version }),
        ...(untold !== undefined && { problem: untold }),
        ...(place().platform === 'web' && { tryIt: `/?template=${encodeURIComponent(done.name)}` }),
      });
    });
  const discard = () =>
    trying(inTurn, async () => {
      await ask(draftPath(id, 'discard'), { method: 'POST' });
      onLeave({ text: word('studio', 'discarded') });
    });
  const lit = slots.find((_slot, index) => keys[index] === opened?.key)?.name;

  return html`<div class="editor">
    <header class="editor-bar">
      <button class="quiet" onClick=${() => onLeave()}>← ${word('studio', 'back')}</button>
      <h1 tabindex="-1" ref=${heading}>/${name}</h1>
      <span class="soft small saving" role="status">${saving ? word('studio', 'saving') : ''}</span>
      <div class="acts">
        <${Menu} label=${word('studio', 'exportDraft')} about=${word('studio', 'exportDraft')}>
          <a download href=${draftPath(id, 'template.json')}>${word('studio', 'exportTemplate')}</a>
          <a download href=${draftPath(id, 'workflow.json')}>${word('studio', 'exportWorkflow')}</a>
        <//>
        <button onClick=${() => setAsking(true)}>${word('studio', 'discard')}</button>
        <button class="main" disabled=${!publishable} aria-describedby="state" onClick=${publish}>
          ${word('studio', 'publish')}
        </button>
      </div>
    </header>
    <div class="editor-state">
      <p id="state" class=${publishable ? 'good' : 'problem'} role="status">
        ${publishable ? word('studio', 'ready') : word('studio', 'blocked', { count: blocking.length })}
        <span class="soft"> ${word('studio', replaces ? 'newVersion' : 'newTemplate')}</span>
      </p>
      <p class="problem" role="alert">${refused || problem}</p>
      ${
        elsewhere.length > 0 &&
        html`<ul class="findings">
          ${elsewhere.map((one) => html`<li class=${one.blocking ? 'problem' : 'warn'}>${one.sentence}</li>`)}
        </ul>`
      }
    </div>
    <div class="editor-sheet">
      <div class="area-form">
        <section class="card" aria-labelledby="about">
          <h2 id="about">${word('studio', 'about')}</h2>
          <${Field}
            label=${word('studio', 'commandName')}
            hint=${word('studio', 'commandNameHint')}
            name="command"
            value=${name}
            findings=${foundAt('name')}
            onSave=${(/** @type {string} */ typed) => change(({ draft: now }) => ({ kind: 'about', name: typed, description: now.description }))}
          />
          <${Field}
            label=${word('studio', 'commandDescription')}
            hint=${word('studio', 'commandDescriptionHint')}
            name="description"
            value=${description}
            findings=${foundAt('description')}
            onSave=${(/** @type {string} */ typed) => change(({ draft: now }) => ({ kind: 'about', name: now.name, description: typed }))}
          />
        </section>
        <${Slots} draft=${draft} keys=${keys} opened=${opened} onOpen=${setOpened} change=${change} />
      </div>
      <div class="area-look">
        <${Trial} draft=${draft} ifKept=${ifKept} />
        <${Previews} draft=${draft} />
      </div>
      <section class="area-graph" aria-labelledby="workflow">
        <div class="row">
          <h2 id="workflow">${word('studio', 'workflow')}</h2>
          <p class="soft small">${word('studio', 'graphHint')}</p>
        </div>
        <${Graph} draft=${draft} lit=${lit} onChange=${fromGraph} onSlot=${openSlot} />
      </section>
    </div>
    ${
      asking &&
      html`<${Dialog} title=${word('studio', 'discard')} onClose=${() => setAsking(false)}>
        <p>${word('studio', 'discardAsk')}</p>
        <p class="acts">
          <button class="main" onClick=${discard}>${word('studio', 'discard')}</button>
          <button onClick=${() => setAsking(false)}>${word('studio', 'cancel')}</button>
        </p>
      <//>`
    }
  </div>`;
}
