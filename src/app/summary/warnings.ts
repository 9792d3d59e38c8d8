/** Reads the environment for what is hardly meant so: names, values and what does not go together. Pure. */
import type { Config } from '../../config.ts';
import { pageAccess } from '../../config.ts';
import { concurrencyFit } from '../../core/account.ts';
import { isToken } from '../../core/secrets.ts';
import type { BackendSummary, Warning } from '../../core/summary.ts';
import type { Surroundings } from '../../core/surroundings.ts';
import { CLOUD_URL, isComfyOrg } from '../../comfy/index.ts';
import { OWN, unknownNames } from './names.ts';

export interface Given {
  /** As the process has them, what `.env` says included. */
  variables: Readonly<Record<string, string | undefined>>;
  /** Which of them `.env` names. */
  inFile: ReadonlySet<string>;
  surroundings: Surroundings;
}

export function warningsOf(config: Config, given: Given): Warning[] {
  return [
    ...names(given),
    ...values(given),
    ...tokens(config),
    ...backendWarnings(config, given.surroundings),
    ...together(config),
    ...surrounded(config, given),
  ];
}

/** What is set on the page may be what others of them miss. `config`: as it holds with that. */
export function stillOdd(warnings: readonly Warning[], config: Config): Warning[] {
  const missed = together(config).map((warning) => JSON.stringify(warning));
  return warnings.filter(
    (warning) =>
      (warning.code !== 'unused-variable' && warning.code !== 'operator-elsewhere') ||
      missed.includes(JSON.stringify(warning)),
  );
}

/** What only the backend knows. */
export function abovePlan(given: number, { account }: BackendSummary): Warning[] {
  if (account?.atOnce === undefined || concurrencyFit(given, account) !== 'over') return [];
  return [{ code: 'concurrency-above-plan', name: 'COMFY_CONCURRENCY', given, atOnce: account.atOnce }];
}

const isGiven = (value: string | undefined): boolean => (value ?? '').trim() !== '';

function names({ variables, inFile }: Given): Warning[] {
  const set = Object.keys(variables).filter((name) => isGiven(variables[name]));
  const unknown = unknownNames(set, inFile).map((one): Warning => ({ code: 'unknown-variable', ...one }));
  // of Node's, what counts only where the process is started
  const late = ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS'].filter(
    (name) => inFile.has(name) && isGiven(variables[name]),
  );
  return [...unknown, ...late.map((name): Warning => ({ code: 'too-late', name }))];
}

const SECRETS = [
  'DISCORD_TOKEN',
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'COMFY_API_KEY',
  'COMFY_PARTNER_KEY',
  'ADMIN_TOKEN',
] as const satisfies (keyof Config)[];
/** Others give them out; ADMIN_TOKEN is one's own, DISCORD_TOKEN has words of its own for what stands before it. */
const TOKENS = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'COMFY_API_KEY',
  'COMFY_PARTNER_KEY',
] as const;
/** `docker run --env-file` keeps them, where a shell and `.env` do not. */
const QUOTED = /^(["'`]).*\1$/s;
const PLACEHOLDER =
  /^(?:<.*>|\[.*\]|\$\{?\w+\}?|.*(?:\.{3}|…)|(?:your|my|the|put|insert|paste|enter)[-_ ].*|.*change[-_ ]?me.*|x{5,}|(?:bot|app|api)?[-_ ]?(?:token|key|secret))$/i;
/** Fewer different characters than this are soon tried. */
const VARIETY = 6;

function values({ variables }: Given): Warning[] {
  const quoted = OWN.filter((name) => QUOTED.test(variables[name]?.trim() ?? ''));
  const bare = (name: string): string => variables[name]?.trim() ?? '';
  const placeholders = SECRETS.filter((name) => !quoted.includes(name) && PLACEHOLDER.test(bare(name)));
  const token = bare('ADMIN_TOKEN');
  const isGuessable = token !== '' && new Set(token).size < VARIETY && !placeholders.includes('ADMIN_TOKEN');
  const odd = TOKENS.filter((name) => bare(name) !== '' && !isToken(bare(name)) && !quoted.includes(name));
  return [
    ...odd
      .filter((name) => !placeholders.includes(name))
      .map((name): Warning => ({ code: 'odd-characters', name })),
    ...quoted.map((name): Warning => ({ code: 'quoted-value', name })),
    ...placeholders.map((name): Warning => ({ code: 'placeholder-value', name })),
    ...(isGuessable ? [{ code: 'guessable-value', name: 'ADMIN_TOKEN' } as const] : []),
  ];
}

/** Slack's tokens say what they are; a bot token of Discord's has three parts, a client secret one. */
const SLACK_KINDS: [RegExp, keyof Config][] = [
  [/^xapp-/, 'SLACK_APP_TOKEN'],
  [/^xoxb-/, 'SLACK_BOT_TOKEN'],
  [/^[0-9a-f]{32}$/, 'SLACK_SIGNING_SECRET'],
];
const SLACK_OTHERS = /^xox[a-z.]*-/;

function tokens(config: Config): Warning[] {
  const slack = (['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'] as const).flatMap(
    (name): Warning[] => {
      const value = config[name] ?? '';
      const belongs = SLACK_KINDS.find(([pattern]) => pattern.test(value))?.[1];
      if (belongs !== undefined && belongs !== name) return [{ code: 'wrong-token', name, belongs }];
      return belongs === undefined && SLACK_OTHERS.test(value) ? [{ code: 'wrong-token', name }] : [];
    },
  );
  // a client id, a public key, a client secret, or what an `Authorization` header holds
  const discord = config.DISCORD_TOKEN ?? '';
  const isOther = /^(?:\d{17,20}|[0-9a-f]{64}|[\w-]{32}|(?:Bot|Bearer) .*)$/.test(discord);
  return isOther ? [...slack, { code: 'wrong-token', name: 'DISCORD_TOKEN' }] : slack;
}

/** Of other services, a page's session, or no token at all. */
const NO_KEY = /^(?:https?:|(?:Bearer|Basic|Token) |eyJ[\w-]+\.|sk-|hf_|gh[pousr]_|xox[a-z]-|xapp-)/i;
const UNSPECIFIED = /^(?:0\.0\.0\.0|\[::\])$/;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)$/;

/** About the backend's address and key; what is set on the page is looked at so too. */
export function backendWarnings(config: Config, surroundings: Surroundings): Warning[] {
  const { COMFY_URL, COMFY_API_KEY: key, COMFY_DIALECT: said, HOST, PORT } = config;
  if (COMFY_URL === undefined)
    return key === undefined ? [] : [{ code: 'key-without-url', name: 'COMFY_API_KEY', url: CLOUD_URL }];
  const { hostname, host, port, protocol, pathname, search, hash } = new URL(COMFY_URL);
  const name = 'COMFY_URL';
  const right = new URL(CLOUD_URL).hostname;
  const isLoopback = LOOPBACK.test(hostname);
  const found: Warning[] = [];
  if (isComfyOrg(hostname)) {
    if (key === undefined) found.push({ code: 'cloud-without-key', name: 'COMFY_API_KEY', url: COMFY_URL });
    if (hostname !== right) found.push({ code: 'not-the-cloud', name, host: hostname, right: CLOUD_URL });
    if (NO_KEY.test(key ?? '')) found.push({ code: 'wrong-token', name: 'COMFY_API_KEY' });
    if (protocol === 'http:') found.push({ code: 'key-in-clear', name, host: hostname });
  } else if (key !== undefined && said === undefined)
    found.push({ code: 'key-for-own-server', name: 'COMFY_API_KEY', host });
  if (/\/api\/?$/.test(pathname)) found.push({ code: 'api-in-path', name });
  if (search !== '' || hash !== '') found.push({ code: 'address-extras', name });
  if (isLoopback && Number(port || 80) === PORT) found.push({ code: 'own-address', name });
  else if (isLoopback && surroundings === 'container')
    found.push({ code: 'loopback-in-container', name, host });
  else if (UNSPECIFIED.test(hostname)) found.push({ code: 'no-destination', name, host: hostname });
  else if (hostname === HOST && Number(port || 80) === PORT) found.push({ code: 'own-address', name });
  return found;
}

/** Each is of use only beside the other. */
const NEEDS: [name: keyof Config, needs: keyof Config][] = [
  ['DISCORD_API_URL', 'DISCORD_TOKEN'],
  ['DISCORD_CDN_URL', 'DISCORD_TOKEN'],
  ['SLACK_API_URL', 'SLACK_BOT_TOKEN'],
  ['COMFY_FILE_HOSTS', 'COMFY_URL'],
  ['COMFY_PARTNER_KEY', 'COMFY_URL'],
  ['COMFY_DIALECT', 'COMFY_URL'],
  ['COMFY_HEADERS', 'COMFY_URL'],
];

function together(config: Config): Warning[] {
  const unused = NEEDS.filter(([name, needs]) => config[name] !== undefined && config[needs] === undefined);
  const found = unused.map(([name, needs]): Warning => ({ code: 'unused-variable', name, needs }));
  const wins = (name: keyof Config, by: keyof Config): void =>
    void found.push({ code: 'overruled', name, by });
  if (config.SLACK_APP_TOKEN !== undefined && config.SLACK_SIGNING_SECRET !== undefined)
    wins('SLACK_SIGNING_SECRET', 'SLACK_APP_TOKEN');
  if (config.GUILD_CONCURRENCY > (config.GUILD_CONCURRENCY_MAX ?? Infinity))
    wins('GUILD_CONCURRENCY', 'GUILD_CONCURRENCY_MAX');
  if (config.USER_CONCURRENCY > (config.USER_CONCURRENCY_MAX ?? Infinity))
    wins('USER_CONCURRENCY', 'USER_CONCURRENCY_MAX');
  if (config.ALLOWED_GUILDS?.some((guild) => config.BLOCKED_GUILDS?.includes(guild)) === true)
    wins('ALLOWED_GUILDS', 'BLOCKED_GUILDS');
  const there = { discord: config.DISCORD_TOKEN, slack: config.SLACK_BOT_TOKEN };
  for (const [platform, token] of Object.entries(there))
    if (token === undefined && config.OPERATORS?.some((one) => one.startsWith(`${platform}:`)) === true)
      found.push({ code: 'operator-elsewhere', name: 'OPERATORS', platform });
  return found;
}

function surrounded(config: Config, { surroundings }: Given): Warning[] {
  const isAlone = surroundings === 'container' && LOOPBACK.test(config.HOST) && config.HOST !== '0.0.0.0';
  return isAlone && pageAccess(config) !== 'closed'
    ? [{ code: 'loopback-page-in-container', name: 'HOST' }]
    : [];
}
