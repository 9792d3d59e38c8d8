/** What Slack's refusals mean for Easel. */
import { webApi } from '@slack/bolt';

export interface SlackError {
  /** Slack's word, e.g. `not_in_channel`; undefined for what is no answer of Slack's. */
  code?: string | undefined;
  /** Rate limited: how long to wait, in ms. */
  retryAfterMs?: number | undefined;
  /** The channel cannot be written to. */
  closed: boolean;
  /** The message is not there any more, or may not be edited any more. */
  gone: boolean;
  /** The app is no longer installed, or its token was withdrawn. */
  revoked: boolean;
}

const CLOSED = [
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'restricted_action',
  'no_permission',
  'cannot_reply_to_message',
  'thread_locked',
];
const GONE = ['message_not_found', 'cant_update_message', 'edit_window_closed', 'thread_not_found'];
const REVOKED = ['invalid_auth', 'account_inactive', 'token_revoked', 'token_expired', 'not_authed'];

export function slackError(error: unknown): SlackError {
  if (!(error instanceof Error)) return { closed: false, gone: false, revoked: false };
  const retryAfter = isRateLimit(error) ? error.retryAfter : undefined;
  const code = isPlatformError(error) ? error.data.error : undefined;
  return {
    code,
    retryAfterMs: retryAfter === undefined ? undefined : retryAfter * 1000,
    closed: code !== undefined && CLOSED.includes(code),
    gone: code !== undefined && GONE.includes(code),
    revoked: code !== undefined && REVOKED.includes(code),
  };
}

function isPlatformError(error: Error): error is webApi.WebAPIPlatformError {
  return 'code' in error && error.code === webApi.ErrorCode.PlatformError;
}

function isRateLimit(error: Error): error is webApi.WebAPIRateLimitedError {
  return 'code' in error && error.code === webApi.ErrorCode.RateLimitedError;
}
