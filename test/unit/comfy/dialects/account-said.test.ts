/** What Comfy Cloud says of an account, in all the shapes in which that was seen or may come. */
import { describe, expect, it } from 'vitest';
import type { Account } from '../../../../src/core/account.ts';
import type { Faults } from '../../../../src/sandbox/faults/faults.ts';
import { unavailable, untilLifted, wrongKey } from '../../../../src/sandbox/faults/refusals.ts';
import { openBackend, openStub, soon } from '../backends.ts';
import { KEY, openSandbox } from '../sandboxes.ts';
import { json } from '../stub-server.ts';

async function open() {
  const sandbox = await openSandbox({ dialect: 'cloud' });
  const { backend } = openBackend({ url: sandbox.url, apiKey: KEY });
  return { backend, ...sandbox };
}

type Said = Partial<Pick<Faults, 'account' | 'billing'>>;

describe('an account', () => {
  it.each<[string, Said, Account]>([
    ['as its documents have it', {}, { status: 'active' }],
    ['that waits', { account: { status: 'waitlisted' } }, { status: 'waitlisted' }],
    [
      'with its plan beside',
      { account: { status: 'active', subscription_tier: 'CREATOR', credits: 2110 } },
      { status: 'active', tier: 'CREATOR', credits: 2110, atOnce: 3 },
    ],
    [
      'with its plan inside',
      { account: { status: 'active', subscription: { plan: 'Pro' }, credits: { remaining: '12.7' } } },
      { status: 'active', tier: 'Pro', credits: 12, atOnce: 5 },
    ],
    [
      'whose plan its own clients ask for elsewhere',
      { billing: { status: { subscription_tier: 'STANDARD', has_funds: true } } },
      { status: 'active', tier: 'STANDARD', atOnce: 1 },
    ],
    [
      'whose plan has its period in its name',
      { billing: { status: { plan_slug: 'creator-monthly' } } },
      { status: 'active', tier: 'creator-monthly', atOnce: 3 },
    ],
    [
      'of a team, which says itself how many it runs',
      {
        account: { status: 'active', tier: 'team-pro-monthly' },
        billing: { features: { max_concurrent_jobs: 25 } },
      },
      { status: 'active', tier: 'team-pro-monthly', atOnce: 25 },
    ],
    ['of a plan that nobody knows', { account: { tier: 'Galaxy' } }, { tier: 'Galaxy' }],
    [
      'with money left, of which the unit is in doubt',
      { billing: { status: { subscription_tier: 'PRO' }, balance: { effective_balance_micros: 3507 } } },
      { status: 'active', tier: 'PRO', atOnce: 5 },
    ],
    [
      'with money left in another part',
      {
        billing: {
          status: { subscription_tier: 'PRO' },
          balance: { effective_balance_micros: 0, cloud_credit_balance_micros: '7' },
        },
      },
      { status: 'active', tier: 'PRO', atOnce: 5 },
    ],
    [
      'with none',
      { billing: { status: { subscription_tier: 'PRO' }, balance: { amount_micros: 0 } } },
      { status: 'active', tier: 'PRO', credits: 0, atOnce: 5 },
    ],
    [
      'of which nobody says whose it is, while its rows say 0',
      { billing: { status: { has_funds: false }, balance: { amount_micros: 0 } } },
      { status: 'active' },
    ],
    [
      'that says odd things',
      {
        account: { status: 7, tier: '  ', credits: 'many', subscription: ['PRO'], balance: null },
        billing: { status: { tier: {} }, features: { max_concurrent_jobs: -1 } },
      },
      {},
    ],
    [
      'that says it at length',
      { account: { status: `active\n${'x'.repeat(500)}` } },
      { status: `active ${'x'.repeat(53)}` },
    ],
  ])('%s', async (_what, said, account) => {
    const { backend, faults } = await open();
    Object.assign(faults, said);
    expect(await backend.account(soon())).toEqual(account);
  });

  it('is what it is where only its own address answers', async () => {
    const { backend, faults } = await open();
    faults.http.push(untilLifted(unavailable(1), /billing|features/));
    expect(await backend.account(soon())).toEqual({ status: 'active' });
  });

  it('that is refused is refused', async () => {
    const { backend, faults } = await open();
    faults.http.push(untilLifted(wrongKey));
    await expect(backend.account(soon())).rejects.toMatchObject({ code: 'wrong-api-key' });
  });

  it.each([[[]], [null], ['active']])('is not said by %j', async (body) => {
    const stub = await openStub({ 'GET /api/user': json(body) });
    const { backend } = openBackend({ url: stub.url, dialect: 'cloud', apiKey: KEY });
    await expect(backend.account(soon())).rejects.toMatchObject({ code: 'backend-broken' });
  });

  it('is nothing that a ComfyUI has, or is asked for', async () => {
    const sandbox = await openSandbox();
    const { backend } = openBackend({ url: sandbox.url });
    expect(await backend.account(soon())).toBeUndefined();
    expect(sandbox.stats.requests['GET /billing/status']).toBeUndefined();
  });
});
