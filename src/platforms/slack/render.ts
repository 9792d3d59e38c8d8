/** View → Slack blocks. Whatever comes from a View is escaped: it can neither mention, link nor format. */
import type { types } from '@slack/bolt';
import { clip, oneLine } from '../../core/text.ts';
import type { View } from '../../core/view.ts';

export interface SlackMessage {
  /** For notifications and screen readers; Slack wants it beside blocks. */
  text: string;
  blocks: types.KnownBlock[];
}

/** Slack's: characters in a section, a context element, an image's alternative text. */
const MAX_SECTION = 3000;
const MAX_CONTEXT = 2000;
const MAX_ALT = 2000;
/** Before escaping, which at worst makes five of one. */
const MAX_TITLE = 400;
const MAX_FACT = 100;
const MAX_NOTE = 500;
const BAR_WIDTH = 20;

/** `images`: ids of processed files to show, with what they are called. */
export function renderMessage(view: View, images: { id: string; name: string }[] = []): SlackMessage {
  const title = escape(clip(view.title, MAX_TITLE));
  const bar = view.fraction === undefined ? '' : `\`${progressBar(view.fraction)}\` `;
  const blocks: types.KnownBlock[] = [section(`*${title}*\n${bar}${escape(view.status)}`)];
  const facts = view.facts.map(({ name, value }) => `${escape(name)} *${escape(clip(value, MAX_FACT))}*`);
  if (facts.length > 0) blocks.push(context(facts.join(' · ')));
  if (view.notes.length > 0)
    blocks.push(section(view.notes.map((note) => escapeLines(clip(note, MAX_NOTE))).join('\n')));
  blocks.push(...images.map(({ id, name }) => image(id, name, view.title)));
  if (view.buttons.length > 0) blocks.push(buttons(view));
  return { text: clip(`${title}: ${escape(view.status)}`, MAX_SECTION), blocks };
}

/** One line of somebody's text without any effect in mrkdwn. Line breaks become spaces. */
export function escape(text: string): string {
  return (
    oneLine(text)
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      // mrkdwn knows no backslash: a word joiner between a mark and its word takes the mark's effect
      .replaceAll(/[*_~`]/g, '\u2060$&\u2060')
      // nor does it link or mention without brackets, but for URLs and emoji, which it finds by itself
      .replaceAll(/:(?=\/\/)|(?<=:)(?=[\w+-]+:)/g, '$&\u2060')
  );
}

function escapeLines(text: string): string {
  return text.split('\n').map(escape).join('\n');
}

function section(text: string): types.SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: clip(text, MAX_SECTION), verbatim: true } };
}

function context(text: string): types.ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: clip(text, MAX_CONTEXT), verbatim: true }] };
}

function image(id: string, name: string, title: string): types.ImageBlock {
  return { type: 'image', slack_file: { id }, alt_text: clip(title || name, MAX_ALT) };
}

function buttons(view: View): types.ActionsBlock {
  return {
    type: 'actions',
    elements: view.buttons.map(({ action, job, label }) => ({
      type: 'button',
      action_id: action,
      text: { type: 'plain_text', text: label },
      value: job,
    })),
  };
}

function progressBar(fraction: number): string {
  const full = Math.round(fraction * BAR_WIDTH);
  return '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
}
