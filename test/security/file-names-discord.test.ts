/** Whatever a backend calls a file, it is one attachment on Discord. */
import { REST, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { shownFileName } from '../../src/comfy/runs/file-name.ts';
import { renderMessage } from '../../src/platforms/discord/replies/render.ts';
import { sendStreamed, withFiles } from '../../src/platforms/discord/replies/upload.ts';
import type { View } from '../../src/core/view.ts';
import { startFakeDiscord } from '../fakes/discord/index.ts';
import { NASTY } from './nasty-names.ts';

const bytes = Buffer.from('a picture');

describe('a file on its way to Discord', () => {
  it('is one attachment, whatever the backend called it', async () => {
    const discord = await startFakeDiscord();
    const rest = new REST({ api: discord.apiUrl, makeRequest: sendStreamed }).setToken(discord.token);
    const { signal } = new AbortController();
    try {
      const view: View = { tone: 'done', title: 'x', status: 'y', facts: [], notes: [], buttons: [] };
      for (const given of NASTY) {
        const name = shownFileName(given);
        const body = {
          ...renderMessage(view),
          attachments: [{ id: 0, filename: name }],
        };
        const message = withFiles(body, [{ name, type: 'image/png', bytes }], signal);
        await rest.post(Routes.channelMessages(discord.channel.id), message);
        expect(discord.messagesIn(discord.channel.id).at(-1)?.attachments, given).toHaveLength(1);
      }
      expect(discord.violations).toEqual([]);
    } finally {
      await discord.stop();
    }
  });
});
