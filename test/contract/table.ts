/** What every table promises, whatever keeps it. */
import { describe, expect, it } from 'vitest';
import type { Table } from '../../src/store/index.ts';
import { until } from '../fakes/until.ts';

export async function allOf(table: Table): Promise<Record<string, unknown>> {
  return Object.fromEntries(await Array.fromAsync(table.entries()));
}

/** `open` gives an empty table, closed again by whoever opened it. */
export function tableContract(name: string, open: () => Promise<Table>): void {
  describe(`a table: ${name}`, () => {
    it('is empty at first, and gives back what was written, big numbers too', async () => {
      const table = await open();
      expect(await allOf(table)).toEqual({});
      expect(await table.get('a')).toBeUndefined();
      await table.set('a', { seed: 18446744073709551615n, list: [1, null, true, 'ü🦊'] });
      await table.set('b', null);
      expect(await table.get('a')).toEqual({ seed: 18446744073709551615n, list: [1, null, true, 'ü🦊'] });
      expect(await table.get('b')).toBeNull();
      expect(Object.keys(await allOf(table)).toSorted()).toEqual(['a', 'b']);
    });

    it('gives everybody an object of their own', async () => {
      const table = await open();
      const value = { list: [1] };
      await table.set('a', value);
      value.list.push(2);
      const read = await table.get('a');
      Object.assign(read ?? {}, { list: [] });
      expect(await table.get('a')).toEqual({ list: [1] });
    });

    it('forgets what is deleted, also what is not there', async () => {
      const table = await open();
      await table.set('a', 1);
      await table.delete('a');
      await table.delete('a');
      expect(await table.get('a')).toBeUndefined();
      expect(await allOf(table)).toEqual({});
    });

    it('takes every key for what it is', async () => {
      const table = await open();
      const keys = ['a:b', 'a/b', "it's", '%', 'A', 'ä', '__proto__', ' '];
      for (const key of keys) await table.set(key, key);
      for (const key of keys) expect(await table.get(key)).toBe(key);
      expect(await Array.fromAsync(table.entries())).toHaveLength(keys.length);
    });

    it('keeps the last of many writes of one row', async () => {
      const table = await open();
      await Promise.all(Array.from({ length: 50 }, (_, index) => table.set('a', index)));
      expect(await allOf(table)).toEqual({ a: 49 });
    });

    it('forgets a row after its time, and no sooner', async () => {
      const table = await open();
      await table.set('short', 1, 1);
      await table.update('changed', () => 1, 1);
      await table.set('long', 1, 60_000);
      await table.set('longer', 1, 1);
      await table.set('longer', 2);
      const later = Date.now() + 2;
      await until(() => Date.now() > later);
      expect(await table.get('short')).toBeUndefined();
      expect(await table.update('short', (before) => before === undefined)).toBe(true);
      expect(await allOf(table)).toEqual({ long: 1, longer: 2, short: true });
    });

    it('is read to its end while it is written', async () => {
      const table = await open();
      const keys = Array.from({ length: 350 }, (_, index) => `key-${String(index).padStart(3, '0')}`);
      await Promise.all(keys.map((key) => table.set(key, key)));
      const seen: string[] = [];
      for await (const [key] of table.entries()) {
        seen.push(key);
        // behind and before the reader
        if (seen.length === 150) {
          await table.delete('key-000');
          await table.delete('key-349');
          await table.set('key-100', 'again');
          await table.set('key-050-new', 1);
        }
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(keys.filter((key) => key !== 'key-349' && !seen.includes(key))).toEqual([]);
    });

    it('changes a row from what it is', async () => {
      const table = await open();
      expect(await table.update('a', (before) => [before ?? 'nothing'])).toEqual(['nothing']);
      expect(await table.update('a', (before) => ({ before }))).toEqual({ before: ['nothing'] });
      expect(await table.get('a')).toEqual({ before: ['nothing'] });
      expect(await table.update('a', () => undefined)).toBeUndefined();
      expect(await allOf(table)).toEqual({});
      await table.update('a', () => undefined);
    });

    it('loses none of many changes at once', async () => {
      const table = await open();
      await Promise.all(
        Array.from({ length: 100 }, () => table.update('count', (before) => Number(before ?? 0) + 1)),
      );
      expect(await table.get('count')).toBe(100);
    });

    it('is as it was when a change throws', async () => {
      const table = await open();
      await table.set('a', 1);
      await expect(
        table.update('a', () => {
          throw new RangeError('no');
        }),
      ).rejects.toThrow(RangeError);
      expect(await table.update('a', (before) => before)).toBe(1);
    });

    it('may be closed twice', async () => {
      const table = await open();
      await table.close();
      await table.close();
    });
  });
}
