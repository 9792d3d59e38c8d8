/** A bad network between Easel and its backend: a proxy that spoils answers and sockets as it is told. */
import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
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

export interface Network {
  readonly url: string;
  /** Decides on every request; undefined lets it through. */
  trouble: (route: string) => Trouble | undefined;
  socket: SocketTrouble;
  /** Sockets opened so far. */
  readonly opened: number;
  readonly troubled: number;
  /** Refuses and tears down everything until `true` comes. */
  up(on: boolean): void;
  stop(): Promise<void>;
}

export async function startNetwork(backend: string): Promise<Network> {
  const target = new URL(backend);
  const server = createServer();
  const sockets = new WebSocketServer({ noServer: true, autoPong: false });
  const timers = new Set<NodeJS.Timeout>();
  let isUp = true;
  let opened = 0;
  let troubled = 0;

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!isUp) return void request.socket.resetAndDestroy();
    forward(request, response).catch(() => response.destroy());
  });

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const trouble = network.trouble(`${method} ${url.replace(/\?.*/, '')}`);
    if (trouble !== undefined) troubled += 1;
    const sent: Buffer[] = [];
    for await (const chunk of request) sent.push(Buffer.from(chunk));
    if (trouble === 'hang') return;
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

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    if (!isUp) return void stream.destroy();
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
    const deliver = ({ data, isBinary }: Message): void => {
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
    client.on('ping', (data) => void (network.socket.deaf || client.pong(data)));
    client.on('error', () => client.terminate());
    client.on('close', () => upstream.terminate());
    upstream.on('close', () => client.terminate());
    socket.onOpen?.(client, stream);
  }

  const cutAll = (): void => {
    for (const client of sockets.clients) client.terminate();
    server.closeAllConnections();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
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
    up(on) {
      isUp = on;
      if (!on) cutAll();
    },
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      server.close();
      cutAll();
      await once(server, 'close');
    },
  };
  return network;
}
