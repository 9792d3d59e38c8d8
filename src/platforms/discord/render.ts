/** View → a Discord message. Everything from a View is escaped: it can neither ping nor link nor format. */
import {
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type APIActionRowComponent,
  type APIAllowedMentions,
  type APIButtonComponentWithCustomId,
} from 'discord.js';
import type { View } from '../../core/view.ts';

export interface MessageBody {
  content: string;
  components: APIActionRowComponent<APIButtonComponentWithCustomId>[];
  allowed_mentions: APIAllowedMentions;
  flags: number;
}

const MAX_CONTENT = 2000;
/** Before escaping, which at worst doubles them. */
const MAX_TITLE = 400;
const MAX_FACT = 100;
const BAR_WIDTH = 14;

export function renderMessage(view: View): MessageBody {
  const bar = view.fraction === undefined ? '' : `\`${progressBar(view.fraction)}\` `;
  const facts = view.facts.map(({ name, value }) => `${escape(name)} **${escape(clip(value, MAX_FACT))}**`);
  const lines = [`**${escape(clip(view.title, MAX_TITLE))}**`, `${bar}${escape(view.status)}`];
  if (facts.length > 0) lines.push(`-# ${facts.join(' · ')}`);
  lines.push(...view.notes.map(escapeLines));
  return { ...plainMessage(clipLines(lines)), components: view.buttons.length > 0 ? [buttons(view)] : [] };
}

/** A message of already escaped text that pings nobody and shows no link previews. */
export function plainMessage(content: string): MessageBody {
  return {
    content: content.slice(0, MAX_CONTENT),
    components: [],
    allowed_mentions: { parse: [] },
    flags: MessageFlags.SuppressEmbeds,
  };
}

/** One line of somebody's text without any effect. Line breaks become spaces. */
export function escape(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replaceAll(/[\\*_~`|<>#@[\]]|:(?=\/\/)|^[-+]|(?<=^\d+)[.)]/g, String.raw`\$&`);
}

function escapeLines(text: string): string {
  return text.split('\n').map(escape).join('\n');
}

function buttons(view: View): APIActionRowComponent<APIButtonComponentWithCustomId> {
  return {
    type: ComponentType.ActionRow,
    components: view.buttons.map(({ action, job, label }) => ({
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label,
      custom_id: `${action}:${job}`,
    })),
  };
}

function progressBar(fraction: number): string {
  const full = Math.round(fraction * BAR_WIDTH);
  return '▰'.repeat(full) + '▱'.repeat(BAR_WIDTH - full);
}

function clip(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max - 1)}…` : text;
}

/** Whole lines, as many as fit. */
function clipLines(lines: string[]): string {
  let content = '';
  for (const line of lines) {
    if (content.length + line.length + 1 > MAX_CONTENT) return `${content}\n…`.slice(0, MAX_CONTENT);
    content = content === '' ? line : `${content}\n${line}`;
  }
  return content;
}
