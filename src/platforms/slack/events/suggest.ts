/** What selects show that are too long for Slack to hold: asked for while somebody types, within 3 seconds. */
import type { App, types } from '@slack/bolt';
import { z } from 'zod';
import { holdingWords } from '../../../core/screen.ts';
import { soon } from '../../../core/time.ts';
import { MAX_OPTIONS, option } from '../screens/blocks.ts';
import type { FormListenOptions } from '../screens/listen-screens.ts';
import { optionsOf } from '../screens/render-field.ts';
import { listedIn, SCREEN, ScreenMemory } from '../screens/render-screen.ts';
import { memoryOf, Typing } from './payload.ts';
import { CHOOSE, imageTemplates } from './shortcut.ts';

type Options = types.PlainTextOption[];

/** Every form remembers where it was asked for. */
const Conversation = z.object({ channel: z.string() });

/** Longer, and Slack would show an error instead of an empty list; in ms. */
const PATIENCE_MS = 2500;

export function listenToTyping(app: App, options: FormListenOptions): void {
  const { clock, log, recognised, signal } = options;
  app.options(/.*/, async ({ body, ack }) => {
    const found = suggestions(body).catch((error: unknown) => {
      log.warn({ err: error }, 'no suggestions for a form');
      return [];
    });
    await ack({ options: (await soon(PATIENCE_MS, found, clock, signal)) ?? [] });
  });

  async function suggestions(raw: unknown): Promise<Options> {
    const { view, value, block_id: block, ...who } = Typing.parse(raw);
    const { channel } = memoryOf(Conversation, view);
    const caller = await recognised({ ...who, view }, channel);
    if (view.callback_id === CHOOSE) return matching(await imageTemplates(caller, options), value);
    if (view.callback_id !== SCREEN) return [];
    const screen = await options.commands.screens.open(caller, memoryOf(ScreenMemory, view).at);
    const listed = listedIn(screen, block);
    const found = matching(optionsOf(listed), value);
    const typed = option(value.trim());
    const isNew =
      listed.open === true && value.trim() !== '' && !found.some((one) => one.value === typed.value);
    return isNew ? [typed, ...found].slice(0, MAX_OPTIONS) : found;
  }
}

/** Those that hold every word that was typed. */
function matching(all: Options, typed: string): Options {
  return holdingWords(all, typed, ({ text, description }) => `${text.text} ${description?.text ?? ''}`).slice(
    0,
    MAX_OPTIONS,
  );
}
