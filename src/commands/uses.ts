/**
 * How often templates are used, and in which order they matter: what has room for so many only takes the first ones. Counts of
 * the built-in ones are everybody's, those of a guild's own its own.
 */
import { z } from 'zod';
import type { Log } from '../core/log.ts';
import type { Template } from '../core/template.ts';

export interface Uses {
  /** One more. `guild`: whose own template it is; undefined for a built-in one. Never rejects. */
  count(guild: string | undefined, name: string): Promise<void>;
  /** Those that `chosen` names first (the more often the better), then the most used, then by name. Rejects with `store-failed`. */
  ranked(
    guild: string | undefined,
    templates: readonly Template[],
    chosen: readonly string[],
  ): Promise<Template[]>;
  /** Rejects with `store-failed`. */
  forget(guild: string): Promise<void>;
}

/** Of `store/`, as much as is needed. */
interface UsesTable {
  get(key: string): Promise<unknown>;
  update(key: string, change: (found: unknown) => unknown): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

const Row = z.record(z.string(), z.number());
/** Rows stand among others. */
const PREFIX = 'uses/';
/** Names in one row; the least used ones go. */
const MAX_NAMES = 500;
/** When all of a row are more than this they are halved, so that what is used now counts for more than what was. */
const MAX_COUNT = 10_000;

export function createUses(table: UsesTable, log: Log): Uses {
  return {
    async count(guild, name) {
      try {
        await table.update(keyOf(guild), (found) => counted(rowOf(found), name));
      } catch (error) {
        log.warn({ guild, template: name, err: error }, 'a use was not counted');
      }
    },
    async ranked(guild, templates, chosen) {
      return ordered(templates, rowOf(await table.get(keyOf(guild))), chosen);
    },
    async forget(guild) {
      await table.delete(keyOf(guild));
    },
  };
}

/** Nobody counts. */
export const NO_USES: Uses = {
  count: async () => undefined,
  ranked: async (_guild, templates, chosen) => ordered(templates, new Map(), chosen),
  forget: async () => undefined,
};

function ordered(
  templates: readonly Template[],
  uses: ReadonlyMap<string, number>,
  chosen: readonly string[],
): Template[] {
  const choices = new Map<string, number>();
  for (const name of chosen) choices.set(name, (choices.get(name) ?? 0) + 1);
  const rank = ({ name }: Template) => [choices.get(name) ?? 0, uses.get(name) ?? 0] as const;
  return templates.toSorted((a, b) => {
    const [chosenA, usedA] = rank(a);
    const [chosenB, usedB] = rank(b);
    return chosenB - chosenA || usedB - usedA || (a.name < b.name ? -1 : 1);
  });
}

const keyOf = (guild: string | undefined) => `${PREFIX}${guild === undefined ? 'all' : `own/${guild}`}`;

/** A damaged row counts anew. */
function rowOf(found: unknown): Map<string, number> {
  return new Map(Object.entries(Row.safeParse(found).data ?? {}));
}

function counted(row: Map<string, number>, name: string): Record<string, number> {
  row.set(name, (row.get(name) ?? 0) + 1);
  const total = [...row.values()].reduce((sum, count) => sum + count, 0);
  const halved = [...row].map(([key, count]): [string, number] => [
    key,
    total > MAX_COUNT ? Math.ceil(count / 2) : count,
  ]);
  return Object.fromEntries(halved.toSorted(([, a], [, b]) => b - a).slice(0, MAX_NAMES));
}
