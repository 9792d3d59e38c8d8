/**
 * How Slack's events reach Bolt: Socket Mode, or posts to our HTTP side. Bolt 5.1.0's own reconnect dies with an
 * unhandled rejection when it is refused, so the socket is dialled again here, with backoff.
 */
import { HTTPReceiver, SocketModeReceiver, type Receiver, type webApi } from '@slack/bolt';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../../core/log.ts';
import { backoff, within, type Clock } from '../../core/time.ts';
import { slackError } from './errors.ts';
import { boltLogger } from './log.ts';
import { SLACK_PATH } from './name.ts';

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void;

export interface Connection {
  receiver: Receiver;
  /** Rejects when Slack refuses the first connection. */
  start(): Promise<void>;
  /** Idempotent. */
  stop(): Promise<void>;
  ready(): boolean;
  /** HTTP mode: takes Slack's posts; undefined in Socket Mode. */
  requests: RequestListener | undefined;
}

/** Longer than one request may take, so that what is given up is a socket. */
const START_MS = 30_000;
const RECONNECT_BASE_MS = 500;
const RECONNECT_CAP_MS = 30_000;
/** A token that is refused may be given back; there is no hurry to ask. */
const REFUSED_MS = 60_000;

interface SocketOptions {
  appToken: string;
  clientOptions: webApi.WebClientOptions;
  clock: Clock;
  log: Log;
}

export function socketConnection({ appToken, clientOptions, clock, log }: SocketOptions): Connection {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: boltLogger(log),
    autoReconnectEnabled: false,
    // a copy: the Socket Mode client writes into it
    installerOptions: { clientOptions: { ...clientOptions } },
  });
  const { client } = receiver;
  const closing = new AbortController();
  let connected = false;
  let dialling = Promise.resolve();

  async function dial(): Promise<void> {
    const timer = new AbortController();
    // a socket that opens and is never greeted settles nothing
    const sleep = (either: AbortSignal) => clock.sleep(START_MS, either);
    const late = within(Infinity, sleep, timer.signal, closing.signal).then(() => {
      throw new Error(`no Socket Mode connection within ${START_MS} ms`);
    });
    late.catch(() => undefined); // it lost the race
    const opening = client.start();
    opening.catch(() => undefined); // it lost the race
    try {
      await Promise.race([opening, late]);
    } catch (error) {
      // it would come to life behind our back
      if (!closing.signal.aborted) await client.disconnect();
      throw error ?? new Error('the Socket Mode connection was closed before it was greeted');
    } finally {
      timer.abort();
    }
  }

  async function redial(): Promise<void> {
    for (let attempt = 0; !closing.signal.aborted; attempt += 1)
      try {
        await dial();
        if (closing.signal.aborted) return;
        log.info({}, 'slack connected again');
        return;
      } catch (error) {
        if (closing.signal.aborted) return;
        const { revoked } = slackError(error);
        log[revoked ? 'error' : 'warn'](
          { attempt, err: error },
          revoked ? 'slack refuses the app token' : 'slack not reached',
        );
        const pause = revoked ? REFUSED_MS : backoff(attempt, RECONNECT_BASE_MS, RECONNECT_CAP_MS);
        await clock.sleep(pause, closing.signal).catch(() => undefined); // only ever aborted by stop
      }
  }

  client.on('connected', () => {
    connected = !closing.signal.aborted;
    // it was being dialled when we stopped
    if (!connected) void client.disconnect();
  });
  client.on('disconnected', () => {
    const lost = connected;
    connected = false;
    if (!lost || closing.signal.aborted) return;
    log.info({}, 'slack disconnected');
    // one after the other: the last one may just be ending
    dialling = dialling.then(redial);
  });

  return {
    receiver,
    requests: undefined,
    start: dial,
    async stop() {
      closing.abort();
      connected = false;
      await client.disconnect();
      await dialling;
    },
    ready: () => connected,
  };
}

/** Signatures and their five minutes are checked by Bolt. */
export function httpConnection(signingSecret: string, log: Log): Connection {
  const receiver = new HTTPReceiver({ signingSecret, logger: boltLogger(log), endpoints: [SLACK_PATH] });
  let open = false;
  return {
    receiver,
    async start() {
      open = true;
    },
    async stop() {
      open = false;
    },
    ready: () => open,
    requests(request, response) {
      try {
        receiver.requestListener(request, response);
      } catch (error) {
        log.warn({ err: error }, 'a request that is not from Slack');
        response.writeHead(404).end();
      }
    },
  };
}
