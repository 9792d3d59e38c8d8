/** What a platform's menu has no room for, as audit logs keep it: once for each change, not at each start. */
import type { Unlisted } from '../core/chat.ts';
import { clip } from '../core/text.ts';
import type { AuditEntry } from '../guilds/schema.ts';

/** By whom an entry is that nobody asked for. */
export const EASEL = 'Easel';
/** Characters of an entry's names. */
const MAX_NAMES = 300;

/** The same text, the same state. */
export function leftOutText(unlisted: readonly Unlisted[]): string {
  return unlisted
    .map(({ name, refused }) => (refused === undefined ? name : `${name}: ${refused}`))
    .toSorted()
    .join('\n');
}

/** `detail`: the names; empty: everything has an entry again. `platform`: where, in the operator's log. */
export function leftOutEntry(unlisted: readonly Unlisted[], at: number, platform = ''): AuditEntry {
  const detail = clip(unlisted.map(({ name }) => `/${name}`).join(' '), MAX_NAMES);
  return { at, by: EASEL, act: 'menu.left-out', subject: platform, detail };
}
