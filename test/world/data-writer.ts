/** A process that fills and empties a data folder until it is killed; test/e2e/disk.long.test.ts counts what it leaves. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDiskFull } from '../../src/core/disk.ts';
import { systemClock } from '../../src/core/time.ts';
import { createBudget } from '../../src/files/budget.ts';
import { createRandom } from '../fakes/random.ts';

const [directory = '', seed = '1', bytes = '0'] = process.argv.slice(2);
const random = createRandom(Number(seed));
const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };
const about = { name: 'a.png', type: 'image/png' };
const budget = createBudget({
  directory,
  marks: { get: async () => undefined, set: async () => undefined },
  clock: systemClock,
  log,
  scale: { budget: Number(bytes), everyMs: 5, surveyMs: 20, pieceMs: 1, reserve: 0 },
});
process.once('SIGTERM', () => void budget.stop().then(() => process.exit(0)));

async function* pieces() {
  for (let left = random.below(8); left >= 0; left -= 1) {
    await systemClock.sleep(1);
    yield Buffer.alloc(20_000);
  }
}

async function picture(n: number): Promise<void> {
  const name = `m${seed}-${n}`;
  const file = Buffer.alloc(30_000 + random.below(60_000));
  await budget.pages.keep({ name, bytes: file.length }, async () => {
    await mkdir(join(directory, 'web', name), { recursive: true });
    await writeFile(join(directory, 'web', name, 'a.png'), file);
  });
}

function unlessFull(error: unknown): void {
  if (!isDiskFull(error)) throw error;
}

async function work(n: number): Promise<void> {
  const owner = `j${seed}-${n}`;
  await budget.files.put({ shelf: 'outbox', owner, name: '0' }, about, pieces());
  const link = { shelf: 'links', owner, name: '0' } as const;
  await budget.files.put(link, about, pieces(), Date.now() + random.below(200)).catch(unlessFull);
  await picture(n).catch(unlessFull);
  await budget.files.drop('outbox', owner);
}

budget.start();
await budget.measured;
process.stdout.write('begun\n');
for (let n = 0; ; n += 4) {
  await Promise.all([work(n), work(n + 1), work(n + 2), work(n + 3)]);
  process.stdout.write(`${n}\n`);
}
