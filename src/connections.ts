/**
 * How many connections there may be. Each is a file handle, of which a process has few, and whoever opens them and says
 * nothing costs as much as somebody who is served: so for one more, one that does nothing goes.
 */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from './core/log.ts';
import { memberOf, unmapped } from './core/networks.ts';
import type { Clock } from './core/time.ts';

export interface ConnectionLimits {
  all: number;
  /** Of one address that is no declared proxy. */
  perClient: number;
}

export interface ConnectionOptions {
  limits?: Partial<ConnectionLimits> | undefined;
  /** `TRUSTED_PROXIES`: each of them brings many people. */
  proxies?: readonly string[] | undefined;
  clock: Pick<Clock, 'monotonic'>;
  log: Log;
}

/** All pages that may be open, and as many again. */
const LIMITS: ConnectionLimits = { all: 256, perClient: 64 };
/** Of the handles of this process, as the store, the backend and pictures need some too. */
const PART = 1 / 4;
/** Requests that one connection may send before it has an answer. Neither browsers nor proxies send a second one. */
const MAX_AHEAD = 4;
/** How many go at once where the system has no handles left. */
const MAKE_ROOM = 8;
/** Between two lines of the log about that. */
const TELL_MS = 3600_000;

interface Connection {
  client: string;
  socket: Socket;
  /** Requests without their whole answer. */
  asked: Set<IncomingMessage>;
}

export function limitConnections(
  server: Server,
  { limits, proxies = [], clock, log }: ConnectionOptions,
): void {
  const { perClient, ...most } = { ...LIMITS, ...limits };
  const all = Math.min(most.all, handlesOfProcess() * PART);
  const isProxy = memberOf(proxies);
  /** Who did something last is last. */
  const open = new Map<Socket, Connection>();
  let toldAt = -Infinity;

  const of = (client: string) => [...open.values()].filter((one) => one.client === client).length;

  /** Ends one of them that does nothing, else one whose request does not come to its end. False: there is none. */
  function endOne(those: readonly Connection[]): boolean {
    const idle = those.find(({ asked }) => asked.size === 0);
    const victim = idle ?? those.find(({ asked }) => [...asked].every(({ complete }) => !complete));
    victim?.socket.destroy();
    if (victim) open.delete(victim.socket);
    return victim !== undefined;
  }

  /** Whoever has the most has to give. */
  function makeRoom(except?: Connection): boolean {
    const byClient = Map.groupBy(
      [...open.values()].filter((one) => one !== except),
      ({ client }) => client,
    );
    return [...byClient.values()].toSorted((one, other) => other.length - one.length).some(endOne);
  }

  server.on('connection', (socket: Socket) => {
    const client = unmapped(socket.remoteAddress ?? '');
    const connection: Connection = { client, socket, asked: new Set() };
    open.set(socket, connection);
    socket.once('close', () => open.delete(socket));
    const theirs = () => [...open.values()].filter((one) => one.client === client && one !== connection);
    const fits = isProxy(client) || of(client) <= perClient || endOne(theirs());
    if (!fits || (open.size > all && !makeRoom(connection))) socket.destroy();
  });

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const connection = open.get(request.socket);
    if (!connection) return;
    const { asked, socket } = connection;
    asked.add(request);
    if (asked.size > MAX_AHEAD) socket.destroy();
    response.once('close', () => {
      asked.delete(request);
      if (open.delete(socket) && !socket.destroyed) open.set(socket, connection);
    });
  });

  // where handles run out all the same: without a listener the process would end
  server.on('error', (error) => {
    for (let count = 0; count < MAKE_ROOM && makeRoom(); count += 1);
    if (clock.monotonic() - toldAt < TELL_MS) return;
    toldAt = clock.monotonic();
    log.error({ err: error, connections: open.size }, 'a connection could not be accepted');
  });
}

/** libuv ends whoever comes when there are none left, and tells nobody: so as many have to be left. */
function handlesOfProcess(): number {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? Infinity : Number(soft);
  } catch {
    return Infinity; // not on Linux, where a process has thousands
  }
}
