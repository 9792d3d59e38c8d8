import { describe, expect, it } from 'vitest';
import {
  faultOfAnswer,
  faultOfCode,
  faultOfError,
  type Said,
} from '../../../../src/comfy/wire/connection-faults.ts';

const base = new URL('http://comfy.lan:8188/');
const bytes = (text: string) => new TextEncoder().encode(text);
const answer = (more: Partial<Said>): Said => ({
  status: 200,
  contentType: 'application/json',
  location: undefined,
  path: 'api/system_stats',
  bytes: bytes('{}'),
  ...more,
});
const failed = (code: string, cause?: unknown) => Object.assign(new Error(code, { cause }), { code });

describe('the fault of an error', () => {
  it('is that of its deepest cause, and of the first address of a name', () => {
    const wrapped = new TypeError('fetch failed', { cause: failed('UND_ERR_SOCKET', failed('ECONNRESET')) });
    expect(faultOfError(wrapped, { base })).toBe('hung-up');
    const all = new AggregateError([failed('ENETUNREACH'), failed('ECONNREFUSED')]);
    expect(faultOfError(all, { base })).toBe('no-route');
    expect(faultOfError(new Error('who knows'), { base })).toBeUndefined();
    expect(faultOfError('no error', { base })).toBeUndefined();
  });

  it('ends where causes go round in a circle', () => {
    const one = failed('ECONNREFUSED');
    one.cause = one;
    expect(faultOfError(one, { base })).toBe('nobody-listens');
  });

  it.each(['http://localhost:8188', 'http://127.0.0.1', 'http://[::1]:8188', 'http://0.0.0.0:1'])(
    'in a container %s is the container itself, and only there',
    (address) => {
      const refused = failed('ECONNREFUSED');
      const at = new URL(address);
      expect(faultOfError(refused, { base: at, inContainer: true })).toBe('container-loopback');
      expect(faultOfError(refused, { base: at, inContainer: false })).toBe('nobody-listens');
      expect(faultOfError(refused, { base, inContainer: true })).toBe('nobody-listens');
    },
  );

  it('of a port that speaks TLS only, as far as is known, is that http:// is spoken to it', () => {
    const cut = failed('ECONNRESET');
    expect(faultOfError(cut, { base: new URL('http://comfy.lan:443') })).toBe('plain-to-tls');
    expect(faultOfError(cut, { base: new URL('https://comfy.lan:8443') })).toBe('hung-up');
  });

  it.each([
    ['CERT_REVOKED', 'certificate-untrusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate-untrusted'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate-untrusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-other-name'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'tls-refused'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'tls-to-plain'],
    ['ETIMEDOUT', 'no-connection'],
    ['EMFILE', undefined],
  ])('with the code %s is %s', (code, fault) => {
    expect(faultOfCode(code)).toBe(fault);
  });
});

describe('the fault of an answer', () => {
  it.each<[string, Partial<Said>]>([
    ['JSON', {}],
    ['its own failure', { status: 500, contentType: 'text/plain' }],
    ['a refused workflow', { status: 400 }],
    ['an outage that it tells itself', { status: 503 }],
    ['what its account may not', { status: 403, bytes: bytes('{"message":"Not in your plan"}') }],
    ['a redirect to nowhere', { status: 302 }],
    ['a redirect to a file', { status: 302, location: 'file:///x' }],
  ])('is none for %s', (_what, more) => {
    expect(faultOfAnswer(answer(more), { base })).toBeUndefined();
  });

  it('says of a redirect where to, without a query, a password or what is too long to be entered', () => {
    const moved = (location: string) => faultOfAnswer(answer({ status: 307, location }), { base });
    expect(moved('https://ann:pw@comfy.lan/x/api/system_stats?sig=secret')).toEqual({
      fault: 'moved',
      to: 'https://comfy.lan/x',
    });
    expect(moved(`https://comfy.lan/${'x'.repeat(5000)}/api/system_stats`)).toEqual({ fault: 'moved' });
  });

  it('of a 401 goes by what was sent, and by what is asked for', () => {
    const locked = (challenge: string | undefined, credentials: Record<string, string>) =>
      faultOfAnswer(answer({ status: 401, challenge }), { base, credentials })?.fault;
    expect(locked(undefined, {})).toBe('login-wanted');
    expect(locked(undefined, { authorization: 'Basic x' })).toBe('login-refused');
    expect(locked(undefined, { 'x-api-key': 'k' })).toBeUndefined();
    expect(locked(undefined, { 'x-api-key': 'k', authorization: 'Basic x' })).toBeUndefined();
    expect(locked('Basic realm="x"', { 'x-api-key': 'k' })).toBe('login-wanted');
    expect(locked('Basic realm="x"', { 'x-api-key': 'k', authorization: 'Basic x' })).toBe('login-refused');
  });

  it('of Comfy Cloud is its own matter, but for the key that is not there', () => {
    const cloud = new URL('https://cloud.comfy.org/');
    expect(faultOfAnswer(answer({ status: 502, contentType: 'text/html' }), { base: cloud })).toBeUndefined();
    expect(faultOfAnswer(answer({ status: 404 }), { base: cloud })).toBeUndefined();
    expect(faultOfAnswer(answer({ status: 401 }), { base: cloud })).toEqual({ fault: 'key-wanted' });
    const credentials = { 'x-api-key': 'k' };
    expect(faultOfAnswer(answer({ status: 401 }), { base: cloud, credentials })).toBeUndefined();
  });
});
