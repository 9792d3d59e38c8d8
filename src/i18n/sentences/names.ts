/** What people call the parts of a template and the settings of a guild, by their keys in a record. */
import { kindOfBackendName, nameAndHost } from '../../core/backend-name.ts';
import type { SlotType } from '../../core/template.ts';
import type { Speaker } from '../speaker.ts';

const SETTINGS = [
  'guildJobs',
  'userJobs',
  'guildWaiting',
  'userWaiting',
  'defaultTemplate',
  'models',
  'language',
  'ownLanguage',
  'adminRoles',
  'adminUsers',
  'allowedRoles',
  'allowedChannels',
  'bannedUsers',
  'blockedWords',
  'outsiders',
  // the operator's rules
  'allowedGuilds',
  'blockedGuilds',
  'allowedUsers',
  'blockedUsers',
  'directMessages',
  'userInstalls',
  'partnerGuilds',
  'closed',
] as const;

const FIELDS = [
  'name',
  'description',
  'type',
  'default',
  'min',
  'max',
  'maxLength',
  'format',
  'choices',
] as const;

/** A setting, by its key in `SettingsChange`; the key itself where it has no name. */
export function settingName({ say }: Speaker, key: string): string {
  const known = SETTINGS.find((one) => one === key);
  return known === undefined ? key : say(`setting.${known}`);
}

/** A slot's field, by its key in `SlotChange`; the key itself where it has no name. */
export function fieldName({ say }: Speaker, key: string): string {
  const known = FIELDS.find((one) => one === key);
  return known === undefined ? key : say(`field.${known}`);
}

export function typeName({ say }: Speaker, type: SlotType): string {
  return say(`type.${type}`);
}

/** A backend as a record or a problem names it. */
export function backendName({ say }: Speaker, name: string): string {
  const kind = kindOfBackendName(name);
  if (kind !== 'named') return say(`backend.${kind}`);
  const at = nameAndHost(name);
  return at ? say('backend.at', at) : name;
}

/** A problem whose sentence names the backend as the language calls it. */
export function withBackendNamed<P extends object>(speaker: Speaker, problem: P): P {
  if (!('backend' in problem) || typeof problem.backend !== 'string') return problem;
  return { ...problem, backend: backendName(speaker, problem.backend) };
}

/** With its article, where the language has them. */
export function aType({ say }: Speaker, type: SlotType): string {
  return say(`aType.${type}`);
}
