/** Finds out what a start would find, without one: nothing is locked, made or changed, and nobody is connected. */
import { createBackend, probeSocket, type BackendOptions } from '../../comfy/index.ts';
import { pageAccess, secretsOf, type Config } from '../../config.ts';
import { EaselError, type Problem } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { SecretBook } from '../../core/secrets.ts';
import type { BackendSummary, ChatSummary, PageSummary, Summary } from '../../core/summary.ts';
import { within } from '../../core/time.ts';
import { SANDBOX } from '../../core/backend-name.ts';
import { keptToken } from '../../local-token.ts';
import { loadTemplates } from '../../templates/library/load.ts';
import { startupSentence } from '../../startup.ts';
import { pageLink } from '../../welcome.ts';
import { backendOptions } from '../backend.ts';
import { keptDataSecret } from '../data.ts';
import { probe } from '../probe.ts';
import { createSetup, type Setup } from '../setup.ts';
import { readConnections } from '../stores.ts';
import { askBackend } from './backend.ts';
import { chatOf } from './chat-facts.ts';
import { measured } from './data-folder.ts';
import { gather, type Start } from './gather.ts';
import { errorCode } from '../../core/error-code.ts';

/** For each chat, for the backend with its node classes, and for a large data folder; all at once. In ms. */
const ASK_MS = 10_000;
const PORT_MS = 2000;

export interface ExamineDeps {
  /** What is found among the page's settings is added. */
  secrets: SecretBook;
  log: Log;
  /** Tests scale it. */
  askMs?: number | undefined;
}

/** Rejects with the signal's reason only. */
export async function examine(
  environment: Config,
  start: Start,
  { secrets, log, askMs = ASK_MS }: ExamineDeps,
  signal: AbortSignal,
): Promise<Summary> {
  const { setup, unreadable } = await setupOf(environment, start, log);
  const config = setup.config();
  secrets.add(secretsOf(config));
  const [chats, backend, templates, page, disk] = await Promise.all([
    chatsOf(config, log, signal),
    backendOf(config, start, { log, askMs }, signal),
    templatesOf(config, log),
    pageOf(config, signal),
    within(ASK_MS, (patience) => measured(config, patience), signal).catch((error: unknown) => {
      signal.throwIfAborted();
      log.warn({ err: error }, 'the data folder could not be measured');
      return undefined;
    }),
  ]);
  const found = await gather({ config, start, setup, chats: [], backend, templates, page, disk });
  return { ...found, chats, ...(unreadable !== undefined && { data: { ...found.data, unreadable } }) };
}

/** Where it cannot be read what the page has set, the environment's part is looked at all the same. */
async function setupOf(
  environment: Config,
  { surroundings }: Start,
  log: Log,
): Promise<{ setup: Setup; unreadable?: string }> {
  try {
    const secret = await keptDataSecret(environment, surroundings);
    return { setup: createSetup(environment, readConnections(environment, secret, log)) };
  } catch (error) {
    log.error({ err: error }, 'what is set on the page could not be read');
    return { setup: createSetup(environment, { get: () => undefined }), unreadable: startupSentence(error) };
  }
}

async function chatsOf(config: Config, log: Log, signal: AbortSignal): Promise<ChatSummary[]> {
  const { DISCORD_TOKEN: discord, SLACK_BOT_TOKEN: slack } = config;
  const asking: Promise<ChatSummary>[] = [];
  if (discord !== undefined) asking.push(asked('discord', config, log, signal));
  if (slack !== undefined) asking.push(asked('slack', config, log, signal));
  return Promise.all(asking);
}

async function asked(
  platform: 'discord' | 'slack',
  config: Config,
  log: Log,
  signal: AbortSignal,
): Promise<ChatSummary> {
  try {
    return chatOf(
      platform,
      await within(ASK_MS, (patience) => probe(platform, config, log, patience), signal),
    );
  } catch (error) {
    signal.throwIfAborted();
    log.error({ platform, err: error }, 'the chat could not be asked');
    const problem: Problem =
      error instanceof EaselError ? error.problem : { code: 'chat-unreachable', platform };
    return { platform, connected: false, notes: [], problem, reason: errorCode(error) };
  }
}

async function backendOf(
  config: Config,
  { surroundings }: Start,
  { log, askMs }: { log: Log; askMs: number },
  signal: AbortSignal,
): Promise<BackendSummary> {
  const given = backendOptions(config, surroundings);
  if (!given) return { name: SANDBOX, sandbox: true, answers: true };
  // so that it is known before the asking ends that no connection is made
  const timing = { connectMs: askMs / 2, handshakeMs: askMs / 2 };
  const options = { ...given, timing, log };
  const backend = createBackend(options);
  try {
    const found = await askBackend({ backend, sandbox: false, log, askMs }, signal);
    const lack = found.answers ? await socketLack(options, signal) : undefined;
    return { ...found, ...(lack && { notes: [lack] }) };
  } finally {
    await backend.stop();
  }
}

/** Rejects with the signal's reason only. */
async function socketLack(options: BackendOptions, signal: AbortSignal): Promise<Problem | undefined> {
  try {
    return await probeSocket(options, signal);
  } catch (error) {
    signal.throwIfAborted();
    options.log.warn({ err: error }, 'the WebSocket could not be tried');
    return error instanceof EaselError ? error.problem : undefined;
  }
}

async function templatesOf(
  { TEMPLATES_DIR: folder }: Config,
  log: Log,
): Promise<Omit<Summary['templates'], 'folder'>> {
  try {
    const { templates, broken } = await loadTemplates(folder);
    return { count: templates.length, broken: broken.map(({ problem }) => problem) };
  } catch (error) {
    log.error({ folder, err: error }, 'the templates folder could not be read');
    return { count: 0, broken: [], unreadable: true };
  }
}

async function pageOf(config: Config, signal: AbortSignal): Promise<PageSummary> {
  const { HOST: host, PORT: port, DATA_DIR } = config;
  const access = pageAccess(config);
  // a folder that cannot be read is told as such
  const token = access === 'local' ? await keptToken(DATA_DIR).catch(() => undefined) : undefined;
  const there = await whoListens(config, signal);
  return {
    host,
    asksToken: access === 'token',
    ...(access !== 'closed' && { link: pageLink(config, port, token) }),
    ...(there === 'another' && { taken: port }),
    ...(there === 'easel' && { runs: true }),
  };
}

/** Asks its port for what only Easel says there. */
async function whoListens(config: Config, signal: AbortSignal): Promise<'easel' | 'another' | undefined> {
  if (config.PORT === 0) return undefined;
  const address = new URL('/healthz', pageLink(config, config.PORT, undefined));
  try {
    return await within(
      PORT_MS,
      async (patience) => {
        const response = await fetch(address, { signal: patience, redirect: 'manual' });
        return (await response.text()) === '{"ok":true}' ? 'easel' : 'another';
      },
      signal,
    );
  } catch (error) {
    signal.throwIfAborted();
    // whoever closes the connection or says nothing has the port all the same
    return errorCode(error) === 'ECONNREFUSED' ? undefined : 'another';
  }
}
