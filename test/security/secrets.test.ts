/** Keys and tokens stay where they are configured: searched for in every byte that Easel writes, logs and sends. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discordBench } from '../world/bench.ts';
import { slackBench } from '../world/slack-bench.ts';

const KEY = 'comfyui-0123456789abcdef-secret';

/** Every byte below a folder, as text. */
async function written(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(0);
  const texts = files.map(async ({ parentPath, name }) =>
    (await readFile(join(parentPath, name))).toString('latin1'),
  );
  return (await Promise.all(texts)).join('\n');
}

describe('On Discord and Comfy Cloud', () => {
  const bench = discordBench({ dialect: 'cloud', apiKey: KEY });
  const ended = (message: { content: string }) =>
    /Done in|failed|couldn’t|doesn’t|Cancelled/i.test(message.content);

  it('no secret is in a log, a record or a reply', async () => {
    await bench.start({ COMFY_API_KEY: KEY, LOG_LEVEL: 'trace' });
    const good = await bench.discord.slash({ name: 'sketch', options: { prompt: 'a red fox', steps: 3 } });
    await good.waitFor(ended);
    const bad = await bench.discord.slash({ name: 'absent', options: { prompt: 'a blue fox' } });
    await bad.waitFor(ended);
    const early = await bench.discord.slash({ name: 'sketch', options: { prompt: 'x', seed: 'none' } });
    await early.waitFor(({ content }) => content.includes('must be'));
    // all of it was really used, or the test would prove nothing
    expect(bench.sandbox.stats.redirects).toBeGreaterThan(0);
    expect(bench.sandbox.stats.keysSeenOnFilesOrigin).toBe(0);
    await bench.easel.stop();

    const logs = bench.easel.logs.join('');
    const records = await written(bench.folder);
    const replies = JSON.stringify(bench.discord.requests.map(({ body }) => body));
    expect(records).toContain('a red fox');
    expect(replies).toContain('a red fox');
    for (const [name, text] of Object.entries({ logs, records, replies })) {
      expect(text, name).not.toContain(KEY);
      expect(text, name).not.toContain(bench.discord.token);
      expect(text, name).not.toMatch(/[?&](sig|X-Goog-Signature|signature|token)=(?!\[redacted\])/i);
    }
    for (const asked of [good, bad, early]) {
      expect(logs).not.toContain(asked.facts.token);
      expect(replies).not.toContain(asked.facts.token);
    }
  });

  it('an interaction’s token is gone from the record once the job has its reply', async () => {
    await bench.start({ COMFY_API_KEY: KEY });
    const asked = await bench.discord.slash({ name: 'sketch', options: { prompt: 'a red fox', steps: 3 } });
    await asked.waitFor(ended);
    await bench.easel.stop();
    const { DatabaseSync } = await import('node:sqlite');
    const [file = ''] = (await readdir(bench.folder)).filter((name) => name.endsWith('.sqlite'));
    const database = new DatabaseSync(join(bench.folder, file), { readOnly: true });
    const rows = ['active', 'ended'].flatMap((table) => database.prepare(`SELECT value FROM ${table}`).all());
    database.close();
    expect(JSON.stringify(rows)).toContain('a red fox');
    expect(JSON.stringify(rows)).not.toContain(asked.facts.token);
  });
});

describe('In Slack', () => {
  const bench = slackBench('http');

  it('no secret is in a log, a record or a reply', async () => {
    await bench.start({ LOG_LEVEL: 'trace' });
    const asked = bench.slack.command({ command: '/sketch', text: 'a red fox' });
    await asked.waitFor((message: { visible: string }) => message.visible.includes('Done in'));
    const { botToken, signingSecret } = bench.slack;
    bench.slack.faults.badSignature = 'wrong';
    await bench.slack.command({ command: '/sketch', text: 'forged' }).acknowledged.catch(() => undefined);
    bench.slack.faults.badSignature = undefined;
    await bench.easel.stop();
    const logs = bench.easel.logs.join('');
    const records = await written(String(bench.environment['DATA_DIR']));
    const said = JSON.stringify(bench.slack.messages.map(({ visible }) => visible));
    expect(records).toContain('a red fox');
    for (const text of [logs, records, said])
      for (const secret of [botToken, signingSecret]) expect(text).not.toContain(secret);
    expect(logs).not.toMatch(/response_url":"http|trigger_id":"\d/);
  });
});
