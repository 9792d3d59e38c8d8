/** A bad network between Easel and its backend: a proxy that spoils answers and sockets, or is away, as it is told. */
import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket, WebSocketServer, type RawData } from 'ws';

export type Trouble =
  | 'error' // a proxy's 502 or 503; the backend has not heard of it
  | 'reset' // the connection is torn down before the backend has heard
  | 'lose' // the backend has acted, then the connection is torn down
  | 'hang' // never answered
  | 'truncate' // half of the body, then the connection ends
  | 'short' // says a length that cuts the body in half
  | 'html' // 200 with a page of somebody else's
  | 'loop'; // 302 to itself

export interface SocketTrouble {
  /** From the backend: passed on changed, or (undefined) not at all. */
  pass?: (message: Message) => Message | undefined;
  /** No pongs either. */
  deaf?: boolean;
  /** What has been passed on arrives this much later, in ms. */
  lateMs?: number;
  /** After a socket opened. */
  onOpen?: (client: WebSocket, stream: Duplex) => void;
}

export interface Message {
  data: RawData;
  isBinary: boolean;
}

/** The backend is away for a while. */
export interface Away {
  /**
   * `refuse`: nothing listens on the port. `reset`: connections are torn down. `hang`: nothing is ever answered, sockets
   * are silent. `trickle`: a byte of the answer now and then, and the rest at the end. A number: this status.
   */
  how: 'refuse' | 'reset' | 'hang' | 'trickle' | number;
  /** Against `METHOD /path`; absent means everything, the socket too. There are no routes where nothing listens. */
  routes?: RegExp;
  /** With a status. */
  body?: string;
}

/** One request, for the counts of `fakes/traffic.ts`. Where nothing listens nobody counts. */
export interface Asked {
  /** `METHOD /path`, ids as `{id}`. */
  route: string;
  /** Path and query as they came. */
  address: string;
  /** In ms since 1970. */
  at: number;
  /** The answer or the lack of one was trouble. */
  fault: boolean;
  /** Of the answer that has arrived in whole; 0 until then, or when there was none. */
  status: number;
}

export interface Network {
  readonly url: string;
  readonly requests: readonly Asked[];
  /** Decides on every request; undefined lets it through. */
  trouble: (route: string) => Trouble | undefined;
  socket: SocketTrouble;
  /** Sockets opened so far. */
  readonly opened: number;
  readonly troubled: number;
  /** Until the function that this gives is called, which resolves when the backend is there again. */
  away(away: Away): () => Promise<void>;
  /** Tears down everything, old and new, until `true` comes. */
  up(on: boolean): void;
  stop(): Promise<void>;
}

const ID = /[\da-f]{8}-[\da-f-]{27}/;
/** Between two bytes: any deadline for the whole is missed, and every one for a single byte is kept. */
const TRICKLE_MS = 100;

export async function startNetwork(backend: string): Promise<Network> {
  const target = new URL(backend);
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true, autoPong: false });
  const timers = new Set<NodeJS.Timeout>();
  const aways = new Set<Away>();
  /** Upgrades that are never answered. */
  const hanging = new Set<Duplex>();
  const requests: Asked[] = [];
  let port = 0;
  let isUp = true;
  let opened = 0;
  let troubled = 0;

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!isUp) return void request.socket.resetAndDestroy();
    forward(request, response).catch(() => response.destroy());
  });

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const route = `${method} ${url.replace(/\?.*/, '')}`;
    const away = awayFrom(route);
    const trouble = away ? undefined : network.trouble(route);
    if (trouble !== undefined) troubled += 1;
    const fault = away !== undefined || trouble !== undefined;
    const asked = { route: route.replace(ID, '{id}'), address: url, at: Date.now(), fault, status: 0 };
    requests.push(asked);
    response.on('finish', () => (asked.status = response.statusCode));
    const sent: Buffer[] = [];
    for await (const chunk of request) sent.push(Buffer.from(chunk));
    if (typeof away?.how === 'number')
      return void response.writeHead(away.how, { 'content-type': 'application/json' }).end(away.body);
    if (away?.how === 'reset') return void request.socket.resetAndDestroy();
    if (trouble === 'hang' || away?.how === 'hang') return;
    if (trouble === 'reset') return void request.socket.resetAndDestroy();
    if (trouble === 'error')
      return void response.writeHead(503, { 'content-type': 'text/plain' }).end('busy');
    if (trouble === 'loop') return void response.writeHead(302, { location: url }).end();
    const passed = ask({ host: target.hostname, port: target.port, method, path: url, headers });
    passed.end(Buffer.concat(sent));
    const [answer] = (await once(passed, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(Buffer.from(chunk));
    const body = Buffer.concat(chunks);
    const half = body.subarray(0, body.length >> 1);
    const status = answer.statusCode ?? 502;
    if (away) return trickle(away, answer, body, response);
    if (trouble === 'lose') request.socket.resetAndDestroy();
    else if (trouble === 'html')
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Sign in</body></html>');
    else if (trouble === 'truncate') {
      response.writeHead(status, { ...answer.headers, 'content-length': body.length });
      response.write(half, () => response.destroy());
    } else if (trouble === 'short')
      response.writeHead(status, { ...answer.headers, 'content-length': half.length }).end(half);
    else response.writeHead(status, answer.headers).end(body);
  }

  function awayFrom(route: string): Away | undefined {
    return [...aways].find(({ routes }) => routes?.test(route) ?? true);
  }

  async function trickle(
    away: Away,
    { statusCode = 502, headers }: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    response.writeHead(statusCode, { ...headers, 'content-length': body.length });
    let told = 0;
    for (; told < body.length - 1 && aways.has(away) && !response.destroyed; told += 1) {
      response.write(body.subarray(told, told + 1));
      await pause(TRICKLE_MS, undefined, { ref: false });
    }
    response.end(body.subarray(told));
  }

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const how = awayFrom('GET /ws')?.how;
    if (how === 'hang') {
      hanging.add(stream);
      return void stream.on('close', () => hanging.delete(stream));
    }
    if (typeof how === 'number')
      return void stream.end(`HTTP/1.1 ${how} Away\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    if (!isUp || how !== undefined) return void stream.destroy();
    const upstream = new WebSocket(`ws://${target.host}${request.url ?? '/'}`);
    upstream.on('error', () => stream.destroy());
    upstream.on('open', () =>
      sockets.handleUpgrade(request, stream, head, (client) => connect(client, upstream, stream)),
    );
    const early: Message[] = [];
    const keep = (data: RawData, isBinary: boolean) => void early.push({ data, isBinary });
    upstream.on('message', keep);
    return upstream.once('open', () => {
      upstream.off('message', keep);
      for (const message of early) upstream.emit('message', message.data, message.isBinary);
    });
  });

  function connect(client: WebSocket, upstream: WebSocket, stream: Duplex): void {
    opened += 1;
    const { socket } = network;
    const isSilent = () => awayFrom('GET /ws')?.how === 'hang';
    const deliver = ({ data, isBinary }: Message): void => {
      if (isSilent()) return;
      if (client.readyState === client.OPEN) client.send(data, { binary: isBinary });
    };
    upstream.on('message', (data: RawData, isBinary) => {
      const { pass, lateMs } = network.socket;
      const message = pass ? pass({ data, isBinary }) : { data, isBinary };
      if (!message) return;
      if (lateMs === undefined) return deliver(message);
      const timer = setTimeout(() => {
        timers.delete(timer);
        deliver(message);
      }, lateMs);
      timers.add(timer);
    });
    client.on('message', (data, isBinary) => upstream.send(data, { binary: isBinary }));
    client.on('ping', (data) => void (network.socket.deaf || isSilent() || client.pong(data)));
    client.on('error', () => client.terminate());
    client.on('close', () => upstream.terminate());
    upstream.on('close', () => client.terminate());
    socket.onOpen?.(client, stream);
  }

  const cutAll = (): void => {
    for (const stream of hanging) stream.destroy();
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
  };
  async function listen(): Promise<void> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  }

  await listen();
  const network: Network = {
    url: `http://127.0.0.1:${port}`,
    trouble: () => undefined,
    socket: {},
    get opened() {
      return opened;
    },
    get troubled() {
      return troubled;
    },
    requests,
    away(away) {
      const own = { ...away };
      aways.add(own);
      const isSocket = awayFrom('GET /ws') === own;
      if (own.how !== 'hang' && isSocket) for (const client of sockets.clients) client.terminate();
      const closed = own.how === 'refuse' ? once(server, 'close') : undefined;
      if (own.how === 'refuse') server.close();
      if (own.how === 'refuse' || own.how === 'reset') server.closeAllConnections();
      return async () => {
        if (!aways.delete(own)) return;
        await closed;
        if (closed) await listen();
      };
    },
    up(on) {
      isUp = on;
      if (!on) cutAll();
    },
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      const closed = server.listening ? once(server, 'close') : undefined;
      server.close();
      cutAll();
      await closed;
    },
  };
  return network;
}
