/**
 * Panels: private messages that admins work in, made of Discord's components v2 (text, then rows of buttons and menus).
 * What a component does stands in its custom id, so that it works as long as the message exists.
 */
import {
  ButtonStyle,
  ComponentType,
  MessageFlags,
  SelectMenuDefaultValueType,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
} from 'discord.js';
import { clip, oneLine } from '../../../core/text.ts';
import { COMPONENT } from '../limits.ts';

type Part = APIComponentInMessageActionRow;

/** What a reply, a follow-up and an edit all take. */
export interface Panel {
  components: APIMessageTopLevelComponent[];
  flags: MessageFlags.IsComponentsV2;
  allowedMentions: { parse: [] };
}

export const { text: MAX_TEXT, options: MAX_OPTIONS } = COMPONENT;
const { label: MAX_LABEL, option: MAX_OPTION, placeholder: MAX_PLACEHOLDER } = COMPONENT;

/** `lines` are escaped already; those that do not fit are left out. Each of `rows` is up to 5 buttons, or one menu. */
export function panel(lines: readonly string[], rows: readonly Part[][] = []): Panel {
  return {
    components: [
      { type: ComponentType.TextDisplay, content: fitting(lines) },
      ...rows
        .filter((parts) => parts.length > 0)
        .map((components) => ({ type: ComponentType.ActionRow, components }) as const),
    ],
    flags: MessageFlags.IsComponentsV2,
    allowedMentions: { parse: [] },
  };
}

interface ButtonLook {
  style?: 'primary' | 'danger' | 'plain';
  disabled?: boolean;
}

const STYLES = {
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
  plain: ButtonStyle.Secondary,
} as const;

export function button(
  id: string,
  label: string,
  { style = 'plain', disabled = false }: ButtonLook = {},
): Part {
  const shown = clip(oneLine(label), MAX_LABEL);
  return { type: ComponentType.Button, custom_id: id, style: STYLES[style], label: shown, disabled };
}

export interface MenuOption {
  label: string;
  value: string;
  description?: string | undefined;
  chosen?: boolean;
}

/** One to pick; with `many`, any number of them, none too. Nothing when there is nothing to pick. */
export function menu(id: string, placeholder: string, options: readonly MenuOption[], many = false): Part[] {
  const shown = options.slice(0, MAX_OPTIONS);
  if (shown.length === 0) return [];
  return [
    {
      type: ComponentType.StringSelect,
      custom_id: id,
      placeholder: clip(placeholder, MAX_PLACEHOLDER),
      ...(many && { min_values: 0, max_values: shown.length }),
      options: shown.map(({ label, value, description, chosen }) => ({
        label: clip(oneLine(label), MAX_OPTION) || '?',
        value,
        ...(description && { description: clip(oneLine(description), MAX_OPTION) }),
        ...(chosen && { default: true }),
      })),
    },
  ];
}

const ENTITIES = {
  users: ComponentType.UserSelect,
  roles: ComponentType.RoleSelect,
  channels: ComponentType.ChannelSelect,
} as const;

const DEFAULTS = {
  users: SelectMenuDefaultValueType.User,
  roles: SelectMenuDefaultValueType.Role,
  channels: SelectMenuDefaultValueType.Channel,
} as const;

/** Roles, channels or people of the server; none to 25 of them. */
export function entityMenu(
  kind: keyof typeof ENTITIES,
  id: string,
  placeholder: string,
  chosen: readonly string[],
): Part {
  const common = { custom_id: id, placeholder: clip(placeholder, MAX_PLACEHOLDER), ...ANY_NUMBER };
  const ids = chosen.slice(0, MAX_OPTIONS);
  switch (kind) {
    case 'users':
      return {
        ...common,
        type: ENTITIES.users,
        default_values: ids.map((one) => ({ id: one, type: DEFAULTS.users })),
      };
    case 'roles':
      return {
        ...common,
        type: ENTITIES.roles,
        default_values: ids.map((one) => ({ id: one, type: DEFAULTS.roles })),
      };
    case 'channels':
      return {
        ...common,
        type: ENTITIES.channels,
        default_values: ids.map((one) => ({ id: one, type: DEFAULTS.channels })),
      };
  }
}

/** People and roles in one menu. */
export function mentionableMenu(
  id: string,
  placeholder: string,
  chosen: { users: readonly string[]; roles: readonly string[] },
): Part {
  const values = [
    ...chosen.roles.map((one) => ({ id: one, type: DEFAULTS.roles })),
    ...chosen.users.map((one) => ({ id: one, type: DEFAULTS.users })),
  ];
  return {
    type: ComponentType.MentionableSelect,
    custom_id: id,
    placeholder: clip(placeholder, MAX_PLACEHOLDER),
    ...ANY_NUMBER,
    default_values: values.slice(0, MAX_OPTIONS),
  };
}

const ANY_NUMBER = { min_values: 0, max_values: MAX_OPTIONS };

function fitting(lines: readonly string[]): string {
  let text = '';
  for (const line of lines) {
    const longer = text === '' ? line : `${text}\n${line}`;
    // one character stays free for the mark
    if (longer.length > MAX_TEXT - 2) return `${text}\n…`.slice(0, MAX_TEXT);
    text = longer;
  }
  return text || '…';
}
