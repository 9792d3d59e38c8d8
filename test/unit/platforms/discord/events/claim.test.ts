import { REST, Routes, type ChatInputCommandInteraction } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../../src/core/time.ts';
import { claimReply } from '../../../../../src/platforms/discord/events/claim.ts';
import { addressOf, UNKNOWN_MESSAGE } from '../../../../../src/platforms/discord/events/context.ts';
import { wasSaid } from '../../../../../src/platforms/discord/replies/sent-already.ts';
import { sendStreamed, withFiles } from '../../../../../src/platforms/discord/replies/upload.ts';
import { createRecordingLog } from '../../../../fakes/recording-log.ts';
import { discord, imagineBot, PNG, useDiscord } from '../../../fakes/discord-stage.ts';
import { sampleJob } from '../../../jobs/sample.ts';
import { allFit } from '../../../../fakes/fitter.ts';

useDiscord();
const { signal } = new AbortController();

async function asked() {
  const { rest, received } = await imagineBot();
  await discord.slash({ name: 'imagine', options: { prompt: 'x' } });
  const interaction = await received();
  const options = { rest, fitter: allFit, clock: systemClock, log: createRecordingLog() };
  const job = sampleJob({ reply: addressOf(interaction, UNKNOWN_MESSAGE) });
  return { interaction, options, claim: () => claimReply(job, signal, options) };
}

describe('the reply of a job whose process died', () => {
  it('is not there when Discord had no answer', async () => {
    const { claim } = await asked();
    expect(await claim()).toBeUndefined();
    expect(discord.violations).toEqual([]);
  });

  it('is found when Discord had one', async () => {
    const { claim, interaction } = await asked();
    const { resource } = await interaction.deferReply({ withResponse: true });
    expect(await claim()).toMatchObject({ message: resource?.message?.id, token: interaction.token });
  });

  it('may be there when it is too late to ask', async () => {
    const { claim } = await asked();
    discord.expireInteractionTokens();
    expect(await claim()).toMatchObject({ message: UNKNOWN_MESSAGE });
  });

  it('is asked for again when Discord fails', async () => {
    const { claim } = await asked();
    discord.faults.cutConnection({ method: 'GET' });
    await expect(claim()).rejects.toThrow('other side closed');
  });
});

describe('the reply to a direct message, of a job whose process died', () => {
  it('is the one that was given, or is given now, and once only', async () => {
    const { options } = await asked();
    const { message } = discord.directMessage({ content: 'a fox' });
    const channel = message.channelId;
    const address = { application: '', token: '', channel, user: discord.person.id, answers: message.id };
    const job = sampleJob({ reply: { ...address, message: UNKNOWN_MESSAGE } });
    const given = await claimReply(job, signal, options);
    expect(given).toMatchObject({ channel, answers: message.id });
    expect(await claimReply(job, signal, options)).toEqual(given);
    const answers = discord.messagesIn(channel).filter(({ origin }) => origin.replyTo === message.id);
    expect(answers.map(({ id }) => id)).toEqual([given?.message]);
    discord.faults.closedDirectMessages.add('*');
    await expect(
      claimReply(sampleJob({ reply: { ...address, answers: '1', message: '0' } }), signal, options),
    ).rejects.toThrow('Cannot send');
  });
});

describe('a follow-up whose answer was lost', () => {
  const files = (...names: string[]) => names.map((name) => ({ name, type: 'image/png', bytes: PNG }));
  const followUp = async (interaction: ChatInputCommandInteraction, ...names: string[]) => {
    const { resource } = await interaction.deferReply({ withResponse: true });
    const rest = new REST({ api: discord.apiUrl, makeRequest: sendStreamed });
    const body = { content: 'more', attachments: names.map((filename, id) => ({ id, filename })) };
    const message = withFiles(body, files(...names), signal);
    await rest.post(Routes.webhook(interaction.applicationId, interaction.token), {
      ...message,
      auth: false,
    });
    return addressOf(interaction, resource?.message?.id ?? '');
  };

  it('is recognised by its files, also when they were encoded anew', async () => {
    const { interaction, options } = await asked();
    const address = await followUp(interaction, 'a_1_.png', 'a_2_.webp');
    expect(await wasSaid(address, [files('a_1_.png', 'a_2_.png')], signal, options)).toBe(true);
    expect(await wasSaid(address, [files('a_1_.png', 'a_3_.png')], signal, options)).toBe(false);
    expect(await wasSaid(address, [files('a_1_.png')], signal, options)).toBe(false);
  });

  it('is not looked for where the channel is closed, or only one person sees it', async () => {
    const { interaction, options } = await asked();
    const address = await followUp(interaction, 'a.png');
    expect(await wasSaid({ ...address, private: true }, [files('a.png')], signal, options)).toBe(false);
    discord.faults.forbiddenChannels.set(address.channel, 50_001);
    expect(await wasSaid(address, [files('a.png')], signal, options)).toBe(false);
  });
});
