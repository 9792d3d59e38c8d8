/** What is attached is fetched from the platforms' own hosts, whatever an address looks like. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { download } from '../../src/platforms/kit/download.ts';
import { openStub } from '../unit/comfy/backends.ts';
import { json } from '../unit/comfy/stub-server.ts';
import { PATIENCE_MS } from '../fakes/patience.ts';

/** The lists as they stand in the code. */
function originsIn(file: string): string[] {
  const [, list = ''] = /_ORIGINS = \[(.*?)\]/s.exec(readFileSync(file, 'utf8')) ?? [];
  return [...list.matchAll(/'([^']+)'/g)].map(([, origin = '']) => origin);
}
const DISCORD = originsIn('src/platforms/discord/index.ts');
const SLACK = originsIn('src/platforms/slack/index.ts');
const take = (address: string, origins: readonly string[]) =>
  download(address, { origins, maxBytes: 10, signal: AbortSignal.timeout(PATIENCE_MS) });

describe('the hosts of attachments', () => {
  it("are the platforms' own, in https alone: their certificates keep names from leading elsewhere", () => {
    expect(DISCORD).toEqual(['https://cdn.discordapp.com', 'https://media.discordapp.net']);
    expect(SLACK).toEqual(['https://files.slack.com', 'https://slack-files.com']);
  });

  it.each([
    'http://cdn.discordapp.com/a.png',
    'https://cdn.discordapp.com:8443/a.png',
    'https://cdn.discordapp.com.evil.example/a.png',
    'https://cdn.discordapp.com@evil.example/a.png',
    'https://evil.example/cdn.discordapp.com/a.png',
    'https://evil.example#@cdn.discordapp.com/a.png',
    'https://evil.example\\@cdn.discordapp.com/a.png',
    'https://cdn-discordapp.com/a.png',
    'https://discordapp.com/a.png',
    'https://xcdn.discordapp.com/a.png',
    'https://cdn.discordapp.com./a.png',
    'https://cdn.discordаpp.com/a.png', // a Cyrillic а
    'https://files.slack.com.evil.example/a.png',
    'https://slack.com/a.png',
    'https://127.0.0.1/a.png',
    'https://[::1]/a.png',
    'https://169.254.169.254/latest/meta-data/',
    'https://localhost/a.png',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'blob:https://cdn.discordapp.com/x',
  ])('are not in %s', async (address) => {
    await expect(take(address, [...DISCORD, ...SLACK])).rejects.toThrow(
      "not one of the platform's own hosts",
    );
  });

  it('may be told to send us elsewhere, and are not obeyed', async () => {
    const inside = await openStub({ 'GET /': json({}) });
    for (const status of [301, 302, 303, 307, 308]) {
      const cdn = await openStub({
        'GET /': (response) => response.writeHead(status, { location: inside.url }).end(),
      });
      await expect(take(`${cdn.url}/a.png`, [cdn.url])).rejects.toThrow(`HTTP ${status}`);
      await expect(take(`${cdn.url}/a.png`, [cdn.url, inside.url])).rejects.toThrow(`HTTP ${status}`);
    }
    expect(inside.seen).toEqual([]);
  });
});
