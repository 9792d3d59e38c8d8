/** What Discord does not take: too large, or refused; and how it reaches its person nevertheless. */
import { describe, expect, it } from 'vitest';
import { discordBench } from '../world/bench.ts';

const PUBLIC_URL = 'https://easel.example';

describe('files that Discord does not take', () => {
  const bench = discordBench();
  const links = (text: string) => text.match(/<https:\/\/easel\.example\/files\/[^>]+>/g) ?? [];

  it.each([undefined, PUBLIC_URL])(
    'are all attached, if smaller, where ten are too large: PUBLIC_URL %s',
    async (url) => {
      bench.discord.attachmentSizeLimit = 250;
      await bench.start(url === undefined ? {} : { PUBLIC_URL: url });
      const asked = await bench.discord.slash({ name: 'batch', options: { count: 10 } });
      const reply = await asked.waitFor(({ content }) => content.includes('Done in'), 15_000);
      expect(reply.attachments).toHaveLength(10);
      expect(reply.attachments.every(({ size }) => size <= 250)).toBe(true);
      expect(links(reply.content).length > 0).toBe(url !== undefined);
    },
  );

  it('have a link that leads to them, where no file is taken at all', async () => {
    await bench.start({ PUBLIC_URL });
    bench.discord.faults.uploadCeiling = { bytes: 0, answer: 'bad-request' };
    const asked = await bench.discord.slash({ name: 'sketch', options: { prompt: 'a fox' } });
    const reply = await asked.waitFor(({ content }) => content.includes('Done in'), 15_000);
    expect(reply.attachments).toEqual([]);
    const [link = '', ...others] = links(reply.content);
    expect(others).toEqual([]);
    const { pathname } = new URL(link.slice(1, -1));
    const answer = await fetch(`http://127.0.0.1:${bench.easel.app.port}${pathname}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });
});
