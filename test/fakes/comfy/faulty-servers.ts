/** Servers that are not the ComfyUI that was hoped for, by how they answer. */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsHttp } from 'node:https';
import { createServer as createTcp, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Surroundings } from '../../../src/core/surroundings.ts';
import { listen } from '../http/listen.ts';

/** What is entered, and the end of what it leads to. */
export interface Faulty {
  url: string;
  key?: string;
  at?: Surroundings;
  stop(): Promise<void>;
}

/** Names that `lookup` of the tests leads to this machine, or for which there is no resolver. */
export const HERE = 'api.comfy.org';
export const NO_RESOLVER = 'comfy.example';

const FIXTURES = join(import.meta.dirname, '../../fixtures/certificates');
type Certificate = 'good' | 'untrusted' | 'another-name' | 'expired' | 'early';
export const certificate = (name: Certificate | 'key'): string =>
  readFileSync(join(FIXTURES, `${name}.pem`), 'utf8');
export const secured = (name: Certificate) => ({ key: certificate('key'), cert: certificate(name) });

const nothing = async (): Promise<void> => undefined;
export const at =
  (url: string, more: Partial<Faulty> = {}) =>
  async (): Promise<Faulty> => ({
    url,
    stop: nothing,
    ...more,
  });
export const started = async (
  server: Parameters<typeof listen>[0],
  change: (url: string) => Partial<Faulty> = () => ({}),
): Promise<Faulty> => {
  const { url, close } = await listen(server);
  return { url, stop: close, ...change(url) };
};
export const asked =
  (listener: RequestListener, change?: (url: string) => Partial<Faulty>) => async (): Promise<Faulty> =>
    started(createServer(listener), change);
export const answered = (
  status: number,
  contentType: string,
  body: string,
  headers: Record<string, string> = {},
  change?: (url: string) => Partial<Faulty>,
) =>
  asked((request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': contentType, ...headers }).end(body);
  }, change);
export const withCertificate = (name: Certificate) => async (): Promise<Faulty> =>
  started(
    createTlsHttp(secured(name), (_request, response) => response.end('{}')),
    (url) => ({ url: url.replace('http:', 'https:') }),
  );
export const tcp =
  (onSocket: (socket: Socket) => void, change?: (url: string) => Partial<Faulty>) => async () =>
    started(
      createTcp((socket) => {
        socket.on('error', () => undefined);
        onSocket(socket);
      }),
      change,
    );
export const tls = (url: string) => ({ url: url.replace('http:', 'https:') });
export const login = (url: string) => ({ url: url.replace('//', '//ann:secret-word@') });

/** A port of this machine at which nobody listens any more. */
export async function freed(): Promise<string> {
  const { url, close } = await listen(createTcp());
  await close();
  return url;
}
