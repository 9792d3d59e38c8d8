/** Requests as the page makes them, and with things wrong in their path, their headers and their body. */
import { loadAssets } from '../../src/platforms/web/assets.ts';
import type { Random } from '../fakes/random.ts';
import { bend, bendBytes, bendText, bendValues, written } from './mutate.ts';

/** What there is to be asked about. */
export interface Known {
  draft: string;
  jobs: readonly string[];
  /** Of a session where the token is the operator's. */
  cookie: string;
  /** Of one where it is this machine's own. */
  openCookie: string;
  token: string;
  workflow: Uint8Array<ArrayBuffer>;
  picture: Uint8Array<ArrayBuffer>;
}

export interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | undefined;
  /** Nobody may be let in with this. */
  isStranger: boolean;
}

interface Plan {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  json?: unknown;
  /** Multipart; `workflow` and `picture` stand for files. */
  form?: Record<string, string>;
  /** Of a plain form. */
  fields?: Record<string, string>;
}

const HOST = '127.0.0.1:3000';
const FOREIGN = 'evil.example';
const MAX_HEADER = 8000;
const NAMES = ['fox', 'owl', 'sketch', 'paint', 'photo', 'batch', 'no-such'];
const LINES = [
  '/sketch a fox --steps 3',
  '/help',
  '/queue',
  '/cancel',
  '/template list',
  'an owl',
  '/fox an owl',
];
const CHANGES: readonly unknown[] = [
  { kind: 'about', name: 'owls', description: 'Owls at night' },
  {
    kind: 'slot',
    slot: 'steps',
    change: { name: 'steps', type: 'integer', min: '1', max: '40', default: '5' },
  },
  {
    kind: 'slot',
    slot: 'prompt',
    change: { description: 'What', maxLength: '90', format: '{value}, sharp' },
  },
  { kind: 'slot', slot: 'cfg', change: { type: 'choice', required: true, choices: 'a = 1\nb = 2' } },
  { kind: 'drop', slot: 'cfg' },
  { kind: 'move', slot: 'steps', by: -1 },
  { kind: 'add', node: '3', input: 'sampler_name' },
  { kind: 'outputs', nodes: ['9'] },
];
const SETTINGS = {
  guildJobs: '2',
  userWaiting: '3',
  defaultTemplate: 'sketch',
  language: 'ja',
  adminUsers: 'you\nann',
  allowedChannels: 'a, b',
  blockedWords: 'cats\ndogs',
};
const { addressOf } = loadAssets({});
const READS = [
  '/',
  '/enter',
  '/enter?key=guessed',
  '/studio',
  '/operator',
  '/sign-in',
  addressOf('chat/page.js'),
  addressOf('shared/frame.css'),
  addressOf('lib/preact.js'),
  '/page/before/chat/page.js',
];
const READS_API = [
  'home',
  'places',
  'events',
  'operator',
  'operator?find=a&from=1',
  'operator/events',
  'operator/settings',
  'studio/shelf',
];
const PLACES = ['platform=web&guild=web', 'platform=test&guild=web', 'platform=test&guild=nowhere', 'guild='];
const DRAFTS = '/api/studio/drafts';

export async function asked(random: Random, known: Known, isLocked: boolean): Promise<Asked> {
  const plan = planned(random, known);
  const isBent = random.below(4) === 0;
  const method = isBent && random.below(3) === 0 ? random.pick(METHODS) : plan.method;
  const path = withPlace(random, isBent ? bentPath(random, plan.path) : plan.path);
  const sent = await bodyOf(random, plan, known);
  const reads = method === 'GET' || method === 'HEAD';
  const headers: Record<string, string> = {
    host: HOST,
    'accept-language': random.pick(['en', 'ja,en;q=0.8', 'de-DE']),
    'sec-fetch-site': 'same-origin',
    'sec-fetch-mode': 'cors',
    ...(!reads && { origin: `http://${HOST}`, 'x-easel': '1', 'content-type': sent.type }),
    cookie: isLocked ? known.cookie : known.openCookie,
    ...(path.includes('/files/') && {
      range: random.pick(['bytes=0-3', 'bytes=-2', 'bytes=2-', 'bytes=9-1']),
    }),
  };
  const isStranger = random.below(8) === 0 && estrange(random, { headers, reads, isLocked });
  // what is bent could make a stranger of anybody, but of no stranger a friend
  if (random.below(3) === 0) bendHeaders(random, headers, isStranger);
  return { method, path, headers, body: reads ? undefined : sent.body, isStranger };
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'];

function planned(random: Random, { draft, jobs, token }: Known): Plan {
  const template = `/api/studio/templates/${random.pick(NAMES)}`;
  const job = random.below(20) === 0 ? 'no-such' : random.pick(jobs);
  const post = (path: string, json: unknown = {}): Plan => ({ method: 'POST', path, json });
  const get = (path: string): Plan => ({ method: 'GET', path });
  const form = (path: string, given: Record<string, string>): Plan => ({ method: 'POST', path, form: given });
  const plans: (() => Plan)[] = [
    () => get(random.pick(READS)),
    () => get(`/api/${random.pick(READS_API)}`),
    () => get(`/api/events?draft=${draft}`),
    () => get('/api/complete?template=photo&slot=style&typed=a'),
    () => get(`/api/messages/${job}/${random.pick(['preview?v=1', 'files/0', 'files/1', 'files/999'])}`),
    () =>
      get(
        `/api/messages?${random.pick(['', 'only=starred', `before=1_${job}`, 'before=x', `draft=${draft}`])}`,
      ),
    () => post(`/api/messages/${job}/files/0/star`, { starred: random.below(2) === 0 }),
    () => ({ method: 'DELETE', path: `/api/messages/${job}/files/${random.pick(['0', '1', '999'])}` }),
    () => get(`${DRAFTS}/${draft}${random.pick(['', '/template.json', '/workflow.json'])}`),
    () => get(`${template}/${random.pick(['history', 'template.json', 'workflow.json?version=1'])}`),
    () => get(`/api/screen?at=${random.pick(screensOf(draft))}`),
    () => post('/api/screen', deed(random, draft)),
    () => form('/api/screen', { deed: JSON.stringify(deed(random, draft)), 'file.workflow': 'workflow' }),
    () => post('/api/say', { text: random.pick([...LINES, `/cancel ${job}`]) }),
    () => post(`/api/jobs/${job}/${random.pick(['cancel', 'again'])}`),
    () => post(`/api/operator/jobs/${job}/cancel`),
    () => post('/api/operator/settings', SETTINGS),
    () => post(`${DRAFTS}/${draft}/change`, random.pick(CHANGES)),
    () => post(`${DRAFTS}/${draft}/${random.pick(['test', 'test', 'publish', 'discard'])}`),
    () => post(DRAFTS, { edit: random.pick(NAMES) }),
    () => post(`${template}/rename`, { to: random.pick(NAMES) }),
    () => post(`${template}/rollback`, { version: 1 }),
    () => post(`${template}/switch`, { off: random.below(4) === 0 }),
    () => post(`${template}/${random.pick(['remove', 'x'])}`),
    () => post('/api/say', { text: 'a red fox' }),
    () => ({
      ...post('/sign-in'),
      fields: { token: random.pick([token, 'guessed']), to: '/studio?a=b' },
    }),
    () =>
      form('/api/run', { template: 'sketch', 'value.prompt': 'a fox', 'value.steps': '3', 'value.seed': '' }),
    () => form('/api/run', { template: 'photo', 'value.prompt': 'a fox', 'file.image': 'picture' }),
    () => form(DRAFTS, { file: 'workflow', name: random.pick(NAMES) }),
    () => form(DRAFTS, { file: 'workflow', name: 'owl' }),
    () => form(DRAFTS, { file: 'picture' }),
    () => form(DRAFTS, { file: 'workflow', settings: 'workflow' }),
  ];
  return random.pick(plans)();
}

function screensOf(draft: string): string[] {
  const kinds = ['template', 'history', 'access', 'remove', 'run'].flatMap((kind) =>
    NAMES.map((name) => `${kind}/${name}`),
  );
  const ofDraft = ['draft', 'findings', 'discard'].map((kind) => `${kind}/${draft}`);
  return ['settings', 'audit', 'templates', 'add', ...kinds, ...ofDraft, `slot/${draft}/prompt`];
}

const ACTIONS = [
  'save',
  'back',
  'add',
  'edit',
  'rename',
  'export',
  'change',
  'drop',
  'up',
  'test',
  'publish',
  'run',
];

function deed(random: Random, draft: string) {
  const entered = { chosen: random.pick([...NAMES, 'prompt', '1']), ...random.pick(ENTERED) };
  return {
    at: random.pick(screensOf(draft)),
    action: random.pick(ACTIONS),
    entered,
    shown: random.pick(ENTERED),
  };
}

const ENTERED = [
  {},
  SETTINGS,
  { name: 'owl', description: 'An owl' },
  { type: 'integer', max: '9', required: true },
  { prompt: 'a fox', steps: '3', size: 'wide' },
  { bannedUsers: ['U1', 'U2'], roles: [], ageRestricted: false },
];

/** Something in it is spelt otherwise, or does not belong there. */
function bentPath(random: Random, path: string): string {
  const parts = path.split('/');
  const at = random.below(parts.length);
  const part = parts[at] ?? '';
  const odd = bendText(random, '').toWellFormed();
  const other = [
    () => encodeURIComponent(odd).slice(0, MAX_HEADER),
    () => encodeURIComponent(bendText(random, part).toWellFormed()).slice(0, MAX_HEADER),
    () => part.replaceAll(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    () =>
      random.pick(['..', '.', '', '%2e%2e', '..%2f..%2f', '%00', '%ff', '%', '%zz', '%252e', '\\..', ';x']),
    () => `${part}/`,
    () => part.toUpperCase(),
    () => 'x'.repeat(MAX_HEADER),
    () => `${part}?${encodeURIComponent(odd).slice(0, 500)}=%ff&__proto__=1&${part}`,
  ];
  return `/${parts.toSpliced(at, 1, random.pick(other)()).join('/').replace(/^\//, '')}`;
}

function withPlace(random: Random, path: string): string {
  if (random.below(8) > 0) return path;
  return `${path}${path.includes('?') ? '&' : '?'}${random.pick(PLACES)}`;
}

interface Sent {
  type: string;
  body: string | Uint8Array<ArrayBuffer>;
}

async function bodyOf(random: Random, { json, form, fields }: Plan, known: Known): Promise<Sent> {
  if (form) return formOf(random, form, known);
  if (fields) {
    const { token = '', ...rest } = bendSometimes(random, fields);
    const body = String(new URLSearchParams({ ...rest, token }));
    return { type: 'application/x-www-form-urlencoded', body };
  }
  const text =
    random.below(4) === 0
      ? written(bend(random, json ?? {}))
      : JSON.stringify(bendSometimes(random, json ?? {}));
  return { type: 'application/json', body: random.below(20) === 0 ? bendText(random, text) : text };
}

function bendSometimes<T>(random: Random, value: T): T {
  return random.below(2) === 0 ? value : (bendValues(random, value) as T);
}

async function formOf(random: Random, fields: Record<string, string>, known: Known): Promise<Sent> {
  const form = new FormData();
  const given = Object.entries(bendSometimes(random, fields));
  if (random.below(20) === 0) given.push(random.pick(given), [bendText(random, ''), 'x']);
  for (const [field, value] of given) {
    const kind = fields[field];
    if (kind !== 'workflow' && kind !== 'picture') form.append(field, value);
    else {
      const bytes = random.below(3) === 0 ? bendBytes(random, known[kind]) : known[kind];
      form.append(field, new File([new Uint8Array(bytes)], value === kind ? `${kind}.json` : value));
    }
  }
  const whole = new Response(form);
  const body = new Uint8Array(await whole.arrayBuffer());
  const broken = random.below(6) === 0 ? new Uint8Array(bendBytes(random, body)) : body;
  return { type: whole.headers.get('content-type') ?? '', body: broken };
}

/** Takes away what lets this request in, or adds what keeps it out. */
function estrange(
  random: Random,
  { headers, reads, isLocked }: { headers: Record<string, string>; reads: boolean; isLocked: boolean },
): boolean {
  if (!reads) {
    const [name, value] = random.pick([
      ['sec-fetch-site', 'cross-site'],
      ['origin', `http://${FOREIGN}`],
      ['origin', 'null'],
      ['x-easel', undefined],
    ]);
    if (value === undefined) delete headers[name];
    else headers[name] = value;
  } else if (isLocked || random.below(3) === 0) delete headers['cookie'];
  else if (random.below(2) === 0) headers['host'] = FOREIGN;
  else headers[random.pick(['x-forwarded-for', 'via', 'forwarded', 'x-real-ip'])] = '127.0.0.1';
  return true;
}

const BENT = [
  'range',
  'accept-language',
  'content-type',
  'if-none-match',
  'sec-fetch-mode',
  'sec-fetch-dest',
  'accept',
];
const GUARDED = ['host', 'origin', 'cookie', 'sec-fetch-site', 'x-easel', 'x-forwarded-proto'];

function bendHeaders(random: Random, headers: Record<string, string>, isStranger: boolean): void {
  const name = random.pick(isStranger ? BENT : [...BENT, ...GUARDED]);
  const before = headers[name] ?? random.pick(['bytes=0-1', 'navigate', 'document', '*/*', 'W/"x"', 'https']);
  if (random.below(5) === 0) delete headers[name];
  else headers[name] = headerText(bendText(random, before));
}

/** What Node's parser lets through. */
function headerText(text: string): string {
  return text
    .replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '')
    .slice(0, MAX_HEADER)
    .trim();
}
