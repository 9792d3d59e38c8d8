/** Discord as a chat: one gateway client for commands and buttons, REST for every reply. */
import { DiscordAPIError, REST, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { Commands } from '../../commands/index.ts';
import { unlistedProblems } from '../../commands/offers.ts';
import type { Chat, Unlisted } from '../../core/chat.ts';
import type { Problem } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import type { Clock } from '../../core/time.ts';
import { catalogue } from '../../i18n/index.ts';
import { createBudget } from '../kit/budget.ts';
import type { Fitter } from '../kit/fit-files.ts';
import { createLiveMessages } from '../kit/live-message.ts';
import { claimReply } from './events/claim.ts';
import { handleInteraction } from './events/commands.ts';
import { createDirectMessages } from './events/direct.ts';
import { ReplyAddress } from './events/context.ts';
import { inviteLink, nameOfBot } from './about.ts';
import { explained } from './errors.ts';
import { createGateway, type Marks } from './gateway/index.ts';
import { DISCORD } from './name.ts';
import { openDirectMessages } from './replies/ways.ts';
import { createGuilds } from './guilds.ts';
import { ownerOfServer, ownersOf } from './owners.ts';
import { createChannels } from './channels.ts';
import { MESSAGE } from './limits.ts';
import { createHeldForms } from './screens/held-forms.ts';
import { judged, mindsContent } from './replies/refusals.ts';
import { commandFindings } from './menu/findings.ts';
import { registerCommands, registerGuildCommands } from './menu/register.ts';
import { clipLines, escapeStatus, plainMessage } from './replies/render.ts';
import { deliver, editLive } from './replies/reply.ts';
import { sendStreamed } from './replies/upload.ts';

export interface DiscordOptions {
  token: string;
  /** Instead of Discord's, as discord.js's `rest.api` and `rest.cdn`. */
  apiUrl?: string | undefined;
  cdnUrl?: string | undefined;
  commands: Commands;
  /** What outlives the process: how many starts have failed in a row. */
  marks: Marks;
  clock: Clock;
  log: Log;
  fitter: Fitter;
  /** The shortest time between two live edits of one message, in ms; about 5 edits in 5 s are allowed a token. */
  editIntervalMs?: number | undefined;
}

/** Discord's ids: 17–20 digits. */
const SNOWFLAKE = /^\d{17,20}$/;
const ATTACHMENT_ORIGINS = ['https://cdn.discordapp.com', 'https://media.discordapp.net'];
const EDIT_INTERVAL_MS = 1200;
/** Of the 50 requests a second that discord.js makes, the rest is for first answers and final replies. */
const LIVE_EDITS = { edits: 25, windowMs: 1000, burst: 10 };
const MAX_EDIT_INTERVAL_MS = 30_000;
const EDIT_MS = 15_000;
const REQUEST_MS = 30_000;
/**
 * discord.js keeps a queue for each method of each interaction's token; the idle ones are thrown away this often. It
 * would be once an hour, and what is forgotten of a limit that is not reached costs nothing.
 */
const HANDLERS_MS = 60_000;
/** People whose language is remembered, for what they write directly. */
const MAX_LOCALES = 5000;
/** Nobody knows that of whom Easel tells something by itself. */
const OPERATORS_LOCALE = 'en';

export function createDiscord(options: DiscordOptions): Chat {
  const { token, apiUrl, cdnUrl, commands, clock, log, editIntervalMs = EDIT_INTERVAL_MS } = options;
  const restOptions = {
    makeRequest: sendStreamed,
    timeout: REQUEST_MS,
    handlerSweepInterval: HANDLERS_MS,
    ...(apiUrl && { api: apiUrl }),
    ...(cdnUrl && { cdn: cdnUrl }),
  };
  const rest = new REST(restOptions).setToken(token);
  const closing = new AbortController();
  const replies = { rest, fitter: options.fitter, clock, log };
  const origins = cdnUrl ? [...ATTACHMENT_ORIGINS, new URL(cdnUrl).origin] : ATTACHMENT_ORIGINS;
  const channels = createChannels(rest, clock);
  const held = createHeldForms(clock);
  const guilds = createGuilds(rest, clock, log, closing.signal);
  const locales = new LRUCache<string, string>({ max: MAX_LOCALES });
  let paused = false;
  let refused = false;
  /** Of the templates that everybody has; and why none could be put in place. */
  let unlisted: readonly Unlisted[] = [];
  let menuTrouble: Problem | undefined;
  const budget = createBudget({ ...LIVE_EDITS, clock });
  const live = createLiveMessages({
    turn: (signal) => budget.turn('live', signal),
    edit: (job, view, signal) => editLive(job, view, signal, replies),
    intervalMs: editIntervalMs,
    maxIntervalMs: MAX_EDIT_INTERVAL_MS,
    editMs: EDIT_MS,
    clock,
    log,
  });

  const direct = createDirectMessages({
    rest,
    me: () => gateway.client()?.user?.id,
    localeOf: (user) => locales.get(user),
    commands,
    channels,
    log,
    origins,
    signal: closing.signal,
    paused: () => paused,
  });
  const gateway = createGateway({
    token,
    rest,
    restOptions,
    marks: options.marks,
    onMessage: direct,
    onInteraction(interaction) {
      locales.set(interaction.user.id, interaction.locale);
      void handleInteraction(interaction, {
        commands,
        channels,
        held,
        log,
        origins,
        signal: closing.signal,
        paused: () => paused,
      });
    },
    onRefused: () => void (refused = true),
    clock,
    log,
  });

  return {
    platform: DISCORD,
    features: new Set(['roles', 'channels', 'people', 'age-restricted']),
    async start() {
      await gateway.start();
      await register();
      guilds.known(); // to be read by the time that somebody asks
      await countServers();
    },
    pause() {
      paused = true;
    },
    async stop() {
      paused = true;
      closing.abort();
      await gateway.stop();
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
    ready: () => gateway.ready(),
    async check(signal) {
      // discord.js forgets a token that was refused once
      rest.setToken(token);
      try {
        await rest.get(Routes.gatewayBot(), { signal });
        refused = false;
      } catch (error) {
        refused ||= error instanceof DiscordAPIError && error.status === 401;
        throw error;
      }
    },
    refused: () => refused,
    about() {
      const { user, application } = gateway.client() ?? {};
      return {
        as: user ? nameOfBot(user) : undefined,
        // READY names only those of its shard
        guilds: application?.approximateGuildCount ?? undefined,
        invite: application ? inviteLink(application.id) : undefined,
      };
    },
    lookAtChannel: (channel) => channels.look(channel, true),
    owners: (signal) => ownersOf(rest, signal),
    ownerOf: async (guild, signal) =>
      SNOWFLAKE.test(guild) ? ownerOfServer(rest, guild, signal) : undefined,
    guilds: () => guilds.known(),
    census: { list: (signal) => guilds.all(signal), names: (guild) => SNOWFLAKE.test(guild) },
    show: (job, render) => live.show(job, render),
    reaches: (reply) => ReplyAddress.safeParse(reply).success,
    isPrivate: (reply) => ReplyAddress.safeParse(reply).data?.private === true,
    claim: (job, signal) => claimReply(job, signal, replies),
    async deliver(job, view, files, sent, signal) {
      await live.settle(job, signal);
      try {
        await deliver(job, view, files, sent, signal, replies);
      } catch (error) {
        throw judged(error);
      }
    },
    findings: commandFindings,
    tells: (lines) => lines.map(escapeStatus).join('\n').length <= MESSAGE.content,
    unlisted: () => unlisted,
    renewMenu: register,
    notes: () => [
      ...gateway.notes(),
      ...(menuTrouble ? [menuTrouble] : []),
      ...unlistedProblems(DISCORD, unlisted),
    ],
    async offer(guild, templates) {
      // a direct message has no commands of its own
      if (!SNOWFLAKE.test(guild)) return undefined;
      try {
        return await registerGuildCommands(rest, gateway.application(), guild, templates, log);
      } catch (error) {
        throw explained(error);
      }
    },
    async tell(user, lines, signal) {
      const channel = await openDirectMessages(rest, user, signal);
      const tell = (some: string[]) => {
        const body = plainMessage(clipLines(some.map(escapeStatus)));
        return rest.post(Routes.channelMessages(channel), { body, signal });
      };
      await tell(lines).catch(async (error: unknown) => {
        if (!mindsContent(error)) throw error;
        log.error({ lines, err: error }, 'discord does not let this be told');
        await tell([catalogue(OPERATORS_LOCALE).bodies.withheld()]);
      });
    },
  };

  /** For the summary alone: who cannot be told of them is told of the rest. */
  async function countServers(): Promise<void> {
    try {
      await gateway.client()?.application?.fetch();
    } catch (error) {
      log.warn({ err: error }, 'the servers could not be counted');
    }
  }

  /** Old commands that still work are better than a bot that does not start. */
  async function register(): Promise<void> {
    try {
      const templates = await commands.menu();
      unlisted = await registerCommands(rest, gateway.application(), templates, log);
      menuTrouble = undefined;
    } catch (error) {
      menuTrouble = { code: 'commands-refused' };
      log.error({ err: error }, 'slash commands could not be put in place');
    }
  }
}
