/** How many files are too many to be posted one by one. */
import type { Output } from '../../core/run.ts';

const MOST = 30;

export function isCrowd(files: number): boolean {
  return files > MOST;
}

/** Whether what was not posted can be posted later: what came over the socket is gone with its job. */
export function isLeftOut(outputs: readonly Output[]): boolean {
  return isCrowd(filesIn(outputs).length) && outputs.every(({ kept }) => kept === undefined);
}

/** Texts are none. */
export function filesIn(outputs: readonly Output[]): Output[] {
  return outputs.filter(({ text }) => text === undefined);
}
