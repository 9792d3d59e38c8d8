/** An Easel with its page, and requests to it as nobody's browser would make them: every header is the test's own. */
import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll } from 'vitest';
import { pageCookie } from '../world/web-page.ts';
import { startEasel, temporaryFolder, type TestEasel } from '../world/easel.ts';

export const TOKEN = 'a-token-of-24-characters';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Asked {
  method?: string;
  /** `host` is the real one unless it stands here. */
  headers?: Record<string, string>;
  body?: string;
  /** The address of this machine that it comes from. */
  from?: string;
}

export interface House {
  readonly easel: TestEasel;
  /** Its `DATA_DIR`. */
  readonly folder: string;
  /** `127.0.0.1:PORT` */
  readonly host: string;
  /** Of who has opened the link; asked with unless another one stands in the headers, an empty one is none. */
  readonly cookie: string;
  ask(path: string, asked?: Asked): Promise<Answer>;
  /** Posts JSON as the page itself does; `headers` go over its own, an empty one takes it away. */
  post(path: string, json?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Resolves to the path of a picture that was made. */
  picture(headers?: Record<string, string>): Promise<string>;
}

/** Registers the hooks; one Easel serves all tests of the file or block. */
export function webHouse(environment: Record<string, string> = {}): House {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let easel: TestEasel;
  let cookie = '';
  beforeAll(async () => {
    folder = await temporaryFolder();
    const given = { DATA_DIR: folder.path, LOG_LEVEL: 'trace', ...environment };
    easel = await startEasel(given, { output: new PassThrough() });
    if (environment['ADMIN_TOKEN'] === undefined) cookie = await pageCookie(easel.app.link);
  });
  afterAll(async () => {
    await easel.stop();
    await folder.remove();
  });
  const house: House = {
    get easel() {
      return easel;
    },
    get host() {
      return `127.0.0.1:${easel.app.port}`;
    },
    get folder() {
      return folder.path;
    },
    get cookie() {
      return cookie;
    },
    ask: (path, asked = {}) =>
      askPort(easel.app.port ?? 0, path, { ...asked, headers: { cookie, ...asked.headers } }),
    post(path, json = {}, headers = {}) {
      const own = { origin: `http://${house.host}`, 'content-type': 'application/json', 'x-easel': '1' };
      const all = Object.entries({ ...own, ...headers }).filter(([, value]) => value !== '');
      return house.ask(path, {
        method: 'POST',
        headers: Object.fromEntries(all),
        body: JSON.stringify(json),
      });
    },
    async picture(headers = {}) {
      const said = await house.post('/api/say', { text: '/sketch a red fox --steps 1' }, headers);
      const { message } = JSON.parse(said.text) as { message: string };
      const path = `/api/messages/${message}/files/0`;
      while ((await house.ask(path, { headers })).status !== 200) await new Promise(setImmediate);
      return path;
    },
  };
  return house;
}

/** Resolves once the answer is there, though the body may not have been wanted to its end. */
export async function askPort(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body = '', from = '127.0.0.1' }: Asked = {},
): Promise<Answer> {
  const all = { host: `127.0.0.1:${port}`, ...headers };
  const to = { port, host: '127.0.0.1', localAddress: from };
  const asking = httpRequest({ ...to, path, method, headers: all, agent: false });
  const answered = once(asking, 'response') as Promise<[IncomingMessage]>;
  asking.on('error', () => undefined); // `answered` tells, until there is an answer
  // a body that is announced and never comes
  if (headers['content-length'] !== undefined) asking.flushHeaders();
  else asking.end(body);
  const [answer] = await answered;
  const said = await text(answer);
  asking.destroy();
  return { status: answer.statusCode ?? 0, headers: answer.headers, text: said };
}
