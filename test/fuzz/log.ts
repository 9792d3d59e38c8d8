/**
 * A log that judges: what the platforms' handlers catch and write down is a refusal when it is an EaselError or what a
 * border's schema says, and a crash when it is anything else, or when somebody could not be told.
 */
import { DiscordjsError, DiscordjsRangeError, DiscordjsTypeError } from 'discord.js';
import { ZodError } from 'zod';
import { EaselError } from '../../src/core/errors.ts';
import type { Log } from '../../src/core/log.ts';
import { hasSentence, type Outcome } from './harness.ts';

export interface JudgingLog extends Log {
  /**
   * What happened since it was asked last. Throws what is a crash; `isWellFormed` is false for what no chat would send,
   * which may be refused in any words.
   */
  verdict(isWellFormed: boolean): Outcome;
}

export function createJudgingLog(): JudgingLog {
  let refusals = 0;
  let odd: unknown;
  const judge = (facts: Record<string, unknown>, message: string): void => {
    const { err } = facts;
    if (err === undefined) return;
    if (isRefusal(err)) refusals += 1;
    else odd ??= err;
    if (message.includes('could not be told')) odd ??= err;
  };
  return {
    debug: judge,
    info: judge,
    warn: judge,
    error: judge,
    verdict(isWellFormed) {
      const found = odd;
      const refused = refusals > 0 || odd !== undefined;
      [odd, refusals] = [undefined, 0];
      if (found !== undefined && isWellFormed) throw found;
      return refused ? 'refused' : 'accepted';
    },
  };
}

/** Payloads that the chat would never make are refused by schemas, and by discord.js in its own words. */
function isRefusal(error: unknown): boolean {
  if (error instanceof EaselError) return hasSentence(error.problem);
  if ([ZodError, DiscordjsError, DiscordjsTypeError, DiscordjsRangeError].some((one) => error instanceof one))
    return true;
  return error instanceof SyntaxError && /JSON/.test(error.message);
}
