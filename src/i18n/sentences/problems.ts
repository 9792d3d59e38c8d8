/** A sentence for every problem: what is wrong, and what its reader can do. */
import type { Problem } from '../../core/errors.ts';
import { groupedProblems } from '../../core/finding.ts';
import type { Rank } from '../../core/rank.ts';
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import { accessProblems, settingProblems } from './access-problems.ts';
import { backendProblems } from './backend-problems.ts';
import { connectionProblems } from './connection-problems.ts';
import { complete } from './complete.ts';
import { attachedProblems, fileProblems } from './file-problems.ts';
import { languageProblems } from './language-problems.ts';
import { jobProblems, pageProblems } from './job-problems.ts';
import { menuProblems } from './menu-problems.ts';
import { withBackendNamed } from './names.ts';
import { outputProblems } from './output-problems.ts';
import type { ProblemSentences } from './problem-sentences.ts';
import { runProblems, workflowProblems } from './run-problems.ts';
import { templateProblems } from './template-problems.ts';
import { typedProblems } from './typed-problems.ts';

/** As many explain another problem. */
const MAX_EXPLAINED = 5;

/** Each but `internal` throws where the problem lacks what its sentence needs. */
export function problems(anySpeaker: Speaker): ProblemSentences {
  const speaker = complete(anySpeaker);
  const { say } = speaker;
  const all: ProblemSentences = {
    ...typedProblems(speaker),
    ...attachedProblems(speaker),
    ...fileProblems(speaker),
    ...templateProblems(speaker),
    ...languageProblems(speaker),
    ...menuProblems(speaker),
    ...accessProblems(speaker),
    ...settingProblems(speaker),
    ...jobProblems(speaker),
    ...pageProblems(speaker),
    ...backendProblems(speaker),
    ...connectionProblems(speaker),
    ...workflowProblems(speaker),
    ...outputProblems(speaker),
    ...runProblems(speaker),
    'not-publishable': ({ findings }, reader) =>
      say('problems.not-publishable', { findings: explained(all, speaker, findings, reader) }),
    'template-unfit': ({ name, findings }, reader) =>
      say('problems.template-unfit', {
        name: clip(name),
        findings: explained(all, speaker, findings, reader),
        reader,
      }),
    // the last one: it is said whatever is missing
    internal: ({ ref }, reader) => anySpeaker.say('problems.internal', { ref, reader }),
  };
  return all;
}

/** Sentences for problems that explain another one, what is alike together. */
function explained(sentences: ProblemSentences, speaker: Speaker, findings: Problem[], reader: Rank): string {
  const { say } = speaker;
  const grouped = groupedProblems(findings);
  const said: Record<string, (problem: never, reader: Rank) => string> = sentences;
  const [first = '', ...others] = grouped
    .slice(0, MAX_EXPLAINED)
    .filter(({ code }) => Object.hasOwn(said, code))
    .map((problem) => withBackendNamed(speaker, problem))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- code and parameter belong together by construction
    .flatMap((problem) => said[problem.code]?.(problem as never, reader) ?? []);
  const hidden = grouped.length - MAX_EXPLAINED;
  const all = hidden > 0 ? [...others, say('problems.findings.more', { hidden })] : others;
  return all.reduce((before, next) => say('problems.findings.next', { before, next }), first);
}
