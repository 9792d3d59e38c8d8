/** Where a backend is and how it is spoken to: what its options mean for everything that speaks with it. */
import type { Log } from '../core/log.ts';
import { blotter, credentialsIn } from '../core/secrets.ts';
import { systemClock, type Clock } from '../core/time.ts';
import { addressOf, detectDialect, dialects, type DialectName } from './dialects/index.ts';
import type { RunDeps } from './runs/deps.ts';
import { defaultTiming, type Timing } from './timing.ts';
import { createFileHosts } from './wire/file-hosts.ts';
import { createHttp } from './wire/http.ts';
import { createTransport } from './wire/transport.ts';

export interface BackendOptions {
  /** `https://cloud.comfy.org`, `http://127.0.0.1:8188`, or with a path before ComfyUI's own. */
  url: string;
  apiKey?: string | undefined;
  /** What else must not be seen in what it says, besides its key and what the URL holds. */
  secrets?: readonly string[] | undefined;
  /** For people and logs; default: what it is, and for logs where. */
  name?: string | undefined;
  /** Default: `cloud` for comfy.org and its subdomains or when there is a key; else `comfyui`. */
  dialect?: DialectName | undefined;
  /** `host` or `host:port` in our own network where its files may be, besides with it. */
  fileHosts?: readonly string[] | undefined;
  log: Log;
  timing?: Partial<Timing> | undefined;
  clock?: Clock | undefined;
}

/** Throws TypeError for a URL that is none, or neither http nor https. */
export function depsOf(options: BackendOptions): RunDeps {
  const { url, secrets = [], fileHosts = [], log, clock = systemClock } = options;
  const base = new URL(url);
  if (base.protocol !== 'http:' && base.protocol !== 'https:')
    throw new TypeError('a backend is http or https');
  base.search = '';
  base.hash = '';
  // relative paths are resolved below the base's last slash
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  const apiKey = options.apiKey === '' ? undefined : options.apiKey;
  const credentials = credentialsOf(base, apiKey);
  const blot = blotter([apiKey, ...credentialsIn(base), ...secrets], '…');
  base.username = '';
  base.password = '';
  const dialect = dialects[options.dialect ?? detectDialect(base, apiKey)];
  const name = options.name ?? dialect.title;
  const timing = { ...defaultTiming, ...options.timing };
  const hosts = createFileHosts(base, fileHosts);
  const transport = createTransport({ backend: name, base, credentials, hosts, timing });
  return {
    name,
    address: options.name ?? addressOf(base, dialect),
    base,
    apiKey,
    blot,
    credentials,
    dialect,
    http: createHttp(transport, { name, blot, base, refusals: dialect.refusals }),
    hosts,
    log,
    clock,
    timing,
  };
}

/** The key, and the user and password that a URL may hold for a proxy in front of a self-hosted server. */
function credentialsOf(base: URL, apiKey: string | undefined): Record<string, string> {
  const credentials: Record<string, string> = {};
  if (apiKey !== undefined) credentials['x-api-key'] = apiKey;
  if (base.username !== '') {
    const pair = `${decodeURIComponent(base.username)}:${decodeURIComponent(base.password)}`;
    credentials['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  return credentials;
}
