import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { QUICK } from '../world/easel.ts';
import { discordBench } from '../world/bench.ts';

const KEY = 'comfyui-0123456789abcdef-secret';

describe('Easel on Comfy Cloud', () => {
  const bench = discordBench({ dialect: 'cloud', apiKey: KEY, parallel: 3, stepMs: 20 });
  const done = (message: { content: string }) => message.content.includes('Done in');
  const running = (message: { content: string }) => /KSampler · \d+\//.test(message.content);
  const sketch = (prompt: string, steps = 5, user?: string) =>
    bench.discord.slash({ name: 'sketch', options: { prompt, steps }, ...(user && { user }) });

  it('brings the picture by a signed URL that never sees the key', async () => {
    await bench.start({ COMFY_API_KEY: KEY });
    const asked = await sketch('a fox', 20);
    const reply = await asked.waitFor(done);
    expect(reply.attachments).toHaveLength(1);
    expect(reply.edits.some(({ content }) => content.includes('KSampler'))).toBe(true);
    expect(bench.sandbox.stats.redirects).toBe(1);
    expect(bench.sandbox.stats.keysSeenOnFilesOrigin).toBe(0);
    expect(JSON.stringify(bench.sandbox.stats.bodies)).not.toContain(KEY);
  });

  it('runs several jobs at once, as many as the account may', async () => {
    await bench.start({ COMFY_API_KEY: KEY, COMFY_CONCURRENCY: '2', GUILD_CONCURRENCY: '5' });
    const people = [1, 2, 3].map(() => bench.discord.addUser().id);
    const all = await Promise.all(people.map((user, n) => sketch(`job ${n}`, 30, user)));
    await Promise.all(all.map((asked) => asked.waitFor(done)));
    expect(bench.sandbox.stats.mostAtOnce).toBe(2);
  });

  it('does not stop another run when one is cancelled, and says that it goes on unseen', async () => {
    await bench.start({ COMFY_API_KEY: KEY, COMFY_CONCURRENCY: '2', GUILD_CONCURRENCY: '5' });
    const [one, two] = [bench.discord.addUser().id, bench.discord.addUser().id];
    const mine = await sketch('mine', 100, one);
    const theirs = await sketch('theirs', 100, two);
    const message = await mine.waitFor(running);
    await theirs.waitFor(running);
    await bench.discord.click({ message, customId: String(message.buttons[0]?.custom_id), user: one });
    await mine.waitFor(({ content }) => content.includes('the result won’t be posted'));
    const reply = await theirs.waitFor(done);
    expect(reply.attachments).toHaveLength(1);
    await mine.waitFor(({ content }) => content.endsWith('Cancelled.'));
    expect(mine.message()?.attachments).toEqual([]);
    expect(bench.sandbox.stats.interrupts).toBe(0);
  });

  it('waits while the key is wrong, says so, and goes on taking jobs', async () => {
    await bench.start({ COMFY_API_KEY: 'some-other-key' });
    const asked = await sketch('a fox');
    await asked.waitFor(({ content }) => content.includes('has refused its account since <t:'));
    const { port } = bench.easel.app;
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect([ready.status, await ready.json()]).toMatchObject([
      200,
      { ok: true, platforms: { discord: true }, backend: false },
    ]);
    const started = bench.easel.logs.find((line) => line.includes('"msg":"started"'));
    expect(started).toContain('"ready":false');
    expect(started).toContain('"code":"wrong-api-key"');
  });

  it.each([402, 429])(
    'holds its jobs at HTTP %i, and they go on once the account is good',
    async (status) => {
      await bench.start({ COMFY_API_KEY: KEY });
      bench.sandbox.faults.http.push({
        route: 'POST /prompt',
        answer: { status, body: '{"message":"no"}', contentType: 'application/json' },
      });
      const asked = await Promise.all([sketch('a fox'), sketch('a crow'), sketch('an owl')]);
      await asked[0]?.waitFor(({ content }) => content.includes('has refused its account since'));
      bench.sandbox.faults.http.length = 0;
      for (const one of asked) await one.waitFor(done);
    },
  );

  it('keeps keys, tokens and signed URLs out of logs and records', async () => {
    await bench.start({ COMFY_API_KEY: KEY }, { jobs: { ...QUICK?.jobs, fetchForMs: 1000 } });
    const asked = await sketch('a fox');
    await asked.waitFor(done);
    // make the clients fail where their errors carry URLs
    bench.sandbox.faults.signedUrlMs = -1;
    const failing = await sketch('a crow');
    bench.discord.faults.serverError({ method: 'PATCH', times: 12 });
    await failing.waitFor(({ content }) => content.includes('Please try again'));
    bench.discord.expireInteractionTokens();

    const logs = bench.easel.logs.join('');
    expect(logs).toContain('live edit failed');
    for (const secret of [KEY, bench.discord.token, asked.token, failing.token, 'signature='])
      expect(logs).not.toContain(secret);
    await bench.easel.stop();
    const store = await readFile(join(bench.folder, 'easel.sqlite'));
    for (const secret of [KEY, bench.discord.token]) expect(store.includes(secret)).toBe(false);
  });
});
