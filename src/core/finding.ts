/** What is worth knowing of a template before it is published. */
import type { Problem } from './errors.ts';
import type { Template } from './template.ts';

export interface Finding {
  /** Where to show it. */
  at: 'name' | 'description' | 'outputs' | 'workflow' | { slot: string };
  problem: Problem;
  /** It cannot be published like this. Others are worth knowing. */
  blocking: boolean;
}

/** As much of a template as makes its command in a chat. */
export type Command = Pick<Template, 'name' | 'description' | 'slots'>;
