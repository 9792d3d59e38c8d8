/** How many files are too many to be posted one by one. */
import type { Output } from '../../core/run.ts';

const MOST = 30;

export function isCrowd(files: number): boolean {
  return files > MOST;
}

/** Texts are none. */
export function filesIn(outputs: readonly Output[]): Output[] {
  return outputs.filter(({ text }) => text === undefined);
}
