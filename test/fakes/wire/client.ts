/** Somebody at the other end of a wire: keeps every state of each message, and what they are told. */
import { EventEmitter, once } from 'node:events';
import { WebSocket } from 'ws';
import type { Asked, Card, Message, Told } from '../../platforms/wire/protocol.ts';
import { PATIENCE_MS } from '../patience.ts';
import { changed, waitUntil } from '../wait.ts';

/** What somebody asks, without its id; `files`: by slot or field. */
type Distribute<T> = T extends Asked ? Omit<T, 'id' | 'files' | 'entered'> : never;
export type Question = Distribute<Asked> & {
  entered?: Record<string, string>;
  files?: Record<string, { name: string; bytes: Uint8Array }>;
};

/** What came back: all that was told of it until it was answered. */
export interface Answer {
  lines: string[];
  card: Card | undefined;
  failed: boolean;
  begun: string | undefined;
  /** By name. */
  files: Map<string, Buffer>;
}

export interface WireClient {
  /** Every state of each message, oldest first. */
  readonly messages: ReadonlyMap<string, readonly Message[]>;
  /** What is told besides, unasked. */
  readonly lines: readonly string[];
  /** The last that were told. */
  readonly commands: readonly string[];
  /** Of a message or an answer, by name, as they are so far. */
  files(of: string): ReadonlyMap<string, Buffer>;
  ask(question: Question): Promise<Answer>;
  /** A frame as it is. */
  send(frame: string): void;
  until<T>(look: () => T | undefined | false): Promise<T>;
  close(): Promise<void>;
}

/** `messages` goes on from an earlier connection of the same person. */
export async function connectWire(
  url: string,
  person: Record<string, string>,
  messages = new Map<string, Message[]>(),
): Promise<WireClient> {
  const socket = new WebSocket(`${url}/?${new URLSearchParams(person).toString()}`);
  const world = { changes: new EventEmitter() };
  world.changes.setMaxListeners(100);
  const lines: string[] = [];
  let commands: string[] = [];
  const told = new Map<string, Told[]>();
  const files = new Map<string, Map<string, Buffer>>();

  socket.on('message', (data: Buffer) => {
    const { seq, ...frame } = JSON.parse(data.toString()) as Told & { seq: number };
    if ('message' in frame) {
      const { message } = frame;
      messages.set(message.id, [...(messages.get(message.id) ?? []), message]);
    } else if ('of' in frame) {
      const known = files.get(frame.of) ?? new Map<string, Buffer>();
      const before = known.get(frame.name)?.subarray(0, frame.begins) ?? Buffer.alloc(0);
      if (before.length < frame.begins) throw new Error(`a piece of ${frame.name} is missing`);
      files.set(
        frame.of,
        known.set(frame.name, Buffer.concat([before, Buffer.from(frame.base64, 'base64')])),
      );
    } else if ('commands' in frame) ({ commands } = frame);
    else if (!frame.to && 'lines' in frame) lines.push(...frame.lines);
    else told.set(frame.to ?? '', [...(told.get(frame.to ?? '') ?? []), frame]);
    socket.send(JSON.stringify({ got: seq }));
    changed(world);
  });
  socket.on('close', () => world.changes.emit('stop'));
  await once(socket, 'open');

  const until = <T>(look: () => T | undefined | false): Promise<T> =>
    waitUntil(world, look, PATIENCE_MS, () => JSON.stringify([...told, ...messages]).slice(-2000));

  return {
    messages,
    lines,
    get commands() {
      return commands;
    },
    files: (of) => files.get(of) ?? new Map(),
    send: (frame) => socket.send(frame),
    until,
    async ask({ files: given = {}, ...question }) {
      const id = crypto.randomUUID();
      const encoded = Object.entries(given).map(([key, { name, bytes }]) => {
        return [key, { name, base64: Buffer.from(bytes).toString('base64') }] as const;
      });
      socket.send(JSON.stringify({ id, ...question, files: Object.fromEntries(encoded) }));
      const done = await until(() => {
        const all = told.get(id) ?? [];
        return all.some((one) => 'over' in one) && all;
      });
      const card = done.find((one) => 'card' in one);
      return {
        lines: done.flatMap((one) => ('lines' in one ? one.lines : [])),
        card: card?.card,
        failed: card?.failed === true,
        begun: done.find((one) => 'begun' in one)?.begun,
        files: files.get(id) ?? new Map(),
      };
    },
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return;
      const closed = once(socket, 'close');
      socket.terminate();
      await closed;
    },
  };
}
