/** What was pressed, picked and written in a screen: done, and what is seen next in its place. */
import {
  ComponentType,
  MessageFlags,
  type ChatInputCommandInteraction,
  type RepliableInteraction,
} from 'discord.js';
import { isQuestion, type Entered, type Outcome } from '../../../commands/index.ts';
import type { Caller } from '../../../core/caller.ts';
import { EaselError } from '../../../core/errors.ts';
import { CHOSEN, type Screen } from '../../../core/screen.ts';
import { catalogue } from '../../../i18n/index.ts';
import { addressOf } from '../events/context.ts';
import { inTime } from '../events/in-time.ts';
import type { RunOptions } from '../events/run.ts';
import { idFor, readId, screenBefore, type Address } from './address.ts';
import { formOf, formsOf, searchForm } from './form.ts';
import { answerQuestion } from './answer-question.ts';
import { beginRun } from './begin-run.ts';
import { filesHeld, formKey, withHeld } from './held-forms.ts';
import type { Deed, ScreenInteraction } from './deed.ts';
import { listPanel } from './list-panel.ts';
import { lineText } from './lines.ts';
import { readMark } from './mark.ts';
import { meant, optionsOf } from './options.ts';
import { readForm, readPicked, shownIn } from './read-screen.ts';
import { donePanel, screenPanel } from './render-screen.ts';

/** Shows a screen, or what came of something that was typed, to who asked alone. `interaction` is deferred. */
export async function showScreen(
  interaction: ChatInputCommandInteraction,
  caller: Caller,
  at: string,
  { commands }: Pick<RunOptions, 'commands'>,
): Promise<void> {
  const screen = await commands.screens.open(caller, at);
  await interaction.editReply(screenPanel(screen, catalogue(caller.locale)));
}

/** The same for something that is done at once. What it says of it is the answer; else the screen that follows. */
export async function actTyped(
  interaction: ChatInputCommandInteraction,
  caller: Caller,
  { at, action, entered }: { at: string; action: string; entered: Entered },
  options: RunOptions,
): Promise<void> {
  const { commands, signal } = options;
  const outcome = await commands.screens.act(caller, at, action, entered, { signal });
  const { screen, done, files = [] } = outcome;
  if (files.length > 0) await interaction.editReply(filesMessage(outcome));
  else if (screen && (outcome.failed || done.length === 0))
    await interaction.editReply(screenPanel(screen, catalogue(caller.locale)));
  else await interaction.editReply(donePanel(done));
}

/** Whether a custom id is of a screen, of this version or of the one before. */
export function isOfScreen(id: string): boolean {
  return readId(id) !== undefined || screenBefore(id) !== undefined;
}

/** Rejects with what `commands/` says, where no screen could say it. */
export async function handleScreen(
  interaction: ScreenInteraction,
  caller: Caller,
  options: RunOptions,
): Promise<void> {
  const { screens } = options.commands;
  const words = catalogue(caller.locale);
  const address = readId(interaction.customId);
  if (!address) {
    await interaction.deferUpdate();
    const screen = await screens.open(caller, screenBefore(interaction.customId) ?? '');
    await interaction.editReply(screenPanel(screen, words));
    return;
  }
  const { verb, key, part, at } = address;
  if ((verb === 'form' || verb === 'look') && !interaction.isModalSubmit()) {
    // a form must be the first answer, so it cannot wait for a slow backend
    const screen = await inTime(screens.open(caller, at));
    const filled = withHeld(screen, options.held.of(formKey(interaction, at)), words);
    const form = verb === 'form' ? formOf(screen, key, part, filled) : sought(screen, key, caller);
    if (!form) throw new EaselError({ code: 'form-expired' });
    await interaction.showModal(form);
    return;
  }
  const entering = async (): Promise<Deed> =>
    verb === 'act'
      ? { action: key, entered: {} }
      : deedOf(interaction, address, await screens.open(caller, at), options);
  if (verb === 'sent' && at.startsWith('run/')) return beginRun(interaction, caller, at, entering(), options);
  if ((verb === 'act' || verb === 'one') && isQuestion(at))
    return answerQuestion(interaction, caller, at, entering(), options);
  await interaction.deferUpdate();
  switch (verb) {
    case 'page':
      await interaction.editReply(screenPanel(await screens.open(caller, at), words, { page: part }));
      return;
    case 'list':
      await interaction.editReply(listPanel(await screens.open(caller, at), key, { page: part }, words));
      return;
    case 'found': {
      const typed = wordsIn(interaction);
      const screen = await screens.open(caller, at);
      await interaction.editReply(listPanel(screen, key, { page: 0, words: typed }, words));
      return;
    }
    case 'act':
    case 'one':
    case 'set':
    case 'on':
    case 'off':
    case 'sent': {
      await carryOut(interaction, caller, at, await entering(), options);
      return;
    }
    case 'form':
    case 'look':
      // a form was sent in the place of a button
      throw new EaselError({ code: 'form-expired' });
  }
}

function sought(screen: Screen, key: string, { locale }: Caller) {
  const { editor: say } = catalogue(locale);
  return searchForm(idFor('found', key, screen), say.findForm(), say.findWords());
}

/** What is looked for. Throws EaselError `form-expired` where that is no form of ours. */
function wordsIn(interaction: ScreenInteraction): string {
  const field = interaction.isModalSubmit() ? interaction.fields.fields.get('words') : undefined;
  if (field?.type !== ComponentType.TextInput) throw new EaselError({ code: 'form-expired' });
  return field.value.trim();
}

/** Throws EaselError `form-expired` for what the screen does not have any more. */
function deedOf(
  interaction: ScreenInteraction,
  { verb, key, part, mark }: Address,
  screen: Screen,
  { origins, held }: Pick<RunOptions, 'origins' | 'held'>,
): Deed {
  if (verb === 'act') return { action: key, entered: {} };
  const save = screen.save ?? '';
  const field = screen.fields.find((one) => one.key === key);
  if (interaction.isModalSubmit()) {
    const group = screen.atOnce ? (Object.keys(screen.groups ?? {})[0] ?? '') : key;
    const fields = formsOf(screen, group)[part] ?? [];
    const form = formKey(interaction, screen.at);
    const entered = { ...filesHeld(held.of(form), fields), ...readForm(interaction, screen, origins) };
    held.hold(form, entered);
    return {
      action: save,
      entered,
      shown: () => readMark(mark, fields),
    };
  }
  if (verb === 'on' || verb === 'off')
    return { action: save, entered: { [key]: verb === 'on' }, shown: { [key]: verb !== 'on' } };

  if (!interaction.isAnySelectMenu()) throw new EaselError({ code: 'form-expired' });
  const [picked = ''] = interaction.values;
  if (verb === 'one') return { action: key, entered: { [CHOSEN]: meant(optionsOf(screen, key), picked) } };

  if (!field) throw new EaselError({ code: 'form-expired' });
  // of a list only what this menu had, so that what stands on its other pages, or in none, stays
  return {
    action: save,
    entered: { [key]: readPicked(interaction, field) },
    shown: shownIn(interaction, field),
  };
}

async function carryOut(
  interaction: ScreenInteraction,
  caller: Caller,
  at: string,
  { action, entered, shown }: Deed,
  options: RunOptions,
): Promise<void> {
  const { commands, signal } = options;
  const words = catalogue(caller.locale);
  const outcome = await commands.screens.act(caller, at, action, entered, { shown, signal });
  const { screen, done, files = [], prepared, failed = false } = outcome;
  if (interaction.isModalSubmit() && !failed) options.held.drop(formKey(interaction, at));
  if (files.length > 0) {
    await interaction.followUp({ ...filesMessage(outcome), flags: MessageFlags.Ephemeral });
    return;
  }
  if (prepared) {
    if (screen) await interaction.editReply(screenPanel(screen, words));
    return beginTest(interaction, outcome, options);
  }
  await interaction.editReply(screen ? screenPanel(screen, words, { done }) : donePanel(done));
}

/** The job's reply is a message of its own, which only the admin sees. */
async function beginTest(
  interaction: ScreenInteraction,
  { prepared, done }: Outcome,
  { commands, signal }: RunOptions,
): Promise<void> {
  if (!prepared) return;
  const message = await interaction.followUp({
    content: done.map(lineText).join('\n'),
    flags: MessageFlags.Ephemeral,
    allowedMentions: { parse: [] },
  });
  try {
    await commands.run(prepared, addressOf(interaction, message.id, true), signal);
  } catch (error) {
    await interaction.deleteReply(message.id);
    throw error;
  }
}

function filesMessage({ done, files = [] }: Outcome) {
  return {
    content: done.map(lineText).join('\n'),
    files: files.map((file) => ({ name: file.name, attachment: Buffer.from(file.bytes) })),
    allowedMentions: { parse: [] },
  } satisfies Parameters<RepliableInteraction['followUp']>[0];
}
