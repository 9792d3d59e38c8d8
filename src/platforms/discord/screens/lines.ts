/** Lines of a screen in Discord's markdown: everything that somebody wrote is escaped. */
import { time, TimestampStyles } from 'discord.js';
import type { Field, Line, Part } from '../../../core/screen.ts';
import { clip } from '../../../core/text.ts';
import type { Catalogue } from '../../../i18n/index.ts';
import { COMPONENT } from '../limits.ts';
import { escape, escapeStatus } from '../replies/render.ts';

/** Of a value, before escaping. */
const MAX_SHOWN = 200;
/** People, roles and channels named in one line: as many as the menu below it has. */
const MAX_NAMED = COMPONENT.options;
/** Of a field's name, and of what is said of it, before escaping. */
const MAX_LABEL = 100;
const MAX_SAID = 300;

const TONES = { ok: '✅ ', warning: '⚠ ', blocked: '⛔ ', minor: '-# ', heading: '### ' } as const;

export function lineText({ parts, tone }: Line): string {
  return `${tone ? TONES[tone] : ''}${parts.map(partText).join('')}`;
}

function partText(part: Part): string {
  if (typeof part === 'string') return escapeStatus(part);
  switch (part.kind) {
    case 'strong':
      return `**${escape(part.text)}**`;
    case 'code':
      return `\`${part.text.replaceAll('`', 'ˋ')}\``;
    case 'person':
      return `<@${part.id}>`;
    case 'role':
      return `<@&${part.id}>`;
    case 'channel':
      return `<#${part.id}>`;
    case 'date':
      // in the reader's language and time zone
      return time(Math.floor(part.at / 1000), TimestampStyles.RelativeTime);
    case 'picture':
      return escape(part.file);
  }
}

const MENTIONS = { people: '@', roles: '@&', channels: '#' } as const;

/** What a field holds, what is to be said of it, and what is wrong with it. */
export function fieldText(field: Field, words: Catalogue): string[] {
  const { label, applies, note, problem } = field;
  const wrong = problem === undefined ? [] : [`⛔ ${escape(clip(problem, MAX_SAID))}`];
  if (field.kind === 'file' || applies === '') return wrong;
  const value = applies === undefined ? valueText(field, words) : escape(clip(applies, MAX_SHOWN));
  const noted = note === undefined || note === applies ? [] : [`-# ${escape(clip(note, MAX_SHOWN))}`];
  return [
    `**${escape(clip(label, MAX_LABEL))}:** ${value || escape(words.settings.none())}`,
    ...noted,
    ...beyondMenu(field, words),
    ...wrong,
  ];
}

/** That a menu has room for some of them only. */
function beyondMenu(field: Field, { editor }: Catalogue): string[] {
  if (field.kind !== 'people' && field.kind !== 'roles' && field.kind !== 'channels') return [];
  const { length } = field.value;
  return length > MAX_NAMED ? [`-# ${escape(editor.menuHasSome(MAX_NAMED, length))}`] : [];
}

function valueText(field: Exclude<Field, { kind: 'file' }>, { editor }: Catalogue): string {
  switch (field.kind) {
    case 'text':
    case 'long-text':
    case 'number':
      return escape(clip(field.value, MAX_SHOWN));
    case 'yes-no':
      return escape(editor.yesOrNo(field.value));
    case 'one-of': {
      const chosen = field.options.find(({ value }) => value === field.value)?.label ?? field.value;
      return escape(clip(chosen || (field.none ?? ''), MAX_SHOWN));
    }
    case 'some-of': {
      const labels = field.options.filter(({ value }) => field.value.includes(value));
      return escape(clip(labels.map(({ label }) => label).join(', '), MAX_SHOWN));
    }
    case 'people':
    case 'roles':
    case 'channels': {
      const mentions = field.value.map((id) => `<${MENTIONS[field.kind]}${id}>`);
      return mentions.slice(0, MAX_NAMED).join(' ');
    }
  }
}
