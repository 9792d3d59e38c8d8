/** A socket that writes down what it hears, and waits for messages instead of for time. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { PATIENCE_MS } from '../../fakes/patience.ts';
import { str } from '../../../src/sandbox/engine/python.ts';
import { isJsonObject, parseJson, writeJson, type JsonObject } from '../../../src/core/json.ts';

export interface Heard {
  type: string;
  data: JsonObject;
  binary?: Buffer;
}

const DEADLINE_MS = PATIENCE_MS;

export class Listener {
  readonly heard: Heard[] = [];
  readonly socket: WebSocket;
  readonly closed: Promise<number>;
  #wake: (() => void)[] = [];

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => {
      socket.on('close', resolve);
    });
    socket.on('message', (data: Buffer, isBinary) => {
      this.heard.push(isBinary ? { type: 'binary', data: {}, binary: data } : readMessage(String(data)));
      for (const wake of this.#wake.splice(0)) wake();
    });
  }

  /** Resolves once connected and greeted (or only connected, with `greeted: false`). */
  static async open(
    url: string,
    path = '/ws?clientId=me',
    options: { greeted?: boolean; first?: JsonObject } = {},
  ) {
    const socket = new WebSocket(url.replace(/^http/, 'ws') + path);
    const listener = new Listener(socket);
    await once(socket, 'open', { signal: AbortSignal.timeout(DEADLINE_MS) });
    if (options.first) socket.send(writeJson(options.first));
    if (options.greeted !== false) await listener.until((message) => message.type === 'status');
    return listener;
  }

  /** The first message from `from` on that fits, waiting for it if need be. */
  async until(fits: (message: Heard) => boolean, from = 0): Promise<Heard> {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    for (let at = from; ; at += 1) {
      while (at >= this.heard.length) {
        const { promise, reject, resolve } = Promise.withResolvers<void>();
        this.#wake.push(resolve);
        signal.addEventListener('abort', () =>
          reject(new Error(`not heard; heard: ${this.types().join(', ')}`)),
        );
        await promise;
      }
      const message = this.heard[at];
      if (message && fits(message)) return message;
    }
  }

  async untilEnd(promptId: string, from = 0): Promise<Heard> {
    return this.until(
      ({ data, type }) => type === 'executing' && data['node'] === null && data['prompt_id'] === promptId,
      from,
    );
  }

  types(from = 0): string[] {
    return this.heard
      .slice(from)
      .map(({ data, type }) => (type === 'executing' && data['node'] === null ? 'executing null' : type));
  }
}

function readMessage(text: string): Heard {
  let message;
  try {
    message = parseJson(text);
  } catch {
    return { type: 'junk', data: {} };
  }
  if (!isJsonObject(message)) return { type: 'junk', data: {} };
  return { type: str(message['type'] ?? null), data: isJsonObject(message['data']) ? message['data'] : {} };
}
