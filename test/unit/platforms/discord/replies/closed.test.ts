import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../../src/core/time.ts';
import type { View } from '../../../../../src/core/view.ts';
import { addressOf } from '../../../../../src/platforms/discord/events/context.ts';
import { deliver } from '../../../../../src/platforms/discord/replies/reply.ts';
import { allFit } from '../../../../fakes/fitter.ts';
import { createRecordingLog } from '../../../../fakes/recording-log.ts';
import { discord, imagineBot, useDiscord } from '../../../fakes/discord-stage.ts';
import { sampleJob } from '../../../jobs/sample.ts';

useDiscord();
const { signal } = new AbortController();
const view: View = { tone: 'done', title: 'a fox', status: 'Done', facts: [], notes: [], buttons: [] };

/** A result whose interaction is over, in a channel that answers with `code`. */
async function delivered(code: 50001 | 50013): Promise<string> {
  const { rest, received } = await imagineBot();
  await discord.slash({ name: 'imagine', options: { prompt: 'x' } });
  const interaction = await received();
  const { resource } = await interaction.deferReply({ withResponse: true });
  const address = { ...addressOf(interaction, resource?.message?.id ?? ''), expires: 0 };
  discord.faults.forbiddenChannels.set(address.channel, code);
  const options = { rest, fitter: allFit, clock: systemClock, log: createRecordingLog() };
  await deliver(sampleJob({ reply: address }), view, [], async () => undefined, signal, options);
  const told = discord.directMessages(interaction.user.id).find(({ content }) => content.includes('a fox'));
  return told?.content ?? '';
}

describe('a result that no channel takes', () => {
  it('says so directly where Easel may only read the channel', async () => {
    expect(await delivered(50013)).toMatch(/^I can’t post in that channel.*\n\*\*a fox\*\*\nDone$/);
  });

  it('says so directly where Easel is not in it', async () => {
    expect(await delivered(50001)).toMatch(/^I’m not in that channel/);
  });
});
