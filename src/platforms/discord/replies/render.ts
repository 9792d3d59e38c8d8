/**
 * View → a Discord message. Everything from a View is escaped, or is code: it can neither ping nor link nor format. What
 * somebody gave is code where escapes would be copied along.
 */
import {
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type APIActionRowComponent,
  type APIAllowedMentions,
  type APIButtonComponentWithCustomId,
} from 'discord.js';
import { parted, withLinks } from '../../../core/links.ts';
import { withMoments } from '../../../core/moment.ts';
import { asTyped, clip, oneLine } from '../../../core/text.ts';
import type { View } from '../../../core/view.ts';
import { MESSAGE } from '../limits.ts';

export interface MessageBody {
  content: string;
  components: APIActionRowComponent<APIButtonComponentWithCustomId>[];
  allowed_mentions: APIAllowedMentions;
  flags: number;
}

/** Before escaping, which at worst doubles them. */
const MAX_TITLE = 400;
/** As it was typed, which needs no escapes. */
const MAX_EXACT = 2 * MAX_TITLE - 20;
/** Of one that is shown in as many lines as it was typed in. */
const MAX_TITLE_LINES = 12;
/** For all values together, after escaping; each is cut to the first of these lengths with which they fit. */
const MAX_FACTS = 900;
const FACT_LENGTHS = [100, 40, 16];
const FACT_GAP = ' · ';
/** Of what a backend says on the way, before escaping. */
const MAX_SAID = 200;
const BAR_WIDTH = 14;

export function renderMessage(view: View): MessageBody {
  if (view.plain) return plainMessage(clipLines(plainLines(view)));
  const bar = view.fraction === undefined ? '' : `\`${progressBar(view.fraction)}\` `;
  const lines = [titleOf(view.title), `${bar}${escapeStatus(view.status)}`].filter(Boolean);
  if (view.said !== undefined) lines.push(`-# ${escape(clip(view.said, MAX_SAID))}`);
  const facts = renderFacts(view.facts);
  if (facts !== '') lines.push(`-# ${facts}`);
  if (view.demo !== undefined) lines.push(`-# ${escape(view.demo)}`);
  lines.push(...notesOf(view));
  return { ...plainMessage(clipLines(lines)), components: view.buttons.length > 0 ? [buttons(view)] : [] };
}

/** The same without formatting; nothing of it has an effect. */
function plainLines(view: View): string[] {
  const { title, status, said = '', facts, demo = '' } = view;
  const first = [escape(clip(title, MAX_TITLE)), escapeStatus(status), escape(clip(said, MAX_SAID))];
  const lines = [...first, renderFacts(facts, ''), escape(demo)];
  return [...lines, ...notesOf(view)].filter(Boolean);
}

/** A message of already escaped text that pings nobody and shows no link previews. */
export function plainMessage(content: string): MessageBody {
  return {
    content: content.slice(0, MESSAGE.content),
    components: [],
    allowed_mentions: { parse: [] },
    flags: MessageFlags.SuppressEmbeds,
  };
}

/** Discord's own addresses, which it makes cards of: invitations, gifts, events. */
const OWN_HOSTS = /(discord(?:app)?|dsc)\.(?=[a-z])/gi;

/** One line of somebody's text without any effect. Line breaks become spaces. */
export function escape(text: string): string {
  // what begins a list or small print does so behind a space, too
  const escaped = oneLine(text).replaceAll(
    /[\\*_~`|<>#@[\]]|:(?=\/\/)|(?<=^ ?)[-+]|(?<=^ ?\d+)[.)]/g,
    String.raw`\$&`,
  );
  // neither a backslash nor SuppressEmbeds keeps an invitation from being a card: a word joiner breaks its address
  return escaped.replaceAll(OWN_HOSTS, '$1.\u2060');
}

/** What would end code, or may become a link or a card in spite of it. */
const IN_CODE = new RegExp(String.raw`${'`'}|://|\\$|${OWN_HOSTS.source}`, 'i');

/** One line of what somebody gave, in bold; as code where it would need escapes, so that a copy has none. */
function given(text: string, bold = '**'): string {
  const line = oneLine(text);
  const escaped = escape(line);
  if (bold === '' || escaped === line || IN_CODE.test(line)) return `${bold}${escaped}${bold}`;
  return `\`${line}\``;
}

/** In its lines, if they are few. */
function titleOf(title: string): string {
  const typed = clip(asTyped(title).trim(), MAX_EXACT);
  if (typed === '') return '';
  if (IN_CODE.test(typed)) return given(clip(title, MAX_TITLE));
  const lines = typed.split('\n').length;
  return lines > 1 && lines <= MAX_TITLE_LINES ? `\`\`\`\n${typed}\n\`\`\`` : given(typed);
}

/** As `escape`, with moments as Discord's own timestamps, which each reader sees in their zone. */
export function escapeStatus(text: string): string {
  return withMoments(text, (at, day) => `<t:${Math.floor(at / 1000)}:${day ? 'f' : 't'}>`, escape);
}

/** In brackets a link gets no card. */
function notesOf(view: View): string[] {
  const { linked, others } = parted(view);
  const line = (text: string) => withLinks(text, view.links, (url) => `<${url}>`, escapeStatus);
  return [...linked, ...others].map((note) => note.split('\n').map(line).join('\n'));
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

/** Short enough to leave room for the rest; when even that is too much, the last ones, the seed among them, stay. */
function renderFacts(facts: View['facts'], bold = '**'): string {
  const cut = (max: number) =>
    facts.map(({ name, value }) => `${escape(name)} ${given(clip(value, max), bold)}`);
  const lines = FACT_LENGTHS.map((max) => cut(max).join(FACT_GAP));
  const fits = lines.find((line) => line.length <= MAX_FACTS);
  if (fits !== undefined) return fits;
  const kept: string[] = [];
  for (const fact of cut(Math.min(...FACT_LENGTHS)).toReversed()) {
    if ([fact, ...kept].join(FACT_GAP).length > MAX_FACTS) break;
    kept.unshift(fact);
  }
  return kept.join(FACT_GAP);
}

/** Whole lines, as many as fit. */
export function clipLines(lines: string[]): string {
  let content = '';
  for (const line of lines) {
    if (content.length + line.length + 1 > MESSAGE.content) return `${content}\n…`.slice(0, MESSAGE.content);
    content = content === '' ? line : `${content}\n${line}`;
  }
  return content;
}
