/** Whether an app's tokens are good, and what it may do, asked without opening a socket. */
import { webApi } from '@slack/bolt';
import type { Fact } from '../../commands/operator/connect/facts.ts';
import { EaselError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { oneLine } from '../../core/text.ts';
import { slackError } from './errors.ts';
import { boltLogger } from './log.ts';
import { SLACK } from './name.ts';
import { missingScopes, SOCKET_SCOPE } from './scopes.ts';
import { timedFetch } from './timed-fetch.ts';

interface Asked {
  botToken: string;
  appToken?: string | undefined;
  signingSecret?: string | undefined;
  apiUrl?: string | undefined;
  log: Log;
}

const REQUEST_MS = 15_000;
/** https://docs.slack.dev/authentication/tokens: each kind says what it is. */
const BOT = /^xoxb-/;
const APP = /^xapp-/;

/** Rejects with EaselError `chat-unreachable`, or the signal's reason. */
export async function probeSlack(
  { botToken, appToken, signingSecret, apiUrl, log }: Asked,
  signal: AbortSignal,
): Promise<Fact[]> {
  const client = (token: string): webApi.WebClient =>
    new webApi.WebClient(token, {
      fetch: timedFetch(REQUEST_MS),
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: boltLogger(log),
      ...(apiUrl && { slackApiUrl: apiUrl }),
    });

  async function bot(): Promise<Fact[]> {
    if (APP.test(botToken))
      return [{ kind: 'wrong-kind', setting: 'SLACK_BOT_TOKEN', belongs: 'SLACK_APP_TOKEN' }];
    try {
      const { user, team, response_metadata: metadata } = await client(botToken).auth.test();
      return [
        { kind: 'workspace', team: oneLine(team ?? '?'), bot: oneLine(user ?? '?') },
        { kind: 'scopes', missing: missingScopes(metadata?.scopes) },
      ];
    } catch (error) {
      return judged(error, 'SLACK_BOT_TOKEN', BOT.test(botToken));
    }
  }

  async function app(token: string): Promise<Fact[]> {
    if (BOT.test(token))
      return [{ kind: 'wrong-kind', setting: 'SLACK_APP_TOKEN', belongs: 'SLACK_BOT_TOKEN' }];
    try {
      await client(token).apps.connections.open();
      return [{ kind: 'app-token' }];
    } catch (error) {
      if (slackError(error).scope !== undefined) return [{ kind: 'scopes', missing: [SOCKET_SCOPE] }];
      return judged(error, 'SLACK_APP_TOKEN', APP.test(token));
    }
  }

  const found = [...(await bot())];
  signal.throwIfAborted();
  if (appToken !== undefined) return [...found, ...(await app(appToken))];
  return signingSecret === undefined ? found : [...found, { kind: 'signing-secret' }];
}

/** Throws what is no answer of Slack's. */
function judged(error: unknown, setting: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN', isOfKind: boolean): Fact[] {
  const { code, revoked } = slackError(error);
  const isRefusal = revoked || code === 'not_allowed_token_type';
  if (isRefusal) return [{ kind: isOfKind ? 'refused' : 'wrong-kind', setting }];
  throw new EaselError({ code: 'chat-unreachable', platform: SLACK }, { cause: error });
}
