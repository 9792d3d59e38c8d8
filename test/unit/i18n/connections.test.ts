/** What is counted, listed and left out where connections and runs are told of. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/core/errors.ts';
import { catalogue, sentence } from '../../../src/i18n/index.ts';

const en = catalogue('en');

describe('A test of a connection', () => {
  it.each([
    [0, [], false, 'It isn’t in any server yet: open the invite link.'],
    [1, ['Foxes'], false, 'It is in 1 server: Foxes.'],
    [2, ['Foxes', 'Owls'], false, 'It is in 2 servers: Foxes and Owls.'],
    [1200, ['Foxes', 'Owls'], true, 'It is in 1,200 servers or more: Foxes, Owls, and 1,198 more.'],
  ])('counts %i servers, and names the first', (total, names, more, text) => {
    expect(en.connect.servers(total, names, more)).toBe(text);
  });

  it.each([
    [{}, 'The key is good.'],
    [{ status: 'active', tier: 'PRO' }, 'The key is good, and its account is active. Plan PRO.'],
    [{ credits: 1 }, 'The key is good. 1 credit.'],
    [
      { status: 'frozen', tier: 'PRO', credits: 7400 },
      'The key is good; its account is “frozen”. Plan PRO, 7,400 credits.',
    ],
  ])('says of the account %o what is known', (account, text) => {
    expect(en.connect.account(account)).toBe(text);
  });

  it('is in the words and numbers of the language', () => {
    const ja = catalogue('ja');
    expect(ja.connect.account({ tier: 'PRO', credits: 7400 })).toBe(
      'キーは有効です。プラン：PRO、7,400クレジット。',
    );
    expect(ja.connect.connected('easel', 'Foxes')).toBe('Foxesにeaselとして接続中です。');
  });

  it('writes memory in gigabytes, and what is less in megabytes', () => {
    expect(en.connect.device('cuda:0', 512e6, 25.77e9)).toBe('cuda:0: 512 MB of 25.8 GB free.');
  });

  it.each([
    [0, 'The backend is being changed.'],
    [1, /as soon as 1 job on the old one is done/],
    [2, /as soon as 2 jobs on the old one are done/],
  ])('of a backend that %i jobs hold says when it is changed', (jobs, text) => {
    expect(en.connect.waits(jobs)).toMatch(text);
  });
});

describe('A problem', () => {
  const operator = (problem: Problem) => sentence(en, problem, 'operator');

  it('of one node is of one, also where several were asked for', () => {
    expect(operator({ code: 'missing-nodes', nodes: ['Foo'] })).toMatch(
      /^1 node that .* is missing .*: Foo\. It/,
    );
    expect(operator({ code: 'missing-nodes', nodes: ['Foo', 'Bar'] })).toMatch(
      /^2 nodes .* are .*: Foo and Bar/,
    );
  });

  it.each([
    [{ got: 0, of: 4, why: 'lost' }, /^The pictures of "Look" didn’t arrive\. They are sent only .*\. With/],
    [{ got: 1, why: 'lost' }, /^Perhaps not all pictures/],
    [
      { got: 1, of: 1200, why: 'lost', again: true },
      /^Only 1 of 1,200 pictures .* only .*, and a second try didn’t/,
    ],
    [{ got: 1, why: 'limit' }, /after 1 picture\./],
    [{ got: 1, why: 'disk' }, /^Easel’s disk had no room/],
  ] as const)('of pictures that did not arrive, %o, says how many did', (about, text) => {
    expect(operator({ code: 'pictures-missed', node: 'Look', ...about })).toMatch(text);
  });

  it('names an input by its slot, else by the title of its node', () => {
    const refused = { code: 'workflow-refused', detail: 'no', input: 'seed', title: 'KSampler' } as const;
    expect(operator(refused)).toBe('The backend refused "seed" of "KSampler": no');
    expect(operator({ ...refused, slot: 'variation' })).toBe('The backend refused "variation": no');
    const small = { ...refused, why: 'value_smaller_than_min', value: '0' };
    expect(sentence(catalogue('ko'), small, 'person')).toBe(
      '"0" 값은 "KSampler" 노드의 "seed" 값으로 쓰기에 너무 작아요.',
    );
  });

  it('of a platform or a setting that nobody knows is a general one', () => {
    expect(operator({ code: 'token-refused', platform: 'constructor' })).toBe(
      'constructor refused the token. Copy it again.',
    );
    expect(operator({ code: 'connection-value', setting: 'toString' })).toMatch(
      /^toString isn’t a valid token/,
    );
  });

  it('ends with what can be done, also where the words of the backend stand beside it', () => {
    for (const words of [undefined, '', 'Exit 137'])
      expect(
        operator({ code: 'backend-crashed', backend: 'It', ...(words !== undefined && { words }) }),
      ).toMatch(/ Please try again later\.$/);
  });
});
