import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { openRulesStore } from '../../../src/guilds/rules.ts';
import type { AuditEntry } from '../../../src/guilds/schema.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { refused } from '../commands/stage.ts';
import { temporaryFolder } from '../temporary.ts';

const entry = (at: number): AuditEntry => ({ at, by: 'ada', act: 'rules.change', subject: String(at) });

it("the operator's rules that were not written are not said to be changed", async () => {
  const path = `${await temporaryFolder()}/rules.sqlite`;
  const store = await openRulesStore(`sqlite://${path}`, createRecordingLog());
  onTestFinished(() => store.close());
  await store.change(entry(1), { closed: true });
  const database = new DatabaseSync(path);
  onTestFinished(() => database.close());
  database.exec(`CREATE TRIGGER stop BEFORE UPDATE ON rules BEGIN SELECT RAISE(ABORT, 'full'); END`);
  expect(await refused(store.change(entry(2), { closed: false }))).toEqual({ code: 'store-failed' });
  expect(store.rules().closed).toBe(true);
  expect(await store.audit()).toEqual([entry(1)]);
  database.exec('DROP TRIGGER stop');
  await store.change(entry(3), { closed: false });
  expect(await store.audit()).toEqual([entry(3), entry(1)]);
});
