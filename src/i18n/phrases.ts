/** What the sentences of every language are made of before they are worded: cut texts, sizes, times, short lists. */
import { clip as cut, oneLine } from '../core/text.ts';

/** Other people's words on one line, at most `max` UTF-16 units. */
export function clip(text: string, max = 100): string {
  return cut(oneLine(text).trim(), max);
}

/** A size in bytes; `few` words those below 1 KB. */
export function sizeOf(size: number, few: (bytes: number) => string): string {
  if (size < 1024) return few(size);
  if (size < 1024 * 1024) return `${Math.round(size / 1024)} KB`;
  return `${(size / 1024 / 1024).toFixed(1)} MB`;
}

/** Items of a list in a sentence. */
export const MAX_LISTED = 12;

/** The first twelve items; `more` words how many others there are. */
export function firstOf(items: string[], more: (hidden: number) => string): string[] {
  if (items.length <= MAX_LISTED) return items;
  return [...items.slice(0, MAX_LISTED), more(items.length - MAX_LISTED)];
}

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
