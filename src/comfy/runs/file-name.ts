/** What a file is called in a chat, when a backend chose its name. */
import { oneLine } from '../../core/text.ts';

/** With its extension; chats and file systems take more. */
const MAX_NAME = 150;

/** One line without folders, hidden characters or half ones: a chat may refuse a whole reply for the name of a file. */
export function shownFileName(name: string): string {
  const base = oneLine(name.split(/[/\\]/).at(-1) ?? '').trim();
  if (base === '' || base === '.' || base === '..') return 'output';
  if (base.length <= MAX_NAME) return base;
  const extension = /\.\w{1,10}$/.exec(base)?.[0] ?? '';
  return base.slice(0, MAX_NAME - extension.length).replace(/[\ud800-\udbff]$/, '') + extension;
}
