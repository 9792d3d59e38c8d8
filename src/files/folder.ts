/** A folder whose oldest entries go when there is no room: pictures that are kept, backups. */
import { lstat, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kind, KeptFolder } from '../core/disk.ts';
import type { Log } from '../core/log.ts';
import type { Account, Ledger } from './ledger.ts';
import { namesOf, sizeOf, unlessAbsent, type Step } from './measure.ts';

export interface FolderOptions {
  /** Of the folder itself; it is made by whoever writes there. */
  directory: string;
  kind: Kind;
  /** So many never go, the newest. */
  spare?: number | undefined;
  ledger: Ledger;
  log: Log;
  /** Told of what could not be written, before whoever wrote it is. Never rejects. */
  onFailure?: ((error: unknown) => Promise<void>) | undefined;
}

export interface CountedFolder extends KeptFolder {
  /** Counts what is there, and takes up what others have put there. Rejects as `step` and `fs` do. */
  survey(step: Step): Promise<void>;
}

/** What is on its way out has another name, so that a process that dies over it leaves nothing by halves. */
const GOING = '.gone';
/** Of whoever writes there: nothing in itself, and no reason to let the newest entry go. */
const LOCK = '.lock';
/** Of the budget: so much may be pinned, and the rest is there for what is new. */
const PINNED = 0.5;

export function createFolder(options: FolderOptions): CountedFolder {
  const { directory, kind, spare = 0, ledger, log, onFailure } = options;
  /** Bytes by name, the oldest first. */
  let entries = new Map<string, number>();
  /** Being written. */
  const busy = new Set<string>();
  /** What came and went since the survey under way began. */
  const fresh = new Set<string>();
  const left = new Set<string>();
  /** Never go for want of room. */
  const pins = new Set<string>();
  const listeners: ((name: string) => void)[] = [];
  /** What may not go, and its bytes; looked up when that may have changed, not whenever it is asked. */
  let spared = { names: new Set<string>(), bytes: 0 };
  const account: Account = ledger.open({
    name: directory,
    kind,
    pinned: () => spared.bytes,
    release,
  });

  function reckon(): void {
    if (spare === 0 && pins.size === 0 && spared.names.size === 0) return;
    const names = new Set([...pins].filter((name) => entries.has(name)).concat(newest()));
    const bytes = [...names].reduce((sum, name) => sum + (entries.get(name) ?? 0), 0);
    spared = { names, bytes };
  }

  function newest(): string[] {
    if (spare === 0) return [];
    const all = [...entries.keys()];
    // what is not whole yet, or never will be, is no reason for a whole one to go
    const [oldest] = all.filter((name) => !name.endsWith('.partial')).slice(-spare);
    return all.slice(oldest === undefined ? -spare : all.indexOf(oldest));
  }

  /** Rejects as `fs` does, and it then counts as before. */
  async function discard(name: string): Promise<void> {
    const path = join(directory, name);
    const bytes = entries.get(name) ?? 0;
    account.leaving(bytes);
    try {
      await unlessAbsent(rename(path, path + GOING));
      await rm(path + GOING, { recursive: true, force: true });
      account.count(-bytes);
      entries.delete(name);
      left.add(name);
      pins.delete(name);
      reckon();
    } finally {
      account.settle(bytes);
    }
  }

  /** The oldest goes that may. Rejects as `fs` does. */
  async function release(): Promise<boolean> {
    for (const name of entries.keys()) {
      if (spared.names.has(name) || busy.has(name)) continue;
      log.info({ folder: directory, name, bytes: entries.get(name) }, 'removed to make room');
      await discard(name);
      for (const listener of listeners) listener(name);
      return true;
    }
    return false;
  }

  async function survey(step: Step): Promise<void> {
    fresh.clear();
    left.clear();
    await ledger.survey([account], async (add) => {
      const found: { name: string; bytes: number; at: number }[] = [];
      for await (const name of namesOf(directory)) {
        if (name.endsWith(LOCK)) continue;
        const path = join(directory, name);
        const isGoing = name.endsWith(GOING);
        if (isGoing) await rm(path, { recursive: true, force: true });
        const at = isGoing ? undefined : await unlessAbsent(lstat(path));
        if (!at) continue;
        const bytes = await sizeOf(path, step);
        add(account, bytes);
        found.push({ name, bytes, at: at.mtimeMs });
      }
      const old = found
        .filter(({ name }) => !fresh.has(name) && !left.has(name))
        .toSorted((a, b) => a.at - b.at)
        .map(({ name, bytes }) => [name, bytes] as const);
      entries = new Map([...old, ...[...entries].filter(([name]) => fresh.has(name))]);
      reckon();
    });
  }

  return {
    async keep({ name, bytes, moved }, write) {
      busy.add(name);
      let isCounted = false;
      try {
        await account.reserve(bytes, moved);
        isCounted = true;
        const written = await write();
        account.count(-(entries.get(name) ?? 0));
        entries.delete(name);
        entries.set(name, bytes);
        fresh.add(name);
        left.delete(name);
        reckon();
        return written;
      } catch (error) {
        if (isCounted) account.count(-bytes);
        await onFailure?.(error);
        throw error;
      } finally {
        if (isCounted) account.settle(bytes);
        busy.delete(name);
      }
    },
    async remove(name) {
      try {
        await discard(name);
      } catch (error) {
        log.warn({ folder: directory, name, err: error }, 'left in place: it could not be removed');
      }
    },
    async removeFile(name, file) {
      const path = join(directory, name, file);
      const bytes = await sizeOf(path, () => undefined);
      account.leaving(bytes);
      try {
        await rm(path, { force: true });
        const before = entries.get(name);
        // while it was not surveyed yet, nothing of it is counted
        if (before === undefined) return;
        account.count(-bytes);
        entries.set(name, Math.max(0, before - bytes));
        reckon();
      } finally {
        account.settle(bytes);
      }
    },
    mayPin(name) {
      const own = spared.names.has(name) ? 0 : (entries.get(name) ?? 0);
      return pins.has(name) || spared.bytes + own <= PINNED * ledger.limit;
    },
    pin(name, isPinned) {
      if (isPinned) pins.add(name);
      else pins.delete(name);
      reckon();
    },
    listen: (listener) => void listeners.push(listener),
    survey,
  };
}
