/** Whether Slack's tokens are good, and what the app may do, without opening a socket. */
import { webApi } from '@slack/bolt';
import type { ChatAbout } from '../../core/chat.ts';
import { EaselError, type Problem } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { slackError } from './errors.ts';
import { boltLogger } from './log.ts';
import { HEARS_DIRECTLY, SCOPES } from './manifest.ts';
import { SLACK } from './name.ts';
import { timedFetch } from './timed-fetch.ts';

interface Asking {
  botToken: string;
  appToken?: string | undefined;
  apiUrl?: string | undefined;
  timeoutMs: number;
  log: Log;
}

/**
 * Asks who the bot is (`auth.test`), which scopes it was granted, and for the address of a socket that is never opened. Rejects with
 * EaselError `token-refused` or `chat-unreachable`.
 */
export async function askSlack({
  botToken,
  appToken,
  apiUrl,
  timeoutMs,
  log,
}: Asking): Promise<{ about: ChatAbout; notes: Problem[] }> {
  const client = (token: string): webApi.WebClient =>
    new webApi.WebClient(token, {
      fetch: timedFetch(timeoutMs),
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: boltLogger(log),
      ...(apiUrl && { slackApiUrl: apiUrl }),
    });
  try {
    const { user, team, response_metadata: metadata } = await client(botToken).auth.test();
    if (appToken !== undefined) await client(appToken).apps.connections.open();
    return { about: { as: user, home: team }, notes: missingScopes(metadata?.scopes) };
  } catch (error) {
    const { code, scope } = slackError(error);
    const problem: Problem =
      scope !== undefined
        ? { code: 'scope-missing', platform: SLACK, scope }
        : { code: code === undefined ? 'chat-unreachable' : 'token-refused', platform: SLACK };
    throw new EaselError(problem, { cause: error });
  }
}

/** Slack names the granted ones in a header of every answer. An app that was installed with an older manifest has fewer. */
export function missingScopes(granted: string[] | undefined): Problem[] {
  if (granted === undefined || granted.length === 0) return [];
  const missing = SCOPES.filter((scope) => !granted.includes(scope));
  return missing.map((scope): Problem => {
    const code = scope === HEARS_DIRECTLY ? 'direct-messages-unheard' : 'scope-missing';
    return { code, platform: SLACK, scope };
  });
}
