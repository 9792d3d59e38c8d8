import { describe, expect, it, onTestFinished } from 'vitest';
import { createAnnouncer } from '../../../../src/app/summary/announce.ts';
import { EaselError } from '../../../../src/core/errors.ts';
import type { BackendSummary, ChatSummary, Summary } from '../../../../src/core/summary.ts';
import { catalogue } from '../../../../src/i18n/index.ts';
import { createScriptedBackend } from '../../../fakes/comfy/scripted-backend.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../../fakes/recording-log.ts';

function stage({ isRead = true, logIsThere = false } = {}) {
  const backend = createScriptedBackend();
  const clock = createManualClock();
  const log = createRecordingLog();
  const printed: string[][] = [];
  const given = { concurrency: 1 };
  const chats: ChatSummary[] = [];
  const announcer = createAnnouncer({
    asked: { backend, sandbox: false, log, askMs: 60 },
    summary: async (found: BackendSummary): Promise<Summary> => ({
      version: '1',
      surroundings: 'shell',
      chats: [...chats],
      backend: found,
      concurrency: given.concurrency,
      templates: { folder: 't', count: 1, broken: [] },
      page: { link: 'http://127.0.0.1:1', asksToken: false, host: '127.0.0.1' },
      data: { folder: 'd' },
      origins: [],
      warnings: [],
    }),
    chats: () => chats,
    print: isRead ? (lines) => void printed.push(lines) : undefined,
    logIsThere,
    colours: false,
    words: catalogue('en'),
    clock,
    log,
  });
  onTestFinished(() => announcer.stop());
  return { backend, chats, clock, log, printed, given, announcer };
}

describe('what is told at the start', () => {
  it('waits for a backend that is silent only so long, and tells when it has come', async () => {
    const { backend, clock, log, printed, announcer } = stage();
    backend.about = () => new Promise(() => undefined);
    announcer.tell(await announcer.look(), { port: 7 });
    expect(printed[0]?.join('\n')).toMatch(
      /^Easel 1\nEasel runs, but[^]*✗ Backend +the test backend at \S+ does not answer/,
    );
    expect(log.lines.at(-1)).toMatchObject({
      level: 'warn',
      message: 'started',
      facts: { ready: false, port: 7 },
    });

    backend.about = async () => ({ version: '0.33.0' });
    backend.classes = new Map();
    await expect
      .poll(() => {
        clock.advance(20_000);
        return printed[1];
      })
      .toEqual(['the test backend at 10.9.8.7:8188 (version 0.33.0) answers now.', 'Easel is ready.']);
    expect(log.lines.at(-1)).toMatchObject({
      level: 'info',
      message: 'the backend answers',
      facts: { version: '0.33.0', classes: 0, ready: true },
    });
    // and says so once
    clock.advance(60_000);
    expect(printed).toHaveLength(2);
  });

  it('names the backend as it has said it is, also where it was asked for the first time', async () => {
    const { backend, announcer } = stage();
    backend.classes = new Map();
    backend.about = async () => {
      Object.assign(backend, { address: 'Comfy Cloud at 10.9.8.7' });
      return {};
    };
    expect((await announcer.look()).backend).toMatchObject({
      name: 'Comfy Cloud at 10.9.8.7',
      answers: true,
    });
  });

  it('has the account with it, is not kept by one that is not said, and tells later what is odd of it', async () => {
    const { backend, announcer } = stage();
    backend.classes = new Map();
    backend.account = async () => {
      throw new EaselError({ code: 'backend-broken', backend: 'it' });
    };
    const first = await announcer.look();
    expect(first.backend).toMatchObject({ answers: true, classes: 0 });
    expect(first.backend.account).toBeUndefined();
    const silent = stage();
    silent.backend.away = true;
    silent.announcer.tell(await silent.announcer.look(), {});
    silent.backend.away = false;
    silent.backend.classes = new Map();
    silent.backend.holder = { tier: 'CREATOR', atOnce: 3 };
    silent.given.concurrency = 4;
    await expect
      .poll(() => {
        silent.clock.advance(20_000);
        return silent.printed[1];
      })
      .toContain(
        'COMFY_CONCURRENCY is 4, and the account runs 3 at once; the rest only waits there. Set it to 3.',
      );
  });

  it('is not held up by node classes that take long, and tells of them later', async () => {
    const { backend, clock, log, printed, announcer } = stage();
    backend.nodes = () => new Promise(() => undefined);
    announcer.tell(await announcer.look(), {});
    expect(printed[0]?.join('\n')).toContain('its node classes are still being read');
    backend.nodes = async () => new Map();
    await expect
      .poll(() => {
        clock.advance(20_000);
        return log.lines.at(-1)?.message;
      })
      .toBe('the backend answers');
  });

  it('has the cause in the log when the backend refuses', async () => {
    const { backend, log, announcer } = stage();
    backend.probeError = new EaselError({ code: 'wrong-api-key', backend: 'Comfy Cloud' });
    const { backend: found } = await announcer.look();
    expect(found).toMatchObject({ answers: false, problem: { code: 'wrong-api-key' } });
    expect(log.lines).toMatchObject([
      {
        level: 'warn',
        message: 'backend not ready',
        facts: { err: backend.probeError, ref: expect.any(String) },
      },
    ]);
  });

  it('is one line of the log alone where nobody reads a terminal', async () => {
    const { backend, log, printed, announcer } = stage({ isRead: false });
    backend.classes = new Map();
    announcer.tell(await announcer.look(), {});
    expect(printed).toEqual([]);
    expect(log.lines.map(({ level, message }) => [level, message])).toEqual([['info', 'started']]);
  });

  it('is not told twice on one terminal', async () => {
    const { backend, log, printed, announcer } = stage({ logIsThere: true });
    backend.classes = new Map();
    announcer.tell(await announcer.look(), { port: 7 });
    expect(printed).toHaveLength(1);
    expect(log.lines).toEqual([{ level: 'info', message: 'started', facts: { port: 7 } }]);
  });

  it('tells of a chat that connects later, once, and of one that does not take its token any more', async () => {
    const { backend, chats, clock, printed, announcer } = stage();
    backend.classes = new Map();
    const away: ChatSummary = { platform: 'discord', connected: false, notes: [] };
    const unreachable = { code: 'chat-unreachable', platform: 'discord' } as const;
    chats[0] = { ...away, problem: unreachable };
    announcer.tell(await announcer.look(), {});
    expect(printed[0]?.join('\n')).toMatch(/✗ Discord +Discord does not answer/);
    const until = async (count: number): Promise<void> => {
      await expect
        .poll(() => {
          clock.advance(1000);
          return printed.length;
        })
        .toBe(count);
    };

    chats[0] = { ...away, connected: true, as: 'easel', guilds: 2 };
    await until(2);
    expect(printed[1]).toEqual(['Discord is connected now: easel · in 2 servers.', 'Easel is ready.']);
    // an outage is not told, nor its end
    const states: ChatSummary[] = [
      { ...away, problem: unreachable },
      { ...away, connected: true, as: 'easel' },
    ];
    for (const state of states) {
      chats[0] = state;
      for (let looks = 0; looks < 3; looks += 1) {
        clock.advance(1000);
        await new Promise(setImmediate);
      }
    }
    expect(printed).toHaveLength(2);
    chats[0] = { ...away, problem: { code: 'token-refused', platform: 'discord' } };
    await until(3);
    expect(printed[2]).toEqual([expect.stringMatching(/^Discord refused DISCORD_TOKEN\./)]);
  });

  it('stops waiting when Easel does', async () => {
    const { backend, announcer } = stage();
    backend.about = () => new Promise(() => undefined);
    const looking = announcer.look();
    await announcer.stop();
    await expect(looking).rejects.toThrow('Easel stops');
  });
});
