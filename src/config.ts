/** The environment, read once and checked whole; the only reader of `process.env`. */
import { isIP, isIPv4 } from 'node:net';
import { z } from 'zod';
import { readHeaders, secretsInHeaders } from './core/headers.ts';
import { readHost } from './core/host.ts';
import { credentialsIn } from './core/secrets.ts';
import { MAX_RUN_LIMIT_MINUTES } from './core/template.ts';

/** An empty value is an absent one, as `.env` and compose files write `NAME=`; a secret from a file ends in a newline. */
const trimmed = (value: unknown) => (typeof value === 'string' ? value.trim() || undefined : value);
const text = z.preprocess(trimmed, z.string().optional());
const withDefault = (value: string) => text.transform((given) => given ?? value);
const whole = (min: number, max: number, fallback: number) =>
  z.preprocess(
    (value) => Number(trimmed(value) ?? fallback),
    z.number(`must be a whole number from ${min} to ${max}`).int().min(min).max(max),
  );
/** As `whole`; absent: somebody else says. */
const wholeOrNone = (min: number, max: number) =>
  z.preprocess(
    (value) => {
      const given = trimmed(value);
      return given === undefined ? undefined : Number(given);
    },
    z.number(`must be a whole number from ${min} to ${max}`).int().min(min).max(max).optional(),
  );
/** Absent: somebody else says. */
const numberOrNone = (min: number, max: number) =>
  z.preprocess(
    (value) => {
      const given = trimmed(value);
      return given === undefined ? undefined : Number(given);
    },
    z.number(`must be a number from ${min} to ${max}`).min(min).max(max).optional(),
  );
const url = (...protocols: string[]) => urlIn(text, protocols);
const urlIn = (given: typeof text, protocols: string[]) =>
  given.refine(
    (value) => value === undefined || (URL.canParse(value) && protocols.includes(new URL(value).protocol)),
    `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );

/** As it stands in what is no URL for that reason, too. */
const PORT = /^https?:\/\/[^/?#]*:(\d+)(?:[/?#]|$)/i;
/** Where nobody can be is a slip. */
const backendUrl = urlIn(
  text.refine(
    (value) => {
      const port = Number(PORT.exec(value ?? '')?.[1] ?? 1);
      return port >= 1 && port <= 65_535;
    },
    { error: 'must have a port from 1 to 65535', abort: true },
  ),
  ['http:', 'https:'],
);

/** Who runs Easel, in chat: `discord:ID`, `slack:TEAM/USER`. */
const OPERATOR = /^(?:discord:\d{17,20}|slack:[TE][A-Z\d]+\/[UW][A-Z\d]+)$/;
const operators = text
  .transform((value) => value?.split(/[\s,]+/).filter(Boolean))
  .refine(
    (all) => all === undefined || all.every((one) => OPERATOR.test(one)),
    'must be a list of discord:ID and slack:TEAM/USER, with commas between',
  );

/** An address, or a network with its number of bits. */
const isNetwork = (given: string): boolean => {
  const [address = '', bits, ...more] = given.split('/');
  const family = isIP(address);
  const most = family === 6 ? 128 : 32;
  return (
    family > 0 &&
    more.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
};
const networks = text
  .transform((value) => value?.split(/[\s,]+/).filter(Boolean))
  .refine(
    (all) => all === undefined || all.every(isNetwork),
    'must be a list of addresses and networks such as 10.0.0.0/8, with commas between',
  );
/** Ids of guilds or people, as platforms give them; whose is whose is decided where they are asked for. */
const MAX_ID = 100;
const ids = text
  .transform((value) => value?.split(/[\s,]+/).filter(Boolean))
  .refine(
    (all) => all === undefined || all.every((one) => one.length <= MAX_ID && /^[\w:/-]+$/.test(one)),
    'must be a list of ids, with commas between',
  );
/** Where the world reaches the HTTP side; without a slash at its end. */
const publicUrl = url('http:', 'https:')
  .refine((value) => value === undefined || !/[?#]/.test(value), 'must end with its path: no ? and no #')
  .refine(
    (value) =>
      value === undefined || !URL.canParse(value) || credentialsIn(new URL(value)).every((one) => one === ''),
    'must hold no user and no password',
  )
  .refine(
    (value) =>
      value === undefined || !URL.canParse(value) || /^(?:\/[\w.~-]+)*\/?$/.test(new URL(value).pathname),
    'must have a path of letters, digits and - . _ ~ only',
  )
  .transform((value) => value && new URL(value).href.replace(/\/$/, ''));
const onOff = z.preprocess(trimmed, z.enum(['on', 'off']).default('on'));
/** In our own network, besides the backend: `minio.lan:9000`, `10.0.0.6`. */
const fileHosts = text
  .transform((value) => value?.split(/[\s,]+/).filter(Boolean))
  .refine(
    (all) => all === undefined || all.every((one) => readHost(one) !== undefined),
    'must be a list of HOST or HOST:PORT, with commas between',
  );

/** Shorter ones can be guessed. */
const MIN_TOKEN = 16;

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export const Environment = z.object({
  DISCORD_TOKEN: text,
  DISCORD_API_URL: url('http:', 'https:'),
  DISCORD_CDN_URL: url('http:', 'https:'),
  SLACK_BOT_TOKEN: text,
  SLACK_APP_TOKEN: text,
  SLACK_SIGNING_SECRET: text,
  SLACK_API_URL: url('http:', 'https:'),
  COMFY_URL: backendUrl,
  COMFY_API_KEY: text,
  COMFY_PARTNER_KEY: text,
  COMFY_DIALECT: z.preprocess(
    trimmed,
    z.enum(['auto', 'comfyui', 'cloud'], 'must be auto, comfyui or cloud').optional(),
  ),
  COMFY_HEADERS: text.refine(
    (value) => value === undefined || readHeaders(value) !== undefined,
    'must be lines of Name: value, or a JSON object of them; none that the connection sets itself',
  ),
  COMFY_FILE_HOSTS: fileHosts,
  COMFY_CONCURRENCY: whole(1, 100, 1),
  GUILD_CONCURRENCY: whole(1, 1000, 2),
  USER_CONCURRENCY: whole(1, 1000, 1),
  GUILD_CONCURRENCY_MAX: wholeOrNone(1, 1000),
  USER_CONCURRENCY_MAX: wholeOrNone(1, 1000),
  GUILD_WAITING_MAX: wholeOrNone(1, 1000),
  USER_WAITING_MAX: wholeOrNone(1, 1000),
  PERSON_CONCURRENCY: wholeOrNone(1, 1000),
  PERSON_WAITING: wholeOrNone(1, 10_000),
  TOTAL_WAITING: whole(1, 10_000_000, 100_000),
  TOTAL_INPUT_GB: whole(1, 10_000, 5),
  HOLD_HOURS: whole(1, 720, 12),
  RUN_LIMIT_MINUTES: whole(1, MAX_RUN_LIMIT_MINUTES, 120),
  OPERATORS: operators,
  ALLOWED_GUILDS: ids,
  BLOCKED_GUILDS: ids,
  BLOCKED_USERS: ids,
  DIRECT_MESSAGES: onOff,
  USER_INSTALLS: onOff,
  TEMPLATES_DIR: withDefault('templates'),
  DATA_DIR: withDefault('data'),
  DATA_BUDGET_GB: numberOrNone(1, 1_000_000),
  STORE_URL: url('sqlite:'),
  HOST: withDefault('127.0.0.1'),
  PORT: whole(0, 65_535, 3000),
  ADMIN_TOKEN: text.refine(
    (value) => value === undefined || value.length >= MIN_TOKEN,
    `must have at least ${MIN_TOKEN} characters`,
  ),
  TRUSTED_PROXIES: networks,
  PUBLIC_URL: publicUrl,
  LINK_DAYS: whole(1, 365, 7),
  PLAYGROUND: onOff,
  LOG_LEVEL: z.preprocess(trimmed, z.enum(LEVELS).default('info')),
});
export type Config = z.infer<typeof Environment>;

/** All of it, for who looks for names that are misspelt. */
export function allVariables(): Readonly<Record<string, string | undefined>> {
  return process.env;
}

/**
 * The language of a terminal's person, as POSIX has it: `ja_JP.UTF-8` is `ja-JP`. A terminal that is none, and `C`, are English.
 */
export function terminalLocale(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const { LC_ALL, LC_MESSAGES, LANG } = variables;
  const [tag = ''] = (LC_ALL || LC_MESSAGES || LANG || '').split(/[.@]/);
  return /^[a-z]{2,3}(?:[_-]\w+)*$/i.test(tag) ? tag.replaceAll('_', '-') : 'en';
}

/** Where this machine's programs are; no setting of Easel's. */
export function searchPath(environment: Record<string, string | undefined> = process.env): string {
  return environment['PATH'] ?? '';
}

/** What is wrong with the environment: one line a variable, never showing a value. */
export class ConfigError extends Error {
  readonly lines: string[];
  constructor(lines: string[]) {
    super(lines.join('; '));
    this.name = 'ConfigError';
    this.lines = lines;
  }
}

/** Throws ConfigError that names every bad variable at once. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const result = Environment.safeParse(environment);
  const lines = result.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];
  if (result.data) lines.push(...incomplete(result.data));
  if (!result.success || lines.length > 0) throw new ConfigError(lines);
  return result.data;
}

/** Slack needs two of its settings together, and a backend takes one password. */
function incomplete(config: Config): string[] {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, COMFY_URL } = config;
  const names = Object.keys(comfyHeaders(config));
  if (COMFY_URL !== undefined && new URL(COMFY_URL).username !== '' && names.includes('authorization'))
    return ['COMFY_HEADERS holds Authorization, and COMFY_URL a user and password: one of them is enough'];
  if (config.COMFY_API_KEY !== undefined && names.includes('x-api-key'))
    return ['COMFY_HEADERS holds X-API-Key, which is what COMFY_API_KEY is sent as: one of them is enough'];
  const carrier = SLACK_APP_TOKEN ?? SLACK_SIGNING_SECRET;
  if (SLACK_BOT_TOKEN !== undefined && carrier === undefined)
    return [
      'SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP mode) beside it',
    ];
  if (SLACK_BOT_TOKEN === undefined && carrier !== undefined)
    return ['SLACK_APP_TOKEN and SLACK_SIGNING_SECRET need SLACK_BOT_TOKEN beside them'];
  return [];
}

/** What is sent to the backend for whatever is in front of it, by name. */
export function comfyHeaders({ COMFY_HEADERS }: Config): Record<string, string> {
  return COMFY_HEADERS === undefined ? {} : (readHeaders(COMFY_HEADERS) ?? {});
}

/** Neither Discord nor Slack is configured. */
export function isChatless({ DISCORD_TOKEN, SLACK_BOT_TOKEN }: Config): boolean {
  return DISCORD_TOKEN === undefined && SLACK_BOT_TOKEN === undefined;
}

/**
 * Who may open the page in the browser: `local` is whoever has this machine's own token, `token` whoever has
 * ADMIN_TOKEN. `closed`: others can reach it and there is no ADMIN_TOKEN. In Slack's HTTP mode a proxy passes the
 * world's requests on to us.
 */
export function pageAccess(config: Config): 'local' | 'token' | 'closed' {
  const { ADMIN_TOKEN, HOST, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET } = config;
  if (ADMIN_TOKEN !== undefined) return 'token';
  const slackHttp = SLACK_APP_TOKEN === undefined && SLACK_SIGNING_SECRET !== undefined;
  return isLoopback(HOST) && !slackHttp ? 'local' : 'closed';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/** Values that must never be seen in a log or a reply. */
export function secretsOf(config: Config): string[] {
  const { DISCORD_TOKEN, SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET } = config;
  const { COMFY_API_KEY, COMFY_PARTNER_KEY, COMFY_URL, ADMIN_TOKEN } = config;
  const secrets = [
    DISCORD_TOKEN,
    SLACK_BOT_TOKEN,
    SLACK_APP_TOKEN,
    SLACK_SIGNING_SECRET,
    COMFY_API_KEY,
    COMFY_PARTNER_KEY,
    ...secretsInHeaders(comfyHeaders(config)),
    ...(COMFY_URL === undefined ? [] : credentialsIn(new URL(COMFY_URL))),
    ADMIN_TOKEN,
  ];
  return secrets.filter((secret) => secret !== undefined && secret !== '').map(String);
}
