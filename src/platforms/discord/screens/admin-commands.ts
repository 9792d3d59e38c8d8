/** `/template …` and `/settings …`: what an admin asked with options → the screen, or what is done in it. */
import type { ChatInputCommandInteraction } from 'discord.js';
import type { Caller } from '../../../core/caller.ts';
import { EaselError } from '../../../core/errors.ts';
import { templateVerb, verbOf } from '../../../commands/typed/template-line.ts';
import { MAX_PICTURE_BYTES, MAX_TEMPLATE_BYTES } from '../../../templates/files/workflow-file.ts';
import { fileOf } from '../events/context.ts';
import type { RunOptions } from '../events/run.ts';
import { SETTINGS } from '../menu/own-commands.ts';
import { actTyped, showScreen } from './handle-screen.ts';

/** `interaction` is deferred. Rejects with what `commands/` says. */
export async function handleAdminCommand(
  interaction: ChatInputCommandInteraction,
  caller: Caller,
  options: RunOptions,
): Promise<void> {
  const { options: given } = interaction;
  const wanted = given.getSubcommand();
  if (interaction.commandName === SETTINGS) {
    const typed = ['settings', wanted === 'show' ? '' : wanted, given.getString('choose') ?? ''].join(' ');
    const intent = await options.commands.understand(caller, typed);
    if (intent.kind === 'act') return actTyped(interaction, caller, intent, options);
    return showScreen(interaction, caller, intent.kind === 'open' ? intent.at : 'settings', options);
  }
  const verb = verbOf(wanted);
  if (verb === undefined) throw new EaselError({ code: 'bad-command', detail: wanted });
  if (verb === 'add') return actTyped(interaction, caller, added(interaction, options), options);
  // people write it with its slash
  const name = (given.getString('name') ?? '').trim().replace(/^\//, '');
  const version = given.getInteger('version');
  const more = given.getString('to') ?? (version === null ? '' : String(version));
  const line = templateVerb(verb, name, more);
  switch (line.kind) {
    case 'open':
      return showScreen(interaction, caller, line.at, options);
    case 'act':
      return actTyped(interaction, caller, line, options);
    case 'usage':
      throw new EaselError({ code: 'bad-command', detail: wanted });
  }
}

function added({ options }: ChatInputCommandInteraction, { origins }: Pick<RunOptions, 'origins'>) {
  const workflow = fileOf(options.getAttachment('file', true), origins, MAX_PICTURE_BYTES);
  const attached = options.getAttachment('settings');
  const name = options.getString('name');
  const entered = {
    workflow,
    ...(attached && { settings: fileOf(attached, origins, MAX_TEMPLATE_BYTES) }),
    ...(name !== null && { name }),
  };
  return { at: 'add', action: 'add', entered };
}
