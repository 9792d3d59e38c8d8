/** What selects show that are too long for Slack to hold: asked for while somebody types, within 3 seconds. */
import type { App, types } from '@slack/bolt';
import { z } from 'zod';
import type { Caller } from '../../../core/chat.ts';
import { soon } from '../../../core/time.ts';
import { catalogue } from '../../../i18n/index.ts';
import { MAX_OPTIONS, option } from '../screens/blocks.ts';
import type { FormListenOptions } from '../screens/editor.ts';
import { candidateOption, EDITOR, EditorMemory } from '../screens/editor-view.ts';
import { FORM, FormMemory, slotOf } from '../screens/form.ts';
import { memoryOf, Typing } from './payload.ts';
import { choicesOf, SETTINGS } from '../screens/settings.ts';
import { CHOOSE, imageTemplates } from './shortcut.ts';

type Options = types.PlainTextOption[];

/** Every form remembers where it was asked for. */
const Place = z.object({ channel: z.string() });

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
    const { channel } = memoryOf(Place, view);
    const caller = await recognised({ ...who, view }, channel);
    switch (view.callback_id) {
      case FORM: {
        const { template } = memoryOf(FormMemory, view);
        const names = await options.commands.complete(caller, template, slotOf(block), value, MAX_OPTIONS);
        return names.map((name) => option(name));
      }
      case CHOOSE:
        return matching(await imageTemplates(caller, options), value);
      case EDITOR: {
        const { draft } = memoryOf(EditorMemory, view);
        const candidates = await options.commands.editor.candidates(caller, draft);
        return matching(candidates.map(candidateOption), value);
      }
      case SETTINGS:
        return matching(await settingChoices(caller, block), value);
      default:
        return [];
    }
  }

  async function settingChoices(caller: Caller, key: string): Promise<Options> {
    if (key !== 'defaultTemplate' && key !== 'language') return [];
    const shown = await options.commands.settings.show(caller);
    return choicesOf(key, shown, catalogue(caller.locale)).options;
  }
}

/** Those that hold every word that was typed. */
function matching(all: Options, typed: string): Options {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const holds = ({ text, description }: Options[number]) => {
    const said = `${text.text} ${description?.text ?? ''}`.toLowerCase();
    return words.every((word) => said.includes(word));
  };
  return all.filter(holds).slice(0, MAX_OPTIONS);
}
