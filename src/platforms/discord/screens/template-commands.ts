/** `/template …`: from what an admin asked to what only they see. */
import {
  MessageFlags,
  type ButtonInteraction,
  type ChannelSelectMenuInteraction,
  type ChatInputCommandInteraction,
  type InteractionEditReplyOptions,
  type RoleSelectMenuInteraction,
} from 'discord.js';
import type { Commands } from '../../../commands/index.ts';
import type { Access } from '../../../core/access.ts';
import type { Caller } from '../../../core/chat.ts';
import { EaselError, type Problem } from '../../../core/errors.ts';
import { catalogue, sentence, type Catalogue } from '../../../i18n/index.ts';
import { MAX_PICTURE_BYTES, MAX_TEMPLATE_BYTES } from '../../../templates/workflow-file.ts';
import { fileOf } from '../events/context.ts';
import { draftPanel } from './editor-view.ts';
import { panel } from './layout.ts';
import { escape } from '../replies/render.ts';
import { accessPanel, entryPanel, historyPanel, listPanel, removePanel } from './shelf-view.ts';

export interface TemplateCommandOptions {
  commands: Commands;
  /** Where attachments may be fetched from. */
  origins: readonly string[];
  signal: AbortSignal;
}

interface Asked extends TemplateCommandOptions {
  interaction: ChatInputCommandInteraction;
  caller: Caller;
  words: Catalogue;
  /** The template; empty where none is named. */
  name: string;
}

const VERBS: Record<string, (asked: Asked) => Promise<InteractionEditReplyOptions>> = {
  add: async ({ interaction, commands, caller, words, origins, signal }) => {
    const { options } = interaction;
    const file = fileOf(options.getAttachment('file', true), origins, MAX_PICTURE_BYTES);
    const attached = options.getAttachment('settings');
    const settings = attached ? fileOf(attached, origins, MAX_TEMPLATE_BYTES) : undefined;
    const name = options.getString('name') ?? undefined;
    return draftPanel(await commands.editor.add(caller, file, { name, settings }, signal), 0, words);
  },
  list: async ({ commands, caller, words }) => listPanel(await commands.shelf.list(caller), 0, words),
  show: async ({ commands, caller, words, name }) =>
    entryPanel(await commands.shelf.show(caller, name), words),
  edit: async ({ commands, caller, words, name }) =>
    draftPanel(await commands.editor.edit(caller, name), 0, words),
  rename: async ({ interaction, commands, caller, words, name }) => {
    const to = interaction.options.getString('to', true);
    const problem = await commands.shelf.rename(caller, name, to);
    return said(words.shelf.renamed(name, to), problem, words);
  },
  disable: async ({ commands, caller, words, name }) =>
    said(words.shelf.disabled(name), await commands.shelf.switchOff(caller, name, true), words),
  enable: async ({ commands, caller, words, name }) =>
    said(words.shelf.enabled(name), await commands.shelf.switchOff(caller, name, false), words),
  limit: async ({ commands, caller, words, name }) => {
    requireAdmin(caller);
    return accessPanel(await commands.shelf.show(caller, name), words);
  },
  export: async ({ interaction, commands, caller, words, name }) => {
    const version = interaction.options.getInteger('version');
    const files = await commands.shelf.export(caller, name, version === null ? undefined : String(version));
    return {
      content: escape(words.shelf.exported(name)),
      files: files.map((file) => ({ name: file.name, attachment: Buffer.from(file.bytes) })),
      allowedMentions: { parse: [] },
    };
  },
  history: async ({ commands, caller, words, name }) =>
    historyPanel(name, await commands.shelf.history(caller, name), words),
  rollback: async ({ interaction, commands, caller, words, name }) => {
    const from = String(interaction.options.getInteger('version', true));
    const { version, problem } = await commands.shelf.rollback(caller, name, from);
    return said(words.shelf.rolledBack(name, from, version), problem, words);
  },
  remove: async ({ commands, caller, words, name }) => {
    requireAdmin(caller);
    await commands.shelf.show(caller, name);
    return removePanel(name, words);
  },
};

/** Rejects with what `commands/` says. */
export async function handleTemplateCommand(
  interaction: ChatInputCommandInteraction,
  caller: Caller,
  options: TemplateCommandOptions,
): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const wanted = interaction.options.getSubcommand();
  const verb = Object.hasOwn(VERBS, wanted) ? VERBS[wanted] : undefined;
  if (!verb) throw new EaselError({ code: 'bad-command', detail: wanted });
  const words = catalogue(caller.locale);
  // people write it with its slash
  const name =
    wanted === 'add' ? '' : (interaction.options.getString('name') ?? '').trim().replace(/^\//, '');
  await interaction.editReply(await verb({ ...options, interaction, caller, words, name }));
}

export type ShelfInteraction = ButtonInteraction | RoleSelectMenuInteraction | ChannelSelectMenuInteraction;

/** What is pressed and picked in the panels of `/template list`, `remove` and `limit`. */
export async function handleShelf(
  interaction: ShelfInteraction,
  caller: Caller,
  { commands }: Pick<TemplateCommandOptions, 'commands'>,
): Promise<void> {
  const [, action = '', more = ''] = interaction.customId.split(':');
  const words = catalogue(caller.locale);
  const picked = interaction.isButton() ? [] : interaction.values;
  const limit = async (change: Partial<Access>) => {
    requireAdmin(caller);
    const { access } = await commands.shelf.show(caller, more);
    const problem = await commands.shelf.limit(caller, more, { ...access, ...change });
    const notes = problem ? [`⚠ ${escape(sentence(words, problem))}`] : [];
    return accessPanel(await commands.shelf.show(caller, more), words, notes);
  };
  await interaction.deferUpdate();
  switch (action) {
    case 'list':
      return void (await interaction.editReply(
        listPanel(await commands.shelf.list(caller), Number(more), words),
      ));
    case 'keep':
      requireAdmin(caller);
      return void (await interaction.editReply(panel([escape(words.shelf.kept(more))])));
    case 'remove': {
      const problem = await commands.shelf.remove(caller, more);
      return void (await interaction.editReply(said(words.shelf.removed(more), problem, words)));
    }
    case 'roles':
      return void (await interaction.editReply(await limit({ roles: picked })));
    case 'channels':
      return void (await interaction.editReply(await limit({ channels: picked })));
    case 'age':
    case 'anywhere':
      return void (await interaction.editReply(await limit({ ageRestricted: action === 'age' })));
    default:
      throw new EaselError({ code: 'no-such-template', name: more });
  }
}

/** It is done; a problem is what did not follow from it. */
function said(text: string, problem: Problem | undefined, words: Catalogue) {
  return panel([`✅ ${escape(text)}`, ...(problem ? [`⚠ ${escape(sentence(words, problem))}`] : [])]);
}

/** Before anything is shown that would only be refused later. */
function requireAdmin({ admin }: Caller): void {
  if (!admin) throw new EaselError({ code: 'not-an-admin' });
}
