/** Files that Easel has made, on their way into a field: dragged there, or chosen by a button. */
/** @import { MessageFile } from '../../api.ts' */
import { Refused } from './frame.js';
import { words } from './words.js';

/** @typedef {Pick<MessageFile, 'url' | 'name' | 'type'>} OwnFile */

const TYPE = 'application/x-easel-file';
/** Anybody may have put something there. */
const ADDRESS = /^\/api\/messages\/[0-9a-f-]{36}\/files\/\d{1,3}$/;

/** @param {DragEvent} event @param {OwnFile} file */
export function carry({ dataTransfer }, { url, name, type }) {
  if (!dataTransfer) return;
  dataTransfer.setData(TYPE, JSON.stringify({ url, name, type }));
  dataTransfer.effectAllowed = 'copyLink';
}

/** Something that a field could take is held over it. @param {DataTransfer | null} data */
export function holdsFile(data) {
  return data?.types.includes('Files') || data?.types.includes(TYPE) || false;
}

/** What is dropped; undefined: no file. Rejects with {@link Refused}. @param {DataTransfer | null} data @returns {Promise<File> | undefined} */
export function droppedFile(data) {
  const own = readOwn(data?.getData(TYPE));
  // a browser may hand over a picture of the page as a file besides
  if (own) return fetchOwn(own);
  const [file] = data?.files ?? [];
  return file && Promise.resolve(file);
}

/** @param {string | undefined} text @returns {OwnFile | undefined} */
function readOwn(text) {
  if (!text) return undefined;
  try {
    const { url, name, type } = JSON.parse(text);
    const isOwn = typeof url === 'string' && ADDRESS.test(url);
    return isOwn ? { url, name: String(name), type: String(type) } : undefined;
  } catch {
    return undefined;
  }
}

/** For a file of Easel's own, which is on the same machine or behind the same proxy, in ms. */
const FETCH_MS = 60_000;

/** Rejects with {@link Refused}. @param {OwnFile} file */
export async function fetchOwn({ url, name, type }) {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS) });
    if (!answer.ok) throw new Refused(answer.status, { error: words.chat.fileGone({ name }) });
    return new File([await answer.blob()], name, { type });
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(0, { error: words.frame.unreachable() });
  }
}
