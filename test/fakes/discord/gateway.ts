/** The gateway: sessions that outlive their sockets, so that a bot can lose a connection and resume. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { shardOf } from './ids.ts';
import { applicationJson, guildJson, userJson } from './render.ts';
import { changed } from '../wait.ts';
import type { World } from './world.ts';

interface Session {
  readonly id: string;
  readonly shard: number;
  readonly shardCount: number;
  readonly intents: number;
  /** Everything that was dispatched, for a resume. */
  readonly sent: { readonly seq: number; readonly text: string }[];
  socket: WebSocket | undefined;
}

interface GatewayCounts {
  connections: number;
  identifies: number;
  /** Those that were one too many in a window. */
  hasty: number;
  resumes: number;
  heartbeats: number;
}

export interface Gateway {
  readonly sessions: readonly Session[];
  readonly counts: GatewayCounts;
  /** The url for GET /gateway/bot. */
  url(): string;
  attach(server: Server): void;
  /** Sends an event to the shard that serves this guild; kept for the resume while that shard is away. */
  dispatch(event: string, data: unknown, guildId: string | undefined): void;
  /** Tells of direct messages, which only those are told of who asked to be: false, nobody was. */
  dispatchDirect(event: string, data: unknown): boolean;
  /** Op 7: please reconnect. */
  requestReconnect(): void;
  /** Op 9; a session that is not resumable is forgotten. */
  invalidate(resumable: boolean): void;
  /** Cuts the sockets without a close frame, or closes them with a code. */
  drop(code?: number): void;
  close(): Promise<void>;
}

const frame = z.object({ op: z.int(), d: z.unknown() });
const identify = z.object({
  token: z.string(),
  intents: z.int(),
  properties: z.looseObject({ os: z.string() }),
  shard: z.tuple([z.int(), z.int()]).optional(),
});
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.int() });
const GUILDS = 1;
const DIRECT_MESSAGES = 1 << 12;
const KNOWN_INTENTS = (1 << 26) - 1;

export function createGateway(world: World): Gateway {
  const sessions: Session[] = [];
  const counts = { connections: 0, identifies: 0, hasty: 0, resumes: 0, heartbeats: 0 };
  const sockets = new WebSocketServer({ noServer: true });

  const send = (socket: WebSocket | undefined, op: number, d: unknown): void => {
    if (!world.faults.gatewaySilent) socket?.send(JSON.stringify({ op, d, s: null, t: null }));
  };
  const dispatchTo = (session: Session, event: string, d: unknown): void => {
    const seq = session.sent.length + 1;
    const text = JSON.stringify({ op: 0, t: event, s: seq, d });
    session.sent.push({ seq, text });
    if (!world.faults.gatewaySilent) session.socket?.send(text);
  };
  const refuse = (socket: WebSocket, code: number, why: string): void => {
    world.violations.push(`gateway: ${why} (${code})`);
    socket.close(code, why);
  };
  const forget = (session: Session): void => {
    const index = sessions.indexOf(session);
    if (index !== -1) sessions.splice(index, 1);
  };

  const onIdentify = (socket: WebSocket, d: unknown): void => {
    counts.identifies += 1;
    const parsed = identify.safeParse(d);
    if (!parsed.success) return refuse(socket, 4002, 'IDENTIFY could not be read');
    const { token, intents, shard = [0, 1] } = parsed.data;
    const [id, count] = shard;
    if (token !== world.token) return refuse(socket, 4004, 'Authentication failed.');
    if (count < 1 || id < 0 || id >= count) return refuse(socket, 4010, 'Invalid shard.');
    if (count < world.settings.shards.least) return refuse(socket, 4011, 'Sharding is required.');
    if (intents < 0 || intents > KNOWN_INTENTS) return refuse(socket, 4013, 'Invalid intent(s).');
    if ((intents & world.settings.disallowedIntents) !== 0)
      return refuse(socket, 4014, 'Disallowed intent(s).');
    if (!mayIdentify(id)) return send(socket, 9, false);

    const wait = world.settings.readyAfterMs(id);
    if (wait === 0) return begin(socket, parsed.data.intents, id, count);
    const timer = setTimeout(() => {
      if (socket.readyState === socket.OPEN) begin(socket, parsed.data.intents, id, count);
    }, wait);
    socket.once('close', () => clearTimeout(timer));
    return undefined;
  };

  /** When the last one of a bucket was let in. */
  const windows = new Map<number, number>();
  const mayIdentify = (shard: number): boolean => {
    const limits = world.settings.identify;
    if (limits.remaining === 0) {
      world.violations.push('gateway: the last login of the day is spent, and the token with it');
      return false;
    }
    limits.remaining -= 1;
    const bucket = shard % limits.maxConcurrency;
    const now = performance.now();
    const isHasty = now - (windows.get(bucket) ?? -Infinity) < limits.windowMs;
    if (isHasty) counts.hasty += 1;
    else windows.set(bucket, now);
    return !isHasty;
  };

  const begin = (socket: WebSocket, intents: number, id: number, count: number): void => {
    const guilds = [...world.guilds.values()].filter(
      (guild) => guild.installed && (intents & GUILDS) !== 0 && shardOf(guild.id, count) === id,
    );
    for (const old of sessions.filter((one) => one.shard === id && one.socket === undefined)) forget(old);
    const sessionId = randomBytes(16).toString('hex');
    const session: Session = { id: sessionId, shard: id, shardCount: count, intents, sent: [], socket };
    sessions.push(session);
    dispatchTo(session, 'READY', {
      v: 10,
      user: userJson(world.bot),
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: sessionId,
      session_type: 'normal',
      resume_gateway_url: gateway.url(),
      shard: [id, count],
      application: { id: applicationJson(world)['id'], flags: 0 },
      private_channels: [],
      relationships: [],
      presences: [],
    });
    for (const guild of guilds) dispatchTo(session, 'GUILD_CREATE', guildJson(world, guild));
    changed(world);
  };

  const onResume = (socket: WebSocket, d: unknown): void => {
    const parsed = resume.safeParse(d);
    if (!parsed.success) return refuse(socket, 4002, 'RESUME could not be read');
    if (parsed.data.token !== world.token) return refuse(socket, 4004, 'Authentication failed.');
    const session = sessions.find((one) => one.id === parsed.data.session_id);
    if (!session) return send(socket, 9, false);
    const { seq } = parsed.data;
    if (seq > session.sent.length) return refuse(socket, 4007, 'Invalid seq.');
    counts.resumes += 1;
    if (session.socket && session.socket !== socket) session.socket.close(4000);
    session.socket = socket;
    for (const missed of session.sent.filter((one) => one.seq > seq)) socket.send(missed.text);
    dispatchTo(session, 'RESUMED', {});
    changed(world);
  };

  const onFrame = (socket: WebSocket, text: string): void => {
    const parsed = frame.safeParse(parseJson(text));
    if (!parsed.success) return refuse(socket, 4002, 'a frame could not be read');
    const { op, d } = parsed.data;
    const session = sessions.find((one) => one.socket === socket);
    if (op === 1) {
      counts.heartbeats += 1;
      changed(world);
      return send(socket, 11, null);
    }
    if (op === 2) return session ? refuse(socket, 4005, 'Already authenticated.') : onIdentify(socket, d);
    if (op === 6) return onResume(socket, d);
    if (!session) return refuse(socket, 4003, 'Not authenticated.');
    if (op !== 3 && op !== 4 && op !== 8) refuse(socket, 4001, `Unknown opcode ${op}.`);
    return undefined;
  };

  sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    counts.connections += 1;
    changed(world);
    const query = new URL(request.url ?? '/', 'http://gateway').searchParams;
    if (query.get('v') !== '10' || query.get('encoding') !== 'json' || query.has('compress')) {
      refuse(socket, 4012, `this fake speaks v=10&encoding=json, not ${query.toString()}`);
      return;
    }
    send(socket, 10, { heartbeat_interval: world.settings.heartbeatMs });
    socket.on('message', (data: Buffer) => onFrame(socket, data.toString('utf8')));
    socket.on('close', (code: number) => {
      const session = sessions.find((one) => one.socket === socket);
      if (session) session.socket = undefined;
      // a client that says goodbye properly ends its session; any other loss leaves it resumable
      if (session && (code === 1000 || code === 1001)) forget(session);
      changed(world);
    });
    socket.on('error', () => socket.terminate());
  });

  const gateway: Gateway = {
    sessions,
    counts,
    url: () => `${world.origin.replace('http', 'ws')}/gateway`,
    attach(server) {
      server.on('upgrade', (request: IncomingMessage, socket, head) => {
        if (!request.url?.startsWith('/gateway')) return void socket.destroy();
        const status = world.faults.takeGatewayDoor();
        // nobody else listens to it by now
        socket.on('error', () => socket.destroy());
        if (status !== undefined)
          return void socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\n\r\n`);
        return sockets.handleUpgrade(request, socket, head, (open) => {
          sockets.emit('connection', open, request);
        });
      });
    },
    dispatch(event, data, guildId) {
      const session = sessions.findLast((one) => one.shard === shardOf(guildId, one.shardCount));
      if (!session) throw new Error('no bot is connected to the fake Discord: wait for connected() first');
      dispatchTo(session, event, data);
    },
    dispatchDirect(event, data) {
      const session = sessions.findLast((one) => one.shard === 0);
      if (!session || (session.intents & DIRECT_MESSAGES) === 0) return false;
      dispatchTo(session, event, data);
      return true;
    },
    requestReconnect() {
      for (const session of sessions) send(session.socket, 7, null);
    },
    invalidate(resumable) {
      for (const session of sessions.slice()) {
        send(session.socket, 9, resumable);
        if (!resumable) forget(session);
      }
    },
    drop(code) {
      for (const socket of sockets.clients)
        if (code === undefined) socket.terminate();
        else socket.close(code);
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise<void>((resolve) => {
        sockets.close(() => resolve());
      });
    },
  };
  return gateway;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
