import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Environment, readConfig } from '../../src/config.ts';

const root = join(import.meta.dirname, '../..');

describe('The documents', () => {
  it('list every variable that the code reads, and no other, with its default', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    const rows = [...readme.matchAll(/^\| `([A-Z_]+)` \| .* \| ?(.*?) ?\|$/gm)].map(
      ([, name = '', value = '']) => [name, value] as const,
    );
    expect(rows.map(([name]) => name)).toEqual(Object.keys(Environment.shape));

    const defaults = Object.entries(readConfig({})).map(([name, value]) => [
      name,
      JSON.stringify(value).replaceAll('"', ''),
    ]);
    const told = new Map(rows.map(([name, value]) => [name, value.replaceAll('`', '')]));
    expect(defaults.length).toBeGreaterThan(5);
    expect(defaults.map(([name = '']) => [name, told.get(name)])).toEqual(defaults);
  });

  it('offer only variables that exist in .env.example', async () => {
    const example = await readFile(join(root, '.env.example'), 'utf8');
    const names = [...example.matchAll(/^#? ?([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(5);
    for (const name of names) expect(Object.keys(Environment.shape)).toContain(name);
  });
});
