import { describe, expect, it, onTestFinished } from 'vitest';
import { createAlerts, type AlertsOptions, type Cause } from '../../../src/commands/operator/alerts.ts';
import { fullDisk, heldBackend, refusedToken, unsetBudget } from '../../../src/commands/operator/causes.ts';
import type { Chat } from '../../../src/core/chat.ts';
import type { Problem } from '../../../src/core/errors.ts';
import type { DiskState } from '../../../src/core/disk.ts';
import type { Hold } from '../../../src/core/standing.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';

const HOUR = 3600_000;

interface Told {
  platform: string;
  user: string;
  lines: string[];
}

function stage(given: Partial<AlertsOptions> = {}) {
  const clock = createManualClock();
  const told: Told[] = [];
  const rows = new Map<string, unknown>();
  const state = { wrong: false, away: false };
  const chat = (platform: string, more: Partial<Chat>) =>
    ({
      platform,
      tell: async (user: string, lines: string[]) => {
        if (state.away) throw new Error('503');
        told.push({ platform, user, lines });
      },
      ...more,
    }) as Partial<Chat> as Chat;
  const chats = new Map([
    ['discord', chat('discord', { owners: async () => ['111111111111111111', '222222222222222222'] })],
    ['slack', chat('slack', { guilds: () => [{ guild: 'T1', name: 'here' }] })],
  ]);
  const cause: Cause = {
    name: 'it',
    look: async () => (state.wrong ? ['It is wrong.'] : undefined),
    over: () => ['It is over.'],
  };
  const open = () => {
    const alerts = createAlerts({
      causes: [cause],
      operators: [],
      chats,
      table: { get: async (key) => rows.get(key), set: async (key, value) => void rows.set(key, value) },
      clock,
      log: createRecordingLog(),
      ...given,
    });
    onTestFinished(() => alerts.stop());
    alerts.start();
    return alerts;
  };
  return { clock, told, rows, state, chats, open };
}

describe('who runs Easel', () => {
  it('is told once, and once when it is over', async () => {
    const { clock, told, state, open } = stage();
    open();
    await clock.pass(60_000);
    expect(told).toEqual([]);
    state.wrong = true;
    await clock.pass(5 * HOUR);
    expect(told.map(({ user, lines }) => [user, lines])).toEqual([
      ['111111111111111111', ['It is wrong.']],
      ['222222222222222222', ['It is wrong.']],
    ]);
    state.wrong = false;
    await clock.pass(5 * HOUR);
    expect(told.slice(2).map(({ lines }) => lines)).toEqual([['It is over.'], ['It is over.']]);
  });

  it('is told at most once an hour of what comes and goes, and of what then stays', async () => {
    const { clock, told, state, open } = stage({ operators: ['discord:111111111111111111'] });
    open();
    for (let n = 0; n < 20; n += 1) {
      state.wrong = !state.wrong;
      await clock.pass(60_000);
    }
    const wrong = () => told.filter(({ lines }) => lines[0] === 'It is wrong.').length;
    expect(wrong()).toBe(1);
    state.wrong = true;
    await clock.pass(HOUR);
    expect(wrong()).toBe(2);
  });

  it('is not told twice over a restart', async () => {
    const { clock, told, state, open } = stage({ operators: ['discord:111111111111111111'] });
    const first = open();
    state.wrong = true;
    await clock.pass(60_000);
    await first.stop();
    open();
    await clock.pass(5 * HOUR);
    expect(told).toHaveLength(1);
    state.wrong = false;
    await clock.pass(60_000);
    expect(told.at(-1)?.lines).toEqual(['It is over.']);
  });

  it('is told when their chat is back, if it is still wrong', async () => {
    const { clock, told, state, open } = stage({ operators: ['discord:111111111111111111'] });
    open();
    state.away = true;
    state.wrong = true;
    await clock.pass(10 * 60_000);
    state.away = false;
    await clock.pass(60_000);
    expect(told).toHaveLength(1);
  });

  it('is whoever OPERATORS names, in the workspace that it names', async () => {
    const { clock, told, state, open } = stage({
      operators: ['discord:333333333333333333', 'slack:T1/U1', 'slack:T2/U2'],
    });
    open();
    state.wrong = true;
    await clock.pass(60_000);
    expect(told.map(({ platform, user }) => `${platform} ${user}`)).toEqual([
      'discord 333333333333333333',
      'slack U1',
    ]);
  });

  it('is not told an hour late because the wall clock was set back', async () => {
    const { clock, told, state, open } = stage({ operators: ['slack:T1/U1'] });
    open();
    state.wrong = true;
    await clock.pass(60_000);
    state.wrong = false;
    await clock.pass(60_000);
    clock.jump(-24 * HOUR);
    state.wrong = true;
    await clock.pass(60_000);
    expect(told.map(({ lines }) => lines[0])).toEqual(['It is wrong.', 'It is over.', 'It is wrong.']);
  });
});

describe('what they are told of', () => {
  it('is a backend that is held for a while, with its own words', async () => {
    const clock = createManualClock();
    let hold: Hold | undefined;
    const cause = heldBackend(() => hold, { address: 'Comfy Cloud' }, clock);
    hold = {
      since: clock.now(),
      kind: 'account',
      problem: { code: 'no-credits', backend: 'Comfy Cloud', words: 'Top up at example' },
    };
    expect(await cause.look()).toBeUndefined();
    clock.advance(31_000);
    const lines = await cause.look();
    expect(lines?.[0]).toContain('no credits left');
    expect(lines?.[1]).toContain('Top up at example');
    hold.problem = { code: 'backend-forbids', backend: 'Comfy Cloud', words: 'tier Free' };
    expect((await cause.look())?.join('\n').match(/tier Free/g)).toHaveLength(1);
    hold = undefined;
    expect(await cause.look()).toBeUndefined();
  });

  it('is a token that a platform refuses', async () => {
    let refused = false;
    const chats = new Map([['slack', { refused: () => refused } as Partial<Chat> as Chat]]);
    const cause = refusedToken('slack', chats);
    expect(await cause.look()).toBeUndefined();
    refused = true;
    expect(await cause.look()).toEqual([expect.stringContaining('Slack refused')]);
    expect(await refusedToken('discord', chats).look()).toBeUndefined();
  });

  it('is what an admin of the chat has to let the app do', async () => {
    let lacks: Problem | undefined = { code: 'scope-missing', platform: 'slack', scope: 'files:write' };
    const chats = new Map([['slack', { lacks: () => lacks } as Partial<Chat> as Chat]]);
    const cause = refusedToken('slack', chats);
    expect(await cause.look()).toEqual([expect.stringContaining('"files:write"')]);
    lacks = undefined;
    expect(await cause.look()).toBeUndefined();
  });

  it('is a data folder that is full or nearly, and what takes its room', async () => {
    const GB = 1e9;
    const disk: DiskState = {
      used: { backups: 0, retries: 0, links: 0, pictures: 0, flight: 9 * GB, records: 0 },
      total: 9 * GB,
      fixed: 9 * GB,
      budget: 10 * GB,
      unset: false,
      standard: 10 * GB,
      free: 400 * 1024 * 1024,
      full: undefined,
      nearly: undefined,
      aside: 0,
      next: undefined,
    };
    const cause = fullDisk({ state: () => disk });
    expect(await cause.look()).toBeUndefined();
    disk.nearly = 'budget';
    expect(await cause.look()).toEqual([
      expect.stringMatching(/nearly full: 9 GB of its 10 GB/),
      expect.stringContaining('DATA_BUDGET_GB'),
    ]);
    disk.full = 'budget';
    expect(await cause.look()).toEqual([
      expect.stringMatching(/is full: 9 GB/),
      expect.stringContaining('No new jobs'),
    ]);
    disk.full = 'disk';
    expect(await cause.look()).toEqual([expect.stringContaining('400.0 MB')]);
    Object.assign(disk, { full: undefined, nearly: 'disk' });
    expect(await cause.look()).toEqual([expect.stringContaining('400.0 MB')]);
  });

  it('is a folder that was larger than the usual budget, until one is set', async () => {
    const disk = { unset: true, total: 23.4e9, standard: 10e9 } as Partial<DiskState> as DiskState;
    const cause = unsetBudget({ state: () => disk });
    expect(await cause.look()).toEqual([expect.stringMatching(/holds 23.4 GB.*10 GB.*DATA_BUDGET_GB/)]);
    disk.unset = false;
    expect(await cause.look()).toBeUndefined();
  });
});
