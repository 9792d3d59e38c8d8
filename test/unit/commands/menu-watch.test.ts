import { expect, it } from 'vitest';
import { createMenuWatch } from '../../../src/commands/menu-watch.ts';
import type { Chat, Unlisted } from '../../../src/core/chat.ts';
import type { AuditEntry } from '../../../src/guilds/schema.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createMemoryTable } from '../../fakes/memory-table.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';

const DAY = 24 * 3600_000;

function stage(marks = createMemoryTable()) {
  const clock = createManualClock();
  const log = createRecordingLog();
  const written: AuditEntry[] = [];
  const state = { left: ['wasp'], connected: true, renewed: 0, caughtUp: 0 };
  const chat = {
    ready: () => state.connected,
    unlisted: () => state.left.map((name): Unlisted => ({ name })),
    renewMenu: async () => void (state.renewed += 1),
  };
  const watch = createMenuWatch({
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only these are called
    chats: new Map([['discord', chat as unknown as Chat]]),
    offers: { catchUp: async () => void (state.caughtUp += 1) },
    rules: {
      record: async (entry, act) => {
        written.push(entry);
        return act();
      },
    },
    marks,
    clock,
    log,
  });
  return { clock, log, written, state, watch, marks };
}

it('puts menus in order anew once a day, where the chat is connected, and its guilds with them', async () => {
  const { clock, state, watch } = stage();
  watch.start();
  await clock.pass(DAY - 1);
  expect(state.renewed).toBe(0);
  await clock.pass(1);
  expect([state.renewed, state.caughtUp]).toEqual([1, 1]);
  state.connected = false;
  await clock.pass(DAY);
  expect(state.renewed).toBe(1);
  state.connected = true;
  await clock.pass(2 * DAY);
  expect([state.renewed, state.caughtUp]).toEqual([3, 3]);
  await watch.stop();
  expect(clock.sleeping).toBe(0);
});

it('writes down what is left out once for each change, also over a restart', async () => {
  const { written, state, watch, marks } = stage();
  await watch.placed('discord');
  await watch.placed('discord');
  const next = stage(marks);
  await next.watch.placed('discord');
  expect(next.written).toEqual([]);
  expect(written).toMatchObject([{ by: 'Easel', act: 'menu.left-out', subject: 'discord', detail: '/wasp' }]);
  state.left = ['wasp', 'bee'];
  await watch.placed('discord');
  state.left = [];
  await watch.placed('discord');
  expect(written.slice(1)).toMatchObject([{ detail: '/wasp /bee' }, { detail: '' }]);
  await watch.placed('slack');
  expect(written).toHaveLength(3);
});

it('goes on the day after one that failed', async () => {
  const { clock, log, state, watch, marks } = stage();
  const get = marks.get.bind(marks);
  marks.get = () => Promise.reject(new Error('the disk is gone'));
  watch.start();
  await clock.pass(DAY);
  expect(log.lines.at(-1)).toMatchObject({ level: 'error' });
  marks.get = get;
  await clock.pass(DAY);
  expect(state.caughtUp).toBe(1);
  await watch.stop();
});
