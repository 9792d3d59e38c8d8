import { describe, expect, it } from 'vitest';
import { createUses } from '../../../src/commands/uses.ts';
import { createMemoryTable } from '../../fakes/memory-table.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { parse } from '../templates/sources.ts';

const fox = parse({}, {}, undefined, 'fox');
const wolf = parse({}, {}, undefined, 'wolf');
const bear = parse({}, {}, undefined, 'bear');
const names = (all: readonly { name: string }[]) => all.map(({ name }) => name);

function stage() {
  const table = createMemoryTable();
  const log = createRecordingLog();
  return { table, log, uses: createUses(table, log) };
}

describe('the order of templates', () => {
  it('is what was chosen, then what is used, then by name; also in the next process', async () => {
    const { table, log, uses } = stage();
    expect(names(await uses.ranked(undefined, [wolf, fox, bear], []))).toEqual(['bear', 'fox', 'wolf']);
    for (const name of ['wolf', 'fox', 'wolf']) await uses.count(undefined, name);
    const later = createUses(table, log);
    expect(names(await later.ranked(undefined, [bear, fox, wolf], []))).toEqual(['wolf', 'fox', 'bear']);
    const chosen = ['fox', 'bear', 'bear'];
    expect(names(await later.ranked(undefined, [wolf, fox, bear], chosen))).toEqual(['bear', 'fox', 'wolf']);
  });

  it('is each guild’s own for its own templates, until it is forgotten', async () => {
    const { uses } = stage();
    await uses.count('a', 'wolf');
    expect(names(await uses.ranked('a', [fox, wolf], []))).toEqual(['wolf', 'fox']);
    expect(names(await uses.ranked('b', [fox, wolf], []))).toEqual(['fox', 'wolf']);
    expect(names(await uses.ranked(undefined, [fox, wolf], []))).toEqual(['fox', 'wolf']);
    await uses.forget('a');
    expect(names(await uses.ranked('a', [fox, wolf], []))).toEqual(['fox', 'wolf']);
  });

  it('is of bounded size, and what is used now counts for more than what was', async () => {
    const { table, uses } = stage();
    const crowd = Array.from({ length: 600 }, (_none, n) => [`t${n}`, n + 1] as const);
    await table.set('uses/all', Object.fromEntries(crowd));
    await uses.count(undefined, 't599');
    const row = Object(await table.get('uses/all')) as Record<string, number>;
    expect(Object.keys(row)).toHaveLength(500);
    expect(row['t599']).toBe(301);
    expect(row).not.toHaveProperty('t0');
  });

  it('begins anew where it was damaged, and fails no run where it cannot be kept', async () => {
    const { table, log, uses } = stage();
    await table.set('uses/all', 'nonsense');
    await uses.count(undefined, 'wolf');
    expect(await table.get('uses/all')).toEqual({ wolf: 1 });
    table.broken = true;
    await uses.count(undefined, 'wolf');
    expect(log.lines.map(({ message }) => message)).toEqual(['a use was not counted']);
  });
});
