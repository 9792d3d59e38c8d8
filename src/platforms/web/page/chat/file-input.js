/** One file of a form: chosen, dropped there, or taken out again. */
/** @import { Child } from '../shared/h.js' */
import { useState } from 'preact/hooks';
import { sentenceOf } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { size } from '../shared/media.js';
import { droppedFile } from '../shared/own-files.js';
import { words } from '../shared/words.js';

/**
 * @typedef {object} FileInputProps
 * @property {File | undefined} file
 * @property {readonly string[]} accept media types and endings
 * @property {string} label
 * @property {(file: File | undefined) => void} onFile
 * @property {{ id: string }} carried what the input has for its label, hint and problem
 * @property {Child} [children] what is seen of the file
 */

/** @param {FileInputProps} props */
export function FileInput({ file, accept, label, onFile, carried, children }) {
  const [failed, setFailed] = useState('');
  /** @param {DragEvent} event */
  const onDrop = (event) => {
    const dropped = droppedFile(event.dataTransfer);
    if (!dropped) return;
    event.preventDefault();
    setFailed('');
    dropped.then(onFile, (error) => setFailed(sentenceOf(error)));
  };
  return h(
    'div',
    { class: 'drop', onDrop },
    children,
    h('input', {
      type: 'file',
      class: 'unseen',
      accept: accept.join(','),
      onChange: ({ currentTarget }) => {
        if (currentTarget.files?.[0]) onFile(currentTarget.files[0]);
        // the same file may be chosen again
        currentTarget.value = '';
      },
      ...carried,
    }),
    h('label', { class: 'button', for: carried.id }, label),
    file
      ? h('span', { class: 'file' }, file.name, ' ', h('span', { class: 'about' }, size(file.size)))
      : h('span', { class: 'hint' }, words.chat.dropHere()),
    file &&
      h(
        'button',
        {
          type: 'button',
          class: 'quiet',
          'aria-label': words.chat.takeOut({ name: file.name }),
          onClick: () => onFile(undefined),
        },
        '×',
      ),
    failed && h('p', { class: 'problem', role: 'alert' }, failed),
  );
}
