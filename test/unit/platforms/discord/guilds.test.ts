import { REST } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createGuilds } from '../../../../src/platforms/discord/guilds.ts';
import { ownerOfServer } from '../../../../src/platforms/discord/owners.ts';
import { createManualClock, JUMPS } from '../../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../../fakes/recording-log.ts';
import { until } from '../../../fakes/until.ts';

/** A Discord with that many servers, ids from 1 on. */
function stage(count: number) {
  const servers = Array.from({ length: count }, (_, index) => ({
    id: String(index + 1),
    name: `Server ${index + 1}`,
    icon: null,
  }));
  const asked: string[] = [];
  const discord = { fails: false };
  const rest = new REST({
    retries: 0,
    async makeRequest(url) {
      const { searchParams: query, pathname } = new URL(url);
      asked.push(`${pathname} after ${query.get('after')}`);
      if (discord.fails) return Response.json({ message: '401: Unauthorized', code: 0 }, { status: 403 });
      const after = servers.filter(({ id }) => Number(id) > Number(query.get('after')));
      return Response.json(after.slice(0, Number(query.get('limit'))));
    },
  }).setToken('a.b.c');
  const clock = createManualClock();
  const log = createRecordingLog();
  const guilds = createGuilds(rest, clock, log, new AbortController().signal);
  return { guilds, asked, clock, log, discord, servers };
}

describe('the servers that Easel is on', () => {
  it('are known shortly after somebody asked, page by page', async () => {
    const { guilds, asked } = stage(201);
    expect(guilds.known()).toEqual([]);
    const known = await until(() => guilds.known().length === 201 && guilds.known());
    expect(known[0]).toEqual({ guild: '1', name: 'Server 1' });
    expect(asked).toEqual(['/api/v10/users/@me/guilds after 0', '/api/v10/users/@me/guilds after 200']);
  });

  it.each(JUMPS)('are known for a minute also when the wall clock jumps by %i ms', async (jump) => {
    const { guilds, asked, clock } = stage(1);
    guilds.known();
    await until(() => guilds.known().length === 1);
    clock.jump(jump);
    clock.advance(59_999);
    guilds.known();
    expect(asked).toHaveLength(1);
    clock.advance(1);
    guilds.known();
    await until(() => asked.length === 2);
  });

  it('are asked for anew after a minute, and kept where Discord does not answer', async () => {
    const { guilds, asked, clock, log, discord, servers } = stage(1);
    guilds.known();
    await until(() => guilds.known().length === 1);
    clock.advance(59_999);
    guilds.known();
    expect(asked).toHaveLength(1);
    discord.fails = true;
    clock.advance(1);
    guilds.known();
    await until(() => log.lines.length > 0);
    expect(log.lines[0]?.message).toBe('the servers could not be listed');
    expect(guilds.known()).toHaveLength(1);
    discord.fails = false;
    servers.push({ id: '2', name: 'New', icon: null });
    clock.advance(60_000);
    guilds.known();
    await until(() => guilds.known().length === 2);
  });

  it('are all counted, more than are shown, or not at all', async () => {
    const { signal } = new AbortController();
    const many = stage(2300);
    expect((await many.guilds.all(signal)).size).toBe(2300);
    await expect(stage(0).guilds.all(signal)).rejects.toThrow('no server at all');
    many.discord.fails = true;
    await expect(many.guilds.all(signal)).rejects.toThrow('401');
  });
});

it('a server’s owner is who Discord says, and nobody where Easel is no member', async () => {
  const answers = [
    { status: 200, body: { owner_id: '7' } },
    { status: 404, body: { message: 'Unknown Guild', code: 10_004 } },
    { status: 500, body: { message: 'oops', code: 0 } },
  ];
  const rest = new REST({
    retries: 0,
    makeRequest: async () => {
      const { status, body } = answers.shift() ?? { status: 500, body: {} };
      return Response.json(body, { status });
    },
  }).setToken('a.b.c');
  const { signal } = new AbortController();
  expect(await ownerOfServer(rest, '1', signal)).toBe('7');
  expect(await ownerOfServer(rest, '1', signal)).toBeUndefined();
  await expect(ownerOfServer(rest, '1', signal)).rejects.toMatchObject({ status: 500 });
});
