/** Easel in a browser, as a chat: the same verbs and replies, and pages for templates and for who runs it. */
import { Hono } from 'hono';
import type { Commands } from '../../commands/index.ts';
import type { OperatorDesk } from '../../commands/operator/operator-desk.ts';
import type { OperatorVerbs } from '../../commands/operator/operator.ts';
import type { Chat } from '../../core/chat.ts';
import type { KeptFolder } from '../../core/disk.ts';
import { blotter, type SecretBook } from '../../core/secrets.ts';
import type { Log } from '../../core/log.ts';
import type { Warning } from '../../core/summary.ts';
import type { Clock } from '../../core/time.ts';
import type { Table } from '../../store/index.ts';
import { loadAssets } from './assets.ts';
import { chatRoutes } from './commands.ts';
import { WEB } from './context.ts';
import { deny, localeOf } from './door/denial.ts';
import { guard, type Door } from './door/guard.ts';
import { openSessions } from './door/session.ts';
import { homeRoutes } from './home.ts';
import { messageRoutes } from './messages.ts';
import { operatorRoutes } from './operator/routes.ts';
import { refuse } from './refusal.ts';
import { createReplies } from './reply.ts';
import type { WebDeps } from './deps.ts';
import { studioRoutes } from './studio/routes.ts';

export interface WebOptions {
  commands: Commands;
  operator: OperatorVerbs;
  desk?: OperatorDesk | undefined;
  /** `warnings`: what is odd about how it is configured. */
  backend: { name: string; sandbox: boolean; warnings?: readonly Warning[] };
  /** The chat is served too, besides studio and operator's page. */
  chat: boolean;
  door: Door;
  /** What has been said and answered. */
  table: Table;
  /** Who is signed in. */
  sessions: Table;
  /** What must not be seen on a page. */
  secrets: readonly string[] | SecretBook;
  /** Where pictures go, a folder a job. */
  directory: string;
  /** The same folder: what lies there may go when there is no room. */
  kept: KeptFolder;
  clock: Clock;
  log: Log;
}

export interface Web extends Chat {
  readonly routes: Hono;
}

export async function createWeb(options: WebOptions): Promise<Web> {
  const { commands, operator, desk, backend, chat, door, table, directory, clock, log } = options;
  const closing = new AbortController();
  const { token, local } = door;
  const sessions = await openSessions({ token, local, table: options.sessions, clock, log });
  const replies = await createReplies({ table, directory, kept: options.kept, clock, log });
  const { secrets } = options;
  const blot = 'blotter' in secrets ? secrets.blotter('…') : blotter(secrets, '…');
  const { signal } = closing;
  const deps: WebDeps = { commands, operator, desk, replies, backend, blot, clock, log, signal };
  const pages = {
    ...(chat && { '/': 'chat/page.html' }),
    '/studio': 'studio/page.html',
    '/operator': 'operator/page.html',
  };
  const assets = loadAssets(pages);
  let paused = false;

  const routes = new Hono();
  const { scriptHash, addressOf } = assets;
  const entries = ['/', ...Object.keys(pages)];
  routes.route('/', guard(door, { sessions, pages: entries, scriptHash, addressOf, clock, log }));
  routes.onError((error, context) => refuse(context, error, { locale: localeOf(context), log }));
  routes.notFound((context) => deny(context, 404, 'nothingHere'));
  if (!chat) routes.get('/', (context) => context.redirect('/studio'));
  routes.route('/', homeRoutes(deps, { chat }));
  routes.route('/', messageRoutes(deps, { chat }));
  if (chat)
    routes.route(
      '/',
      chatRoutes(deps, () => paused),
    );
  routes.route('/', studioRoutes(deps));
  routes.route('/', operatorRoutes(deps));
  routes.route('/', assets.routes);

  return {
    platform: WEB,
    features: new Set(),
    routes,
    start: async () => undefined,
    pause() {
      paused = true;
    },
    async stop() {
      paused = true;
      closing.abort();
      replies.close();
    },
    ready: () => !closing.signal.aborted,
    check: async () => undefined,
    reaches: () => true,
    isPrivate: () => true,
    show: (job, render) => replies.show(job, render()),
    deliver: (job, view, files, sent) => replies.deliver(job, view, files, sent),
    findings: () => [],
    // the page asks for its commands anew
    async offer() {
      replies.commandsChanged();
      return undefined;
    },
    tell: async (_user, lines) => void (await replies.say(lines)),
  };
}
