import { HTTPError, REST, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { explained } from '../../../../src/platforms/discord/errors.ts';

async function thrown(makeRequest: () => Promise<Response>): Promise<unknown> {
  const rest = new REST({ retries: 0, makeRequest }).setToken('a.b.c');
  return rest.get(Routes.user('1')).catch((error: unknown) => error);
}

describe("Discord's silence", () => {
  it.each<[string, () => Promise<Response>]>([
    ['is not reached', () => Promise.reject(new TypeError('fetch failed'))],
    ['takes too long', () => Promise.reject(new DOMException('', 'AbortError'))],
    ['has a page of HTML instead', async () => new Response('<html>', { status: 502 })],
  ])('is told as what it is when Discord %s', async (_why, answer) => {
    const cause = await thrown(answer);
    expect(explained(cause)).toMatchObject({
      problem: { code: 'chat-unreachable', platform: 'discord' },
      cause,
    });
    expect(cause).toBeInstanceOf(Error);
  });

  it('is not a refusal, and not a mistake of ours', async () => {
    const refusal = await thrown(async () => Response.json({ code: 50_001, message: 'no' }, { status: 403 }));
    expect(explained(refusal)).toBe(refusal);
    expect(refusal).not.toBeInstanceOf(HTTPError);
    const mistake = new TypeError("Cannot read properties of undefined (reading 'id')");
    expect(explained(mistake)).toBe(mistake);
  });
});
