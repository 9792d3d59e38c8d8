/** A server before another one: answers some requests itself, and passes the others on, sockets too. */
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { listen } from '../http/listen.ts';

export interface Front {
  url: string;
  stop(): Promise<void>;
}

/** `answer` says false of what is to be passed on; `admits` of a socket that is refused. */
export async function startFront(
  target: string,
  answer: (request: IncomingMessage, response: ServerResponse) => boolean,
  admits: (request: IncomingMessage) => boolean = () => true,
): Promise<Front> {
  const to = new URL(target);
  const server = createServer((request, response) => {
    if (answer(request, response)) return;
    const { method, headers } = request;
    const onward = ask(
      { host: to.hostname, port: to.port, path: request.url, method, headers },
      (answered) => {
        response.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('upgrade', (request, socket, head) => {
    if (!admits(request)) return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    const onward = connect(Number(to.port), to.hostname, () => {
      const lines = [`${request.method} ${request.url} HTTP/1.1`];
      for (let at = 0; at < request.rawHeaders.length; at += 2)
        lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
      onward.write(`${lines.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    for (const each of [socket, onward]) each.on('error', () => (socket.destroy(), onward.destroy()));
  });
  const { url, close } = await listen(server);
  return { url: `${url}${to.pathname === '/' ? '' : to.pathname}`, stop: close };
}
