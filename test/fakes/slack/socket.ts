/** Socket Mode: connections that each carry some of the envelopes, and are told to reconnect now and then. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { parseJson } from '../http/bodies.ts';
import { changed } from '../wait.ts';
import type { World } from './world.ts';

const ack = z.looseObject({
  envelope_id: z.string(),
  payload: z.record(z.string(), z.unknown()).optional(),
});

const MAX_CONNECTIONS = 10;

export type DisconnectReason = 'refresh_requested' | 'warning' | 'link_disabled';

export interface SocketMode {
  attach(server: Server): void;
  /** For `apps.connections.open`; good for one connection. */
  newAddress(): string;
  /** Connections that have been greeted and are open. */
  readonly open: number;
  /** To one of the connections, in turn; false when there is none. */
  send(envelope: Readonly<Record<string, unknown>>): boolean;
  /** Set by whoever delivers: an acknowledgement has come in. */
  onAck: (envelopeId: string, payload: Readonly<Record<string, unknown>> | undefined) => void;
  /** Slack asks every connection to come back, and closes it. */
  disconnect(reason: DisconnectReason): void;
  /** Cuts the connections without a close frame. */
  drop(): void;
  /** The connections stay open but nothing goes through, not even pongs; false ends it. */
  silence(on: boolean): void;
  close(): Promise<void>;
}

export function createSocketMode(world: World): SocketMode {
  // pongs are sent by hand, so that they can fail to come
  const sockets = new WebSocketServer({ noServer: true, autoPong: false });
  const tickets = new Set<string>();
  let turn = 0;
  let silent = false;

  const openSockets = (): WebSocket[] => [...sockets.clients].filter((one) => one.readyState === one.OPEN);
  const host = { host: 'applink-fake', build_number: 1, approximate_connection_time: 18_060 };

  const onMessage = (text: string): void => {
    const parsed = ack.safeParse(parseJson(text));
    if (!parsed.success) {
      world.violations.push(`Socket Mode: a frame that is no acknowledgement: ${text.slice(0, 200)}`);
      return;
    }
    const { envelope_id: id, payload } = parsed.data;
    mode.onAck(id, payload && Object.keys(payload).length > 0 ? payload : undefined);
  };

  sockets.on('connection', (socket: WebSocket) => {
    world.counts.connections += 1;
    if (openSockets().length > MAX_CONNECTIONS)
      world.violations.push(`Socket Mode: more than ${MAX_CONNECTIONS} connections`);

    const pings = setInterval(() => {
      if (!silent && socket.readyState === socket.OPEN) socket.ping('Ping from the fake Slack');
    }, world.settings.pingMs);
    socket.on('ping', (data: Buffer) => {
      if (!silent) socket.pong(data);
    });
    socket.on('message', (data: Buffer) => onMessage(data.toString('utf8')));
    socket.on('close', () => {
      clearInterval(pings);
      changed(world);
    });
    socket.on('error', () => socket.terminate());
    const hello = {
      type: 'hello',
      num_connections: openSockets().length,
      debug_info: host,
      connection_info: { app_id: world.appId },
    };
    socket.send(JSON.stringify(hello));
    changed(world);
  });

  const mode: SocketMode = {
    attach(server) {
      server.on('upgrade', (request: IncomingMessage, socket, head) => {
        const ticket = new URL(request.url ?? '/', 'http://link').searchParams.get('ticket') ?? '';
        if (!tickets.delete(ticket)) {
          world.violations.push('Socket Mode: a connection without a fresh ticket');
          socket.destroy();
          return;
        }
        sockets.handleUpgrade(request, socket, head, (open) => sockets.emit('connection', open, request));
      });
    },
    newAddress() {
      const ticket = randomBytes(8).toString('hex');
      tickets.add(ticket);
      return `${world.origin.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${world.appId}`;
    },
    get open() {
      return openSockets().length;
    },
    send(envelope) {
      const targets = openSockets();
      const target = targets[turn % Math.max(1, targets.length)];
      if (!target) return false;
      turn += 1;
      if (!silent) target.send(JSON.stringify(envelope));
      return true;
    },
    onAck: () => undefined,
    disconnect(reason) {
      for (const socket of openSockets()) {
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: host }));
        // after a warning Slack leaves the connection alone for a while
        if (reason !== 'warning') socket.close(1000);
      }
    },
    drop() {
      for (const socket of sockets.clients) socket.terminate();
    },
    silence(on) {
      silent = on;
      for (const socket of sockets.clients)
        if (on) socket.pause();
        else socket.resume();
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise<void>((resolve) => {
        sockets.close(() => resolve());
      });
    },
  };
  return mode;
}
