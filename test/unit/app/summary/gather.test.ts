import { expect, it } from 'vitest';
import type { Chat } from '../../../../src/core/chat.ts';
import { chatSummaries } from '../../../../src/app/summary/gather.ts';
import { abovePlan } from '../../../../src/app/summary/warnings.ts';

it('tells of a chat as connected once its start is over, and not as soon as it takes commands', () => {
  let guilds: number | undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only these are asked for
  const chat = { platform: 'discord', ready: () => true, about: () => ({ as: 'easel', guilds }) } as Chat;
  const connecting = { discord: { kind: 'connecting', since: 0 } } as const;
  expect(chatSummaries([chat], connecting)).toMatchObject([{ connected: false }]);
  guilds = 2;
  const connected = { discord: { kind: 'connected', since: 0, about: {} } } as const;
  expect(chatSummaries([chat], connected)).toMatchObject([{ connected: true, guilds: 2 }]);
  // of one without an owner it is known by itself
  expect(chatSummaries([chat])).toMatchObject([{ connected: true }]);
});

it('warns of more jobs at once than the account runs, and of nothing where nobody knows that', () => {
  const warned = (given: number, atOnce?: number) =>
    abovePlan(given, { name: 'it', sandbox: false, answers: true, account: { atOnce } });
  expect(warned(5, 3)).toEqual([
    { code: 'concurrency-above-plan', name: 'COMFY_CONCURRENCY', given: 5, atOnce: 3 },
  ]);
  expect([warned(3, 3), warned(1, 3), warned(9)]).toEqual([[], [], []]);
  expect(abovePlan(9, { name: 'it', sandbox: false, answers: false })).toEqual([]);
});
