/** A job that is written down begins once its person has been told so; when Discord does not say whether they were, that is found out. */
import type { NotedJob } from '../../../commands/index.ts';
import { Refused } from '../../../core/errors.ts';
import type { Json } from '../../../core/json.ts';
import type { Log } from '../../../core/log.ts';
import { judged } from '../replies/refusals.ts';

interface Telling {
  /** Resolves to the id of the reply that its person sees. */
  tell: () => Promise<string>;
  addressOf: (message: string) => Json;
  /** Takes away a reply that came to nothing. Must not reject. */
  undo?: (message: string) => Promise<void>;
  /** For the log: what it answers. */
  about: Record<string, string>;
  log: Log;
}

/** Rejects with why it came to nothing; it is forgotten then. */
export async function beginTold(
  noted: NotedJob,
  { tell, addressOf, undo, about, log }: Telling,
): Promise<void> {
  let message: string | undefined;
  try {
    message = await tell();
    await noted.accept(addressOf(message));
  } catch (error) {
    // no answer from Discord: whether its person was told has to be found out
    if (message === undefined && !(judged(error) instanceof Refused)) {
      log.warn({ ...about, err: error }, 'not known whether a command was acknowledged');
      return noted.claim();
    }
    await noted.drop();
    if (message !== undefined) await undo?.(message);
    throw error;
  }
}
