import { describe, expect, it } from 'vitest';
import { OPEN, refusal, type Access } from '../../../src/core/access.ts';
import type { Caller, ChannelFacts } from '../../../src/core/caller.ts';
import { sampleCaller } from '../jobs/sample.ts';

const only = (access: Partial<Access>): Access => ({ ...OPEN, ...access });
/** Somebody in channel `here`; `looks` counts how often the platform was asked about it. */
function somebody(facts: ChannelFacts, given: Partial<Caller> = {}) {
  const asked = { looks: 0 };
  const lookAtChannel = async () => {
    asked.looks += 1;
    return facts;
  };
  return { asked, caller: sampleCaller({ channel: 'here', lookAtChannel, ...given }) };
}

describe('access', () => {
  it('is open without rules, and the platform is not asked', async () => {
    const { caller, asked } = somebody({ ageRestricted: false });
    expect(await refusal(OPEN, caller)).toBeUndefined();
    expect(asked.looks).toBe(0);
  });

  it('asks for any of the roles', async () => {
    const { caller } = somebody({ ageRestricted: false }, { roles: ['b'] });
    expect(await refusal(only({ roles: ['a', 'b'] }), caller)).toBeUndefined();
    expect(await refusal(only({ roles: ['a'] }), caller)).toBe('role');
    expect(await refusal(only({ roles: ['a'] }), sampleCaller())).toBe('role');
  });

  it('asks for any of the channels, or a thread in one; the platform only when that decides', async () => {
    const thread = somebody({ ageRestricted: false, parent: 'hall' });
    expect(await refusal(only({ channels: ['here'] }), thread.caller)).toBeUndefined();
    expect(thread.asked.looks).toBe(0);
    expect(await refusal(only({ channels: ['hall'] }), thread.caller)).toBeUndefined();
    expect(thread.asked.looks).toBe(1);
    expect(await refusal(only({ channels: ['attic'] }), thread.caller)).toBe('channel');
  });

  it('is closed where no channel is known, or nobody can look', async () => {
    const { caller } = somebody({ ageRestricted: true }, { channel: undefined });
    expect(await refusal(only({ channels: ['here'] }), caller)).toBe('channel');
    expect(await refusal(only({ channels: ['x'] }), sampleCaller({ channel: 'here' }))).toBe('channel');
    expect(await refusal(only({ ageRestricted: true }), sampleCaller({ channel: 'here' }))).toBe('age');
  });

  it('for adults is only where the platform says so, in an allowed channel too', async () => {
    const rule = only({ channels: ['here'], ageRestricted: true });
    expect(await refusal(rule, somebody({ ageRestricted: true }).caller)).toBeUndefined();
    expect(await refusal(rule, somebody({ ageRestricted: false }).caller)).toBe('age');
  });
});
