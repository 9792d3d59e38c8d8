/**
 * What Comfy Cloud says of an account. Its documents know `GET /api/user` with `status` alone (UserResponse in
 * https://docs.comfy.org/openapi-cloud.yaml). Its own command line also asks, with the same key, `/api/billing/status`
 * (`subscription_tier`), `/api/billing/balance`, and `/api/features` for `max_concurrent_jobs`
 * (github.com/Comfy-Org/comfy-cli, `comfy_cli/cloud`): each of these may not be there, and all is read under every name that
 * was seen or is near.
 */
import { z } from 'zod';
import type { Account } from '../../core/account.ts';
import { EaselError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import { getFeatures } from './features.ts';
import { askJson, type Http } from './http.ts';

const Said = z.record(z.string(), z.unknown());
type Said = z.infer<typeof Said>;

/** Rejects with EaselError where `/api/user` is not answered, or with the signal's reason. */
export async function getAccount(http: Http, signal: AbortSignal): Promise<Account> {
  const read = (path: string): Promise<Said> => askJson(http, Said, path, { signal });
  const maybe = async (work: () => Promise<Said | undefined>): Promise<Said> => {
    try {
      return (await work()) ?? {};
    } catch (error) {
      // it is not documented, so that it is missing is no trouble
      if (signal.aborted || !(error instanceof EaselError)) throw error;
      return {};
    }
  };
  const [user, billing, balance, features] = await Promise.all([
    read('api/user'),
    maybe(() => read('api/billing/status')),
    maybe(() => read('api/billing/balance')),
    maybe(() => getFeatures(http, signal)),
  ]);
  const tier = tierIn(user) ?? tierIn(billing);
  const atOnce = atOnceIn(features) ?? atOnceIn(user) ?? atOnceIn(billing) ?? atOnceOf(tier);
  return {
    status: textIn(user, ['status']),
    tier,
    credits: creditsIn(user) ?? creditsIn(billing) ?? creditsIn(balance) ?? nothingIn(balance, billing, tier),
    atOnce,
  };
}

/**
 * Jobs at once: Standard, Creator and Pro by https://docs.comfy.org/development/deploy/cloud-usage, the others by
 * comfy-cli. A team's plan says its own number in its features, or nobody knows it.
 */
const AT_ONCE: Readonly<Record<string, number>> = {
  free: 1,
  founders: 1,
  standard: 1,
  creator: 3,
  pro: 5,
};

/** Of a plan as it is named: `CREATOR`, `Creator`, `creator-monthly`. */
function atOnceOf(tier: string | undefined): number | undefined {
  const name = tier?.toLowerCase().replace(/[-_ ]?(monthly|yearly|annual|annually|month|year)$/, '') ?? '';
  return Object.hasOwn(AT_ONCE, name) ? AT_ONCE[name] : undefined;
}

function atOnceIn(said: Said): number | undefined {
  const found = numberIn(said, [
    'max_concurrent_jobs',
    'concurrent_jobs',
    'concurrency_limit',
    'concurrency',
  ]);
  return found !== undefined && Number.isInteger(found) && found >= 1 ? found : undefined;
}

const TIERS = ['subscription_tier', 'tier', 'plan', 'plan_name', 'plan_slug'];

function tierIn(said: Said): string | undefined {
  return (
    textIn(said, TIERS) ??
    within(said, ['subscription', ...TIERS], (one) => textIn(one, [...TIERS, 'name', 'slug']))
  );
}

const CREDITS = [
  'credits',
  'credit_balance',
  'credits_remaining',
  'remaining_credits',
  'credit_balance_credits',
];

function creditsIn(said: Said): number | undefined {
  const found =
    numberIn(said, CREDITS) ??
    within(said, [...CREDITS, 'balance'], (one) =>
      numberIn(one, [...CREDITS, 'remaining', 'balance', 'total']),
    );
  return found === undefined ? undefined : Math.trunc(found);
}

/**
 * A balance is money. Whether its `_micros` are millionths of a dollar (comfy-cli) or cents (ComfyUI's frontend), its readers
 * do not agree, so only that nothing is left is taken from it: where no part of it says more, and it is known at all to whom
 * it belongs (comfy-cli: rows that are being moved say 0).
 */
function nothingIn(balance: Said, billing: Said, tier: string | undefined): number | undefined {
  const said = BALANCES.flatMap((name) => numberIn(balance, [`${name}_micros`]) ?? []);
  const first = said.find((amount) => amount !== 0) ?? said[0];
  if (first === undefined || first > 0 || billing['has_funds'] === true) return undefined;
  return first < 0 || tier !== undefined ? 0 : undefined;
}

const BALANCES = ['effective_balance', 'amount', 'prepaid_balance', 'cloud_credit_balance'];
const MAX_TEXT = 60;

/** The first that is some words. */
function textIn(said: Said, names: readonly string[]): string | undefined {
  const texts = names.map((name) => said[name]).filter((value) => typeof value === 'string');
  return texts.map((text) => oneLine(text).trim().slice(0, MAX_TEXT)).find((text) => text !== '');
}

/** The first that is a number, also one that is written as a text. */
function numberIn(said: Said, names: readonly string[]): number | undefined {
  const found = names.map((name) => said[name]).map((value) => readNumber(value));
  return found.find((number) => number !== undefined);
}

function readNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** What one of these says, where it is not the thing itself. */
function within<T>(said: Said, names: readonly string[], read: (one: Said) => T | undefined): T | undefined {
  for (const name of names) {
    const one = Said.safeParse(said[name]);
    const found = one.success ? read(one.data) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
