/** The connections: each frame out is accepted once the other end says that it has it, so that none is lost unseen. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { orAborted } from '../../../src/core/time.ts';
import { Person } from './context.ts';
import { Asked, Got, type Told } from './protocol.ts';

/** Of one frame in: what a picture of 10 MB is in base64. */
const MAX_FRAME = 14 * 1024 * 1024;
/** What one person may ask for at once. */
const MAX_ASKED = 20;

export interface Connection {
  person: Person;
  /** Resolves once the other end has it; rejects when it is gone, or with the signal's reason. */
  tell(told: Told, signal: AbortSignal): Promise<void>;
}

export type Take = (asked: Asked | undefined, from: Connection) => Promise<void>;

/** `take` never rejects; undefined: what came cannot be read. */
export function createSockets(take: Take) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: MAX_FRAME });
  const open = new Map<WebSocket, Connection>();

  function join(socket: WebSocket, person: Person): void {
    const pending = new Map<number, PromiseWithResolvers<void>>();
    let sent = 0;
    let asked = 0;
    const connection: Connection = {
      person,
      async tell(told, signal) {
        const seq = (sent += 1);
        const got = Promise.withResolvers<void>();
        pending.set(seq, got);
        socket.send(JSON.stringify({ seq, ...told }), (error) => error && got.reject(error));
        await orAborted(got.promise, signal).finally(() => pending.delete(seq));
      },
    };
    open.set(socket, connection);
    socket.on('message', (data: Buffer) => {
      const frame = readFrame(data.toString());
      const { data: got } = Got.safeParse(frame);
      if (got) return pending.get(got.got)?.resolve();
      if (asked >= MAX_ASKED) return socket.close(1013, 'too much at once');
      asked += 1;
      void take(Asked.safeParse(frame).data, connection).finally(() => (asked -= 1));
    });
    // what is wrong with a connection closes it
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      open.delete(socket);
      for (const { reject } of pending.values()) reject(new Error(`${person.user} has gone`));
    });
  }
  server.on('connection', (socket, { url }) => {
    const query = new URL(url ?? '', 'ws://localhost').searchParams;
    const { data: person } = Person.safeParse(Object.fromEntries(query));
    if (person) join(socket, person);
    else socket.close(1008, 'who are you?');
  });

  const all = (): Connection[] => [...open.values()];
  return {
    all,
    listening: once(server, 'listening'),
    get url() {
      const { port } = server.address() as AddressInfo;
      return `ws://127.0.0.1:${port}`;
    },
    /** To every place where a person of a guild is; waits until there is one. Rejects with the signal's reason. */
    async tell(isMeant: (person: Person) => boolean, told: Told, signal: AbortSignal): Promise<void> {
      const there = () => all().filter(({ person }) => isMeant(person));
      while (there().length === 0) await once(server, 'connection', { signal });
      await Promise.any(there().map((connection) => connection.tell(told, signal)));
    },
    /** Resolves once nobody is connected any more. */
    async close(): Promise<void> {
      for (const socket of open.keys()) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
export type Sockets = ReturnType<typeof createSockets>;

function readFrame(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // told as what cannot be read
  }
}
