/** What Easel 0.1.0 left behind when it was killed, as if that had been just now; `test/fixtures/data-0.1.0` says what it is. */
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished } from 'vitest';
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { JOB_TABLES } from '../../src/jobs/store/tables.ts';
import { upgradeStore } from '../../src/store/upgrade.ts';
import { loadTemplates } from '../../src/templates/library/load.ts';
import { startFakeDiscord, type FakeDiscord, type FakeMessage } from '../fakes/discord/index.ts';
import type { Memory as DiscordMemory } from '../fakes/discord/recall.ts';
import { startFakeSlack, type FakeMessage as SlackMessage, type FakeSlack } from '../fakes/slack/index.ts';
import type { Memory as SlackMemory } from '../fakes/slack/recall.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { temporaryFolder } from '../unit/temporary.ts';
import { startEasel, type TestEasel } from './easel.ts';
import { TEMPLATES } from './slack-bench.ts';
import { onDiscord, onSandbox, onSlack } from './environment.ts';

const FIXTURE = 'test/fixtures/data-0.1.0';
const MONTH_MS = 31 * 24 * 3600_000;
/** Before it was made. */
const LEAD_MS = 3600_000;

export interface Chats {
  /** When it was killed. */
  made: number;
  /** Which message or job is which. */
  names: Record<string, string>;
  discord: DiscordMemory & { person: string; guild: string; channel: string; untold: string };
  slack: SlackMemory & { person: string; root: string; channel: string };
}

export interface UpgradeStage {
  chats: Chats;
  discord: FakeDiscord;
  slack: FakeSlack;
  sandbox: Sandbox;
  start(): Promise<TestEasel>;
  /** What the chats minded so far is all right. */
  forgive(): void;
  /** Every row of every table, as text. */
  rows(): Record<string, string[]>;
  message(name: string): FakeMessage;
  slackMessage(name: string): SlackMessage;
}

/** `stepMs`: of the backend. `change`: what else has become of it, once the records of jobs are as they are now. */
export async function upgradeStage(
  stepMs = 1,
  change?: (database: DatabaseSync, chats: Chats) => void,
): Promise<UpgradeStage> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is ours
  const chats = JSON.parse(await readFile(join(FIXTURE, 'chats.json'), 'utf8')) as Chats;
  const folder = await temporaryFolder();
  await cp(join(FIXTURE, 'folder'), folder, { recursive: true });
  const file = join(folder, 'easel.sqlite');
  freshen(file, chats.made);
  const runs = reading(file, runsIn);
  if (change) {
    await upgradeStore(`sqlite://${file}`, JOB_TABLES, {
      backups: join(folder, 'backups'),
      log: createRecordingLog(),
    });
    reading(file, (database) => change(database, chats));
  }
  const [discord, slack, sandbox] = await Promise.all([
    startFakeDiscord({ memory: chats.discord }),
    startFakeSlack({ memory: chats.slack }),
    startSandbox({ stepMs, nodeMs: 1 }),
  ]);
  const { templates } = await loadTemplates(TEMPLATES);
  slack.setManifest(slackManifest(templates));
  slack.settings.fileProcessingMs = 20;
  await resume(runs, sandbox);
  const running: TestEasel[] = [];
  let forgiven = 0;
  onTestFinished(async () => {
    for (const easel of running) await easel.stop();
    await Promise.all([discord.stop(), slack.stop(), sandbox.stop()]);
    expect([...discord.violations.slice(forgiven), ...slack.violations]).toEqual([]);
  });

  return {
    chats,
    discord,
    slack,
    sandbox,
    async start() {
      const easel = await startEasel({
        ...onDiscord(discord),
        ...onSlack(slack),
        ...onSandbox(sandbox),
        COMFY_CONCURRENCY: '3',
        DATA_DIR: folder,
      });
      running.push(easel);
      await Promise.all([discord.connected(), slack.connected()]);
      return easel;
    },
    forgive() {
      forgiven = discord.violations.length;
    },
    rows: () => reading(file, allRows),
    message: (name) =>
      must(discord.messagesIn(chats.discord.channel).find(({ id }) => id === chats.names[name])),
    slackMessage: (name) =>
      must(slack.messagesIn(chats.slack.channel).find(({ ts }) => ts === chats.names[name])),
  };
}

/** Moves every time in it as far as it lies behind: what has not expired then has not expired now. */
function freshen(file: string, made: number): void {
  const passed = Date.now() - made;
  const isMoment = (moment: number) => moment > made - LEAD_MS && moment < made + MONTH_MS;
  const moved = (text: string) =>
    text.replaceAll(/(?<![\d.])\d{13}(?![\d.])/g, (digits) =>
      isMoment(Number(digits)) ? String(Number(digits) + passed) : digits,
    );
  const database = new DatabaseSync(file);
  for (const table of tablesOf(database)) {
    const update = database.prepare(`UPDATE "${table}" SET value = ?, expires = ? WHERE key = ?`);
    for (const { key, value, expires } of database.prepare(`SELECT * FROM "${table}"`).all())
      update.run(moved(String(value)), expires === null ? null : Number(expires) + passed, key ?? null);
  }
  database.close();
}

/** The backend goes on with what it had: the same runs under the same ids. */
async function resume(runs: Run[], sandbox: Sandbox): Promise<void> {
  for (const { job, workflow, delivered } of runs) {
    const body = `{"prompt_id":"${job}","client_id":"before","prompt":${workflow}}`;
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${sandbox.url}/prompt`, { method: 'POST', headers, body });
    expect(answer.status, await answer.text()).toBe(200);
    if (delivered === 0) continue;
    await expect
      .poll(async () => (await fetch(`${sandbox.url}/history/${job}`)).text(), { timeout: 5000 })
      .not.toBe('{}');
  }
}

interface Run {
  job: string;
  /** Digit for digit. */
  workflow: string;
  delivered: number;
}

function runsIn(database: DatabaseSync): Run[] {
  return database
    .prepare(
      `SELECT key AS job, json_extract(value, '$.value.workflow') AS workflow,
         json_extract(value, '$.value.delivered') AS delivered
       FROM active WHERE json_extract(value, '$.value.promptId') IS NOT NULL ORDER BY delivered DESC`,
    )
    .all()
    .map(({ job, workflow, delivered }) => ({
      job: String(job),
      workflow: String(workflow),
      delivered: Number(delivered),
    }));
}

function tablesOf(database: DatabaseSync): string[] {
  const names = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).all();
  return names.map(({ name }) => String(name)).filter((name) => name !== 'easel_schema');
}

function allRows(database: DatabaseSync): Record<string, string[]> {
  const read = (table: string) => database.prepare(`SELECT key, value FROM "${table}" ORDER BY key`).all();
  return Object.fromEntries(
    tablesOf(database).map((table) => [
      table,
      read(table).map(({ key, value }) => `${String(key)} ${String(value)}`),
    ]),
  );
}

function reading<T>(file: string, look: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(file);
  try {
    return look(database);
  } finally {
    database.close();
  }
}

function must<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('it is not there');
  return found;
}
