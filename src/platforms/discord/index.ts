/** Discord as a chat: one gateway client for commands and buttons, REST for every reply. */
import {
  Client,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
  Routes,
} from 'discord.js';
import type { Commands } from '../../commands/index.ts';
import type { Chat } from '../../core/chat.ts';
import { EaselError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { within, type Clock } from '../../core/time.ts';
import { catalogue } from '../../i18n/index.ts';
import { createBudget } from '../kit/budget.ts';
import type { Fitter } from '../kit/fit-files.ts';
import { createLiveMessages } from '../kit/live-message.ts';
import { claimReply } from './events/claim.ts';
import { handleInteraction } from './events/commands.ts';
import { ReplyAddress } from './events/context.ts';
import { inviteLink, nameOfBot } from './about.ts';
import { explained } from './errors.ts';
import { DISCORD } from './name.ts';
import { openDirectMessages } from './replies/ways.ts';
import { createGuilds } from './guilds.ts';
import { ownerOfServer, ownersOf } from './owners.ts';
import { createChannels } from './channels.ts';
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
const READY_MS = 60_000;
const DESTROY_MS = 3000;
/** Nobody knows that of whom Easel tells something by itself. */
const OPERATORS_LOCALE = 'en';

export function createDiscord(options: DiscordOptions): Chat {
  const { token, apiUrl, cdnUrl, commands, clock, log, editIntervalMs = EDIT_INTERVAL_MS } = options;
  const client = new Client({
    intents: [],
    shards: 'auto',
    rest: {
      makeRequest: sendStreamed,
      timeout: REQUEST_MS,
      handlerSweepInterval: HANDLERS_MS,
      ...(apiUrl && { api: apiUrl }),
      ...(cdnUrl && { cdn: cdnUrl }),
    },
  });
  // what is asked and said by REST needs no gateway
  client.rest.setToken(token);
  const closing = new AbortController();
  const replies = { rest: client.rest, fitter: options.fitter, clock, log };
  const origins = cdnUrl ? [...ATTACHMENT_ORIGINS, new URL(cdnUrl).origin] : ATTACHMENT_ORIGINS;
  const channels = createChannels(client.rest, clock);
  const held = createHeldForms(clock);
  const guilds = createGuilds(client.rest, clock, log, closing.signal);
  let paused = false;
  let refused = false;
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

  client.on(Events.InteractionCreate, (interaction) => {
    void handleInteraction(interaction, {
      commands,
      channels,
      held,
      log,
      origins,
      signal: closing.signal,
      paused: () => paused,
    });
  });
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord error'));
  client.on(Events.ShardError, (error, shard) => log.warn({ shard, err: error }, 'discord connection error'));
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    refused ||= code === GatewayCloseCodes.AuthenticationFailed.valueOf();
    log.error({ shard, code }, 'discord connection closed for good');
  });
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'discord reconnecting'));
  client.on(Events.ShardResume, (shard) => log.info({ shard }, 'discord resumed'));

  return {
    platform: DISCORD,
    features: new Set(['roles', 'channels', 'people', 'age-restricted']),
    async start() {
      const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
      const greeted = new AbortController();
      const sleep = (either: AbortSignal) => clock.sleep(READY_MS, either);
      const late = within(Infinity, sleep, greeted.signal, closing.signal).then(() => {
        throw new EaselError({ code: 'chat-unreachable', platform: DISCORD });
      });
      late.catch(() => undefined); // loses the race, or was stopped
      try {
        await Promise.race([client.login(token), late]);
        const { application } = await Promise.race([ready, late]);
        await register(application.id);
        guilds.known(); // to be read by the time that somebody asks
        await countServers();
      } catch (error) {
        throw startError(error);
      } finally {
        greeted.abort();
      }
    },
    pause() {
      paused = true;
    },
    async stop() {
      paused = true;
      closing.abort();
      // it can hang while a shard waits for HELLO or READY (discord.js 14.28.1)
      const enough = new AbortController();
      const late = clock.sleep(DESTROY_MS, enough.signal).catch(() => undefined); // it was not needed
      await Promise.race([client.destroy(), late]);
      enough.abort();
    },
    ready: () => client.isReady(),
    async check(signal) {
      // discord.js forgets a token that was refused once
      client.rest.setToken(token);
      try {
        await client.rest.get(Routes.gatewayBot(), { signal });
        refused = false;
      } catch (error) {
        refused ||= error instanceof DiscordAPIError && error.status === 401;
        throw error;
      }
    },
    refused: () => refused,
    about() {
      const { user, application } = client;
      return {
        as: user === null ? undefined : nameOfBot(user),
        // READY names only those of its shard
        guilds: application?.approximateGuildCount ?? undefined,
        invite: application === null ? undefined : inviteLink(application.id),
      };
    },
    owners: (signal) => ownersOf(client.rest, signal),
    ownerOf: async (guild, signal) =>
      SNOWFLAKE.test(guild) ? ownerOfServer(client.rest, guild, signal) : undefined,
    guilds: () => guilds.known(),
    census: { list: (signal) => guilds.all(signal), names: (guild) => SNOWFLAKE.test(guild) },
    show: (job, render) => live.show(job, render),
    reaches: (reply) => ReplyAddress.safeParse(reply).success,
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
    async offer(guild, templates) {
      // a direct message has no commands of its own
      if (!SNOWFLAKE.test(guild)) return;
      const { application } = client;
      if (!application) throw new EaselError({ code: 'chat-unreachable', platform: DISCORD });
      await registerGuildCommands(client.rest, application.id, guild, templates, log).catch(
        (error: unknown) => {
          throw explained(error);
        },
      );
    },
    async tell(user, lines, signal) {
      const channel = await openDirectMessages(client.rest, user, signal);
      const tell = (some: string[]) => {
        const body = plainMessage(clipLines(some.map(escapeStatus)));
        return client.rest.post(Routes.channelMessages(channel), { body, signal });
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
      await client.application?.fetch();
    } catch (error) {
      log.warn({ err: error }, 'the servers could not be counted');
    }
  }

  /** Old commands that still work are better than a bot that does not start. */
  async function register(application: string): Promise<void> {
    try {
      await registerCommands(client.rest, application, commands.builtin(), log);
    } catch (error) {
      log.error({ err: error }, 'slash commands could not be put in place');
    }
  }
}

function startError(error: unknown): unknown {
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid)
    return new EaselError({ code: 'token-refused', platform: DISCORD }, { cause: error });
  return error instanceof EaselError
    ? error
    : new EaselError({ code: 'chat-unreachable', platform: DISCORD }, { cause: error });
}
