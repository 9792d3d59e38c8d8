/** What the sentences of every language are made of before they are worded: cut texts, names, entries of the audit log. */
import { clip as cut, oneLine } from '../core/text.ts';

/** Other people's words on one line, at most `max` UTF-16 units. */
export function clip(text: string, max = 100): string {
  return cut(oneLine(text).trim(), max);
}

/** Items of a list in a sentence. */
export const MAX_LISTED = 12;

/** What an entry `settings.change` of the audit log holds: its keys, and those values that it tells. */
export function changedSettings(keys: string, values: string): { key: string; value: string | undefined }[] {
  return keys.split(' ').map((key) => {
    const [, value] = new RegExp(`(?:^| )${RegExp.escape(key)}=(.*?)(?= \\w+=|$)`).exec(values) ?? [];
    return { key, value };
  });
}

const PLATFORMS: Record<string, string> = { discord: 'Discord', slack: 'Slack' };

/** A chat platform as it calls itself. */
export function platformName(platform: string): string {
  return nameOf(PLATFORMS, platform);
}

/** What a person calls something, by its key; the key itself where `names` has none. */
export function nameOf(names: Record<string, string>, key: string): string {
  return (Object.hasOwn(names, key) ? names[key] : undefined) ?? key;
}
