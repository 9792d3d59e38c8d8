/**
 * What a backend says when the trouble is with the account, or with how much is asked of it: answers for `faults.http`.
 * The bodies are Comfy Cloud's where it documents them.
 */
import type { BadAnswer, HttpFault } from './faults.ts';

type Refusal = Exclude<BadAnswer, string>;

/** Every route but the files origin, which knows no accounts, and the socket. */
export const EVERY_ROUTE = /^\w+ \/(?!files\/|ws$)/;

export const wrongKey = refuse(401, 'UNAUTHORIZED', 'Invalid or missing API key');
export const noCredits = refuse(402, 'INSUFFICIENT_CREDITS', 'Payment required: insufficient credits');
export const forbidden = refuse(403, 'FORBIDDEN', 'Your plan does not include this');
/** Not a rate limit: Comfy Cloud's word for an account that has not paid. */
export const inactive = refuse(429, 'PAYMENT_REQUIRED', 'Payment required: User has not paid');

export function rateLimited(retryAfter: number | string): Refusal {
  return later(refuse(429, 'RATE_LIMITED', 'Too many requests'), retryAfter);
}

export function unavailable(retryAfter: number | string): Refusal {
  return later(refuse(503, 'UNAVAILABLE', 'Service unavailable'), retryAfter);
}

/** Until it is taken out of `faults.http` again; the routes' counters go on meanwhile. */
export function untilLifted(answer: Refusal, route: HttpFault['route'] = EVERY_ROUTE): HttpFault {
  return { route, answer };
}

function refuse(status: number, code: string, message: string): Refusal {
  return { status, contentType: 'application/json', body: JSON.stringify({ code, message }) };
}

function later(refusal: Refusal, retryAfter: number | string): Refusal {
  return { ...refusal, headers: { 'retry-after': `${retryAfter}` } };
}
