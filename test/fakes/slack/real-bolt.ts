/** The real Bolt, connected to a fake Slack: for tests of the fake, and of single parts of a bot. */
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt';
import type { AddressInfo } from 'node:net';
import type { FakeSlack } from './index.ts';

export type Mode = 'socket' | 'http';

export interface RealBolt {
  readonly app: App;
  /** What Bolt logged at warn and error. */
  readonly logged: readonly string[];
  /** What listeners threw. */
  readonly failures: unknown[];
  /** Where the bot listens, in HTTP mode. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface BoltOptions {
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  readonly rejectRateLimitedCalls?: boolean;
  /** Ping timeout in ms, and the pause before a reconnect, of Socket Mode: Bolt's own are 5 seconds. */
  readonly clientPingTimeout?: number;
}

/** Starts it and waits until Slack can reach it. */
export async function startBolt(
  slack: FakeSlack,
  mode: Mode,
  listen: (app: App) => void,
  options: BoltOptions = {},
): Promise<RealBolt> {
  const logged: string[] = [];
  const failures: unknown[] = [];
  const logger = collector(logged);
  const clientOptions = {
    slackApiUrl: slack.apiUrl,
    timeout: 5000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: options.rejectRateLimitedCalls ?? true,
  };
  const http = new HTTPReceiver({
    signingSecret: options.signingSecret ?? slack.signingSecret,
    port: 0,
    logger,
  });
  const socket = new SocketModeReceiver({
    appToken: options.appToken ?? slack.appToken,
    logger,
    clientPingTimeout: options.clientPingTimeout ?? 300,
    // a copy: the Socket Mode client writes into what it is given
    installerOptions: { clientOptions: { ...clientOptions } },
  });
  const app = new App({
    token: options.botToken ?? slack.botToken,
    receiver: mode === 'http' ? http : socket,
    clientOptions,
    logger,
    deferInitialization: true,
  });
  app.error(async (error) => {
    failures.push(error);
  });
  listen(app);
  await app.init();
  await app.start();
  let url = '';
  if (mode === 'http') {
    // Bolt's own type hides what start() gives back.
    const server = Reflect.get(http, 'server') as { address(): AddressInfo };
    url = `http://127.0.0.1:${server.address().port}/slack/events`;
    await slack.useHttp(url);
  } else await slack.connected();
  let stopping: Promise<unknown> | undefined;
  return {
    app,
    logged,
    failures,
    url,
    async stop() {
      stopping ??= mode === 'http' ? app.stop() : disconnect(socket);
      await stopping;
    },
  };
}

/** `SocketModeReceiver.stop()` resolves before the connection is closed; the client's own method waits for it. */
async function disconnect(receiver: SocketModeReceiver): Promise<void> {
  await receiver.client.disconnect();
}

/** The real WebClient alone: no retries, 429s thrown, nothing on the console. */
export function webClient(slack: FakeSlack, options: webApi.WebClientOptions = {}): webApi.WebClient {
  return new webApi.WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: collector([]),
    ...options,
  });
}

/** Slack's error word and its messages; `accepted` if it did not refuse. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof webApi.WebAPIPlatformError)) throw error;
    const { data } = error;
    return [data.error, ...(data.response_metadata?.messages ?? [])].join(' ');
  }
  return 'accepted';
}

function collector(lines: string[]): Logger {
  const keep = (...parts: unknown[]): void => void lines.push(parts.map(String).join(' '));
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: keep,
    error: keep,
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
