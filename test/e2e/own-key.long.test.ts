/** A key with a ComfyUI of one's own, and what it was when it is down at the next start. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../src/sandbox/index.ts';
import { discordBench } from '../world/bench.ts';

const KEY = 'comfyui-0123456789abcdef';

describe('a ComfyUI of one’s own with COMFY_API_KEY', () => {
  const bench = discordBench({ stepMs: 5 });

  it('makes pictures, is ready, and never sees the key in an address', async () => {
    await bench.start({ COMFY_API_KEY: KEY });
    const reply = await bench.discord.slash({ name: 'sketch', options: { prompt: 'a red fox' } });
    await reply.waitFor(({ content }) => content.includes('Done in'));
    const ready = await fetch(`http://127.0.0.1:${bench.easel.app.port}/readyz`);
    expect(await ready.json()).toMatchObject({ ok: true, backend: true });
    expect(bench.easel.logs.join('')).not.toContain('Comfy Cloud');
  });
});

describe('Comfy Cloud behind a gateway', () => {
  const bench = discordBench({ dialect: 'cloud', apiKey: KEY });

  it('is known for it also while it is down', async () => {
    const environment = { COMFY_API_KEY: KEY, COMFY_FILE_HOSTS: '127.0.0.1' };
    await bench.start(environment);
    const reply = await bench.discord.slash({ name: 'sketch', options: { prompt: 'a red fox' } });
    await reply.waitFor(({ content }) => content.includes('Done in'));
    await bench.easel.stop();
    const { port } = new URL(bench.sandbox.url);
    await bench.sandbox.stop();
    await bench.start(environment);
    expect(bench.easel.logs.join('')).toMatch(/Comfy Cloud at 127\.0\.0\.1/);
    const waits = await bench.discord.slash({ name: 'sketch', options: { prompt: 'a blue fox' } });
    await waits.waitFor(({ content }) => content.includes('has not been answering'));
    const back = await startSandbox({ dialect: 'cloud', apiKey: KEY, port: Number(port) });
    onTestFinished(() => back.stop());
    await waits.waitFor(({ content }) => content.includes('Done in'));
  });
});
