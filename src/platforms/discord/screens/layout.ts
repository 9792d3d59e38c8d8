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
  type APIChannelSelectComponent,
  type APIMessageTopLevelComponent,
  type APIRoleSelectComponent,
  type APIUserSelectComponent,
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

/** Lines, escaped already; or up to five buttons, or one menu, side by side. */
export type Block = { lines: readonly string[] } | { row: readonly Part[] };

/** What does not fit into a message's text is left out. */
export function panelOf(blocks: readonly Block[]): Panel {
  let room = MAX_TEXT;
  const components: APIMessageTopLevelComponent[] = [];
  for (const block of blocks) {
    if ('row' in block) {
      if (block.row.length > 0)
        components.push({ type: ComponentType.ActionRow, components: [...block.row] });
      continue;
    }
    const content = fitting(block.lines, room);
    if (content === '') continue;
    room -= content.length;
    components.push({ type: ComponentType.TextDisplay, content });
  }
  return {
    components: components.length > 0 ? components : [{ type: ComponentType.TextDisplay, content: '…' }],
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
): APIUserSelectComponent | APIRoleSelectComponent | APIChannelSelectComponent {
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

const ANY_NUMBER = { min_values: 0, max_values: MAX_OPTIONS };

/** As many of the lines as `room` characters hold, and a mark where some are left out. */
export function fitting(lines: readonly string[], room: number): string {
  let text = '';
  for (const line of lines) {
    const longer = text === '' ? line : `${text}\n${line}`;
    // one character stays free for the mark
    if (longer.length > room - 2) return `${text}\n…`.trim().slice(0, Math.max(0, room));
    text = longer;
  }
  return text;
}
