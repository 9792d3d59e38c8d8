/** What Slack could not show of a template. Pure. */
import type { Command, Finding } from '../../core/finding.ts';
import { MODAL } from './limits.ts';

/** Blocks of a template's editor beside those of its slots: what it is called, what is wrong with it, outputs, buttons. */
const EDITOR_BLOCKS = 30;

/** So many have room in a template's editor; the form that runs it has fewer other blocks. */
export const MOST_SLOTS = MODAL.blocks - EDITOR_BLOCKS;

/** Its names, descriptions and choices have room in a form, however long. */
export function formFindings({ slots }: Command): Finding[] {
  const names = Object.keys(slots);
  return names.slice(MOST_SLOTS).map((slot): Finding => {
    const problem = { code: 'too-many-slots', count: names.length, max: MOST_SLOTS } as const;
    return { at: { slot }, problem, blocking: true };
  });
}
