/** View → lines of text for a terminal. */
import { plainMoment, withMoments } from '../../core/moment.ts';
import type { View } from '../../core/view.ts';

const BAR_WIDTH = 24;
const MARKS: Record<View['tone'], string> = {
  waiting: '…',
  working: '▸',
  done: '✔',
  failed: '✘',
  cancelled: '–',
};

/** No line holds a control character: what was typed or made elsewhere must not steer the terminal. */
export function renderLines(view: View): string[] {
  const facts = view.facts.map(({ name, value }) => `${name} ${value}`).join(' · ');
  const bar = view.fraction === undefined ? '' : `${progressBar(view.fraction)} `;
  const lines = [`${MARKS[view.tone]} ${view.title}`, `  ${bar}${view.status}`];
  if (view.said !== undefined) lines.push(`  ${view.said}`);
  if (facts) lines.push(`  ${facts}`);
  lines.push(...view.notes.map((note) => `  ${note}`));
  if (view.demo !== undefined) lines.push(`  ${view.demo}`);
  return lines.map(plain);
}

export function plain(text: string): string {
  return withMoments(text, (at) => plainMoment(at, Date.now())).replaceAll(/\p{Cc}+/gu, ' ');
}

function progressBar(fraction: number): string {
  const full = Math.round(fraction * BAR_WIDTH);
  return '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
}
