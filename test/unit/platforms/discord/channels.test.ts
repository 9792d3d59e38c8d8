import { REST } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createChannels } from '../../../../src/platforms/discord/channels.ts';
import { createManualClock, JUMPS } from '../../../fakes/manual-clock.ts';

function stage() {
  const asked: string[] = [];
  const rest = new REST({
    retries: 0,
    async makeRequest(url) {
      asked.push(new URL(url).pathname);
      return Response.json({ type: 0, nsfw: true });
    },
  }).setToken('a.b.c');
  const clock = createManualClock();
  return { channels: createChannels(rest, clock), asked, clock };
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
});
