/** How long a connection counts as a good one, and what wakes with a machine that slept. */
import { describe, expect, it } from 'vitest';
import { createManualClock, JUMPS } from '../../../fakes/manual-clock.ts';
import { openBackend, openStub } from '../backends.ts';
import { openPair } from '../sandboxes.ts';
import { json, text, type Reply } from '../stub-server.ts';
import { holds } from '../../../fakes/until.ts';

/** A body that never ends, and says nothing more. */
const half: Reply = (response) => void response.writeHead(403).write('n');

const STABLE_MS = 500;
const BASE_MS = 20;

/** The pauses before each of the next connections, of which each lives for `ms` while the wall clock jumps. */
async function pauses(ms: number, jump: number): Promise<number[]> {
  const clock = createManualClock();
  const { sandbox } = await openPair({}, { clock });
  const opened = (count: number) => holds(() => expect(sandbox.stats.sockets.opened).toBe(count));
  for (let count = 1; count <= 4; count += 1) {
    await opened(count);
    // Easel's end of it too
    await holds(() => expect(sandbox.stats.requests['GET /object_info']).toBeGreaterThan(0));
    clock.advance(ms);
    clock.jump(jump);
    sandbox.dropSockets();
    await holds(() => expect(clock.sleeping).toBe(1));
    clock.advance(1000);
  }
  return clock.sleeps.slice(0, 4);
}

describe("a backend's socket", () => {
  it.each(JUMPS)(
    'comes back at once after each good connection, though the clock jumps by %i ms',
    async (jump) => {
      for (const pause of await pauses(STABLE_MS, jump)) expect(pause).toBeLessThanOrEqual(BASE_MS);
    },
  );

  it.each(JUMPS)(
    'is dialled more and more slowly after bad ones, though the clock jumps by %i ms',
    async (jump) => {
      const [, , third = 0, fourth = 0] = await pauses(0, jump);
      expect(third).toBeGreaterThanOrEqual(BASE_MS * 2);
      expect(fourth).toBeGreaterThanOrEqual(BASE_MS * 2);
    },
  );

  it.each([
    [
      'words',
      json({ message: 'Sockets come with the plan Creator, key hush-hush' }, 403),
      'refused with 403: Sockets come with the plan Creator, key ',
    ],
    ['none', json({}, 503), 'refused with 503'],
    ['more than anybody reads', text('no '.repeat(100_000), 403), 'refused with 403'],
    ['an answer without an end', half, 'refused with 403'],
  ])('says in the log why it is refused, and goes on dialling: %s', async (_name, reply, reason) => {
    const stub = await openStub({ 'GET /ws': reply, 'GET /api/': json({}) });
    const { backend, log } = openBackend({
      url: stub.url,
      apiKey: 'hush-hush',
      dialect: 'cloud',
      timing: { handshakeMs: 300 },
    });
    await backend.start();
    const refusals = () => log.lines.filter(({ message }) => message === 'no socket');
    await holds(() => expect(refusals().length).toBeGreaterThan(1));
    expect(refusals()[0]?.facts['reason']).toMatch(new RegExp(`^${reason}`));
    expect(log.text()).not.toContain('hush-hush');
  });
});
