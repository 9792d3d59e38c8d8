/** Everything that a test in the browser needs: a sandbox that draws, an Easel before it, and a browser. */
import { PassThrough } from 'node:stream';
import type { Overrides } from '../../src/app/index.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';
import { pageCookie } from '../world/web-page.ts';
import { startEasel, temporaryFolder, type TestEasel } from '../world/easel.ts';
import { startBrowser, type TestBrowser } from './browser.ts';

export interface Stage {
  /** Of Easel, without a slash at the end. */
  readonly url: string;
  /** Its windows have the cookie already, as after the link. */
  readonly browser: TestBrowser;
  /** As one of them would, in their session. */
  fetch(path: string, init?: StageRequest): Promise<Response>;
  readonly sandbox: Sandbox;
  readonly easel: TestEasel;
  /** Its `DATA_DIR`. */
  readonly folder: string;
  stop(): Promise<void>;
}

export type StageRequest = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> };

export interface StageOptions {
  /** Besides what a stage sets: `TEMPLATES_DIR`, `ADMIN_TOKEN`, … */
  environment?: Record<string, string>;
  sandbox?: SandboxOptions;
  disk?: Overrides['disk'];
}

/** For `beforeAll`, with the templates that Easel ships. */
export async function setStage({
  environment = {},
  sandbox: options,
  disk,
}: StageOptions = {}): Promise<Stage> {
  const folder = await temporaryFolder();
  const [browser, sandbox] = await Promise.all([
    startBrowser(),
    startSandbox({ stepMs: 5, nodeMs: 1, ...options }),
  ]);
  const easel = await startEasel(
    { TEMPLATES_DIR: 'templates', DATA_DIR: folder.path, COMFY_URL: sandbox.url, ...environment },
    // what it says at its start is for a person
    { output: new PassThrough().resume(), disk },
  );
  const cookie = await pageCookie(easel.app.link);
  const [name = '', value = ''] = cookie.split('=');
  const rest = { path: '/', expires: -1, httpOnly: true, secure: false, sameSite: 'Strict' } as const;
  const storageState = { cookies: [{ name, value, domain: '127.0.0.1', ...rest }], origins: [] };
  return {
    url: `http://127.0.0.1:${easel.app.port}`,
    browser: { ...browser, open: (url, more) => browser.open(url, { storageState, ...more }) },
    fetch: (path, init = {}) =>
      fetch(`http://127.0.0.1:${easel.app.port}${path}`, { ...init, headers: { cookie, ...init.headers } }),
    sandbox,
    easel,
    folder: folder.path,
    async stop() {
      await browser.close();
      await easel.stop();
      await sandbox.stop();
      await folder.remove();
    },
  };
}
