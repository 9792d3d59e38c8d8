/** What the schemas of all slot types are made of. */
import { z } from 'zod';
import { SHOWABLE, unshowable } from '../../core/text.ts';
import { because } from '../reason-of.ts';

/** Characters: a line in a list. A platform may take fewer (`Chat.findings`). */
export const MAX_DESCRIPTION = 200;
/** A chat may refuse all commands for one text that it cannot show. */
export const Description = shown(MAX_DESCRIPTION);
/** Characters. */
export const LONGEST_CHOICE = 100;
export const ChoiceName = shown(LONGEST_CHOICE);
export const Path = z
  .tuple([z.string(), z.string()])
  .describe('A node of the workflow by its id, and one of its inputs.');
export const Into = z.array(Path).min(1).describe('The inputs that the value is written into.');
export const base = {
  description: Description.describe('What people read beside the slot.').optional(),
  required: z.boolean().describe('Nothing runs without it.').optional(),
};

/** One line that a chat shows as it is. */
export function shown(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .superRefine((text, context) => {
      const mark = unshowable(text);
      if (mark !== undefined) context.addIssue({ code: 'custom', ...because({ code: 'hidden-mark', mark }) });
    })
    .meta({ pattern: SHOWABLE });
}
