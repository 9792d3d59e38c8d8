import { REST } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createChannels } from '../../../../src/platforms/discord/channels.ts';
import { createManualClock, JUMPS } from '../../../fakes/manual-clock.ts';

function stage() {
  const asked: string[] = [];
  const says = { nsfw: true };
  const rest = new REST({
    retries: 0,
    async makeRequest(url) {
      asked.push(new URL(url).pathname);
      return Response.json({ type: 0, ...says });
    },
  }).setToken('a.b.c');
  const clock = createManualClock();
  return { channels: createChannels(rest, clock), asked, clock, says };
}

describe('a channel in Discord', () => {
  it.each(JUMPS)('is remembered for a minute, whether or not the wall clock jumps by %i ms', async (jump) => {
    const { channels, asked, clock } = stage();
    expect(await channels.look('1')).toEqual({ ageRestricted: true });
    clock.jump(jump);
    clock.advance(59_999);
    await channels.look('1');
    expect(asked).toEqual(['/api/v10/channels/1']);
    clock.advance(1);
    await channels.look('1');
    expect(asked).toHaveLength(2);
  });

  it('is asked about afresh where that decides, once for those who ask together', async () => {
    const { channels, asked, says } = stage();
    expect(await channels.look('1')).toEqual({ ageRestricted: true });
    says.nsfw = false;
    expect(await channels.look('1')).toEqual({ ageRestricted: true });
    const both = await Promise.all([channels.look('1', true), channels.look('1', true)]);
    expect(both).toEqual([{ ageRestricted: false }, { ageRestricted: false }]);
    expect(asked).toHaveLength(2);
    // what was heard last is remembered
    expect(await channels.look('1')).toEqual({ ageRestricted: false });
    expect(asked).toHaveLength(2);
  });
});
