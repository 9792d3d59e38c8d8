/** The versions that a database's tables have. */
import type { DatabaseSync } from 'node:sqlite';
import { VERSIONS, type Tables } from './schema.ts';
import { StoreTrouble } from './trouble.ts';

/** Of each table that is there. */
export function readVersions(connection: DatabaseSync): Map<string, number> {
  const names = connection.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
  const versions = new Map(names.map(({ name }) => [String(name), 1]));
  if (versions.delete(VERSIONS))
    for (const { name, version } of connection.prepare(`SELECT name, version FROM ${VERSIONS}`).all())
      versions.set(String(name), Number(version));
  return versions;
}

/** Throws StoreTrouble where a newer Easel has been at work. */
export function requireKnown(versions: ReadonlyMap<string, number>, tables: Tables): void {
  for (const [name, version] of versions)
    if (version > (tables[name]?.version ?? 1))
      throw new StoreTrouble('newer', `table ${name} has version ${version}`);
}
