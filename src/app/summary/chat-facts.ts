/** What a test of a chat's token has found, as the summary has it. */
import type { Fact } from '../../commands/operator/connect/facts.ts';
import type { Problem } from '../../core/errors.ts';
import type { ChatSummary } from '../../core/summary.ts';
import { scopeProblem, SOCKET_SCOPE } from '../../platforms/slack/scopes.ts';

export function chatOf(platform: string, facts: readonly Fact[]): ChatSummary {
  const [problem] = facts.flatMap((fact) => problemIn(platform, fact));
  const parts = facts.map(partOf);
  return {
    platform,
    connected: problem === undefined,
    ...(problem && { problem }),
    ...Object.assign({ notes: [] }, ...parts),
  };
}

/** Why it would not connect. */
function problemIn(platform: string, fact: Fact): Problem[] {
  if (fact.kind === 'problem') return [fact.problem];
  if (fact.kind === 'scopes' && fact.missing.includes(SOCKET_SCOPE)) return [scopeProblem(SOCKET_SCOPE)];
  return fact.kind === 'refused' || fact.kind === 'wrong-kind' ? [{ code: 'token-refused', platform }] : [];
}

function partOf(fact: Fact): Partial<ChatSummary> {
  if (fact.kind === 'bot') return { as: fact.bot };
  if (fact.kind === 'servers') return { guilds: fact.count };
  if (fact.kind === 'invite') return { invite: fact.link };
  if (fact.kind === 'workspace') return { as: fact.bot, home: fact.team };
  return fact.kind === 'scopes' ? { notes: fact.missing.map(scopeProblem) } : {};
}
