/**
 * A real browser for the tests of the pages. A page that logs an error, throws, breaks its own security policy or asks
 * anything but this machine fails its test.
 */
import { existsSync } from 'node:fs';
import { chromium, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { PATIENCE_MS } from '../fakes/patience.ts';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const executablePath = [process.env['CHROMIUM'], ...PATHS].find(
  (path) => path !== undefined && existsSync(path),
);
/** `describe.skipIf(!hasBrowser)('The page', …)`; browser.test.ts says that it is missing. */
export const hasBrowser = executablePath !== undefined;
export const NO_BROWSER =
  "no Chromium found: the browser tests are skipped; install Debian's package chromium";

export interface TestBrowser {
  /** In a window of its own, with no cookies: a tab behind another one takes seconds for a click. */
  open(url: string, options?: PageOptions): Promise<Page>;
  /** Closes every window. Throws when something went wrong in one of them. For `afterEach`. */
  closePages(): Promise<void>;
  close(): Promise<void>;
}

export interface PageOptions extends BrowserContextOptions {
  /** What may go wrong here: a sentence of the console's that the test brings about. */
  allow?: RegExp;
  /** Before the page is asked for: its clock, routes that fail. */
  prepare?: (page: Page) => Promise<void>;
}

/** For `beforeAll`: one browser a file. */
export async function startBrowser(): Promise<TestBrowser> {
  if (executablePath === undefined) throw new Error(NO_BROWSER);
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS, headless: true });
  const contexts = new Set<BrowserContext>();
  let troubles: string[] = [];

  async function window({ allow, ...options }: PageOptions): Promise<BrowserContext> {
    const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en', ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    contexts.add(context);
    watch(context, (trouble) => {
      if (!allow?.test(trouble)) troubles.push(trouble);
    });
    return context;
  }

  return {
    async open(url, { prepare, ...options } = {}) {
      const context = await window(options);
      const page = await context.newPage();
      await prepare?.(page);
      await page.goto(url);
      return page;
    },
    async closePages() {
      for (const context of contexts) await context.close();
      contexts.clear();
      const found = troubles;
      troubles = [];
      if (found.length > 0) throw new Error(`in the browser:\n${found.join('\n')}`);
    },
    close: () => browser.close(),
  };
}

/** The console names every answer that is an error; a refusal is one that the page expects. */
const REFUSAL = /^Failed to load resource: .* status of (401|403|404|409|422) /;

function watch(context: BrowserContext, tell: (trouble: string) => void): void {
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url } = message.location();
    const refused = REFUSAL.test(message.text()) && new URL(url).pathname.startsWith('/api/');
    if (!refused) tell(`console: ${message.text()} (${url})`);
  });
  context.on('weberror', (error) => tell(`thrown: ${error.error().stack}`));
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const here = hostname === '127.0.0.1' || protocol === 'blob:' || protocol === 'data:';
    if (!here) tell(`asked elsewhere: ${request.url()}`);
  });
}
