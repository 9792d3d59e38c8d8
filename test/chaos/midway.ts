/** Killed in the middle of what takes long: an upload, and the upgrade of what an older version left behind. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { spawnEasel, type EaselProcess } from '../world/process.ts';
import { temporaryFolder } from '../world/easel.ts';
import { startFront } from '../fakes/comfy/front.ts';
import { pause } from './party.ts';
import { eventually, type Scenario, type Stage } from './scenario.ts';
import { openServers } from './servers.ts';

const BOT = 'test/chaos/bot.ts';
const MB = 1024 * 1024;
const FILE = Buffer.alloc(12 * MB, 'x');
const UPLOADS = 5;
const UPGRADES = 15;

export const midway: Scenario = {
  name: 'midway',
  deadlineMs: 240_000,
  run: async (stage) => [await upload(stage), await upgrade(stage)].join('; '),
};

/** What was fetched is not fetched again, and arrives once. */
async function upload(stage: Stage): Promise<string> {
  const servers = await openServers(stage, { stepMs: 1 });
  const { discord, sandbox } = servers;
  discord.attachmentSizeLimit = 100 * MB;
  let bot: EaselProcess | undefined;
  let fetched = 0;
  let killing = false;
  let kills = 0;
  const backend = await startFront(sandbox.url, ({ url }, response) => {
    if (url?.includes('/view?') !== true) return false;
    fetched += 1;
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': FILE.length }).end(FILE);
    return true;
  });
  const chat = await startFront(discord.apiUrl, (request) => {
    if (!killing || Number(request.headers['content-length'] ?? 0) < MB) return false;
    let seen = 0;
    request.on('error', () => undefined);
    request.on('data', (piece: Buffer) => {
      seen += piece.length;
      if (seen < 2 * MB || !killing) return;
      killing = false;
      kills += 1;
      bot?.signal('SIGKILL');
    });
    return true;
  });
  for (const front of [backend, chat]) stage.onEnd(() => front.stop());
  const over = new AbortController();
  const environment = { ...servers.environment, COMFY_URL: backend.url, DISCORD_API_URL: chat.url };
  const living = (async () => {
    while (!over.signal.aborted) {
      bot = spawnEasel(environment, [], BOT);
      await bot.ended;
    }
  })();
  stage.onEnd(async () => {
    over.abort();
    bot?.signal('SIGKILL');
    await living;
  });
  const isUp = () => bot?.output().includes('"msg":"started"') === true;
  await eventually(stage, isUp);
  let doubled = 0;
  for (let round = 1; round <= UPLOADS; round += 1) {
    const asked = await discord.slash({ name: 'sketch', options: { prompt: `a clip ${round}` } });
    killing = true;
    // a preview is an attachment too
    const isThere = () =>
      asked.original?.content.includes('Done in') === true && asked.original.attachments.length === 1;
    await eventually(stage, () => kills === round && isThere());
    doubled += asked.followUps.length;
    await eventually(stage, isUp);
  }
  stage.demand(kills === UPLOADS, `killed ${kills} times`);
  stage.demand(fetched === UPLOADS, `fetched ${fetched} times`);
  stage.demand(doubled === 0, `${doubled} messages too many`);
  return `killed in ${kills} uploads: ${UPLOADS} of ${UPLOADS} arrived, fetched ${fetched} times`;
}

/** The old state whole, or the new one. */
async function upgrade(stage: Stage): Promise<string> {
  const folder = await temporaryFolder();
  stage.onEnd(() => folder.remove());
  await cp('test/fixtures/data-0.1.0/folder', folder.path, { recursive: true });
  const file = join(folder.path, 'easel.sqlite');
  const before = jobsIn(file);
  const start = () => spawnEasel({ DATA_DIR: folder.path }, [], BOT);
  for (let kill = 0; kill < UPGRADES; kill += 1) {
    const bot = start();
    await pause(50 + stage.random.below(600));
    bot.signal('SIGKILL');
    await bot.ended;
  }
  const last = start();
  await last.says(/"msg":"started"|127\.0\.0\.1/);
  last.signal('SIGTERM');
  await last.ended;
  const after = jobsIn(file);
  stage.demand(after === before, `${before} jobs before, ${after} after`);
  return `killed in ${UPGRADES} upgrades: ${after} of ${before} jobs there`;
}

function jobsIn(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const [{ integrity_check: sound } = {}] = database.prepare('PRAGMA integrity_check').all();
    if (sound !== 'ok') throw new Error(String(sound));
    const count = (table: string) =>
      Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);
    return count('active') + count('ended');
  } finally {
    database.close();
  }
}
