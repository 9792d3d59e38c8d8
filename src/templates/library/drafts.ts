/**
 * Drafts as they are stored: so many a guild, and so many bytes. Where a new one finds no room, those of its own person
 * that nobody has changed since they were begun make it, the oldest first: nothing is lost with them but a file that is
 * sent again. Work is never dropped for it; then the new one is refused.
 */
import { EaselError, type Problem } from '../../core/errors.ts';
import { writeJson } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import { createTurns } from '../../core/turns.ts';
import type { Table } from '../../store/index.ts';
import { Draft } from './records.ts';

export interface Drafts {
  get(id: string): Promise<unknown>;
  /** Kept for a week. Rejects with `too-many-drafts`, `drafts-too-large` or `store-failed`. */
  save(draft: Draft): Promise<void>;
  delete(id: string): Promise<void>;
  close(): Promise<void>;
}

export const MAX_DRAFTS = 20;
export const MAX_DRAFT_BYTES = 32_000_000;

const KEEP_MS = 7 * 24 * 3600 * 1000;
/** Between two looks which drafts of a full guild have expired, since they are read for it. */
const LOOK_MS = 600_000;

interface Kept {
  owner: string;
  bytes: number;
  changed: boolean;
}

interface GuildDrafts {
  /** The oldest first. */
  kept: Map<string, Kept>;
  lookedAt: number;
}

export async function openDrafts(table: Table, log: Log): Promise<Drafts> {
  const guilds = new Map<string, GuildDrafts>();
  /** The guild of each. */
  const homes = new Map<string, string>();
  const inTurn = createTurns();
  for await (const [id, value] of table.entries()) {
    const draft = Draft.safeParse(value);
    if (draft.success) note(draft.data, sizeOf(draft.data));
    else log.error({ draft: id, err: draft.error }, 'corrupt draft left in place');
  }

  function note(draft: Draft, bytes: number): void {
    const guild = guilds.get(draft.guild) ?? { kept: new Map(), lookedAt: -Infinity };
    guilds.set(draft.guild, guild);
    homes.set(draft.id, draft.guild);
    guild.kept.set(draft.id, { owner: ownerOf(draft), bytes, changed: draft.changed !== false });
  }

  function forget(id: string): void {
    const name = homes.get(id);
    const kept = guilds.get(name ?? '')?.kept;
    homes.delete(id);
    kept?.delete(id);
    if (name !== undefined && kept?.size === 0) guilds.delete(name);
  }

  /** Those that expired meanwhile count no more. */
  async function look(guild: GuildDrafts): Promise<void> {
    const now = performance.now();
    if (now - guild.lookedAt < LOOK_MS) return;
    guild.lookedAt = now;
    for (const id of guild.kept.keys()) if ((await table.get(id)) === undefined) forget(id);
  }

  async function makeRoom(draft: Draft, bytes: number): Promise<void> {
    const guild = guilds.get(draft.guild);
    if (!guild) return refuse(full([], bytes));
    const others = () => [...guild.kept].filter(([id]) => id !== draft.id);
    if (!full(others(), bytes)) return;
    await look(guild);
    const owner = ownerOf(draft);
    const spare = others().filter(([, one]) => one.owner === owner && !one.changed);
    refuse(
      full(
        others().filter((one) => !spare.some(([id]) => id === one[0])),
        bytes,
      ),
    );
    for (const [id] of spare) {
      if (!full(others(), bytes)) return;
      await table.delete(id);
      forget(id);
      log.info({ guild: draft.guild, draft: id }, 'an unchanged draft made room for a new one');
    }
  }

  return {
    get: (id) => table.get(id),
    save: (draft) =>
      inTurn(draft.guild, async () => {
        const bytes = sizeOf(draft);
        await makeRoom(draft, bytes);
        await table.set(draft.id, draft, KEEP_MS);
        note(draft, bytes);
      }),
    async delete(id) {
      await table.delete(id);
      forget(id);
    },
    close: () => table.close(),
  };
}

/** What keeps one more out, with so many bytes. */
function full(others: [string, Kept][], bytes: number): Problem | undefined {
  if (others.length >= MAX_DRAFTS) return { code: 'too-many-drafts', max: MAX_DRAFTS };
  const sum = others.reduce((total, [, one]) => total + one.bytes, bytes);
  return sum > MAX_DRAFT_BYTES ? { code: 'drafts-too-large', maxSize: MAX_DRAFT_BYTES } : undefined;
}

function refuse(problem: Problem | undefined): void {
  if (problem) throw new EaselError(problem);
}

function ownerOf({ platform, user }: Draft): string {
  return `${platform}/${user}`;
}

function sizeOf(draft: Draft): number {
  return Buffer.byteLength(writeJson(draft));
}
