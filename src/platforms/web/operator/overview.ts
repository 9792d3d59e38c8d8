/** What goes on, in the words of who looks at it. */
import type { BackendState, OperatorOverview } from '../../../commands/operator.ts';
import type { Problem, ProblemCode } from '../../../core/errors.ts';
import type { Job } from '../../../core/job.ts';
import { sentence, type Catalogue } from '../../../i18n/index.ts';
import type { BackendHealth, Failure, GuildLoad, Overview } from '../api.ts';
import { withoutSecrets } from './secrets.ts';

export function shownOverview(
  { backends, platforms, guilds, failures }: OperatorOverview,
  words: Catalogue,
): Overview {
  return {
    backends: backends.map((one) => shownBackend(one, words)),
    platforms,
    guilds: guilds.map(({ jobs, ...load }): GuildLoad => ({
      ...load,
      jobs: jobs.map(({ job, where }) => ({
        id: job.id,
        template: job.template.name,
        user: job.user,
        state: stateOf(job),
        where,
        since: job.state === 'queued' ? job.times.queued : (job.times.started ?? job.times.queued),
      })),
    })),
    failures: failures.map((failure) => shownFailure(failure, words)),
  };
}

/** The keys of the page's words. */
function stateOf({ state, cancelledBy }: Job): string {
  if (state === 'delivering') return state;
  if (cancelledBy !== undefined) return 'cancelling';
  return state === 'queued' ? 'waiting' : state;
}

function shownBackend({ problem, ...state }: BackendState, words: Catalogue): BackendHealth {
  if (!problem) return state;
  const { [problem.code]: advice } = ADVICE;
  const said = { ...state, problem: sentence(words, problem) };
  return advice === undefined ? said : { ...said, advice: words.web.operator[advice] };
}

/** For who runs Easel; the sentence of a problem is for who asked for a picture. */
const ADVICE: Partial<Record<ProblemCode, keyof Catalogue['web']['operator']>> = {
  'backend-unreachable': 'checkAddress',
  'backend-timeout': 'checkSlow',
  'backend-broken': 'checkAnswer',
  'wrong-api-key': 'checkKey',
  'no-credits': 'checkAccount',
  'subscription-inactive': 'checkAccount',
  'backend-busy': 'checkBusy',
};

function shownFailure(
  { problem, ...failure }: OperatorOverview['failures'][number],
  words: Catalogue,
): Failure {
  const { job, at, platform, guild, template, prompt } = failure;
  const failed = { job, at, platform, guild, template };
  const detail = detailOf(problem);
  return {
    ...failed,
    code: problem.code,
    sentence: withoutSecrets(sentence(words, problem)),
    ...(detail !== undefined && { detail: withoutSecrets(detail) }),
    ...(prompt !== undefined && { prompt }),
  };
}

/** What the backend said, or where to look on. */
function detailOf(problem: Problem): string | undefined {
  if (problem.code === 'model-missing') return `${problem.input}: ${problem.value}`;
  if (problem.code === 'internal') return problem.ref;
  if ('status' in problem) return `HTTP ${problem.status}`;
  const node = 'node' in problem ? problem.node : undefined;
  const detail = 'detail' in problem ? problem.detail : undefined;
  const name = 'name' in problem ? problem.name : undefined;
  return [node, detail, name].filter((one) => one !== undefined).join(': ') || undefined;
}
