import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { withOffer } from '../../src/core/links.ts';
import { systemClock } from '../../src/core/time.ts';
import { createFiles } from '../../src/files/index.ts';
import { catalogue } from '../../src/i18n/index.ts';
import { createAddresses } from '../../src/links/addresses.ts';
import { createLinks } from '../../src/links/index.ts';
import { createReplies } from '../../src/platforms/web/reply.ts';
import { openSecret } from '../../src/store/secret.ts';
import { openTable } from '../../src/store/index.ts';
import { temporaryFolder } from '../world/easel.ts';
import { keptFolder } from '../fakes/disk.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { linkOf } from '../unit/links/stage.ts';
import { done, sent, webJob } from '../unit/platforms/web/stage.ts';
import { hasBrowser } from './browser.ts';
import { setStage, type Stage } from './stage.ts';

const SCRIPT = '<script>document.title = "it ran"</script>';
const EVIL = 'https://evil.example/x';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A reply whose file is a link. */
async function leaveMessage(directory: string, publicUrl: string): Promise<void> {
  const log = createRecordingLog();
  const clock = systemClock;
  const addresses = createAddresses(await openSecret(join(directory, 'secret')), '');
  const files = createFiles({ directory, clock, log });
  const links = createLinks({ publicUrl, days: 7, addresses, files, clock, log });
  const job = webJob({ id: crypto.randomUUID() });
  const key = { shelf: 'outbox', owner: job.id, name: '0' } as const;
  const made = await files.put(key, { name: 'page.html', type: 'text/html' }, [Buffer.from(SCRIPT)]);
  const offer = linkOf(await links.offer(made, { guild: job.guild, job: job.id, name: 'output-0' }));
  const note = catalogue('en').files.fetch(made.name, made.size, { kind: 'link', ...offer });
  const view = withOffer({ ...done, notes: [`see ${EVIL}`] }, note, { kind: 'link', ...offer });
  const table = await openTable(`sqlite://${join(directory, 'easel.sqlite')}`, 'web', log);
  const pages = join(directory, 'web');
  const kept = keptFolder({ directory: pages, log });
  const replies = await createReplies({ table, directory: pages, kept, clock, log });
  await replies.deliver(job, view, [], sent);
  await table.close();
}

describe.skipIf(!hasBrowser)('A link in a reply', () => {
  let stage: Stage;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    const port = await freePort();
    const PUBLIC_URL = `http://127.0.0.1:${port}`;
    await leaveMessage(folder.path, PUBLIC_URL);
    stage = await setStage({ environment: { DATA_DIR: folder.path, PORT: String(port), PUBLIC_URL } });
  });
  afterEach(() => stage.browser.closePages());
  afterAll(async () => {
    await stage.stop();
    await folder.remove();
  });

  it('can be followed, and its file is saved and not shown', async () => {
    const page = await stage.browser.open(stage.url);
    const link = page.getByRole('link', { name: /\/files\/.*page\.html/ });
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    // what somebody wrote is none
    expect(await page.getByText(`see ${EVIL}`).getByRole('link').count()).toBe(0);
    expect(await page.getByText(/until .*\d\d/).count()).toBe(1);
    const coming = page.waitForEvent('download');
    await link.click();
    const saved = await coming;
    expect(saved.suggestedFilename()).toBe('page.html');
    expect(await readFile(await saved.path(), 'utf8')).toBe(SCRIPT);
  });
});
