/** Files that come from outside: dropped or pasted anywhere, they find a field that takes them. */
/** @import { Command } from '../../api.ts' */
/** @import { Filling } from './command-form.js' */
import { useEffect, useState } from 'preact/hooks';
import { own, withFile } from './command-form.js';

/**
 * Calls `take` with what is dropped or pasted. True while something is held over the page.
 *
 * @param {(file: File) => void} take
 */
export function useDrops(take) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const isFile = (/** @type {DragEvent} */ { dataTransfer }) => dataTransfer?.types.includes('Files');
    const onOver = (/** @type {DragEvent} */ event) => {
      if (!isFile(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (/** @type {DragEvent} */ { relatedTarget }) => relatedTarget === null && setOver(false);
    const onDrop = (/** @type {DragEvent} */ event) => {
      if (!isFile(event)) return;
      // onto a field that takes it
      const isTaken = event.defaultPrevented;
      event.preventDefault();
      setOver(false);
      const [file] = event.dataTransfer?.files ?? [];
      if (file && !isTaken) take(file);
    };
    const onPaste = (/** @type {ClipboardEvent} */ event) => {
      const [file] = event.clipboardData?.files ?? [];
      if (!file) return;
      event.preventDefault();
      take(file);
    };
    document.addEventListener('dragover', onOver);
    document.addEventListener('dragleave', onLeave);
    document.addEventListener('drop', onDrop);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('dragover', onOver);
      document.removeEventListener('dragleave', onLeave);
      document.removeEventListener('drop', onDrop);
      document.removeEventListener('paste', onPaste);
    };
  }, [take]);
  return over;
}

/** Those with a field for such a file. @param {Command[]} commands @param {File} file */
export function takers(commands, file) {
  return commands.filter((command) => fieldFor(command, file) !== undefined);
}

/**
 * The form with the file in its first free field; undefined when the command takes none of its kind.
 *
 * @param {Command} command
 * @param {Filling} filled
 * @param {File} file
 */
export function withDropped(command, filled, file) {
  const name = fieldFor(command, file, filled);
  return name === undefined ? undefined : withFile(filled, name, file);
}

/** @param {Command} command @param {File} file @param {Filling} [filled] */
function fieldFor({ fields }, file, filled) {
  const names = fields.filter(({ accept = [] }) => isOfKind(file, accept)).map(({ name }) => name);
  return names.find((name) => !filled || !own(filled.files, name)) ?? names[0];
}

/** A picture is one of any format: the server says which it can read. @param {File} file @param {string[]} accept */
function isOfKind({ type, name }, accept) {
  const kind = type.replace(/\/.*/, '/');
  return accept.some((one) => (kind !== '' && one.startsWith(kind)) || name.toLowerCase().endsWith(one));
}
