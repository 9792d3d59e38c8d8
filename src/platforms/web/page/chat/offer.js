/** Several commands take a picture: which one shall have it? */
/** @import { Command } from '../../api.ts' */
import { useEffect, useRef } from 'preact/hooks';
import { useEscape } from '../shared/escape.js';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';

/**
 * @param {object} props
 * @param {File} props.file
 * @param {Command[]} props.commands
 * @param {(command: Command, file: File) => void} props.onTake
 * @param {() => void} props.onNever
 */
export function Offer({ file, commands, onTake, onNever }) {
  const group = useRef(/** @type {HTMLDivElement | null} */ (null));
  useEffect(() => group.current?.querySelector('button')?.focus(), [file]);
  useEscape(true, onNever, group);
  const question = words.chat.whatWith({ name: file.name });
  return h(
    'div',
    { ref: group, class: 'offer card', role: 'group', 'aria-label': question },
    h('p', {}, question),
    commands.map((command) =>
      h(
        'button',
        { onClick: () => onTake(command, file), title: command.description },
        '/',
        command.label ?? command.name,
      ),
    ),
    h('button', { class: 'quiet', onClick: onNever }, words.chat.never()),
  );
}
