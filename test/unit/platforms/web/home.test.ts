/** What every page asks first. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { homeRoutes } from '../../../../src/platforms/web/home.ts';
import { webStage } from './stage.ts';

const Home = z.object({
  chat: z.boolean(),
  language: z.string(),
  words: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

async function asker() {
  const { deps } = await webStage();
  const routes = homeRoutes(deps, { chat: true });
  return async (query: string, language = 'ja,en;q=0.5') => {
    const answer = await routes.request(`/api/home${query}`, { headers: { 'accept-language': language } });
    return Home.parse(await answer.json());
  };
}

describe('What a page asks first', () => {
  it('is answered with its own words, in the language of the browser', async () => {
    const home = await asker();
    const { language, words } = await home('?page=studio');
    expect(language).toBe('ja');
    expect(Object.keys(words ?? {})).toEqual(['frame', 'chat', 'studio']);
    expect(words?.['frame']?.['chat']).toBe('チャット');
    expect((await home('?page=operator', 'fr')).words?.['operator']?.['now']).toBe('Now');
  });

  it('has no words where no page is named', async () => {
    const home = await asker();
    for (const query of ['', '?page=', '?page=constructor', '?page=__proto__', `?page=${'x'.repeat(5000)}`])
      expect(await home(query)).toEqual({ chat: true, language: 'ja' });
  });
});
