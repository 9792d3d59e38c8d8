/** What is wrong with a draft, or worth knowing of it: in itself, in its guild, on the backend and on its platform. */
import type { Backend } from '../../core/backend.ts';
import type { Chat } from '../../core/chat.ts';
import type { Problem } from '../../core/errors.ts';
import type { Finding } from '../../core/finding.ts';
import type { NodeClasses } from '../../core/nodes.ts';
import type { Workflow } from '../../core/workflow.ts';
import type { JobManager } from '../../jobs/manager.ts';
import { checkDraft, partnerNodes } from '../../templates/check.ts';
import { commandOf } from '../../templates/draft.ts';
import { namesIn } from '../../templates/foreign-files.ts';
import { wordsFor } from '../../templates/languages/words.ts';
import type { Entry, Library } from '../../templates/library/index.ts';
import type { Draft } from '../../templates/library/records.ts';
import type { PartnerRules } from '../operator/partners.ts';

export interface FindingOptions {
  library: Library;
  partners: PartnerRules;
  jobs: Pick<JobManager, 'guildFiles'>;
  backend: Backend;
  /** May grow after this call. */
  chats: ReadonlyMap<string, Pick<Chat, 'findings'>>;
}

/** `nodes`: what the backend takes, where that is known. What blocks comes first. */
export type Findings = (
  draft: Draft,
  workflow: Workflow,
  nodes: NodeClasses | undefined,
) => Promise<Finding[]>;

export function createFindings({ library, partners, jobs, backend, chats }: FindingOptions): Findings {
  return async (draft, workflow, nodes) => {
    const taken = await library.takenBy(draft.guild, draft.name, draft.head);
    const isCostly = nodes !== undefined && partnerNodes(workflow, nodes).length > 0;
    const mayPay = isCostly && (await partners.allows(draft));
    // what the operator's templates name is for everybody already
    const known = library.builtin.flatMap((template) => namesIn(template, nodes));
    const mayName = (file: string) => known.includes(file) || jobs.guildFiles.isOwn(draft.guild, file);
    const platform = chats.get(draft.platform)?.findings(commandOf(draft)) ?? [];
    const called = takenNames(draft, await library.entries(draft.guild));
    const others = [...platform, ...called];
    return checkDraft(draft, workflow, {
      nodes,
      backend: backend.name,
      mayPay,
      taken,
      mayName,
      platform: others,
    });
  };
}

/** Languages in which the command is called as another one is there, or by its own name. */
function takenNames({ name: own, head, languages = {} }: Draft, entries: readonly Entry[]): Finding[] {
  const others = entries.filter((entry) => entry.name !== own && (!entry.head || entry.head.id !== head));
  return Object.entries(languages).flatMap(([language, { name }]): Finding[] => {
    if (name === undefined) return [];
    const isTaken = others.some(
      (other) => other.name === name || (other.template && wordsFor(other.template, language).name === name),
    );
    const problem: Problem = { code: 'name-taken-in-language', language, name };
    return isTaken ? [{ at: 'name', problem, blocking: false }] : [];
  });
}
