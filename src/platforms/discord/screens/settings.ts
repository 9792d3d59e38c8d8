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
import { z } from 'zod';
import type { Commands } from '../../../commands/index.ts';
import type { SettingsChange, SettingsView } from '../../../commands/settings.ts';
import type { Caller } from '../../../core/chat.ts';
import { EaselError } from '../../../core/errors.ts';
import { catalogue, sentence, type Catalogue } from '../../../i18n/index.ts';
import { form, markOf, readMark, written } from './form.ts';
import { inTime } from '../events/in-time.ts';
import type { Panel } from './layout.ts';
import { auditPanel, SETTINGS_FORMS, SETTINGS_TOPIC, settingsPanel } from './settings-view.ts';

export type SettingsInteraction =
  | ButtonInteraction
  | UserSelectMenuInteraction
  | RoleSelectMenuInteraction
  | ChannelSelectMenuInteraction
  | MentionableSelectMenuInteraction
  | ModalMessageModalSubmitInteraction;

/** A menu as the bot has sent it. */
const Defaults = z.object({
  default_values: z.array(z.object({ id: z.string(), type: z.string() })).nullish(),
});

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
    const asked = fields(await inTime(commands.settings.show(caller)), words);
    const id = `${SETTINGS_TOPIC}:${action}:${markOf(asked)}`;
    await interaction.showModal(form(id, words.settings.heading(), asked));
    return;
  }
  await interaction.deferUpdate();
  await interaction.editReply(await changed(interaction, action, caller, commands));
}

/** What the menu or the form had when it was shown; undefined where that is not known. Throws `setting-changed`. */
function shownIn(
  interaction: Exclude<SettingsInteraction, ButtonInteraction>,
  action: string,
  view: SettingsView,
  words: Catalogue,
): SettingsChange | undefined {
  if (interaction.isModalSubmit()) {
    const [, , mark = ''] = interaction.customId.split(':');
    return mark === '' ? undefined : readMark(mark, SETTINGS_FORMS[action]?.(view, words) ?? []);
  }
  const { component } = interaction;
  const shown = Defaults.safeParse(component && 'data' in component ? component.data : component).data;
  if (!shown) return undefined;
  const all = shown.default_values ?? [];
  if (!interaction.isMentionableSelectMenu())
    return picked(
      action,
      all.map(({ id }) => id),
    );
  const of = (kind: string) => all.filter(({ type }) => type === kind).map(({ id }) => id);
  return { adminRoles: of('role'), adminUsers: of('user') };
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
  return picked(action, values);
}

function picked(action: string, values: string[]): SettingsChange {
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

async function changed(
  interaction: Exclude<SettingsInteraction, ButtonInteraction>,
  action: string,
  caller: Caller,
  { settings }: Commands,
): Promise<Panel> {
  const words = catalogue(caller.locale);
  try {
    const change = changeOf(interaction, action);
    const shown = shownIn(interaction, action, await settings.show(caller), words);
    return settingsPanel(await settings.change(caller, change, shown), words);
  } catch (error) {
    if (!(error instanceof EaselError) || !('setting' in error.problem)) throw error;
    const problem = { setting: error.problem.setting, text: sentence(words, error.problem) };
    return settingsPanel(await settings.show(caller), words, problem);
  }
}
