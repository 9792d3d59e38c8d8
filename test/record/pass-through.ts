/** A server that passes everything on to a backend and its answers back, HTTP and WebSocket, and keeps what it saw. */
import { createServer, request as askHttp, type IncomingMessage } from 'node:http';
import { request as askHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import type { Exchange, Frame } from './cleaned.ts';

/** Of an answer that is kept: text longer than this is only counted. */
const MAX_KEPT = 16_000_000;
const TEXT = /json|text|javascript|xml/;
/** What belongs to one connection, and what would make the answer unreadable here. */
const NOT_ONWARD = /^(?:host|connection|upgrade|accept-encoding|sec-websocket-.*|transfer-encoding)$/;

export interface PassThrough {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  readonly frames: readonly Frame[];
  stop(): Promise<void>;
}

/** `target`: the address of a backend, with any path before the API's own. Rejects when it cannot listen. */
export async function startPassThrough(target: URL): Promise<PassThrough> {
  const exchanges: Exchange[] = [];
  const frames: Frame[] = [];
  const ask = target.protocol === 'https:' ? askHttps : askHttp;
  const onward = (path: string): URL => new URL(`${target.pathname.replace(/\/$/, '')}${path}`, target);

  const server = createServer((request, response) => {
    const { method = 'GET', url = '/' } = request;
    void (async () => {
      const sent = await bytesOf(request);
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const asked = ask(onward(url), { method, headers: headersOf(request) }, resolve);
        asked.on('error', reject).end(sent);
      });
      const body = await bytesOf(answer);
      exchanges.push(exchangeOf({ method, path: url }, request, sent, answer, body));
      const { 'transfer-encoding': _chunks, connection: _connection, ...headers } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': body.length }).end(body);
    })().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });

  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (near, request) => {
    const address = onward(request.url ?? '/');
    address.protocol = target.protocol === 'https:' ? 'wss:' : 'ws:';
    const far = new WebSocket(address, { headers: headersOf(request) });
    const early: { data: Buffer; binary: boolean }[] = [];
    near.on('message', (data: Buffer, binary) => {
      if (far.readyState === WebSocket.OPEN) far.send(data, { binary });
      else early.push({ data, binary });
    });
    far.on('open', () => early.forEach(({ data, binary }) => far.send(data, { binary })));
    far.on('message', (data: Buffer, binary) => {
      frames.push({ data: binary ? data : data.toString() });
      near.send(data, { binary });
    });
    far.on('close', () => near.close()).on('error', () => near.terminate());
    near.on('close', () => far.close()).on('error', () => far.terminate());
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    exchanges,
    frames,
    async stop() {
      for (const near of sockets.clients) near.terminate();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function headersOf({ headers }: IncomingMessage): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || NOT_ONWARD.test(name) ? [] : [[name, value]],
    ),
  );
}

function exchangeOf(
  about: Pick<Exchange, 'method' | 'path'>,
  request: IncomingMessage,
  sent: Buffer,
  answer: IncomingMessage,
  body: Buffer,
): Exchange {
  const type = answer.headers['content-type'] ?? '';
  return {
    ...about,
    status: answer.statusCode ?? 0,
    type,
    request: TEXT.test(request.headers['content-type'] ?? '') ? sent.toString() : undefined,
    body: TEXT.test(type) && body.length <= MAX_KEPT ? body.toString() : body.length,
  };
}
