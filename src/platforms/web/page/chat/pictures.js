/** Files that are dropped or pasted anywhere, from outside or Easel's own: they find a field that takes them. */
/** @import { Command } from '../../api.ts' */
/** @import { Filling } from './command-form.js' */
import { useEffect, useState } from 'preact/hooks';
import { droppedFile, holdsFile } from '../shared/own-files.js';
import { own, withFile } from './command-form.js';

/**
 * Calls `take` with what is dropped or pasted. True while something is held over the page.
 *
 * @param {(file: File) => void} take
 * @param {(error: unknown) => void} failed what is Easel's own could not be fetched
 */
export function useDrops(take, failed) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onOver = (/** @type {DragEvent} */ event) => {
      if (!holdsFile(event.dataTransfer)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (/** @type {DragEvent} */ { relatedTarget }) => relatedTarget === null && setOver(false);
    const onEnd = () => setOver(false);
    const onDrop = (/** @type {DragEvent} */ event) => {
      if (!holdsFile(event.dataTransfer)) return;
      // onto a field that takes it
      const isTaken = event.defaultPrevented;
      event.preventDefault();
      setOver(false);
      if (!isTaken) droppedFile(event.dataTransfer)?.then(take, failed);
    };
    const onPaste = (/** @type {ClipboardEvent} */ event) => {
      const [file] = event.clipboardData?.files ?? [];
      if (!file) return;
      event.preventDefault();
      take(file);
    };
    document.addEventListener('dragover', onOver);
    document.addEventListener('dragleave', onLeave);
    // let go outside of the page, or given up
    document.addEventListener('dragend', onEnd);
    document.addEventListener('drop', onDrop);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('dragover', onOver);
      document.removeEventListener('dragleave', onLeave);
      document.removeEventListener('dragend', onEnd);
      document.removeEventListener('drop', onDrop);
      document.removeEventListener('paste', onPaste);
    };
  }, [take, failed]);
  return over;
}

/** Those with a field for such a file. @param {Command[]} commands @param {{ type: string, name: string }} file */
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

/** @param {Command} command @param {{ type: string, name: string }} file @param {Filling} [filled] */
function fieldFor({ fields }, file, filled) {
  const names = fields.filter(({ accept = [] }) => isOfKind(file, accept)).map(({ name }) => name);
  return names.find((name) => !filled || !own(filled.files, name)) ?? names[0];
}

/** A picture is one of any format: the server says which it can read. @param {{ type: string, name: string }} file @param {string[]} accept */
function isOfKind({ type, name }, accept) {
  const kind = type.replace(/\/.*/, '/');
  return accept.some((one) => (kind !== '' && one.startsWith(kind)) || name.toLowerCase().endsWith(one));
}
