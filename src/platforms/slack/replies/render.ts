/** View → Slack blocks. Whatever comes from a View is escaped: it can neither mention, link nor format. */
import type { types } from '@slack/bolt';
import { parted, withLinks } from '../../../core/links.ts';
import { withMoments, withoutMarks } from '../../../core/moment.ts';
import { clip, oneLine } from '../../../core/text.ts';
import type { View } from '../../../core/view.ts';
import { BLOCK, MESSAGE } from '../limits.ts';
import { exactBlock, sharing } from './exact.ts';

export interface SlackMessage {
  /** For notifications and screen readers; Slack wants it beside blocks. */
  text: string;
  blocks: types.KnownBlock[];
}

/** Ours, so that notes leave room for pictures. */
const MAX_NOTE_SECTIONS = 10;
/** Before escaping, which at worst makes five of one. */
const MAX_TITLE = 400;
const MAX_STATUS = 500;
const MAX_SAID = 200;
const MAX_FACT = 100;
const MAX_NOTE = 500;
/** For all values, and for all texts, that are shown as they were typed. */
const MAX_EXACT = 4000;
/** After escaping: two of these and the bar fit a section. */
const MAX_ESCAPED = 1400;
const BAR_WIDTH = 20;

/** `images`: ids of processed files to show, with what stands for each where nobody sees it. */
export function renderMessage(view: View, images: { id: string; alt: string }[] = []): SlackMessage {
  const title = escapeWithin(view.title.trim(), MAX_TITLE);
  const status = escapeWithin(view.status, MAX_STATUS, escapeStatus);
  const bar = view.fraction === undefined ? '' : `\`${progressBar(view.fraction)}\` `;
  const said = (bar + status).trim();
  const notes = notesOf(view);
  const blocks = [
    exactBlock([{ text: clip(view.title, BLOCK.section), bold: true }]),
    ...(said !== '' || title === '' ? [section(said || '…')] : []),
    ...(view.said === undefined ? [] : [context(escapeWithin(view.said, MAX_SAID))]),
    ...factBlocks(view.facts),
    ...(view.demo === undefined ? [] : [context(escape(view.demo))]),
    ...packed(notes.plain, '\n', BLOCK.section).slice(0, MAX_NOTE_SECTIONS).map(section),
    exactBlock(sharing(notes.exact, MAX_EXACT, MAX_NOTE).map((text) => ({ text }))),
    ...images.map(image),
    ...(view.buttons.length > 0 ? [buttons(view)] : []),
  ].filter((block) => block !== undefined);
  return { text: unlinked([title, status].filter(Boolean).join(' · ')) || '…', blocks };
}

/** The same without blocks, as far as Slack takes it; nothing of it has an effect. */
export function renderPlain(view: View): Pick<SlackMessage, 'text'> {
  const { title, status, said = '', facts, demo = '' } = view;
  const values = facts.map(
    ({ name, value }) => `${escape(name)} ${escape(clip(value.trim(), MAX_FACT)) || '—'}`,
  );
  const lines = [
    escapeWithin(title.trim(), MAX_TITLE),
    escapeWithin(status, MAX_STATUS, escapeStatus),
    escapeWithin(said, MAX_SAID),
    values.join(' · '),
    escape(demo),
    ...allNotes(view),
  ].filter(Boolean);
  const [whole = ''] = packed(lines, '\n', BLOCK.section);
  return { text: clip(unlinked(whole), MESSAGE.text) || '…' };
}

/** One line of somebody's text without any effect in mrkdwn. Line breaks become spaces. */
export function escape(text: string): string {
  return (
    oneLine(text)
      // half a surrogate pair is no JSON that Slack reads
      .toWellFormed()
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      // escaped or not, it makes a quotation of a line that it begins
      .replace(/^\s*(?=&gt;)/, '$&\u2060')
      // mrkdwn knows no backslash: a word joiner beside a mark takes its effect, which it only has at a word's edge
      .replaceAll(/`|(?<![\p{L}\p{N}])[*_~]|[*_~](?![\p{L}\p{N}])/gu, '\u2060$&\u2060')
      // nor does it link or mention without brackets, but for URLs and emoji, which it finds by itself
      .replaceAll(/:(?=\/\/)|(?<=:)(?=[^\s:]+:)/g, '$&\u2060')
  );
}

/**
 * Escaped text for where no block says `verbatim`: there Slack makes a link of what looks like a host's name. Its own
 * marks, in brackets, stay.
 */
export function unlinked(mrkdwn: string): string {
  return mrkdwn
    .split(/(<[^<>]*>)/)
    .map((part, at) =>
      at % 2 === 1 ? part : part.replaceAll(/(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu, '.\u2060'),
    )
    .join('');
}

/** On every post: nothing that somebody wrote becomes a card. */
export const NO_CARDS = { unfurl_links: false, unfurl_media: false } as const;

/** Somebody, by their id; a mention, which pings nobody where only the person who asked sees it. */
export function person(id: string): string {
  return /^[UW][A-Z0-9]+$/.test(id) ? `<@${id}>` : escape(id);
}

export function channel(id: string): string {
  return /^[CGD][A-Z0-9]+$/.test(id) ? `<#${id}>` : escape(id);
}

/** A time in ms since 1970, which Slack shows in the reader's own zone and language. */
export function date(at: number): string {
  return `<!date^${Math.floor(at / 1000)}^{date_short_pretty} {time}|${new Date(at).toISOString()}>`;
}

/** As `escape`, with moments in the reader's own zone. */
export function escapeStatus(text: string): string {
  return withMoments(
    text,
    (at, day) =>
      day
        ? date(at)
        : `<!date^${Math.floor(at / 1000)}^{time}|${new Date(at).toISOString().slice(11, 16)} UTC>`,
    escape,
  );
}

/** At most `max` characters of it, or as many fewer as escaping takes. */
export function escapeWithin(text: string, max: number, by = escape): string {
  const escaped = by(clip(text, max));
  return escaped.length > MAX_ESCAPED ? escapeWithin(text, Math.floor(max / 2), by) : escaped;
}

/** As few texts as hold all parts, each whole and every text within `max`. */
export function packed(parts: readonly string[], between: string, max: number): string[] {
  const texts: string[] = [];
  for (const part of parts) {
    const last = texts.at(-1);
    if (last === undefined || last.length + between.length + part.length > max) texts.push(part);
    else texts[texts.length - 1] = last + between + part;
  }
  return texts;
}

/** Short ones in one line; what mrkdwn would not show to the letter, or cut, as it was typed. */
function factBlocks(facts: View['facts']): types.KnownBlock[] {
  const plain: string[] = [];
  const exact: View['facts'] = [];
  for (const fact of facts) {
    const value = fact.value.trim();
    if (value.length > MAX_FACT || escape(value) !== value) exact.push(fact);
    else plain.push(`${escape(fact.name)} *${value || '—'}*`);
  }
  const texts = sharing(
    exact.map(({ value }) => value),
    MAX_EXACT,
    MAX_FACT,
  );
  const block = exactBlock(exact.map(({ name }, index) => ({ name, text: texts[index] ?? '', bold: true })));
  return [...packed(plain, ' · ', BLOCK.context).map(context), ...(block ? [block] : [])];
}

/** Texts that a workflow made are to be copied; what has a link or a moment is ours. */
function notesOf(view: View): { plain: string[]; exact: string[] } {
  const { linked, others } = parted(view);
  const isExact = (note: string) =>
    withoutMarks(note) === note && note.split('\n').some((line) => escape(line) !== line);
  return {
    plain: allNotes({ ...view, notes: [...linked, ...others.filter((note) => !isExact(note))] }).filter(
      Boolean,
    ),
    exact: others.filter(isExact),
  };
}

/** As mrkdwn. Those with a link are short, and never cut. */
function allNotes(view: View): string[] {
  const { linked, others } = parted(view);
  const line = (text: string) => withLinks(text, view.links, (url) => `<${url}>`, escapeStatus);
  return [...linked, ...others.map((note) => clip(note.trim(), MAX_NOTE))].map((note) =>
    note.split('\n').map(line).join('\n'),
  );
}

function section(text: string): types.SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: clip(text, BLOCK.section), verbatim: true } };
}

function context(text: string): types.ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: clip(text, BLOCK.context), verbatim: true }] };
}

function image({ id, alt }: { id: string; alt: string }): types.ImageBlock {
  return { type: 'image', slack_file: { id }, alt_text: alt.toWellFormed() };
}

function buttons(view: View): types.ActionsBlock {
  return {
    type: 'actions',
    elements: view.buttons.map(({ action, job, label }) => ({
      type: 'button',
      action_id: action,
      text: { type: 'plain_text', text: clip(label, BLOCK.button) },
      value: job,
    })),
  };
}

function progressBar(fraction: number): string {
  const full = Math.round(fraction * BAR_WIDTH);
  return '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
}
