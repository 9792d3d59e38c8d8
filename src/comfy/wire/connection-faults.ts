/**
 * The one diagnosis of what is wrong with a connection: from what has happened to a named fault. Codes are Node's
 * (https://nodejs.org/api/errors.html), undici's and OpenSSL's (`man openssl-verification-options`, X509_V_ERR_*). Pure.
 */
import type { ConnectionFault, FaultFound } from '../../core/connection-fault.ts';
import { causesOf, errorCode } from '../../core/error-code.ts';
import { isComfyOrg } from './clean.ts';
import { isSuccess } from './status.ts';

/** What was asked, and with what. */
export interface Asked {
  base?: URL | undefined;
  /** What proves who we are, by header; lower case. */
  credentials?: Readonly<Record<string, string>> | undefined;
  /** Easel runs in a container, where a loopback address is the container itself. */
  inContainer?: boolean | undefined;
}

/** Of an answer, what tells. */
export interface Said {
  status: number;
  /** Lower case, without parameters. */
  contentType: string;
  location: string | undefined;
  /** Below the backend's URL, as it was asked for. */
  path?: string | undefined;
  /** Of a 401: which kind of login is wanted. */
  challenge?: string | undefined;
  /** What signs it. */
  signature?: string | undefined;
  /** At least the beginning. */
  bytes: Uint8Array;
}

const CODES: readonly [RegExp, ConnectionFault][] = [
  [/^ECONNREFUSED$/, 'nobody-listens'],
  [/^ENOTFOUND$/, 'no-such-host'],
  [/^EAI_/, 'no-resolver'],
  [/^(?:EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ENETDOWN|EADDRNOTAVAIL)$/, 'no-route'],
  [/^(?:UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, 'no-connection'],
  [/^(?:ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)$/, 'hung-up'],
  [/^CERT_HAS_EXPIRED$/, 'certificate-expired'],
  [/^CERT_NOT_YET_VALID$/, 'certificate-early'],
  [/^ERR_TLS_CERT_ALTNAME/, 'certificate-other-name'],
  // what has no TLS answers in its own words, which are read as a record of a version or a length that there is not
  [/^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|RECORD_TOO_SMALL)$/, 'tls-to-plain'],
  [/^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_CA$|HOSTNAME_MISMATCH$)/, 'certificate-untrusted'],
  [/^(?:ERR_SSL_|ERR_TLS_|EPROTO$)/, 'tls-refused'],
];

/** Undefined for a code that says nothing of the connection. */
export function faultOfCode(code: string): ConnectionFault | undefined {
  return CODES.find(([pattern]) => pattern.test(code))?.[1];
}

/** Why no answer came; undefined where that is not known. */
export function faultOfError(error: unknown, { base, inContainer }: Asked): ConnectionFault | undefined {
  const causes = causesOf(error);
  if (causes.some(({ name }) => name === 'TimeoutError')) return 'no-answer';
  // undici says so of a header's value that cannot be one
  if (causes.some(({ message }) => /invalid x-api-key header/i.test(message))) return 'key-unsendable';
  if (causes.some(({ name }) => name === 'HTTPParserError'))
    return causes.some(isAlert) ? 'plain-to-tls' : 'not-http';
  const code = errorCode(error);
  const fault = code === undefined ? undefined : faultOfCode(code);
  if (fault === 'nobody-listens' && inContainer === true && isLoopback(base)) return 'container-loopback';
  const isPlain = base?.protocol === 'http:';
  return fault === 'hung-up' && isPlain && TLS_PORTS.has(base.port) ? 'plain-to-tls' : fault;
}

/** On which nobody speaks plainly; some end a connection that does without a word. */
const TLS_PORTS: ReadonlySet<string> = new Set(['443', '8443']);

function isLoopback(base: URL | undefined): boolean {
  return base !== undefined && /^(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)$/.test(base.hostname);
}

/** undici keeps what it could not read, and gives it no code: an alert of TLS begins with its type and the version's first byte. */
function isAlert(error: Error): boolean {
  return 'data' in error && typeof error.data === 'string' && error.data.startsWith('\u0015\u0003');
}

/** As nginx, Go's servers (Caddy, Traefik) and Apache say it. */
const SPEAKS_TLS =
  /plain HTTP request was sent to (?:an )?HTTPS port|HTTP request to an HTTPS server|speaking plain HTTP to an SSL/i;
const LOGIN = /type=["']?password|\b(?:log[- ]?in|sign[- ]?in|single sign-on|sso|authenticat\w*)\b/i;
/** Looked at of a body, in bytes. */
const BEGINNING = 16 * 1024;
/** What a proxy says of whoever it stands before: HTTP's own, and Cloudflare's 520 to 526 and 530. */
const GATEWAY: ReadonlySet<number> = new Set([502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 530]);

/**
 * What an answer says of the connection that is not the one hoped for; undefined where it is the backend's own. It must be to a
 * question that every ComfyUI has an answer to, not to one about a run or a file that may be gone.
 */
export function faultOfAnswer(answer: Said, asked: Asked): FaultFound | undefined {
  const { status } = answer;
  const { base } = asked;
  const isCloud = base !== undefined && isComfyOrg(base.hostname);
  if (status === 401) return ofLogin(answer, asked, isCloud);
  if (status >= 300 && status < 400) return ofRedirect(answer, base);
  if (GATEWAY.has(status)) return isCloud || isJson(answer) ? undefined : { fault: 'nothing-behind' };
  if (status >= 500) return undefined;
  if (status === 400) return SPEAKS_TLS.test(beginningOf(answer)) ? { fault: 'plain-to-tls' } : undefined;
  if (status === 403) return ofForbidding(answer, isCloud);
  if (status === 404 || status === 405) return ofMissing(base, isCloud);
  if (!isSuccess(status)) return undefined;
  if (isPage(answer)) return { fault: LOGIN.test(beginningOf(answer)) ? 'login-page' : 'not-comfyui' };
  return isJson(answer) ? undefined : { fault: 'not-comfyui' };
}

/** Undefined: it is the key that was refused. */
function ofLogin(
  { challenge = '' }: Said,
  { credentials = {} }: Asked,
  isCloud: boolean,
): FaultFound | undefined {
  const { 'x-api-key': key, ...others } = credentials;
  if (isCloud) return key === undefined ? { fault: 'key-wanted' } : undefined;
  const gaveLogin = Object.keys(others).length > 0;
  // who asks for user and password does not know of keys
  if (key !== undefined && !/^basic/i.test(challenge)) return undefined;
  return { fault: gaveLogin ? 'login-refused' : 'login-wanted' };
}

/** ComfyUI's own guard says nothing, and signs as what it is built on (recorded on 0.33). */
function ofForbidding(answer: Said, isCloud: boolean): FaultFound | undefined {
  if (isCloud) return undefined;
  const isEmpty = answer.bytes.length === 0;
  if (isEmpty && /\baiohttp\b/.test(answer.signature ?? '')) return { fault: 'origin-guard' };
  return isEmpty || isPage(answer) ? { fault: 'front-forbids' } : undefined;
}

/** Cloud may leave out a route that ComfyUI has. */
function ofMissing(base: URL | undefined, isCloud: boolean): FaultFound | undefined {
  if (base !== undefined && base.pathname !== '/') return { fault: 'wrong-path' };
  return isCloud ? undefined : { fault: 'not-comfyui' };
}

function ofRedirect({ location, path }: Said, base: URL | undefined): FaultFound | undefined {
  if (location === undefined || base === undefined || path === undefined) return undefined;
  const from = new URL(path, base);
  if (!URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from);
  if (to.protocol !== 'https:' && to.protocol !== 'http:') return undefined;
  const end = `/${path.split('?')[0]}`;
  if (!to.pathname.endsWith(end)) return { fault: 'login-page' };
  const right = withoutSlash(`${to.origin}${to.pathname.slice(0, -end.length)}`);
  return { fault: 'moved', ...(right.length <= MAX_ADDRESS && { to: right }) };
}

/** One that a person would enter. */
const MAX_ADDRESS = 200;
const withoutSlash = (address: string): string => address.replace(/\/$/, '');

const isJson = ({ contentType }: Said): boolean => /[/+]json$/.test(contentType);

function isPage(answer: Said): boolean {
  return (
    /^(?:text\/html|application\/xhtml)/.test(answer.contentType) ||
    /^\s*<(?:!doctype|html)/i.test(beginningOf(answer))
  );
}

function beginningOf({ bytes }: Said): string {
  return new TextDecoder().decode(bytes.subarray(0, BEGINNING));
}
