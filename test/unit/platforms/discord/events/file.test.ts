import { expect, it } from 'vitest';
import { fileOf } from '../../../../../src/platforms/discord/events/context.ts';
import { startFakeDiscord } from '../../../../fakes/discord/index.ts';
import { PATIENCE_MS } from '../../../../fakes/patience.ts';

it('fetches a file as it was uploaded, not as Discord would draw it anew', async () => {
  const discord = await startFakeDiscord();
  try {
    const bytes = Buffer.from('a picture with a workflow in it');
    const { url, size } = discord.addAttachment({ name: 'a.png', contentType: 'image/png', bytes });
    const origins = [new URL(discord.cdnUrl).origin];
    const drawn = { name: 'a.png', size, url: `${url}&width=8&height=8&format=webp` };
    const file = fileOf(drawn, origins, 1000);
    expect(Buffer.from(await file.load(AbortSignal.timeout(PATIENCE_MS)))).toEqual(bytes);
    await expect(fileOf(drawn, origins, 10).load(AbortSignal.timeout(PATIENCE_MS))).rejects.toThrow(
      'more than 10',
    );
    await expect(fileOf(drawn, [], 1000).load(AbortSignal.timeout(PATIENCE_MS))).rejects.toThrow('own hosts');
    expect(discord.violations).toEqual([]);
  } finally {
    await discord.stop();
  }
});
