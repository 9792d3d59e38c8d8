/** Where a page of messages ends, as the next one is asked for. */
import { EaselError } from '../../core/errors.ts';
import type { Earlier } from './api.ts';
import type { Page } from './history.ts';
import type { Spot } from './message-index.ts';

/** For what is older than the oldest one of a page. */
export function earlierOf({ messages: [oldest], isMore }: Page): Pick<Earlier, 'earlier'> {
  return isMore && oldest ? { earlier: `${oldest.at}_${oldest.id}` } : {};
}

/** Throws EaselError `bad-request`. */
export function readCursor(cursor: string | undefined): Spot | undefined {
  if (cursor === undefined) return undefined;
  const [, at, id] = /^(\d{1,16})_([0-9a-f-]{36})$/.exec(cursor) ?? [];
  if (at === undefined || id === undefined) throw new EaselError({ code: 'bad-request' });
  return { at: Number(at), id };
}
