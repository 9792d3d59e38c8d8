/** `/settings`, and what is picked and written in its panel. */
import {
  MessageFlags,
  type ButtonInteraction,
  type ChannelSelectMenuInteraction,
  type ChatInputCommandInteraction,
  type MentionableSelectMenuInteraction,
  type ModalMessageModalSubmitInteraction,
  type RoleSelectMenuInteraction,
  type UserSelectMenuInteraction,
} from 'discord.js';
import type { Commands } from '../../commands/index.ts';
import type { SettingsChange } from '../../commands/settings.ts';
import type { Caller } from '../../core/chat.ts';
import { EaselError } from '../../core/errors.ts';
import { catalogue, sentence } from '../../i18n/index.ts';
import { form, written } from './form.ts';
import { inTime } from './in-time.ts';
import type { Panel } from './layout.ts';
import { auditPanel, SETTINGS_FORMS, SETTINGS_TOPIC, settingsPanel } from './settings-view.ts';

export type SettingsInteraction =
  | ButtonInteraction
  | UserSelectMenuInteraction
  | RoleSelectMenuInteraction
  | ChannelSelectMenuInteraction
  | MentionableSelectMenuInteraction
  | ModalMessageModalSubmitInteraction;

/** Rejects with what `commands/` says. */
export async function handleSettingsCommand(
  interaction: ChatInputCommandInteraction,
  caller: Caller,
  { settings }: Commands,
): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const words = catalogue(caller.locale);
  await interaction.editReply(
    interaction.options.getSubcommand() === 'audit'
      ? auditPanel(await settings.audit(caller), words)
      : settingsPanel(await settings.show(caller), words),
  );
}

/** Rejects with what `commands/` says; what is wrong with one setting stands in the panel instead. */
export async function handleSettings(
  interaction: SettingsInteraction,
  caller: Caller,
  commands: Commands,
): Promise<void> {
  const [, action = ''] = interaction.customId.split(':');
  const words = catalogue(caller.locale);
  if (interaction.isButton()) {
    const fields = Object.hasOwn(SETTINGS_FORMS, action) ? SETTINGS_FORMS[action] : undefined;
    if (!fields) throw new EaselError({ code: 'bad-command', detail: action });
    // a form must be the first answer
    const view = await inTime(commands.settings.show(caller));
    const id = `${SETTINGS_TOPIC}:${action}`;
    await interaction.showModal(form(id, words.settings.heading(), fields(view, words)));
    return;
  }
  await interaction.deferUpdate();
  await interaction.editReply(await changed(changeOf(interaction, action), caller, commands));
}

function changeOf(
  interaction: Exclude<SettingsInteraction, ButtonInteraction>,
  action: string,
): SettingsChange {
  if (interaction.isModalSubmit()) return written(interaction);
  const { values } = interaction;
  if (interaction.isMentionableSelectMenu()) {
    const isRole = (id: string) => interaction.roles.has(id);
    return { adminRoles: values.filter(isRole), adminUsers: values.filter((id) => !isRole(id)) };
  }
  switch (action) {
    case 'roles':
      return { allowedRoles: values };
    case 'channels':
      return { allowedChannels: values };
    case 'banned':
      return { bannedUsers: values };
    default:
      throw new EaselError({ code: 'bad-command', detail: action });
  }
}

async function changed(change: SettingsChange, caller: Caller, { settings }: Commands): Promise<Panel> {
  const words = catalogue(caller.locale);
  try {
    return settingsPanel(await settings.change(caller, change), words);
  } catch (error) {
    if (!(error instanceof EaselError) || !('setting' in error.problem)) throw error;
    const problem = { setting: error.problem.setting, text: sentence(words, error.problem) };
    return settingsPanel(await settings.show(caller), words, problem);
  }
}
