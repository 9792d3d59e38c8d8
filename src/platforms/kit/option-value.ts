/** Values of options, where a chat limits their length: what is longer goes by its hash. */
import { createHash } from 'node:crypto';

/** What a value begins with that is a hash. */
export const HASHED = 'sha256:';

/** `max`: characters, at least 71. */
export function optionValue(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${HASHED}${createHash('sha256').update(text).digest('hex')}`;
}

/** Which of `all` a picked value stands for; one that is there no more stands for itself. */
export function meantBy(all: readonly string[], picked: string, max: number): string {
  return all.find((one) => optionValue(one, max) === picked) ?? picked;
}
