import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadAssets } from '../../../../src/platforms/web/assets.ts';

const JAVASCRIPT = 'text/javascript; charset=utf-8';

describe('The files of the pages', () => {
  const { routes, addressOf } = loadAssets({ '/': 'chat/page.html' });

  it('are kept for good, under one address for all of them, while the page itself is asked for each time', async () => {
    const page = await routes.request('/');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const html = await page.text();
    const files = [...html.matchAll(/"(\/[^"]+\.(?:js|css|svg))"/g)].map(([, address = '']) => address);
    expect(files.length).toBeGreaterThan(8);
    expect(new Set(files.map((file) => file.split('/').slice(0, 3).join('/')))).toEqual(
      new Set([addressOf('').slice(0, -1)]),
    );
    for (const file of files) {
      const { status, headers } = await routes.request(file);
      expect([status, headers.get('cache-control')], file).toEqual([
        200,
        'private, max-age=31536000, immutable',
      ]);
    }
    const again = await routes.request('/', { headers: { 'if-none-match': page.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it('import what is there: each name that a library or a page imports is in the map', async () => {
    const html = await (await routes.request('/')).text();
    const map = /<script type="importmap">([^<]*)</.exec(html)?.[1] ?? '';
    const { imports } = z.object({ imports: z.record(z.string(), z.string()) }).parse(JSON.parse(map));
    for (const [name, address] of Object.entries(imports)) {
      const answer = await routes.request(address);
      expect([answer.status, answer.headers.get('content-type')], name).toEqual([200, JAVASCRIPT]);
      const wanted = [
        ...(await answer.text()).matchAll(/^(?:import|export)\b[^;]*?\bfrom ?["']([^"']+)["']/gm),
      ].map(([, one]) => one);
      expect(Object.keys(imports), `what ${name} imports`).toEqual(expect.arrayContaining(wanted));
    }
    expect(Object.keys(imports)).toContain('intl-messageformat');
    // messages are read by the server
    const parser = imports['@formatjs/icu-messageformat-parser'] ?? '';
    expect((await (await routes.request(parser)).text()).length).toBeLessThan(8000);
  });

  it('are not there under the address of other ones, so that no page goes on with files from after an upgrade', async () => {
    const [, , version = ''] = addressOf('').split('/');
    expect(version).toMatch(/^[0-9a-f]{16}$/);
    for (const other of ['0'.repeat(16), '', 'chat'])
      expect((await routes.request(`/page/${other}/chat/page.js`)).status).toBe(404);
    for (const hidden of ['chat/page.html', 'tsconfig.json', '../api.ts'])
      expect((await routes.request(addressOf(hidden))).status).toBe(404);
  });
});
