/** The page as a server sees it: posts with a browser's headers, and one stream of events that keeps what it was told. */
import { EventEmitter } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import type { Command, History, Message } from '../../src/platforms/web/api.ts';
import { waitUntil } from '../fakes/wait.ts';
import { PATIENCE_MS } from '../fakes/patience.ts';

export interface WebPage {
  readonly origin: string;
  /** Every state of each message, oldest first; what a history says again is left out. */
  readonly states: ReadonlyMap<string, readonly Message[]>;
  commands(): readonly Command[];
  /** Resolves once `look` finds something; looked at again after each event. */
  until<T>(look: (messages: Message[]) => T | undefined | false): Promise<T>;
  /** A body of text is JSON. */
  post(path: string, body?: string | FormData): Promise<{ status: number; body: Record<string, unknown> }>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Resolves to the message's id; rejects with the sentence of a refusal. */
  say(text: string): Promise<string>;
  run(template: string, values: Record<string, string>, files?: Record<string, File>): Promise<string>;
  close(): Promise<void>;
}

/** What a browser has once it has opened the link, for its next requests. */
export async function pageCookie(link = ''): Promise<string> {
  const answer = await fetch(link, { redirect: 'manual' });
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  if (cookie === '') throw new Error(`the link does not open the page: ${answer.status}`);
  return cookie;
}

/**
 * Opens the page by its link; resolves once it has its history. `states` goes on from an earlier one of the same person.
 */
export async function openWebPage(
  link: string | undefined,
  states = new Map<string, Message[]>(),
): Promise<WebPage> {
  const { origin } = new URL(link ?? '');
  const cookie = await pageCookie(link);
  const leaving = new AbortController();
  const world = { changes: new EventEmitter() };
  world.changes.setMaxListeners(100);
  let commands: Command[] = [];
  let begun = false;

  const add = (message: Message): void => {
    const known = states.get(message.id) ?? [];
    // what is read from the store has its fields in another order
    if (!isDeepStrictEqual(known.at(-1), message)) states.set(message.id, [...known, message]);
  };
  const hear = (event: string, data: string): void => {
    // oxlint-disable typescript/no-unsafe-type-assertion -- Easel's own words, as the page takes them
    if (event === 'history') {
      const history = JSON.parse(data) as History;
      history.messages.forEach(add);
      ({ commands } = history);
      begun = true;
    } else if (event === 'message') add(JSON.parse(data) as Message);
    else if (event === 'commands') commands = JSON.parse(data) as Command[];
    // oxlint-enable typescript/no-unsafe-type-assertion
    world.changes.emit('change');
  };

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${origin}${path}`, { headers: { cookie, ...headers } });
  async function listen(): Promise<void> {
    const answer = await fetch(`${origin}/api/events`, { headers: { cookie }, signal: leaving.signal });
    if (!answer.ok || !answer.body) throw new Error(`no events: ${answer.status} ${await answer.text()}`);
    let text = '';
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks)
        hear(/^event: (.*)$/m.exec(block)?.[1] ?? '', /^data: (.*)$/m.exec(block)?.[1] ?? '');
    }
  }
  // an end of the stream is what a stop of Easel looks like
  const listening = listen().catch((error: unknown) => {
    if (!begun) world.changes.emit('stop', error);
  });

  const page: WebPage = {
    origin,
    states,
    commands: () => commands,
    until: (look) => {
      const latest = () => [...states.values()].flatMap((all) => all.slice(-1));
      const explain = () => JSON.stringify(latest()).slice(0, 2000);
      return waitUntil(world, () => look(latest()), PATIENCE_MS, explain);
    },
    async post(path, body = '') {
      const headers: Record<string, string> = { cookie, origin, 'x-easel': '1' };
      if (typeof body === 'string') headers['content-type'] = 'application/json';
      const answer = await fetch(`${origin}${path}`, { method: 'POST', headers, body });
      return { status: answer.status, body: Object(await answer.json()) };
    },
    get,
    say: async (text) => accepted(await page.post('/api/say', JSON.stringify({ text }))),
    async run(template, values, files = {}) {
      const form = new FormData();
      form.set('template', template);
      for (const [slot, value] of Object.entries(values)) form.set(`value.${slot}`, value);
      for (const [slot, file] of Object.entries(files)) form.set(`file.${slot}`, file);
      return accepted(await page.post('/api/run', form));
    },
    async close() {
      leaving.abort();
      await listening;
    },
  };
  await page.until(() => begun);
  return page;
}

function accepted({ body }: { body: Record<string, unknown> }): string {
  if (typeof body['message'] !== 'string') throw new Error(String(body['error']));
  return body['message'];
}
