/** Discord waits three seconds for the first answer to an interaction: what takes longer must not be waited for. */
import { EaselError } from '../../../core/errors.ts';

/** Leaves time for the answer's own way. */
const FIRST_ANSWER_MS = 2000;

/** `ms`: how long is waited. Rejects with EaselError `form-expired` when `work` has not settled in time; it goes on, and is not heard. */
export async function inTime<T>(work: Promise<T>, ms = FIRST_ANSWER_MS): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new EaselError({ code: 'form-expired' })), ms);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether `work` settles within `ms`, well or badly. */
export async function settlesWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), ms);
  const settled = work.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([settled, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
