/** What an entry of an audit log says. */
import { changedSettings, platformName } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import { settingName } from './names.ts';

/** `act` and the rest as in the log; one of another version is told as it is kept. */
export function audit(speaker: Speaker, act: string, subject: string, detail: string): string {
  const { say } = speaker;
  switch (act) {
    case 'template.publish':
    case 'template.disable':
    case 'template.enable':
    case 'template.remove':
      return say(`settings.audit.${act}`, { name: subject });
    case 'template.rename':
      return say('settings.audit.template.rename', { name: subject, to: detail });
    case 'template.limit':
      return say(`settings.audit.template.${detail === '' ? 'open' : 'limit'}`, { name: subject });
    case 'template.rollback':
      return say('settings.audit.template.rollback', { name: subject, version: detail });
    case 'connection.set':
      return say('settings.audit.connection.set', { ...service(subject), names: detail });
    case 'connection.remove':
      return say('settings.audit.connection.remove', service(subject));
    case 'menu.left-out':
      return leftOut(speaker, subject, detail);
    case 'guild.forget':
    case 'rules.cancel':
      return say(`settings.audit.${act}`, { id: subject });
    case 'limits.raise':
      return say('settings.audit.limits.raise', { setting: settingName(speaker, subject), value: detail });
    case 'rules.change':
    case 'settings.change':
      return changed(speaker, subject, detail);
    default:
      return [act, subject, detail].filter(Boolean).join(' ');
  }
}

/** What may be connected. */
const service = (subject: string) => ({ backend: subject === 'comfy', name: platformName(subject) });

/** `names`: commands; none: all have room again. */
function leftOut({ say }: Speaker, platform: string, names: string): string {
  const menu = { named: platform !== '', platform: platformName(platform) };
  return names === ''
    ? say('settings.audit.menu.whole', menu)
    : say('settings.audit.menu.left-out', { ...menu, names });
}

/** Values that are words of ours, as the log keeps them. */
const WORDS = new Map([
  ['default', 'default'],
  ['true', 'yes'],
  ['false', 'no'],
]);

function changed(speaker: Speaker, keys: string, values: string): string {
  const { say, list } = speaker;
  const changes = changedSettings(keys, values).map(({ key, value }) => {
    const setting = settingName(speaker, key);
    if (value === undefined) return setting;
    return say('settings.audit.change', { setting, word: WORDS.get(value) ?? 'other', value });
  });
  return say('settings.audit.settings.change', { changes: list(changes) });
}
