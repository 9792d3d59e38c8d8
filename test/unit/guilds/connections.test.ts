import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeBackup } from '../../../src/backups/make.ts';
import { openConnectionsStore } from '../../../src/guilds/connections.ts';
import { openTable } from '../../../src/store/index.ts';
import { openSecret } from '../../../src/store/secret.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { temporaryFolder } from '../temporary.ts';

const TOKEN = 'a-token-of-24-characters';
const log = createRecordingLog();
const open = async (folder: string) =>
  openConnectionsStore(
    `sqlite://${join(folder, 'easel.sqlite')}`,
    await openSecret(join(folder, 'secret')),
    log,
  );

it('a backup holds what opens its tokens', async () => {
  const directory = await temporaryFolder();
  const store = await open(directory);
  await store.set('discord', { DISCORD_TOKEN: TOKEN }, { at: 1, by: 'operator' });
  await store.close();
  const database = join(directory, 'easel.sqlite');
  const { path } = await makeBackup({ directory, database, easel: '9.9.9' });
  const restored = await open(path);
  expect(restored.get('discord')?.values).toEqual({ DISCORD_TOKEN: TOKEN });
  await restored.close();
});

it('a row that is none hides nothing of the others, and can be written over', async () => {
  const directory = await temporaryFolder();
  const store = await open(directory);
  await store.set('slack', { SLACK_BOT_TOKEN: TOKEN }, { at: 1, by: 'operator' });
  await store.close();
  const table = await openTable(`sqlite://${join(directory, 'easel.sqlite')}`, 'connections', log);
  await table.set('comfy', 'nonsense');
  await table.close();
  const again = await open(directory);
  expect(again.get('comfy')?.values).toBeUndefined();
  expect(again.get('slack')?.values).toEqual({ SLACK_BOT_TOKEN: TOKEN });
  await again.set('comfy', { COMFY_URL: 'http://x' }, { at: 2, by: 'operator' });
  await again.remove('slack');
  await again.close();
  const last = await open(directory);
  expect(last.get('comfy')?.values).toEqual({ COMFY_URL: 'http://x' });
  expect(last.get('slack')).toBeUndefined();
  await last.close();
});
