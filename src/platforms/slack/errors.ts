/** What Slack's refusals mean for Easel. */
import { webApi } from '@slack/bolt';
import { EaselError, Refused } from '../../core/errors.ts';
import { isJsonObject } from '../../core/json.ts';
import { isNetworkTrouble } from '../kit/network-trouble.ts';
import type { Blame } from '../kit/tries.ts';
import { SLACK } from './name.ts';
import { nextAfter, type Next } from './replies/refusals.ts';

/** An upload address, or what stands before it, does not take this file, and would not take it later. */
export class UploadRefused extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status} from the upload address`);
    this.name = 'UploadRefused';
    this.status = status;
  }
}

export interface SlackError {
  /** Slack's word, e.g. `not_in_channel`, or an upload's `HTTP 413`; undefined for what is no answer of Slack's. */
  code?: string | undefined;
  /** What its table says of that word. */
  next?: Next | undefined;
  /** Rate limited: how long to wait, in ms. */
  retryAfterMs?: number | undefined;
  /** The scope that the app lacks. */
  scope?: string | undefined;
  /** The app is no longer installed, or its token was withdrawn. */
  revoked: boolean;
}

export function slackError(error: unknown): SlackError {
  if (!(error instanceof Error)) return { revoked: false };
  if (error instanceof UploadRefused) return { code: `HTTP ${error.status}`, next: 'files', revoked: false };
  const retryAfter = isRateLimit(error) ? error.retryAfter : undefined;
  const code = isPlatformError(error) ? error.data.error : undefined;
  const next = code === undefined ? undefined : nextAfter(code);
  return {
    code,
    next,
    retryAfterMs: retryAfter === undefined ? undefined : retryAfter * 1000,
    scope: code === 'missing_scope' ? neededScope(error) : undefined,
    revoked: next === 'token',
  };
}

/** Slack's own trouble, or none of its answers: the same call may go through later. A refused token is to be put right. */
export function isPassing(error: unknown): boolean {
  const { next } = slackError(error);
  return next === undefined || next === 'later' || next === 'token';
}

/**
 * What a refused message is about; undefined: nothing but time helps. What the account lacks may not be wanted elsewhere.
 * Where there are no files in it, it cannot be they.
 */
export function blameOf(error: unknown, hasFiles = false): Blame | undefined {
  const { next } = slackError(error);
  if (next === undefined || next === 'later' || next === 'token') return undefined;
  if (next === 'account') return 'place';
  if (next === 'late') return 'content';
  return next === 'files' && !hasFiles ? 'form' : next;
}

/** As `Refused` what Slack would answer again. What the account lacks is an admin's matter, and is tried again like a token. */
export function judged(error: unknown): unknown {
  const isRefusal = !(error instanceof Refused) && !isPassing(error) && slackError(error).next !== 'account';
  return isRefusal ? new Refused(error) : error;
}

/** What a person is told of it; anything else stays as it is. */
export function explained(error: unknown): unknown {
  const { next, scope } = slackError(error);
  if (next === 'late') return new EaselError({ code: 'form-expired' }, { cause: error });
  if (scope !== undefined)
    return new EaselError({ code: 'scope-missing', platform: SLACK, scope }, { cause: error });
  if (isUnreached(error))
    return new EaselError({ code: 'chat-unreachable', platform: SLACK }, { cause: error });
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
