/** For each fault of a connection the servers that have it, and what the operator is told to change. */
import { createServer as createTls } from 'node:tls';
import type { ConnectionFault } from '../../../src/core/connection-fault.ts';
import { startSandbox } from '../../../src/sandbox/index.ts';
import {
  answered,
  asked,
  at,
  freed,
  HERE,
  login,
  NO_RESOLVER,
  secured,
  started,
  tcp,
  tls,
  withCertificate,
  type Faulty,
} from './faulty-servers.ts';
import { startFront } from './front.ts';

export interface FaultRow {
  name: string;
  start: () => Promise<Faulty>;
  /** What the operator is told to change. */
  says: RegExp;
  /** Where a look further finds out more than one request does. */
  inReply?: ConnectionFault;
  /** It is known by its silence: how long that need be for a test, in ms. undici counts connections in half seconds. */
  silentMs?: number;
}

const HTML = 'text/html; charset=utf-8';
const SIGN_IN = '<!doctype html><title>Sign in</title><input type="password">';
const NGINX = (title: string) => `<html><head><title>${title}</title></head><center>nginx</center></html>`;

export const FAULTY: Record<Exclude<ConnectionFault, 'no-socket'>, FaultRow[]> = {
  'nobody-listens': [
    { name: 'a free port', start: async () => at(await freed())(), says: /Start ComfyUI.*COMFY_URL/ },
    {
      name: 'localhost, whose addresses are two',
      start: async () => at((await freed()).replace('127.0.0.1', 'localhost'))(),
      says: /COMFY_URL/,
    },
  ],
  'container-loopback': [
    {
      name: 'a free port, in a container',
      start: async () => at(await freed(), { at: 'container' })(),
      says: /host\.docker\.internal/,
    },
  ],
  'no-such-host': [
    {
      name: 'a name of no one',
      start: at(`http://${'a'.repeat(64)}.invalid:8188`),
      says: /host in COMFY_URL/,
    },
  ],
  'no-resolver': [
    { name: 'no name server', start: at(`http://${NO_RESOLVER}:8188`), says: /DNS.*COMFY_URL/ },
  ],
  'no-route': [{ name: 'everybody', start: at('http://255.255.255.255:8188'), says: /firewall.*COMFY_URL/ }],
  'no-connection': [
    {
      name: 'a handshake that is not answered',
      silentMs: 1600,
      start: tcp(() => undefined, tls),
      says: /firewall.*COMFY_URL/,
    },
  ],
  'no-answer': [
    {
      name: 'a request that is not answered',
      silentMs: 300,
      start: asked(() => undefined),
      says: /log.*COMFY_URL/,
    },
  ],
  'hung-up': [
    { name: 'an end', start: asked((request) => request.socket.destroy()), says: /port in COMFY_URL/ },
    {
      name: 'a reset',
      start: asked((request) => request.socket.resetAndDestroy()),
      says: /port in COMFY_URL/,
    },
  ],
  'not-http': [
    {
      name: 'SSH',
      start: tcp((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')),
      says: /port into COMFY_URL/,
    },
  ],
  'plain-to-tls': [
    {
      name: 'nginx, which says so',
      start: answered(400, HTML, NGINX('400 The plain HTTP request was sent to HTTPS port')),
      says: /COMFY_URL with https/,
    },
    {
      name: 'Caddy, which says so',
      start: answered(400, 'text/plain', 'Client sent an HTTP request to an HTTPS server.\n'),
      says: /COMFY_URL with https/,
    },
    {
      name: 'an alert',
      start: tcp((socket) => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 70]))),
      says: /COMFY_URL with https/,
    },
    {
      name: 'ComfyUI with --tls-keyfile, which hangs up',
      start: async () => started(createTls(secured('untrusted')).on('tlsClientError', () => undefined)),
      says: /COMFY_URL with https/,
      inReply: 'hung-up',
    },
  ],
  'tls-to-plain': [
    {
      name: 'ComfyUI',
      start: asked((_request, response) => response.end('{}'), tls),
      says: /COMFY_URL with http:/,
    },
  ],
  'tls-refused': [
    {
      name: 'no certificate for this name',
      start: async () =>
        started(
          createTls({}).on('tlsClientError', () => undefined),
          tls,
        ),
      says: /name into COMFY_URL/,
    },
  ],
  'certificate-untrusted': [
    { name: 'its own', start: withCertificate('untrusted'), says: /NODE_EXTRA_CA_CERTS/ },
  ],
  'certificate-other-name': [
    { name: 'of another host', start: withCertificate('another-name'), says: /into COMFY_URL/ },
  ],
  'certificate-expired': [{ name: 'of 2020', start: withCertificate('expired'), says: /Renew.*clock/ }],
  'certificate-early': [{ name: 'of 2098', start: withCertificate('early'), says: /clock/ }],
  'login-wanted': [
    {
      name: 'basic authentication',
      start: answered(401, HTML, NGINX('401'), { 'www-authenticate': 'Basic realm="x"' }),
      says: /user:password@ in COMFY_URL.*COMFY_HEADERS.*COMFY_API_KEY/,
    },
    {
      name: 'a gateway without words',
      start: answered(401, 'application/json', '{}'),
      says: /COMFY_API_KEY/,
    },
    {
      name: 'basic authentication, given a key',
      start: answered(401, HTML, '', { 'www-authenticate': 'Basic realm="x"' }, () => ({
        key: 'a-key-0123',
      })),
      says: /user:password@ in COMFY_URL/,
    },
  ],
  'login-refused': [
    {
      name: 'another password',
      start: answered(401, HTML, NGINX('401'), { 'www-authenticate': 'Basic realm="x"' }, login),
      says: /user and password in COMFY_URL/,
    },
  ],
  'key-wanted': [
    {
      name: 'Comfy Cloud',
      start: answered(401, 'application/json', '{"code":"UNAUTHORIZED"}', {}, (url) => ({
        url: url.replace('127.0.0.1', HERE),
      })),
      says: /Set COMFY_API_KEY/,
    },
  ],
  'login-page': [
    { name: 'a page', start: answered(200, HTML, SIGN_IN), says: /user:password@ in COMFY_URL/ },
    {
      name: 'the way to one',
      start: answered(302, HTML, '', { location: '/oauth2/start?rd=%2Fapi' }),
      says: /user:password@ in COMFY_URL/,
    },
    {
      name: 'the way to one elsewhere',
      start: answered(302, HTML, '', { location: 'https://login.example/authorize?state=1' }),
      says: /COMFY_HEADERS/,
    },
  ],
  moved: [
    {
      name: 'http to https',
      start: asked((request, response) =>
        response.writeHead(301, { location: `https://comfy.example${request.url}` }).end(),
      ),
      says: /Set COMFY_URL=https:\/\/comfy\.example\./,
    },
    {
      name: 'another path',
      start: asked((request, response) =>
        response.writeHead(308, { location: `/comfy${request.url}` }).end(),
      ),
      says: /Set COMFY_URL=http:\/\/127\.0\.0\.1:\d+\/comfy\./,
    },
  ],
  'wrong-path': [
    {
      name: 'ComfyUI, with /api after it',
      async start() {
        const sandbox = await startSandbox();
        return { url: `${sandbox.url}/api`, stop: () => sandbox.stop() };
      },
      says: /Set COMFY_URL=http:\/\/127\.0\.0\.1:\d+\./,
    },
    {
      name: 'another path of a proxy',
      start: answered(404, HTML, NGINX('404 Not Found'), {}, (url) => ({ url: `${url}/draw/comfy/` })),
      says: /path in COMFY_URL.*Correct the path/,
    },
  ],
  'not-comfyui': [
    {
      name: 'a website',
      start: answered(200, HTML, '<!doctype html><title>Welcome</title>'),
      says: /COMFY_URL/,
    },
    { name: 'an empty nginx', start: answered(404, HTML, NGINX('404 Not Found')), says: /path after them/ },
    { name: 'a text', start: answered(200, 'text/plain', 'Ollama is running'), says: /COMFY_URL/ },
    {
      name: 'JSON of another service',
      start: asked((request, response) => {
        request.resume();
        const known = request.url === '/api/system_stats';
        response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' }).end('{"detail":"x"}');
      }),
      says: /COMFY_URL/,
    },
  ],
  'front-forbids': [
    {
      name: 'a list of addresses',
      start: answered(403, HTML, NGINX('403 Forbidden')),
      says: /Allow Easel’s address.*COMFY_HEADERS/,
    },
    {
      name: 'a gateway that says nothing',
      start: asked((request, response) => {
        request.resume();
        response.writeHead(403).end();
      }),
      says: /a header in COMFY_HEADERS/,
    },
  ],
  'nothing-behind': [
    {
      name: 'nginx',
      start: answered(502, HTML, NGINX('502 Bad Gateway')),
      says: /\(HTTP 502\)\. Start ComfyUI/,
    },
    {
      name: 'a load balancer',
      start: answered(503, HTML, NGINX('503')),
      says: /\(HTTP 503\)\. Start ComfyUI/,
    },
    { name: 'a slow one', start: answered(504, 'text/plain', 'upstream timeout'), says: /\(HTTP 504\)/ },
    { name: 'a tunnel', start: answered(530, HTML, 'error code: 1033'), says: /\(HTTP 530\)/ },
  ],
  'origin-guard': [
    {
      name: 'a proxy that says to come from elsewhere',
      async start() {
        const sandbox = await startSandbox();
        const front = await startFront(sandbox.url, ({ headers }) => {
          headers['origin'] = 'https://elsewhere.example';
          return false;
        });
        return {
          url: front.url,
          async stop() {
            await front.stop();
            await sandbox.stop();
          },
        };
      },
      says: /--enable-cors-header/,
    },
  ],
  'key-unsendable': [
    {
      name: 'letters',
      start: answered(200, 'application/json', '{}', {}, () => ({ key: 'ключ' })),
      says: /COMFY_API_KEY/,
    },
  ],
};
