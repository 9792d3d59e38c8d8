/** What goes on, in the words of who looks at it. */
import { accountAdvice, adviceFor } from '../../../commands/operator/advice.ts';
import type { BackendState, OperatorOverview } from '../../../commands/operator/operator.ts';
import type { KnownAccount } from '../../../core/account.ts';
import type { Problem } from '../../../core/errors.ts';
import type { Job } from '../../../core/job.ts';
import type { Hold } from '../../../core/standing.ts';
import type { Blot } from '../../../core/secrets.ts';
import { withMoments } from '../../../core/moment.ts';
import type { Warning } from '../../../core/summary.ts';
import { clip, oneLine } from '../../../core/text.ts';
import { sentence, sentenceAlone, type Catalogue } from '../../../i18n/index.ts';
import type { BackendHealth, Failure, GuildLoad, Overview, ShownState } from '../overview-api.ts';
import { withoutSecrets } from './secrets.ts';

type FailureRecord = OperatorOverview['failures'][number];

/** Of what a backend says of itself. */
const MAX_WORDS = 500;

/** Shown before, by record and by language: a look does not pay for a hundred of them again. */
const known = new WeakMap<FailureRecord, Map<Catalogue, Failure>>();

export function shownOverview(
  { backends, platforms, guilds, failures, disk, ...rest }: OperatorOverview,
  words: Catalogue,
  blot: Blot,
  warnings: readonly Warning[] = [],
): Overview {
  return {
    ...rest,
    ...(disk && { disk }),
    platforms: platforms.map((one) => ({ ...one, ...notesIn(one.notes, words) })),
    backends: backends.map((one) => shownBackend(one, words, blot, warnings)),
    guilds: guilds.map(({ jobs, ...load }): GuildLoad => ({
      ...load,
      jobs: jobs.map(({ job, where }) => ({
        id: job.id,
        template: job.template.name,
        user: job.user,
        state: stateOf(job),
        where,
        since: job.state === 'queued' ? job.times.queued : (job.times.started ?? job.times.queued),
        ...(job.cost && { cost: words.amounts.cost(job.cost) }),
      })),
    })),
    failures: failures.map((failure) => shownFailure(failure, words, blot)),
  };
}

/** What has no room is a list on the page, which may be long. */
function notesIn(notes: readonly Problem[], words: Catalogue): { notes: string[]; leftOut: string[] } {
  const crowded = notes.filter((note) => note.code === 'not-in-menu' && note.refused === undefined);
  return {
    notes: notes.filter((note) => !crowded.includes(note)).map((note) => noteIn(note, words)),
    leftOut: crowded.flatMap((note) => (note.code === 'not-in-menu' ? note.names : [])),
  };
}

/** Moments in UTC: this page has no reader's zone at hand. */
function noteIn(note: Problem, words: Catalogue): string {
  return withMoments(sentence(words, note, 'operator'), words.amounts.utc);
}

function stateOf({ state, cancelledBy }: Job): ShownState {
  switch (state) {
    case 'queued':
      return cancelledBy === undefined ? 'waiting' : 'cancelling';
    case 'submitting':
    case 'running':
      return cancelledBy === undefined ? state : 'cancelling';
    case 'delivering':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return 'delivering';
  }
}

function shownBackend(
  { problem, hold, account, ...state }: BackendState,
  words: Catalogue,
  blot: Blot,
  warnings: readonly Warning[],
): BackendHealth {
  // what holds it may be another thing than what a look at it meets
  const why = hold?.problem ?? problem;
  const said = (one: Problem, say = sentence): string => {
    // who looks at this page knows where it is
    const named = 'backend' in one ? { ...one, backend: state.name } : one;
    return withoutSecrets(say(words, named, 'operator'), blot);
  };
  const advice = why && adviceFor(why, words, { warnings });
  return {
    ...state,
    name: words.backendName(state.name),
    ...(problem && { problem: said(problem) }),
    ...(hold && { held: shownHold(hold, said(hold.problem, sentenceAlone), blot) }),
    ...(advice !== undefined && { advice }),
    ...(account && { account: shownAccount(account, state.limit, words, blot) }),
  };
}

function shownAccount(
  account: KnownAccount,
  limit: number,
  words: Catalogue,
  blot: Blot,
): NonNullable<BackendHealth['account']> {
  const { at, status, tier, credits, atOnce } = account;
  const [advice] = accountAdvice(account, limit, words);
  return {
    at,
    ...(status !== undefined && { status: blot(status) }),
    ...(tier !== undefined && { tier: blot(tier) }),
    ...(credits !== undefined && { credits }),
    ...(atOnce !== undefined && { atOnce }),
    ...(advice !== undefined && { advice }),
  };
}

function shownHold(
  { since, problem }: Hold,
  sentenceOfIt: string,
  blot: Blot,
): NonNullable<BackendHealth['held']> {
  const said = 'words' in problem ? oneLine(problem.words ?? '').trim() : '';
  return {
    since,
    problem: sentenceOfIt,
    ...(said && { words: clip(withoutSecrets(said, blot), MAX_WORDS) }),
  };
}

function shownFailure(record: FailureRecord, words: Catalogue, blot: Blot): Failure {
  const shown = known.get(record) ?? new Map<Catalogue, Failure>();
  known.set(record, shown);
  const failure = shown.get(words) ?? failureIn(record, words, blot);
  shown.set(words, failure);
  return failure;
}

function failureIn({ problem, ...failure }: FailureRecord, words: Catalogue, blot: Blot): Failure {
  const { job, at, platform, guild, template, prompt, cost } = failure;
  const failed = { job, at, platform, guild, template };
  const detail = detailOf(problem);
  return {
    ...failed,
    code: problem.code,
    sentence: withoutSecrets(sentence(words, problem, 'operator'), blot),
    ...(detail !== undefined && { detail: withoutSecrets(detail, blot) }),
    ...(prompt !== undefined && { prompt }),
    ...(cost && { cost: words.amounts.cost(cost) }),
  };
}

function nodeOf(problem: Problem): string | undefined {
  return 'node' in problem ? problem.node : undefined;
}

/** What the backend said, or where to look on. */
function detailOf(problem: Problem): string | undefined {
  if (problem.code === 'model-missing') return `${problem.input}: ${problem.value}`;
  if (problem.code === 'internal') return problem.ref;
  if (problem.code === 'backend-broken' && problem.status !== undefined)
    return [`HTTP ${problem.status}`, problem.words].filter(Boolean).join(': ');
  if (problem.code === 'backend-forbids') return problem.words;
  const node = 'title' in problem && problem.title !== undefined ? problem.title : nodeOf(problem);
  const detail = 'detail' in problem ? problem.detail : undefined;
  const name = 'name' in problem ? problem.name : undefined;
  return [node, detail, name].filter((one) => one !== undefined).join(': ') || undefined;
}
