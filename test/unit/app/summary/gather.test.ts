import { expect, it } from 'vitest';
import type { Chat } from '../../../../src/core/chat.ts';
import { chatSummaries } from '../../../../src/app/summary/gather.ts';

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
