/** The files of one job: what it was given, and what it has made. */
import { isDiskFull } from '../core/disk.ts';
import type { FileKey, Files, StoredFile } from '../core/files.ts';
import { EaselError, mayPass } from '../core/errors.ts';
import type { Job } from '../core/job.ts';
import type { MediaFile } from '../core/run.ts';
import { bytesOf } from '../core/multipart.ts';
import { KEEP_ASIDE_MS } from './store/aside.ts';
import type { JobDeps } from './live-job.ts';

/** The picture in a slot. */
export function inputKey(job: string, slot: string): FileKey {
  return { shelf: 'inputs', owner: job, name: slot };
}

/** The file of an output, by its place among a run's outputs. */
export function outputKey(job: string, index: number): FileKey {
  return { shelf: 'outbox', owner: job, name: String(index) };
}

/** The file of an output that came over the socket: `kept`. */
export function sentKey(job: string, kept: string): FileKey {
  return { shelf: 'outbox', owner: job, name: kept };
}

/** Rejects with EaselError `data-full` or `store-failed`. */
export async function saveInput(
  files: Files,
  key: FileKey,
  { bytes, ...about }: MediaFile,
): Promise<StoredFile> {
  try {
    return await files.put(key, about, [bytes]);
  } catch (error) {
    if (error instanceof EaselError) throw error;
    throw new EaselError({ code: isDiskFull(error) ? 'data-full' : 'store-failed' }, { cause: error });
  }
}

/** Undefined once it is forgotten. */
export async function loadInput(files: Files, key: FileKey): Promise<Uint8Array | undefined> {
  const file = await files.get(key);
  return file && Buffer.concat(await Array.fromAsync(bytesOf(file)));
}

/** Never rejects. */
export async function dropFiles(files: Files, job: string): Promise<void> {
  await files.drop('inputs', job);
  await files.drop('outbox', job);
}

/** How long a picture is kept whose job may be tried again, in ms. */
const KEEP_INPUTS_MS = 24 * 3600 * 1000;

/** What an ended job needs no more. Its pictures are kept for a day where the same may go well another time. */
export async function forgetFiles({ id, end }: Job, { files, clock, log }: JobDeps): Promise<void> {
  await files.drop('outbox', id);
  if (end?.kind !== 'failed' || !mayPass(end.problem)) return files.drop('inputs', id);
  try {
    await files.expire('inputs', id, clock.now() + KEEP_INPUTS_MS);
  } catch (error) {
    log.warn({ job: id, err: error }, 'pictures not kept');
  }
}

/**
 * At the start: takes over what the store held of pictures, and drops what belongs to no unfinished job. Whoever came in
 * while the store was being read `isEarly`. What a record needs that was set aside stays as long as that, where there is
 * room.
 */
export async function settleFiles(
  unfinished: readonly Job[],
  isEarly: (id: string) => boolean,
  { files, store, clock }: JobDeps,
): Promise<void> {
  const ids = new Set(unfinished.map(({ id }) => id));
  await store.handOverInputs(async (job, slot, { bytes, ...about }) => {
    const until = ids.has(job) ? undefined : clock.now() + KEEP_INPUTS_MS;
    await files.put(inputKey(job, slot), about, [bytes], until);
  });
  for (const shelf of ['inputs', 'outbox'] as const)
    await files.keepOnly(shelf, async (id) => {
      if (ids.has(id) || isEarly(id)) return true;
      const known = await store.knows(id);
      if (known === 'aside') await files.expire(shelf, id, clock.now() + KEEP_ASIDE_MS);
      return known !== undefined;
    });
}
