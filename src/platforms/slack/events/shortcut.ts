/** The shortcut on a message with a picture: first which template, then that template's form. */
import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Caller } from '../../../core/caller.ts';
import type { Field } from '../../../core/screen.ts';
import { catalogue } from '../../../i18n/index.ts';
import { wordsFor } from '../../../templates/languages/words.ts';
import { slotTaking } from '../../../templates/slots/index.ts';
import { input, modal, option, select } from '../screens/blocks.ts';
import type { Conversation } from './context.ts';
import { privately, tell, type CommandOptions } from '../replies/private.ts';
import { escape } from '../replies/render.ts';
import { renderScreen } from '../screens/render-screen.ts';

export const CHOOSE = 'choose';

export const ChooseMemory = z.object({
  channel: z.string(),
  thread: z.string().optional(),
  file: z.string(),
});
type ChooseMemory = z.infer<typeof ChooseMemory>;

/** Never rejects. */
export async function offerTemplates(
  caller: Caller,
  conversation: Conversation,
  file: string | undefined,
  trigger: string,
  options: CommandOptions,
): Promise<void> {
  await privately(caller, conversation, options, async () => {
    const words = catalogue(caller.locale);
    await options.commands.welcome(caller, '');
    const offered = await imageTemplates(caller, options);
    const problem = file === undefined ? words.slack.noImage() : words.slack.noImageTemplates();
    if (file === undefined || offered.length === 0)
      return tell(caller, conversation, escape(problem), options);
    const view = templateForm(offered, { ...conversation, file }, caller.locale);
    await options.client.views.open({ trigger_id: trigger, view });
  });
}

/** Those that take a picture, as options. */
export async function imageTemplates(
  caller: Caller,
  { commands }: Pick<CommandOptions, 'commands'>,
): Promise<types.PlainTextOption[]> {
  const templates = await commands.templates(caller);
  return templates
    .filter((template) => slotTaking(template, 'image/') !== undefined)
    .map((template) => {
      const said = wordsFor(template, caller.locale);
      return option(`/${said.name}`, template.name, said.description);
    });
}

function takesPictures(field: Field): boolean {
  return field.kind === 'file' && field.types.some((type) => type.startsWith('image/'));
}

/** The form for the template that was chosen in the first one. Rejects with EaselError. */
export async function formForImage(
  caller: Caller,
  name: string,
  { file: id, ...conversation }: ChooseMemory,
  { commands }: Pick<CommandOptions, 'commands'>,
): Promise<types.ModalView> {
  const screen = await commands.screens.open(caller, `run/${name}`);
  const slot = screen.fields.find(takesPictures)?.key;
  const file = slot === undefined ? undefined : { slot, id };
  return renderScreen(screen, { ...conversation, under: [], file }, caller.locale);
}

function templateForm(
  offered: types.PlainTextOption[],
  memory: ChooseMemory,
  locale: string,
): types.ModalView {
  const { form, slack } = catalogue(locale);
  return modal({
    title: slack.useImage(),
    callback: CHOOSE,
    memory,
    submit: form.next(),
    close: form.close(),
    blocks: [input(CHOOSE, slack.template(), select(offered), { required: true })],
  });
}
