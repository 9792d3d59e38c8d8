import { onTestFinished } from 'vitest';
import { openTable } from '../../src/store/index.ts';
import { createMemoryTable } from '../fakes/memory-table.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { temporaryFolder } from '../unit/temporary.ts';
import { tableContract } from './table.ts';

tableContract('SQLite', async () => {
  const path = `${await temporaryFolder()}/table.sqlite`;
  const table = await openTable(`sqlite://${path}`, 'things', createRecordingLog());
  onTestFinished(() => table.close());
  return table;
});

tableContract('memory', async () => createMemoryTable());
