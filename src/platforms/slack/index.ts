/** Slack as a chat: Bolt carries events in (Socket Mode or HTTP), the Web API carries replies out. */
import { App, webApi } from '@slack/bolt';
import type { Commands } from '../../commands/index.ts';
import { unlistedProblems } from '../../commands/offers.ts';
import type { Chat, Unlisted } from '../../core/chat.ts';
import { EaselError, type Problem } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Clock } from '../../core/time.ts';
import { catalogue } from '../../i18n/index.ts';
import { createLiveMessages } from '../kit/live-message.ts';
import { createBudget, type BudgetOptions } from '../kit/budget.ts';
import { httpConnection, socketConnection, type Connection, type RequestListener } from './connection.ts';
import { attachment, createPeople, isDirect, localeIn, ReplyAddress } from './events/context.ts';
import { blameOf, explained, judged, slackError } from './errors.ts';
import type { Fitter } from '../kit/fit-files.ts';
import { formFindings } from './findings.ts';
import { listen } from './events/listeners.ts';
import { missingScopes, scopeProblem } from './scopes.ts';
import { boltLogger } from './log.ts';
import { areTold } from './replies/private.ts';
import { unlistedIn } from './manifest.ts';
import { SLACK, SLACK_PATH } from './name.ts';
import { escapeStatus, unlinked } from './replies/render.ts';
import { withEaselCommand } from './replies/easel-command.ts';
import { accepted } from './events/run.ts';
import { directChannel, post } from './replies/message.ts';
import { deliver, editLive, postReply } from './replies/reply.ts';
import { timedFetch } from './timed-fetch.ts';

export interface SlackOptions {
  botToken: string;
  /** One of these: Socket Mode, or HTTP mode. */
  appToken?: string | undefined;
  signingSecret?: string | undefined;
  /** Instead of Slack's, with a final slash. */
  apiUrl?: string | undefined;
  commands: Commands;
  clock: Clock;
  log: Log;
  fitter: Fitter;
  /** Called when the workspace has removed Easel. */
  left?: ((guild: string) => void) | undefined;
  /** Tests scale it. */
  pace?: Partial<Pace> | undefined;
}

export interface Pace extends Omit<BudgetOptions, 'clock'> {
  /** The shortest time between two live edits of one message, in ms. */
  intervalMs: number;
  /** How long Slack may process a picture before it is shared in the thread, in ms. */
  processingMs: number;
  /** Between two questions whether it is done, in ms. */
  pollMs: number;
  /** Until a form is answered, or opened, with "one moment", in ms. Slack waits for 3 s. */
  patienceMs: number;
}

/** Slack: about 50 updates a minute for the whole app; some are kept for what else may come. */
const PACE: Pace = {
  edits: 45,
  windowMs: 60_000,
  burst: 5,
  reserve: 3,
  intervalMs: 1200,
  processingMs: 30_000,
  pollMs: 700,
  patienceMs: 800,
};
const MAX_INTERVAL_MS = 30_000;
const EDIT_MS = 30_000;
const REQUEST_MS = 20_000;
/** Nobody knows that of whom Easel tells something by itself. */
const OPERATORS_LOCALE = 'en';
const FILE_ORIGINS = ['https://files.slack.com', 'https://slack-files.com'];

export interface Slack extends Chat {
  /** HTTP mode: where and how Slack's posts are taken; undefined in Socket Mode. */
  readonly mount: { path: string; listener: RequestListener } | undefined;
}

export function createSlack(options: SlackOptions): Slack {
  const { botToken, apiUrl, commands, clock, log } = options;
  const pace = { ...PACE, ...options.pace };
  const closing = new AbortController();
  const clientOptions: webApi.WebClientOptions = {
    fetch: timedFetch(REQUEST_MS),
    // a post whose answer was lost would be posted twice; what may be repeated is repeated by the job
    retryConfig: { retries: 0 },
    // one 429 would hold back every call; the budget knows which to hold back
    rejectRateLimitedCalls: true,
    logger: boltLogger(log),
    ...(apiUrl && { slackApiUrl: apiUrl }),
  };
  const connection = connect(options, clientOptions);
  const app = new App({
    token: botToken,
    receiver: connection.receiver,
    clientOptions: { ...clientOptions },
    logger: boltLogger(log),
    deferInitialization: true,
    convoStore: false,
  });
  const client = new webApi.WebClient(botToken, { ...clientOptions });
  const budget = createBudget({ ...pace, clock });
  /** The scope that replies have asked for in vain, since the last one that did not. */
  const lack = { scope: '', seen: 0 };
  const lacking = (error: unknown): void => {
    const { scope } = slackError(error);
    if (scope === undefined) return;
    lack.scope = scope;
    lack.seen += 1;
  };
  const { processingMs, pollMs } = pace;
  const replies = { client, budget, fitter: options.fitter, clock, log, processingMs, pollMs, lacking };
  const origins = apiUrl ? [...FILE_ORIGINS, new URL(apiUrl).origin] : FILE_ORIGINS;
  const live = createLiveMessages({
    turn: (signal) => budget.turn('live', signal),
    edit: (job, view, signal) => editLive(job, view, signal, replies),
    intervalMs: pace.intervalMs,
    maxIntervalMs: MAX_INTERVAL_MS,
    editMs: EDIT_MS,
    clock,
    log,
  });
  let workspace: { guild: string; name: string } | undefined;
  let bot: string | undefined;
  let me: string | undefined;
  let notes: readonly Problem[] = [];
  const home = () => workspace?.guild;
  let paused = false;
  let revoked = false;
  let unlisted: readonly Unlisted[] = [];

  listen(app, {
    commands,
    client,
    clock,
    log,
    signal: closing.signal,
    paused: () => paused,
    people: createPeople(client, home, clock, log),
    home,
    me: () => me,
    post: (conversation, caller, message) =>
      postReply(conversation, caller.user, message, localeIn(conversation, caller), closing.signal, replies),
    direct: (user) => directChannel(user, closing.signal, replies),
    attachment: (slot, file) => attachment(slot, file, { client, clock, token: botToken, origins }),
    upload: { ...replies, signal: closing.signal },
    patienceMs: pace.patienceMs,
    revoked: () => {
      revoked = true;
    },
    uninstalled: () => {
      if (workspace) options.left?.(workspace.guild);
    },
  });

  return {
    platform: SLACK,
    features: new Set(['channels', 'people', 'outsiders']),
    mount: connection.requests && { path: SLACK_PATH, listener: connection.requests },
    async start() {
      try {
        await app.init();
        const {
          team_id: guild,
          team,
          user,
          user_id: id,
          response_metadata: about,
        } = await client.auth.test();
        [bot, me] = [user, id];
        notes = missingScopes(about?.scopes).map(scopeProblem);
        if (notes.length > 0) log.warn({ notes }, 'the Slack app was installed with an older manifest');
        if (guild !== undefined) workspace = { guild, name: team ?? guild };
        await connection.start();
      } catch (error) {
        const { code, scope, revoked: isRevoked } = slackError(error);
        if (scope !== undefined) throw explained(error);
        // what is another token's is said of this one for good; anything else may pass
        const isWrong = isRevoked || code === 'not_allowed_token_type';
        throw new EaselError(
          { code: isWrong ? 'token-refused' : 'chat-unreachable', platform: SLACK },
          { cause: error },
        );
      }
      await noteUnlisted();
    },
    pause() {
      paused = true;
    },
    async stop() {
      paused = true;
      closing.abort();
      await connection.stop();
    },
    ready: () => connection.ready() && !revoked,
    async check() {
      try {
        await client.auth.test();
        revoked = false;
      } catch (error) {
        revoked ||= slackError(error).revoked;
        throw error;
      }
    },
    refused: () => revoked,
    lacks: () =>
      lack.scope === '' ? undefined : { code: 'scope-missing', platform: SLACK, scope: lack.scope },
    about: () => ({ as: bot, home: workspace?.name }),
    guilds: () => (workspace ? [workspace] : []),
    // that it has gone is an event; that it is back is seen here
    census: {
      async list() {
        const { team_id: guild } = await client.auth.test();
        if (guild === undefined) throw new Error('Slack does not say whose workspace it is');
        return new Set([guild]);
      },
      names: (guild) => guild === workspace?.guild,
    },
    show: (job, render) => live.show(job, render),
    reaches: (reply) => ReplyAddress.safeParse(reply).success,
    isPrivate: (reply) => isDirect(ReplyAddress.safeParse(reply).data?.channel ?? ''),
    // what a process said of it that died at once cannot be found again, so it is said anew
    claim: async ({ reply, user, locale }, signal) => {
      const { channel, thread } = ReplyAddress.parse(reply);
      const conversation = { channel, thread: thread ?? undefined };
      try {
        return await postReply(conversation, user, accepted(locale), locale, signal, replies);
      } catch (error) {
        throw judged(error);
      }
    },
    async deliver(job, view, files, sent, signal) {
      await live.settle(job, signal);
      const { seen } = lack;
      try {
        await deliver(job, view, files, sent, signal, replies);
        if (lack.seen === seen) lack.scope = '';
      } catch (error) {
        throw judged(error);
      }
    },
    findings: formFindings,
    tells: areTold,
    unlisted: () => unlisted,
    notes: () => [...notes, ...unlistedProblems(SLACK, unlisted)],
    // a workspace's own templates are reached through /easel: slash commands are the app's
    offer: async () => undefined,
    async tell(user, lines, signal) {
      const channel = await directChannel(user, signal, replies);
      const tell = (some: string[]) => {
        const text = some.map((line) => escapeStatus(withEaselCommand(line))).join('\n');
        return post({ channel }, { text: unlinked(text) }, signal, replies);
      };
      await tell(lines).catch(async (error: unknown) => {
        const blame = blameOf(error);
        if (blame === undefined || blame === 'place') throw error;
        log.error({ lines, err: error }, 'slack does not let this be told');
        await tell([catalogue(OPERATORS_LOCALE).bodies.withheld()]);
      });
    },
  };

  /** What has no slash command, as far as the manifest is the one that is printed now. Never rejects. */
  async function noteUnlisted(): Promise<void> {
    try {
      unlisted = unlistedIn(await commands.menu());
      if (unlisted.length > 0) log.warn({ unlisted }, 'templates without a slash command');
    } catch (error) {
      log.warn({ err: error }, 'not known which templates have no slash command');
    }
  }
}

function connect(
  { appToken, signingSecret, clock, log }: SlackOptions,
  clientOptions: webApi.WebClientOptions,
): Connection {
  if (appToken !== undefined) return socketConnection({ appToken, clientOptions, clock, log });
  if (signingSecret !== undefined) return httpConnection(signingSecret, log);
  throw new EaselError({ code: 'token-refused', platform: SLACK });
}
