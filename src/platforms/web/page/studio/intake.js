/** Where a workflow comes in: dropped, chosen or pasted. */
/** @import { Draft } from '../../studio-api.ts' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { ask, place, sentenceOf, word } from '../shared/frame.js';

const SETTINGS = 'template.json';

/** A workflow, and the settings that may come with it. @param {File[]} files */
function sorted(files) {
  const settings = files.length > 1 ? files.find(({ name }) => name.toLowerCase() === SETTINGS) : undefined;
  const [file, more] = files.filter((one) => one !== settings);
  return more ? {} : { file, settings };
}

/** @param {{ onDraft: (draft: Draft) => void }} props */
export function Intake({ onDraft }) {
  const picker = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [over, setOver] = useState(false);
  const [reading, setReading] = useState('');
  const [problem, setProblem] = useState('');

  /** @param {File[]} files */
  const take = async (files) => {
    if (files.length === 0) return;
    const { file, settings } = sorted(files);
    if (!file) return setProblem(word('studio', 'tooMany'));
    setProblem('');
    setReading(file.name);
    const form = new FormData();
    form.set('file', file);
    if (settings) form.set('settings', settings);
    try {
      /** @type {Draft} */
      const draft = await ask(`/api/studio/drafts?${place().query}`, { form });
      onDraft(draft);
    } catch (error) {
      setProblem(sentenceOf(error));
    } finally {
      setReading('');
    }
  };
  const latest = useRef(take);
  latest.current = take;

  useEffect(() => {
    // the whole page takes a file, so that none is opened by mistake instead of the studio
    /** @param {DragEvent} event */
    const hover = (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    };
    /** @param {DragEvent} event */
    const leave = ({ relatedTarget }) => {
      if (!relatedTarget) setOver(false);
    };
    /** @param {DragEvent} event */
    const drop = (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(false);
      void latest.current([...event.dataTransfer.files]);
    };
    /** @param {ClipboardEvent} event */
    const paste = ({ target, clipboardData }) => {
      if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
      const files = [...(clipboardData?.files ?? [])];
      const text = clipboardData?.getData('text/plain') ?? '';
      if (files.length > 0) void latest.current(files);
      else if (text.trim() !== '') void latest.current([new File([text], word('studio', 'pasted'))]);
    };
    addEventListener('dragover', hover);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    addEventListener('paste', paste);
    return () => {
      removeEventListener('dragover', hover);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
      removeEventListener('paste', paste);
    };
  }, []);

  /** @param {{ currentTarget: HTMLInputElement }} event */
  const picked = ({ currentTarget }) => {
    void take([...(currentTarget.files ?? [])]);
    currentTarget.value = '';
  };
  const keys = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘V' : 'Ctrl+V';
  return html`<section
    class=${over ? 'intake hovered' : 'intake'}
    aria-labelledby="begin"
    aria-busy=${reading !== ''}
  >
    <h2 id="begin">${word('studio', 'begin')}</h2>
    <p>${over ? word('studio', 'dropNow') : word('studio', 'drop')}</p>
    <input
      type="file"
      class="unseen"
      tabindex="-1"
      aria-hidden="true"
      ref=${picker}
      multiple
      accept=".json,.png,application/json,image/png"
      onChange=${picked}
    />
    <button class="main" disabled=${reading !== ''} onClick=${() => picker.current?.click()}>
      ${word('studio', 'choose')}
    </button>
    <p class="soft paste">${word('studio', 'paste', { keys })}</p>
    <p role="status" class="soft">${reading && word('studio', 'reading', { file: reading })}</p>
    <p role="alert" class="problem">${problem}</p>
  </section>`;
}
