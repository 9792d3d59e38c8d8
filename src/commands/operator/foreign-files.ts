/**
 * Versions from before names of files were judged keep what they name, since people use them. Who runs Easel is shown
 * each of them once.
 */
import type { NodeClasses } from '../../core/nodes.ts';
import type { Clock } from '../../core/time.ts';
import { namesIn } from '../../templates/foreign-files.ts';
import { keepsFiles, newest, type Entry } from '../../templates/library/index.ts';
import type { Notices } from './notices.ts';

/** Of one notice. */
const MAX_FILES = 20;

/** Rejects with `store-failed`. */
export async function noteForeignFiles(
  { guild, platform }: { guild: string; platform: string },
  entry: Entry,
  nodes: NodeClasses,
  { notices, clock }: { notices: Pick<Notices, 'post'>; clock: Clock },
): Promise<void> {
  const { name, template, head } = entry;
  if (!template || !head || !keepsFiles(entry)) return;
  const files = [...new Set(namesIn(template, nodes))].slice(0, MAX_FILES);
  if (files.length === 0) return;
  const key = `foreign-files ${head.id} ${newest(head).number}`;
  await notices.post(key, { kind: 'foreign-files', platform, guild, template: name, files }, clock.now());
}
