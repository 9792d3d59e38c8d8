import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, NO_BROWSER, startBrowser, type TestBrowser } from './browser.ts';

if (!hasBrowser) process.stderr.write(`${NO_BROWSER}\n`);

const OVER = "document.title === 'over'";

describe.skipIf(!hasBrowser)('The browser of the tests', () => {
  let browser: TestBrowser;
  let server: Server;
  let url: string;
  let script = '';

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url?.startsWith('/api/')) return response.writeHead(422).end('{}');
      if (request.url !== '/') return response.writeHead(404).end();
      response.writeHead(200, {
        'content-type': 'text/html',
        'content-security-policy': "img-src 'self' data: http://localhost:*; script-src 'unsafe-inline'",
      });
      response.end(`<link rel="icon" href="data:,"><script type="module">${script}</script><p>there`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  it.each([
    ['a thrown error', 'null.x', /thrown: TypeError/],
    ['an error in the console', 'console.error("odd")', /console: odd/],
    ['a file that is missing', 'await fetch("/nowhere")', /404/],
    ['what its policy forbids', 'new Image().src = "http://127.0.0.1:1/x.png"', /Content Security Policy/],
    [
      'a request to elsewhere',
      'new Image().src = "http://localhost:1/x.png"',
      /asked elsewhere: http:\/\/localhost/,
    ],
  ])('fails a page for %s', async (_what, code, trouble) => {
    script = `setTimeout(() => document.title = 'over'); ${code}`;
    const page = await browser.open(url);
    await page.waitForFunction(OVER);
    await expect(browser.closePages()).rejects.toThrow(trouble);
    await browser.closePages();
  });

  it('lets a refusal pass, which a page shows to its person', async () => {
    script = 'await fetch("/api/run"); document.title = "over"';
    const page = await browser.open(url);
    await page.waitForFunction(OVER);
    await browser.closePages();
  });
});
