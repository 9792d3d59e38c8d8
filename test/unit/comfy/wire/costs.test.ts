import { expect, it } from 'vitest';
import { costText, plus } from '../../../../src/core/cost.ts';
import { openBackend, openStub, soon } from '../backends.ts';
import { json } from '../stub-server.ts';

const id = '43c2d344-206f-472d-a384-e48bebb125f2';
const images = { '2': { images: [{ filename: 'a.png', subfolder: '', type: 'output' }] } };

async function costTold(status: string, more: object): Promise<object> {
  const stub = await openStub({ [`GET /api/jobs/${id}`]: json({ id, status, outputs: images, ...more }) });
  const { backend } = openBackend({ url: stub.url, apiKey: 'k', name: 'it' });
  return backend.follow(id, () => undefined, soon());
}

it.each([
  ['a number of credits', { credits_used: 12.5 }, { credits: 12.5 }],
  ['a number without a unit', { cost: 3 }, { '': 3 }],
  ['an amount and its currency', { cost: { amount: 0.04, currency: 'USD' } }, { USD: 0.04 }],
  ['usage', { usage: { credits: 7 } }, { credits: 7 }],
  ['what is known of the execution', { execution_meta: { cost: { total: '2' } } }, { '': 2 }],
  ['words', { price: '1,234.5 credits' }, { credits: 1234.5 }],
  ['dollars in words', { price: '$0.05' }, { USD: 0.05 }],
])('is read from %s', async (_name, more, cost) => {
  expect(await costTold('completed', more)).toMatchObject({ kind: 'success', cost });
  expect(await costTold('failed', { ...more, execution_error: { exception_type: 'X' } })).toMatchObject({
    kind: 'failure',
    cost,
  });
});

it.each([
  ['nothing', {}],
  ['less than nothing', { credits_used: -1, cost: 0 }],
  ['what is none', { credits: 'many', cost: [3], price: {}, usage: null, execution_meta: { deep: 'x' } }],
  ['more than there is', { cost: 1e300 }],
  ['words without a unit', { price: 'from 3 on' }],
])('is not made up from %s', async (_name, more) => {
  expect(await costTold('completed', more)).not.toHaveProperty('cost');
});

it('adds up by unit, and is said in one line', () => {
  const sum = plus(plus(undefined, { credits: 0.1 }), { credits: 0.2, USD: 1 });
  expect(costText(sum ?? {})).toBe('0.3 credits, 1 USD');
  expect(costText({ '': 3 })).toBe('3');
  expect(plus(undefined, undefined)).toBeUndefined();
});
