import type { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { isJsonObject, parseJson, writeJson, type Json } from '../../src/core/json.ts';
import type { FakeMessage } from '../fakes/discord/index.ts';
import { damages } from './damages.ts';
import { adminOf, MANAGE } from '../world/discord-admin.ts';
import { PATIENCE_MS } from '../fakes/patience.ts';
import { upgradeStage, type Chats, type UpgradeStage } from '../world/upgrade-stage.ts';

const WORDS = 'can’t be read any more';
const done = ({ content }: { content: string }) => content.includes('Done in');

function valueIn(database: DatabaseSync, sql: string): Json {
  const row = parseJson(String(database.prepare(sql).get()?.['value']));
  return isJsonObject(row) ? (row['value'] ?? null) : null;
}

function put(database: DatabaseSync, table: string, key: string, text: string): void {
  database.exec(
    `CREATE TABLE IF NOT EXISTS "${table}"(key VARCHAR(255) NOT NULL, value TEXT, namespace VARCHAR(255) NOT NULL DEFAULT '', expires BIGINT DEFAULT NULL, UNIQUE(key, namespace))`,
  );
  database.prepare(`INSERT OR REPLACE INTO "${table}"(key, value) VALUES (?, ?)`).run(key, text);
}

/** A job in line, of which each copy has a reply and a person of its own. */
function copyOf(database: DatabaseSync, chats: Chats, job: string, n: number): Json {
  const record = valueIn(database, `SELECT value FROM active WHERE key = '${job}'`);
  if (!isJsonObject(record) || !isJsonObject(record['reply'])) throw new Error('no job');
  const [id, message, token, user] = [
    crypto.randomUUID(),
    `${10n ** 18n + BigInt(n)}`,
    `token-${n}`,
    `${10n ** 17n + BigInt(n)}`,
  ];
  const { discord } = chats;
  const asked = discord.interactions.find(({ token: known }) => known === Object(record['reply']).token);
  const said = discord.messages.find(({ origin }) => origin.id === Object(record['reply']).message);
  const person = discord.users.find(({ id: known }) => known === discord.person);
  if (!asked || !said || !person) throw new Error('no message');
  discord.users.push({ ...person, id: user });
  discord.messages.push({ ...said, origin: { ...said.origin, id: message } });
  discord.interactions.push({ ...asked, id: message, token, user, original: message });
  return { ...record, id, user, reply: { ...record['reply'], message, token, user } };
}

function idOf(database: DatabaseSync, prompt: string): string {
  const found = database.prepare(`SELECT key FROM active WHERE value LIKE ?`).get(`%${prompt}%`);
  return String(found?.['key']);
}

/** Nothing but what a test puts there. */
function forgetJobs(database: DatabaseSync): void {
  database.exec('DELETE FROM active; DELETE FROM inputs');
}

async function isAnswered({ discord, chats }: UpgradeStage, words: string | RegExp): Promise<void> {
  const { guild, channel, person } = chats.discord;
  const where = { guild, channel, user: person };
  const asked = await discord.slash({ name: 'sketch', options: { prompt: 'a fox', steps: 2 }, ...where });
  await asked.waitFor(
    ({ content }) => (typeof words === 'string' ? content.includes(words) : words.test(content)),
    10_000,
  );
}

describe('A damaged record of an unfinished job', () => {
  it.each(['queued', 'delivering'])(
    'that is %s ends its reply with words, whatever is wrong',
    async (state) => {
      const copies = new Map<string, { name: string; id: string; message: string }>();
      const stage = await upgradeStage(0, (database, chats) => {
        const job = idOf(database, state === 'queued' ? 'a fox in line' : '"count":12');
        const filling = database.prepare(`SELECT value FROM fillings WHERE key = ?`).get(job);
        const count = damages(copyOf(database, chats, job, 0)).length;
        const rows: [string, string][] = [];
        for (let n = 0; n < count; n += 1) {
          const copy = copyOf(database, chats, job, n + 1);
          const damage = damages(copy)[n];
          const { id, reply } = Object(copy);
          if (!damage) continue;
          copies.set(id, { name: damage.name, id, message: reply.message });
          rows.push([id, damage.text]);
          put(database, 'fillings', id, String(filling?.['value']));
        }
        forgetJobs(database);
        for (const [id, text] of rows) put(database, 'active', id, text);
      });
      const { discord, chats } = stage;
      const easel = await stage.start();
      await isAnswered(stage, 'Done in');
      const left = () => stage.rows()['active']?.map((row) => row.slice(0, 36)) ?? [];
      const gone = /^it is|^(platform|reply)(\.(channel|message|user|application|token|private))? is/;
      await expect
        .poll(() => left().map((id) => copies.get(id)?.name), { timeout: PATIENCE_MS })
        .toEqual(['platform is an unknown word']);

      const messages = new Map(discord.messagesIn(chats.discord.channel).map((one) => [one.id, one]));
      const silent: string[] = [];
      for (const { name, message } of copies.values()) {
        const reply: FakeMessage | undefined = messages.get(message);
        const heard = reply && (done(reply) || reply.content.includes(WORDS));
        if (!heard && !gone.test(name)) silent.push(`${name}: ${reply?.content}`);
      }
      expect(silent).toEqual([]);
      expect(stage.rows()['unreadable']?.length).toBeGreaterThan(7);

      await easel.stop();
      const again = await stage.start();
      await isAnswered(stage, 'Done in');
      expect(again.logs.filter((line) => line.includes('unreadable'))).toEqual([]);
      await again.stop();
      // addresses that are words of another kind are tried, and lead nowhere
      expect(discord.violations.filter((violation) => !violation.includes('frobnicated'))).toEqual([]);
      stage.forgive();
    },
  );

  it('whose graph is damaged ends with words, too', async () => {
    const names: string[] = [];
    const messages: string[] = [];
    const stage = await upgradeStage(0, (database, chats) => {
      const job = idOf(database, 'a fox in line');
      const filling = valueIn(database, `SELECT value FROM fillings WHERE key = '${job}'`);
      const graph = valueIn(
        database,
        `SELECT value FROM graphs WHERE key = (SELECT json_extract(value, '$.value.graph') FROM active WHERE key = '${job}')`,
      );
      const rows: [string, string][] = [];
      const spoilt = [
        ...damages(filling).map((damage) => ({ ...damage, table: 'fillings' })),
        ...damages(graph)
          .slice(0, 12)
          .map((damage) => ({ ...damage, table: 'graphs' })),
        { name: 'absent', text: '', table: 'none' },
      ];
      for (const [n, { name, text, table }] of spoilt.entries()) {
        const copy = Object(copyOf(database, chats, job, n + 1));
        const key = table === 'graphs' ? `graph-${n}` : copy.graph;
        if (table === 'graphs') put(database, 'graphs', key, text);
        if (table !== 'none')
          put(database, 'fillings', copy.id, table === 'fillings' ? text : writeJson({ value: filling }));
        rows.push([copy.id, writeJson({ value: { ...copy, graph: key } })]);
        names.push(`${table}: ${name}`);
        messages.push(copy.reply.message);
      }
      forgetJobs(database);
      for (const [id, text] of rows) put(database, 'active', id, text);
    });
    await stage.start();
    await expect.poll(() => stage.rows()['active']).toEqual([]);
    const replies = new Map(
      stage.discord.messagesIn(stage.chats.discord.channel).map((one) => [one.id, one.content]),
    );
    const silent = names.filter(
      (_name, n) => !/Done in|can’t be read|refuse|backend/.test(replies.get(messages[n] ?? '') ?? ''),
    );
    expect(silent).toEqual([]);
    expect([...replies.values()].filter((content) => content.includes(WORDS)).length).toBeGreaterThan(10);
  });
});

const NOW = Date.now();
const ENTRY = { at: NOW, by: 'ada', act: 'settings.change', subject: 'guildJobs', detail: 'guildJobs=9' };
/** Rows of tables that version 0.1.0 did not have. */
const SAMPLES: Record<string, [key: string, value: Json]> = {
  rules: ['operator', { closed: false, blockedUsers: ['discord:1'] }],
  rules_audit: ['operator', [ENTRY]],
  holds: [
    'backend',
    { since: NOW, kind: 'away', problem: { code: 'backend-unreachable', backend: 'ComfyUI' } },
  ],
  marks: ['partners-since', NOW],
  alerts: ['full-disk', { at: NOW, active: false }],
  notices: [
    'partner-nodes/1/2',
    {
      notice: { kind: 'partner-nodes', platform: 'discord', guild: '1', template: 'fox', nodes: ['A'] },
      at: NOW,
      dismissed: false,
    },
  ],
  sessions: ['someone', { until: NOW + 60_000, token: 'x' }],
};

describe('A damaged row', () => {
  it.each([
    'settings',
    'audit',
    'shelves',
    'versions',
    'drafts',
    'failures',
    'notices',
    'web',
    'sessions',
    'ended',
    'inputs',
  ])('in %s neither stops the start nor hides the others', async (table) => {
    const stage = await upgradeStage(0, (database) => {
      const sample = SAMPLES[table]?.[1] ?? valueIn(database, `SELECT value FROM "${table}"`);
      forgetJobs(database);
      const all = damages(sample);
      expect(all.length).toBeGreaterThan(7);
      for (const [n, { text }] of all.entries()) put(database, table, `odd-${n}`, text);
    });
    const easel = await stage.start();
    await isAnswered(stage, 'Done in');
    const { guild, channel, person } = stage.chats.discord;
    const admin = adminOf(() => stage.discord, { guild, channel, user: person, memberPermissions: MANAGE });
    expect((await admin.ask('settings', 'audit')).text).toContain('changed');
    expect(
      easel.logs.filter((line) => /"level":(50|60)/.test(line) && !/corrupt|unreadable/.test(line)),
    ).toEqual([]);
  });

  it.each(['rules', 'rules_audit', 'holds', 'marks', 'alerts'])(
    'in %s, where it is the only one, does not stop the start either',
    async (table) => {
      const [key, value] = SAMPLES[table] ?? ['', null];
      for (const { name, text } of damages(value, 1)) {
        const stage = await upgradeStage(0, (database) => {
          forgetJobs(database);
          put(database, table, key, text);
        });
        const easel = await stage.start();
        await isAnswered(stage, table === 'rules' ? /Done in|not taking jobs/ : 'Done in').catch(
          (error: unknown) => {
            throw new Error(`${table}: ${name}`, { cause: error });
          },
        );
        await easel.stop();
      }
    },
    60_000,
  );

  it('of one’s own guild is told in words: settings, shelf, version, draft, an old button, the history', async () => {
    const at =
      (table: string, where = '1') =>
      (database: DatabaseSync) =>
        database.exec(`UPDATE "${table}" SET value = '{"value":{"odd":true}}' WHERE ${where}`);
    const spoilt = async (...changes: ((database: DatabaseSync) => void)[]) => {
      const stage = await upgradeStage(0, (database) => {
        forgetJobs(database);
        for (const change of changes) change(database);
      });
      await stage.start();
      return stage;
    };
    const one = await spoilt((database) => database.exec(`UPDATE settings SET value = '{"value":7}'`));
    await isAnswered(one, 'The settings here can’t be read');

    const two = await spoilt(at('shelves'));
    await isAnswered(two, WORDS);

    const three = await spoilt(at('versions'), at('drafts'), at('ended'), at('audit'));
    const { discord, chats } = three;
    const { guild, channel, person } = chats.discord;
    const where = { guild, channel, user: person };
    await isAnswered(three, 'Done in');
    const admin = adminOf(() => discord, { ...where, memberPermissions: MANAGE });
    const told = async (acted: ReturnType<typeof discord.click>, words: string) =>
      (await acted).waitFor(({ content, text }) => `${content}${text}`.includes(words));
    const button = (name: string, action: string) => {
      const message = three.message(name);
      const found = message.buttons.find(({ custom_id: id }) => String(id).startsWith(action));
      return { message, customId: String(found?.custom_id) };
    };
    await told(discord.click(button('succeeded', 'again')), WORDS);
    await told(
      discord.click({ ...button('draftPanel', 'edit:publish'), ...where, memberPermissions: MANAGE }),
      WORDS,
    );
    const exported = await admin.ask('template', 'export', { name: 'fox' });
    expect(exported.text).toContain(WORDS);
    expect((await admin.ask('settings', 'audit')).text).toMatch(/couldn’t|can’t/);
  });
});
