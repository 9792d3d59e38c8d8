import { DatabaseSync } from 'node:sqlite';
import { onTestFinished, describe, expect, it } from 'vitest';
import { EaselError } from '../../../src/core/errors.ts';
import { GuildSettings, type AuditEntry } from '../../../src/guilds/schema.ts';
import { openGuildStore } from '../../../src/guilds/store.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { refused } from '../commands/stage.ts';
import { temporaryFolder } from '../temporary.ts';

async function folder() {
  const path = `${await temporaryFolder()}/guilds.sqlite`;
  const log = createRecordingLog();
  const open = async () => {
    const store = await openGuildStore(`sqlite://${path}`, log);
    onTestFinished(() => store.close());
    return store;
  };
  /** Behind the store's back. */
  const sql = (text: string, ...values: string[]) => {
    const database = new DatabaseSync(path);
    database.prepare(text).run(...values);
    database.close();
  };
  return { open, sql, log };
}

const entry = (at: number): AuditEntry => ({ at, by: 'ada', act: 'settings.change', subject: String(at) });
const settings = (given: Partial<GuildSettings>) => GuildSettings.parse(given);

describe('settings', () => {
  it('are empty at first, each guild has its own, and they are there after a restart', async () => {
    const { open } = await folder();
    const first = await open();
    expect(first.settings('a')).toEqual(settings({}));
    await first.change('a', () => ({
      settings: settings({ guildJobs: 3, bannedUsers: ['eve'] }),
      entry: entry(1),
    }));
    expect(first.settings('a')).toMatchObject({ guildJobs: 3, bannedUsers: ['eve'] });
    const second = await open();
    expect(second.settings('a')).toEqual(settings({ guildJobs: 3, bannedUsers: ['eve'] }));
    expect(second.settings('b')).toEqual(settings({}));
    expect(await second.audit('a')).toEqual([entry(1)]);
    expect(await second.audit('b')).toEqual([]);
  });

  it.each([
    ['of another shape', '{"value":{"guildJobs":"many"}}'],
    ['not even JSON', '{{{'],
  ])('that are damaged (%s) are logged, left as they are, and cannot be changed', async (_how, text) => {
    const { open, sql, log } = await folder();
    const first = await open();
    await first.change('a', () => ({ settings: settings({ guildJobs: 3 }), entry: entry(1) }));
    await first.change('b', () => ({ settings: settings({ guildJobs: 4 }), entry: entry(1) }));
    await first.close();
    sql('UPDATE settings SET value = ? WHERE key = ?', text, 'a');
    const second = await open();
    expect(second.settings('a')).toEqual(settings({}));
    expect(second.settings('b')).toMatchObject({ guildJobs: 4 });
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'corrupt settings left in place' }),
    );
    expect(
      await refused(second.change('a', () => ({ settings: settings({ userJobs: 1 }), entry: entry(2) }))),
    ).toEqual({
      code: 'settings-damaged',
    });
    expect(second.settings('a')).toEqual(settings({}));
    expect(await second.audit('a')).toEqual([entry(1)]);
  });

  it('stay as they were when the store does not take them', async () => {
    const { open, sql } = await folder();
    const store = await open();
    await store.change('a', () => ({ settings: settings({ guildJobs: 3 }), entry: entry(1) }));
    sql(`CREATE TRIGGER stop BEFORE UPDATE ON settings BEGIN SELECT RAISE(ABORT, 'full'); END`);
    expect(
      await refused(store.change('a', () => ({ settings: settings({ guildJobs: 9 }), entry: entry(2) }))),
    ).toEqual({
      code: 'store-failed',
    });
    expect(store.settings('a').guildJobs).toBe(3);
    // what was not done is not said to be
    expect(await store.audit('a')).toEqual([entry(1)]);
  });

  it.each([1, 2])(
    'are not said to be changed when that is refused, asked for the %ith time',
    async (time) => {
      const { open } = await folder();
      const store = await open();
      let asked = 0;
      const change = store.change('a', () => {
        asked += 1;
        if (asked === time)
          throw new EaselError({ code: 'setting-changed', setting: 'guildJobs', value: '4' });
        return { settings: settings({ guildJobs: 9 }), entry: entry(1) };
      });
      expect(await refused(change)).toMatchObject({ code: 'setting-changed' });
      expect(store.settings('a').guildJobs).toBeUndefined();
      expect(await store.audit('a')).toEqual([]);
    },
  );

  it('are judged as they are stored, also where somebody else has written them', async () => {
    const { open, sql } = await folder();
    const store = await open();
    await store.change('a', () => ({ settings: settings({ guildJobs: 3 }), entry: entry(1) }));
    sql('UPDATE settings SET value = ?', JSON.stringify({ value: { guildJobs: 7 } }));
    const seen: unknown[] = [];
    await store.change('a', (before) => {
      seen.push(before.guildJobs);
      return undefined;
    });
    expect(seen).toEqual([7]);
    sql('UPDATE settings SET value = ?', '{"value":{"guildJobs":"many"}}');
    expect(
      await refused(store.change('a', () => ({ settings: settings({ userJobs: 1 }), entry: entry(2) }))),
    ).toMatchObject({ code: 'settings-damaged' });
    expect(await store.audit('a')).toEqual([entry(1)]);
  });

  it('keep the entry, and say so, where it cannot be taken back', async () => {
    const { open, sql, log } = await folder();
    const store = await open();
    await store.record('a', entry(0));
    sql(`CREATE TRIGGER stop BEFORE INSERT ON settings BEGIN SELECT RAISE(ABORT, 'full'); END`);
    sql(`CREATE TRIGGER shrink BEFORE UPDATE ON audit WHEN length(new.value) < length(old.value)
      BEGIN SELECT RAISE(ABORT, 'full'); END`);
    const change = store.change('a', () => ({ settings: settings({ guildJobs: 9 }), entry: entry(1) }));
    expect(await refused(change)).toEqual({ code: 'store-failed' });
    expect(await store.audit('a')).toEqual([entry(1), entry(0)]);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'audit entry of what was not done stays' }),
    );
  });

  it('are not changed when that cannot be written down', async () => {
    const { open, sql } = await folder();
    const store = await open();
    sql(`CREATE TRIGGER stop BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END`);
    expect(
      await refused(store.change('a', () => ({ settings: settings({ guildJobs: 9 }), entry: entry(2) }))),
    ).toEqual({
      code: 'store-failed',
    });
    expect(store.settings('a').guildJobs).toBeUndefined();
    sql('DROP TRIGGER stop');
    expect((await open()).settings('a').guildJobs).toBeUndefined();
  });
});

describe('the audit log', () => {
  it('has the newest first, and forgets the oldest beyond 500', async () => {
    const { open, sql } = await folder();
    const store = await open();
    const old = Array.from({ length: 499 }, (_, at) => entry(at));
    await store.record('a', entry(0));
    sql('UPDATE audit SET value = ? WHERE key = ?', JSON.stringify({ value: old }), 'a');
    await store.record('a', entry(499));
    await store.record('a', entry(500));
    const kept = await store.audit('a');
    expect(kept).toHaveLength(500);
    expect([kept[0], kept.at(-1)]).toEqual([entry(500), entry(1)]);
  });

  it('loses nothing that is written at the same time', async () => {
    const { open } = await folder();
    const store = await open();
    const all = Array.from({ length: 20 }, (_, at) => entry(at));
    await Promise.all(all.map((one) => store.record('a', one)));
    expect(await store.audit('a')).toEqual(all.toReversed());
  });

  it.each([
    ['of another shape', '{"value":{"at":"noon"}}'],
    ['not even JSON', '{{{'],
  ])('that is damaged (%s) is not written over', async (_how, text) => {
    const { open, sql } = await folder();
    const store = await open();
    await store.record('a', entry(1));
    sql('UPDATE audit SET value = ?', text);
    expect(await refused(store.record('a', entry(2)))).toEqual({ code: 'store-failed' });
    expect(await refused(store.audit('a'))).toEqual({ code: 'store-failed' });
    sql('UPDATE audit SET value = ?', JSON.stringify({ value: [entry(1)] }));
    await store.record('a', entry(2));
    expect(await store.audit('a')).toEqual([entry(2), entry(1)]);
  });

  it('passes over an entry that is damaged, and keeps it', async () => {
    const { open, sql } = await folder();
    const store = await open();
    const odd = { ...entry(2), at: 'noon' };
    await store.record('a', entry(1));
    sql('UPDATE audit SET value = ?', JSON.stringify({ value: [entry(1), odd] }));
    await store.record('a', entry(3));
    expect(await store.audit('a')).toEqual([entry(3), entry(1)]);
    // only what is there is changed
    sql(`UPDATE audit SET value = replace(value, '"noon"', '2')`);
    expect(await store.audit('a')).toEqual([entry(3), entry(2), entry(1)]);
  });
});
