/** A screen's lines as mrkdwn. Whatever comes from them is escaped; people, channels and moments are Slack's own. */
import type { Item, Line, Part } from '../../../core/screen.ts';
import { channel, date, escapeStatus, escapeWithin, person } from './render.ts';
import { withEaselCommand } from './easel-command.ts';

const TONES: Record<NonNullable<Line['tone']>, string> = {
  ok: '✅ ',
  warning: '⚠ ',
  blocked: '⛔ ',
  minor: '',
  heading: '',
};
/** Before escaping. */
const MAX_PART = 1000;

export function lineText({ parts, tone }: Line): string {
  const text = parts.map(partText).join('').trim();
  if (tone === undefined) return text;
  // what is in bold already is not put there again
  return tone === 'heading' && text !== '' && !text.includes('*') ? `*${text}*` : TONES[tone] + text;
}

/** All that is said of one of several things, in a line of its own. */
export function itemText({ lines }: Item): string {
  return `• ${lines.map(lineText).filter(Boolean).join(' — ')}`;
}

function partText(part: Part): string {
  if (typeof part === 'string') return words(part);
  switch (part.kind) {
    case 'strong':
      return `*${words(part.text.trim())}*`;
    case 'code':
      return `\`${words(part.text)}\``;
    case 'person':
      return person(part.id);
    case 'channel':
      return channel(part.id);
    case 'date':
      return date(part.at);
    // Slack has no roles that an app can see
    case 'role':
      return words(part.id);
    case 'picture':
      return words(part.file);
  }
}

function words(text: string): string {
  return escapeWithin(withEaselCommand(text), MAX_PART, escapeStatus);
}
