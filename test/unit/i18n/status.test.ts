/** What a job waits for, in every language. */
import { describe, expect, it } from 'vitest';
import type { WaitReason } from '../../../src/core/standing.ts';
import { catalogue, english, languages } from '../../../src/i18n/index.ts';

const LIMITS = ['guild-limit', 'user-limit', 'person-limit', 'backend-busy'] as const;
const FIRST = 1;

describe.each(languages().map(({ tag }) => tag))('In %s a job that waits for a limit', (tag) => {
  const said = (reason: WaitReason, platform = 'discord', own = true) =>
    catalogue(tag).status.waiting(FIRST, reason, platform, own);
  const digits = (text: string) => text.match(/\d+/g)?.map(Number) ?? [];

  it.each(LIMITS)('of one, %s, is told so without counting to one', (kind) => {
    const alone = [true, false].map((own) => said({ kind, used: 1, limit: 1 }, 'discord', own));
    // where a language counts “one job” with a digit, it is the only number beside the place
    for (const text of alone) expect(digits(text).length).toBeLessThanOrEqual(2);
  });

  it.each(LIMITS)('of several, %s, is told how many', (kind) => {
    const text = said({ kind, used: 7, limit: 7 });
    expect(digits(text)).toContain(7);
    expect(text).not.toBe(said({ kind, used: 1, limit: 1 }));
  });

  it('is told whose limit it is', () => {
    for (const limit of [1, 3]) {
      const guild = (platform: string) => said({ kind: 'guild-limit', used: limit, limit }, platform);
      expect(new Set(['discord', 'slack', 'web'].map(guild)).size).toBe(3);
      expect(guild('terminal')).toBe(guild('discord'));
      const ours = [true, false].flatMap((own) =>
        (['user-limit', 'person-limit'] as const).map((kind) => said({ kind, used: limit, limit }, '', own)),
      );
      expect(new Set(ours).size).toBe(4);
    }
  });
});

it('A place in line is an ordinal number', () => {
  const places = [1, 2, 3, 4, 11, 12, 13, 21, 1002].map(
    (place) => english().status.waiting(place, { kind: 'data-full' }, 'discord', true).split(' ')[0],
  );
  expect(places).toEqual(['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '1,002nd']);
  expect(english().status.linedUp(0)).toMatch(/^1st /);
});
