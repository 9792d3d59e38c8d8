/** Where a backend is and how it is spoken to: what its options mean for everything that speaks with it. */
import type { Log } from '../core/log.ts';
import { blotter, credentialsIn } from '../core/secrets.ts';
import { systemClock, type Clock } from '../core/time.ts';
import { addressOf, dialects, type DialectName } from './dialects/index.ts';
import { createKind, fixedKind, type KindDeps } from './dialects/kind.ts';
import type { RunDeps } from './runs/deps.ts';
import type { Kind } from './runs/kind.ts';
import { defaultTiming, type Timing } from './timing.ts';
import { isComfyOrg } from './wire/clean.ts';
import { createFileHosts } from './wire/file-hosts.ts';
import { createHttp } from './wire/http.ts';
import type { Server } from './wire/refusals.ts';
import { createTransport } from './wire/transport.ts';

export interface BackendOptions {
  /** `https://cloud.comfy.org`, `http://127.0.0.1:8188`, or with a path before ComfyUI's own. */
  url: string;
  apiKey?: string | undefined;
  /** Of a Comfy account that pays for partner nodes on one's own server; it goes into runs that have any. */
  partnerKey?: string | undefined;
  /** For whatever is in front of it, by name; sent with every request to it, and to nobody else. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** What else must not be seen in what it says, besides its key and what the URL holds. */
  secrets?: readonly string[] | undefined;
  /** For people and logs; default: what it is, and for logs where. */
  name?: string | undefined;
  /** Default: `cloud` for comfy.org and its subdomains; else it is asked. */
  dialect?: DialectName | undefined;
  /** What it said it is when it was last asked, by another process. */
  lastKnown?: DialectName | undefined;
  /** Is told what it says it is, each time that this is news. Must not throw. */
  onKnown?: ((name: DialectName) => void) | undefined;
  /** `host` or `host:port` in our own network where its files may be, besides with it. */
  fileHosts?: readonly string[] | undefined;
  /** Easel runs in a container, where a loopback address is the container itself. */
  inContainer?: boolean | undefined;
  log: Log;
  timing?: Partial<Timing> | undefined;
  clock?: Clock | undefined;
}

/** Throws TypeError for a URL that is none, or neither http nor https. */
export function depsOf(options: BackendOptions): RunDeps {
  const { url, secrets = [], fileHosts = [], inContainer, log, clock = systemClock } = options;
  const base = new URL(url);
  if (base.protocol !== 'http:' && base.protocol !== 'https:')
    throw new TypeError('a backend is http or https');
  base.search = '';
  base.hash = '';
  // relative paths are resolved below the base's last slash
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  const apiKey = filled(options.apiKey);
  const partnerKey = filled(options.partnerKey);
  const credentials = credentialsOf(base, apiKey, options.headers);
  const given = [apiKey, partnerKey, ...Object.values(options.headers ?? {}), ...credentialsIn(base)];
  const blot = blotter([...given, ...secrets], '…');
  base.username = '';
  base.password = '';
  const timing = { ...defaultTiming, ...options.timing };
  const hosts = createFileHosts(base, fileHosts);
  const server: Server = {
    get name() {
      return options.name ?? kind.latest().title;
    },
    get address() {
      return options.name ?? addressOf(base, kind.latest());
    },
    get refusals() {
      return kind.latest().refusals;
    },
    blot,
    base,
    credentials,
  };
  const http = createHttp(createTransport({ server, base, credentials, hosts, timing, inContainer }), server);
  const kind = kindOf(options, base, { http, ageMs: timing.kindAgeMs, clock, log });
  return { server, base, apiKey, partnerKey, credentials, kind, http, hosts, log, clock, timing };
}

function kindOf(
  { dialect, lastKnown, onKnown = () => undefined }: BackendOptions,
  base: URL,
  deps: Pick<KindDeps, 'http' | 'ageMs' | 'clock' | 'log'>,
): Kind {
  const fixed = dialect ?? (isComfyOrg(base.hostname) ? 'cloud' : undefined);
  return fixed ? fixedKind(dialects[fixed]) : createKind({ ...deps, lastKnown, onKnown });
}

function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** The key, the user and password that a URL may hold, and what else something in front of a server asks for. */
function credentialsOf(
  base: URL,
  apiKey: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const credentials: Record<string, string> = {};
  if (apiKey !== undefined) credentials['x-api-key'] = apiKey;
  if (base.username !== '') {
    const pair = `${decodeURIComponent(base.username)}:${decodeURIComponent(base.password)}`;
    credentials['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  for (const [name, value] of Object.entries(headers)) credentials[name.toLowerCase()] = value;
  return credentials;
}
