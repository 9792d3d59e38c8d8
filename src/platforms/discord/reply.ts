/** Live edits and the final reply on Discord: as many messages as the files need, each as large as Discord takes. */
import type { Job } from '../../core/job.ts';
import type { StoredFile } from '../../core/files.ts';
import { sizeOf } from '../../core/multipart.ts';
import type { View } from '../../core/view.ts';
import { catalogue } from '../../i18n/index.ts';
import { fitFiles } from '../fit-files.ts';
import { ReplyAddress } from './context.ts';
import { climb, creations, edits, followUps, isTooLarge, type LadderOptions, type Rung } from './ladder.ts';
import { renderMessage } from './render.ts';
import { wasSaid } from './said.ts';
import type { Attached } from './upload.ts';

/** Discord's: files in one message. */
const MAX_FILES = 10;
/** How often a message that Discord finds too large is made smaller; then it goes without files. */
const SHRINKS = 3;
/** More text than this goes into a file. */
const MAX_NOTE = 800;

/** A live edit: the preview replaces the one before; without one, the last one stays. */
export async function editLive(
  job: Job,
  view: View,
  signal: AbortSignal,
  options: LadderOptions,
): Promise<void> {
  const address = ReplyAddress.parse(job.reply);
  const previews = view.preview ? [view.preview] : [];
  // who has cancelled does not want to see how far it was
  const changed = view.preview !== undefined || view.tone === 'cancelled';
  const body = { ...renderMessage(view), ...(changed && { attachments: attachments(previews) }) };
  const rungs = edits(address, options);
  // a private reply is out of reach once its token has expired; its end goes another way
  if (rungs.length > 0) await climb(rungs, body, previews, signal, options.log);
}

/** The final reply; `sent` is told after each of its messages. */
export async function deliver(
  job: Job,
  view: View,
  files: readonly StoredFile[],
  sent: (count: number) => Promise<void>,
  signal: AbortSignal,
  options: LadderOptions,
): Promise<void> {
  const address = ReplyAddress.parse(job.reply);
  const all = withLongNotes(view, files);
  const before = job.delivered;
  for (const [index, group] of chunks(all.files, MAX_FILES).entries()) {
    if (index < before) continue;
    // an earlier try may have come so far without knowing
    const inDoubt = index > 0 && index === before;
    if (inDoubt && (await wasSaid(address, group, signal, options))) {
      await sent(index + 1);
      continue;
    }
    const nonce = `${index}-${job.id.replaceAll('-', '')}`;
    const rungs =
      index === 0
        ? [...edits(address, options), ...creations(address, nonce, options)]
        : followUps(address, nonce, options);
    const shown = index === 0 ? all.view : { ...all.view, facts: [], notes: [], buttons: [] };
    await sendFitted(job, shown, group, { rungs, limit: address.fileLimit, signal, options });
    await sent(index + 1);
  }
}

interface Way {
  rungs: Rung[];
  /** Bytes, for each file. */
  limit: number;
  signal: AbortSignal;
  options: LadderOptions;
}

async function sendFitted(job: Job, view: View, files: readonly Attached[], way: Way): Promise<void> {
  const { files: words } = catalogue(job.locale);
  const { log } = way.options;
  let { limit } = way;
  for (let attempt = 0; ; attempt += 1) {
    const fitted = await fitFiles(files, attempt === SHRINKS ? 0 : limit);
    const notes = [
      ...fitted.shrunk.map(({ name, size }) => words.shrunk(name, size)),
      ...fitted.tooLarge.map(({ name, size }) => words.tooLarge(name, size)),
    ];
    const message = renderMessage({ ...view, notes: [...view.notes, ...notes] });
    const body = { ...message, attachments: attachments(fitted.files) };
    try {
      await climb(way.rungs, body, fitted.files, way.signal, log);
      return;
    } catch (error) {
      if (!isTooLarge(error) || attempt >= SHRINKS) throw error;
      log.warn({ job: job.id, limit, err: error }, 'files too large for Discord, making them smaller');
      limit = Math.floor(Math.min(limit, largest(fitted.files)) / 2);
    }
  }
}

/** Texts that would crowd the message become a file. */
function withLongNotes(view: View, files: readonly StoredFile[]): { view: View; files: readonly Attached[] } {
  const text = view.notes.join('\n');
  if (text.length <= MAX_NOTE) return { view, files };
  const file = { name: 'text.txt', type: 'text/plain', bytes: Buffer.from(text) };
  return { view: { ...view, notes: [] }, files: [...files, file] };
}

function attachments(files: readonly Attached[]): { id: number; filename: string }[] {
  return files.map(({ name }, id) => ({ id, filename: name }));
}

function largest(files: readonly Attached[]): number {
  return Math.max(1, ...files.map(sizeOf));
}

/** At least one group, so that a reply without files is a message too. */
function chunks<T>(items: readonly T[], size: number): T[][] {
  const groups: T[][] = [];
  for (let at = 0; at < items.length; at += size) groups.push(items.slice(at, at + size));
  return groups.length > 0 ? groups : [[]];
}
