/** What Easel tells somebody by itself: what a chat does not let be said there does not vanish. */
import { afterEach, expect, it } from 'vitest';
import type { Commands } from '../../../src/commands/index.ts';
import type { Chat } from '../../../src/core/chat.ts';
import { systemClock } from '../../../src/core/time.ts';
import { createDiscord } from '../../../src/platforms/discord/index.ts';
import { createSlack } from '../../../src/platforms/slack/index.ts';
import { startFakeDiscord } from '../../fakes/discord/index.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { startFakeSlack } from '../../fakes/slack/index.ts';
import { allFit } from '../../fakes/fitter.ts';
import { createMemoryTable } from '../../fakes/memory-table.ts';

const LINES = ['Your template /badger no longer fits the backend:', '- badger.safetensors'];
const { signal } = new AbortController();
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nobody asks for anything
const commands = {} as Commands;
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function discord() {
  const fake = await startFakeDiscord();
  const log = createRecordingLog();
  const { token, apiUrl } = fake;
  const chat = createDiscord({
    token,
    apiUrl,
    commands,
    fitter: allFit,
    marks: createMemoryTable(),
    clock: systemClock,
    log,
  });
  closers.push(
    () => fake.stop(),
    () => chat.stop(),
  );
  await chat.check(signal);
  const got = () => fake.directMessages(fake.person.id).map(({ content }) => content);
  const mind = (word: string) =>
    fake.faults.contentRules.push({
      when: ({ text }) => text.includes(word),
      status: 400,
      code: 240_000,
      message: 'Message blocked by harmful links filter',
    });
  return { chat, user: fake.person.id, got, mind, log, violations: fake.violations };
}

async function slack() {
  const fake = await startFakeSlack();
  const log = createRecordingLog();
  const { botToken, appToken, apiUrl } = fake;
  const chat: Chat = createSlack({
    botToken,
    appToken,
    apiUrl,
    commands,
    fitter: allFit,
    clock: systemClock,
    log,
  });
  closers.push(
    () => fake.stop(),
    () => chat.stop(),
  );
  const got = () => fake.directMessages(fake.person.id).map(({ text }) => text);
  const mind = (word: string) =>
    fake.faults.refuse({
      method: 'chat.postMessage',
      error: 'msg_too_long',
      times: Infinity,
      when: ({ text }) => String(text).includes(word),
    });
  return { chat, user: fake.person.id, got, mind, log, violations: fake.violations };
}

it.each([
  ['Discord', discord],
  ['Slack', slack],
])('on %s it is told that there is something, and the log has it', async (_, open) => {
  const { chat, user, got, mind, log, violations } = await open();
  await chat.tell(user, LINES, signal);
  expect(got().join('\n')).toContain('badger');
  mind('badger');
  await chat.tell(user, LINES, signal);
  expect(got().at(-1)).toMatch(/not allowed to say here/);
  expect(log.lines).toContainEqual(expect.objectContaining({ level: 'error' }));
  expect(JSON.stringify(log.lines)).toContain('badger.safetensors');
  expect(violations).toEqual([]);
});
