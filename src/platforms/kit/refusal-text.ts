/** What went wrong with something that a person asked for: a sentence for them, its cause for the log. */
import type { Caller } from '../../core/caller.ts';
import { problemOf } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { rankOf } from '../../core/rank.ts';
import { catalogue, sentence } from '../../i18n/index.ts';

/** `facts`: what was asked, for the log. */
export function refusalText(error: unknown, caller: Caller, log: Log, facts: object): string {
  const { platform, guild, user, locale } = caller;
  const ref = crypto.randomUUID();
  log.warn({ platform, guild, user, ...facts, ref, err: error }, 'command refused');
  return sentence(catalogue(locale), problemOf(error, ref), rankOf(caller));
}
