/** Where a workflow comes in: dropped, chosen or pasted. */
/** @import { Draft } from '../../studio-api.ts' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, place, sentenceOf } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';

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
    if (!file) return setProblem(words.studio.tooMany());
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
      else if (text.trim() !== '') void latest.current([new File([text], words.studio.pasted())]);
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
  return h(
    'section',
    { class: over ? 'intake hovered' : 'intake', 'aria-labelledby': 'begin', 'aria-busy': reading !== '' },
    h('h2', { id: 'begin' }, words.studio.begin()),
    h('p', {}, over ? words.studio.dropNow() : words.studio.drop()),
    h('input', {
      type: 'file',
      class: 'unseen',
      tabindex: -1,
      'aria-hidden': 'true',
      ref: picker,
      multiple: true,
      accept: '.json,.png,application/json,image/png',
      onChange: picked,
    }),
    h(
      'button',
      { class: 'main', disabled: reading !== '', onClick: () => picker.current?.click() },
      words.studio.choose(),
    ),
    h('p', { class: 'soft paste' }, words.studio.paste({ keys })),
    h('p', { role: 'status', class: 'soft' }, reading && words.studio.reading({ file: reading })),
    h('p', { role: 'alert', class: 'problem' }, problem),
  );
}
