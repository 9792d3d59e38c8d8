/** What is attached, so that the backend takes it: a picture that is over its limits goes up smaller, and its person is told. */
import { mkdir, rm } from 'node:fs/promises';
import { EaselError } from '../../core/errors.ts';
import type { StoredFile } from '../../core/files.ts';
import type { Job } from '../../core/job.ts';
import { pictureSize } from '../../core/picture-size.ts';
import { limitOver, type UploadLimits } from '../../core/upload-limits.ts';
import type { JobDeps, LiveJob } from '../live-job.ts';
import { asking } from './asking.ts';

interface Given {
  image: Job['images'][number];
  file: StoredFile;
  signal: AbortSignal;
}

/**
 * Does `work` with the file, or with one that was made of it for that only. Rejects with EaselError
 * `too-large-for-backend`, and as `work` does.
 */
export async function withFitting<T>(
  live: LiveJob,
  deps: JobDeps,
  given: Given,
  work: (fitting: StoredFile) => Promise<T>,
): Promise<T> {
  const { backend, timing } = deps;
  const { image, file, signal } = given;
  const limits = await asking(deps, timing.callMs, (until) => backend.uploadLimits(until), signal);
  const isPicture = (image.type ?? 'image') === 'image';
  const size = isPicture ? await pictureSize(file.path) : undefined;
  const over = limitOver(limits, { size: file.size, ...size });
  if (!over) return work(file);
  const made = isPicture ? await smaller(live, deps, given, limits) : undefined;
  if (!made) throw new EaselError({ code: 'too-large-for-backend', backend: backend.name, ...over });
  try {
    return await work(made);
  } finally {
    await rm(made.path, { force: true });
  }
}

/** Undefined: nothing came of it. The process for pictures has a deadline of its own. */
async function smaller(
  live: LiveJob,
  { workshop, log }: JobDeps,
  { image: { slot }, file, signal }: Given,
  within: UploadLimits,
): Promise<StoredFile | undefined> {
  const { maker, folder } = workshop;
  await mkdir(folder, { recursive: true });
  const answer = await maker.fitUpload(file, { folder, within, signal });
  if ('trouble' in answer) {
    log.warn({ ...live.facts(), slot, trouble: answer.trouble }, 'a picture could not be made smaller');
    return undefined;
  }
  const { job } = live;
  const { width, height } = answer;
  job.shrunk = [...(job.shrunk ?? []).filter((one) => one.slot !== slot), { slot, width, height }];
  return answer.file;
}
