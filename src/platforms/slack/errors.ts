/** What Slack's refusals mean for Easel. */
import { webApi } from '@slack/bolt';
import { EaselError, Refused } from '../../core/errors.ts';
import { isJsonObject } from '../../core/json.ts';
import { isNetworkTrouble } from '../network-trouble.ts';

export interface SlackError {
  /** Slack's word, e.g. `not_in_channel`; undefined for what is no answer of Slack's. */
  code?: string | undefined;
  /** Rate limited: how long to wait, in ms. */
  retryAfterMs?: number | undefined;
  /** The channel cannot be written to. */
  closed: boolean;
  /** The message is not there any more, or may not be edited any more. */
  gone: boolean;
  /** A form came too late for what the person did. */
  expired: boolean;
  /** The scope that the app lacks. */
  scope?: string | undefined;
  /** The app is no longer installed, or its token was withdrawn. */
  revoked: boolean;
}

const CLOSED = [
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
  'no_permission',
  'cannot_reply_to_message',
  'thread_locked',
];
const GONE = ['message_not_found', 'cant_update_message', 'edit_window_closed', 'thread_not_found'];
const EXPIRED = ['expired_trigger_id', 'trigger_expired', 'trigger_exchanged', 'exchanged_trigger_id'];
const REVOKED = ['invalid_auth', 'account_inactive', 'token_revoked', 'token_expired', 'not_authed'];

export function slackError(error: unknown): SlackError {
  if (!(error instanceof Error)) return { closed: false, gone: false, expired: false, revoked: false };
  const retryAfter = isRateLimit(error) ? error.retryAfter : undefined;
  const code = isPlatformError(error) ? error.data.error : undefined;
  return {
    code,
    retryAfterMs: retryAfter === undefined ? undefined : retryAfter * 1000,
    closed: code !== undefined && CLOSED.includes(code),
    gone: code !== undefined && GONE.includes(code),
    expired: code !== undefined && EXPIRED.includes(code),
    scope: code === 'missing_scope' ? neededScope(error) : undefined,
    revoked: code !== undefined && REVOKED.includes(code),
  };
}

/** Slack's own troubles, by its documentation of every method. */
const PASSING = [
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  'rate_limited',
  'accesslimited',
  'team_added_to_org',
  'external_channel_migrating',
];

/** Slack's own trouble, or none of its answers: the same call may go through later. A refused token is to be put right. */
export function isPassing(error: unknown): boolean {
  const { code, revoked } = slackError(error);
  return code === undefined || revoked || PASSING.includes(code);
}

/** As `Refused` what Slack would answer again. */
export function judged(error: unknown): unknown {
  return error instanceof Refused || isPassing(error) ? error : new Refused(error);
}

/** What a person is told of it; anything else stays as it is. */
export function explained(error: unknown): unknown {
  const { expired, scope } = slackError(error);
  if (expired) return new EaselError({ code: 'form-expired' }, { cause: error });
  if (scope !== undefined) return new EaselError({ code: 'slack-scope', scope }, { cause: error });
  if (isUnreached(error)) return new EaselError({ code: 'slack-unreachable' }, { cause: error });
  return error;
}

/** No answer, or one of something in between. */
function isUnreached(error: unknown): boolean {
  if (isNetworkTrouble(error)) return true;
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === webApi.ErrorCode.RequestError || error.code === webApi.ErrorCode.HTTPError;
}

function neededScope(error: Error): string {
  const data: unknown = Reflect.get(error, 'data');
  return isJsonObject(data) && typeof data['needed'] === 'string' ? data['needed'] : '?';
}

function isPlatformError(error: Error): error is webApi.WebAPIPlatformError {
  return 'code' in error && error.code === webApi.ErrorCode.PlatformError;
}

function isRateLimit(error: Error): error is webApi.WebAPIRateLimitedError {
  return 'code' in error && error.code === webApi.ErrorCode.RateLimitedError;
}
