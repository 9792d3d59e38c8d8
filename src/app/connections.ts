/** Discord and Slack, each with its owner; what they are connected with may be another at any time. */
import type { Config } from '../config.ts';
import type { Chat } from '../core/chat.ts';
import type { ConnectionState } from '../core/connection.ts';
import { soon } from '../core/time.ts';
import type { Mount } from '../http.ts';
import type { DiscordOptions } from '../platforms/discord/index.ts';
import { SLACK_PATH } from '../platforms/slack/name.ts';
import type { Pace as SlackPace, Slack } from '../platforms/slack/index.ts';
import { discordMaker, slackMaker, type ChatDeps } from './chats.ts';
import { createConnected, type Connected, type ConnectedTiming } from './connected.ts';

export type ChatName = 'discord' | 'slack';
const NAMES: readonly ChatName[] = ['discord', 'slack'];

interface ConnectionsDeps extends ChatDeps, Pick<DiscordOptions, 'marks'> {
  chats: Map<string, Chat>;
  /** There are chats besides these. */
  others: boolean;
  /** There is a page on which it could be given another token; what the environment says stands. */
  mends: (name: ChatName) => boolean;
  timing: {
    editIntervalMs?: number | undefined;
    slack?: Partial<SlackPace> | undefined;
    connect?: Partial<ConnectedTiming> | undefined;
  };
  /** A Slack workspace has removed Easel. */
  left: (guild: string) => void;
  /** Must not reject. */
  onConnected: (platform: string) => Promise<void>;
  /** The only chat there is refuses its token, and nobody could give another one. */
  onEnd: (error: unknown) => void;
}

export interface Connections {
  /**
   * Begins to connect whatever `config` has tokens for, and waits for the first tries a while. Rejects with EaselError
   * `token-refused` when the only chat refuses its token, and that cannot be put right on the page.
   */
  start(config: Config): Promise<void>;
  /** With the tokens that `config` has now; where it has none, the chat is off. Never rejects. */
  apply(name: ChatName, config: Config): Promise<void>;
  states(): Record<ChatName, ConnectionState>;
  /** Where Slack posts to in HTTP mode, whichever Slack it is; nothing is there in Socket Mode. */
  readonly slackMount: Mount;
  stop(): Promise<void>;
}

/** Others need not wait for a chat that hangs. */
const FIRST_TRY_MS = 10_000;

export function openConnections(deps: ConnectionsDeps): Connections {
  const { chats, others, mends, timing, left, onConnected, onEnd } = deps;
  const { commands, fitter, marks, clock, log } = deps;
  const common = { commands, fitter, clock, log };
  const refusals: unknown[] = [];
  let slack: Slack | undefined;
  let begun = false;

  const create = (platform: ChatName): Connected =>
    createConnected({
      platform,
      chats,
      clock,
      log,
      timing: timing.connect,
      onConnected: () => onConnected(platform),
      onRefused(error) {
        refusals.push(error);
        if (begun && isOver()) onEnd(error);
      },
    });
  const all: Record<ChatName, Connected> = { discord: create('discord'), slack: create('slack') };

  const makers: Record<ChatName, (config: Config) => (() => Promise<Chat>) | undefined> = {
    discord: (config) => discordMaker(config, { ...common, marks, editIntervalMs: timing.editIntervalMs }),
    slack: (config) =>
      slackMaker(config, { ...common, pace: timing.slack, left, made: (one) => void (slack = one) }),
  };
  const states = (): Record<ChatName, ConnectionState> => ({
    discord: all.discord.state(),
    slack: all.slack.state(),
  });
  /** All that there is refuses us, for good. */
  const isOver = (): boolean =>
    !others && NAMES.every((name) => ['refused', 'off'].includes(all[name].state().kind) && !isMended(name));
  const isMended = (name: ChatName): boolean => all[name].state().kind === 'refused' && mends(name);

  return {
    async start(config) {
      const tries = Promise.all(NAMES.map((name) => all[name].use(makers[name](config))));
      await soon(
        FIRST_TRY_MS,
        tries.then(() => true),
        clock,
      );
      begun = true;
      const [refusal] = refusals;
      if (refusal !== undefined && isOver()) throw refusal;
    },
    apply: (name, config) => all[name].use(makers[name](config)),
    states,
    slackMount: {
      path: SLACK_PATH,
      listener(request, response) {
        const mount = chats.get('slack') === slack ? slack?.mount : undefined;
        if (mount) mount.listener(request, response);
        else response.writeHead(404).end();
      },
    },
    async stop() {
      await Promise.all(Object.values(all).map((one) => one.stop()));
    },
  };
}
