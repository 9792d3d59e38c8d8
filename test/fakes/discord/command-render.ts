/** Commands as Discord tells them back: with its defaults filled in, so a bot that compares them must know those. */
import { type Command, commandType } from './commands.ts';

/** `localized`: with the dictionaries of translations, which a plain GET leaves out. */
export function commandJson(command: Command, localized: boolean): unknown {
  const whole = {
    default_member_permissions: null,
    nsfw: false,
    contexts: null,
    integration_types: [0],
    ...(command.guild_id === undefined ? { dm_permission: true } : {}),
    ...command,
    description: command.description ?? '',
    type: commandType(command),
  };
  const text = JSON.stringify(whole, (key, value: unknown) => {
    if (key === 'required' && value !== true) return undefined;
    return !localized && key.endsWith('_localizations') ? undefined : value;
  });
  return JSON.parse(text);
}
