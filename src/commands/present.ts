/** Job → view: what its reply shows, in the words of the person's language. Pure. */
import type { Delivery } from '../core/audience.ts';
import { mayPass, type Problem } from '../core/errors.ts';
import { jobTitle, type Job } from '../core/job.ts';
import { withoutMarks } from '../core/moment.ts';
import type { Said, Standing } from '../core/standing.ts';
import type { View } from '../core/view.ts';
import { catalogue, sentence, type Catalogue } from '../i18n/index.ts';
import { isLeftOut } from '../jobs/delivery/crowd-size.ts';
import { isRepeatable } from './verbs/again.ts';

/** The reply of an unfinished job; `own`: as who asked for it reads it. */
export function presentStanding(job: Job, standing: Standing, own = true): View {
  const words = catalogue(job.locale);
  const view = { title: jobTitle(job), facts: [], notes: [], buttons: cancelButton(job, words) };
  switch (standing.kind) {
    case 'waiting':
      return {
        ...view,
        tone: 'waiting',
        status: words.status.waiting(standing.place.position, standing.place.reason, job.platform, own),
      };
    case 'submitting':
      return {
        ...view,
        tone: 'waiting',
        status: standing.retrying ? words.status.retrying() : words.status.submitting(),
        said: inWords(standing.said, words),
      };
    case 'held':
      return { ...view, tone: 'waiting', status: words.status.held(standing.hold) };
    case 'lined-up':
      return {
        ...view,
        tone: 'waiting',
        status: words.status.linedUp(standing.ahead),
        said: inWords(standing.said, words),
      };
    case 'running': {
      const { fraction, node, step } = standing.progress;
      const status = words.status.running(Math.floor(fraction * 100), node, step);
      const said = inWords(standing.said, words);
      return { ...view, tone: 'working', status, said, fraction, preview: standing.preview };
    }
    case 'cancelling': {
      const status = standing.unstoppable ? words.status.unstoppable() : words.status.cancelling();
      return { ...view, tone: 'cancelled', status, buttons: [] };
    }
    case 'delivering': {
      const { late } = standing;
      const status = late === undefined ? words.status.delivering() : words.status.late(late);
      return { ...view, tone: 'working', status, fraction: 1, buttons: [] };
    }
  }
}

function inWords(said: Said | undefined, words: Catalogue): string | undefined {
  return said && words.bodies.said(said.backend, withoutMarks(said.text));
}

/** The final reply. `now` in ms, for how long it took. */
export function presentEnd(job: Job, { texts, missing, crowd }: Delivery, now: number): View {
  const words = catalogue(job.locale);
  const { rank: reader = 'person' } = job;
  const base = { title: jobTitle(job), facts: [], notes: [], buttons: [] };
  const notes = [
    ...(crowd ? [words.files.crowd(crowd.shown, crowd.of)] : []),
    ...texts.map(withoutMarks),
    ...missing.map(({ problem }) => sentence(words, problem, reader)),
    ...unmade(job, words),
    ...remade(job, missing, words),
    ...stoodIn(job, words),
    ...shrunk(job, words),
  ];
  switch (job.end?.kind) {
    case 'succeeded': {
      const buttons = [
        ...againButton(job, words),
        ...(crowd && isLeftOut(job.end.outputs) ? allButton(job, words) : []),
      ];
      const status = words.status.succeeded(now - (job.times.started ?? job.times.queued));
      return { ...base, tone: 'done', status, facts: facts(job), notes, buttons };
    }
    case 'failed':
      return {
        ...base,
        tone: 'failed',
        status: sentence(words, inSlots(job, job.end.problem), reader),
        facts: facts(job),
        notes,
        buttons: tryAgainButton(job, job.end.problem, words),
      };
    case 'cancelled': {
      const status = job.end.away ? words.status.cancelledAway() : words.status.cancelled();
      return { ...base, tone: 'cancelled', status };
    }
    case undefined:
      return { ...base, tone: 'cancelled', status: words.status.cancelled() };
  }
}

/** Drawn by the sandbox: nobody shall take that for what a model makes. */
export function withDemo({ locale, platform }: Job, view: View): View {
  return { ...view, demo: catalogue(locale).status.demo(platform) };
}

/** What was refused or not reached, while something else was made; those of one reason together. */
function unmade({ unmade: nodes = [], end, rank = 'person' }: Job, words: Catalogue): string[] {
  const whyOf = ({ problem }: (typeof nodes)[number]) =>
    problem ? sentence(words, problem, rank) : undefined;
  // the end's own reason is its sentence already
  const told = end?.kind === 'failed' ? sentence(words, end.problem, rank) : undefined;
  return [...Map.groupBy(nodes, whyOf)].map(([why, some]) =>
    words.bodies.unmade(
      some.map(({ title }) => title),
      why === told ? undefined : why,
    ),
  );
}

/** What it made was gone from the backend and was made again; unless that is gone, too. */
function remade({ rerun, end }: Job, missing: Delivery['missing'], words: Catalogue): string[] {
  if (!rerun?.gone?.remade || end?.kind !== 'succeeded') return [];
  return missing.some(({ problem }) => problem.code === 'output-gone') ? [] : [words.bodies.remade()];
}

/** Other models than its template names, where no slot shows it. */
function stoodIn({ standIns = [], end }: Job, words: Catalogue): string[] {
  if (end?.kind === 'cancelled') return [];
  return standIns.map(({ wanted, taken }) => words.bodies.stoodIn(wanted, taken));
}

/** It was made of a smaller picture than was sent. */
function shrunk({ shrunk: all = [], end }: Job, words: Catalogue): string[] {
  if (end?.kind === 'cancelled') return [];
  return all.map(({ slot, width, height }) => words.bodies.shrunk(slot, width, height));
}

/** In the words of who asked: the slot that they filled. Of a job from before that was written down, by its value. */
function inSlots({ values }: Job, problem: Problem): Problem {
  if (problem.code !== 'model-missing' || problem.slot !== undefined) return problem;
  const slot = Object.keys(values).find((name) => values[name] === problem.value);
  return slot === undefined ? problem : { ...problem, slot };
}

/** Every value but the title's, so that the picture can be made again. */
function facts(job: Job): View['facts'] {
  return Object.entries(job.values)
    .filter(([name, value]) => name !== job.mainSlot && value !== '')
    .map(([name, value]) => ({ name, value: String(value) }));
}

function cancelButton(job: Job, words: Catalogue): View['buttons'] {
  return [{ action: 'cancel', job: job.id, label: words.buttons.cancel() }];
}

function tryAgainButton(job: Job, problem: Problem, words: Catalogue): View['buttons'] {
  // tried again, what is missing is asked for, or taken as it is called there
  const isAsked = problem.code === 'model-missing' && problem.slot !== undefined;
  if (!(mayPass(problem) || isAsked) || !isRepeatable(job)) return [];
  return [{ action: 'again', job: job.id, label: words.buttons.tryAgain() }];
}

function allButton(job: Job, words: Catalogue): View['buttons'] {
  return job.trial ? [] : [{ action: 'all', job: job.id, label: words.buttons.all() }];
}

function againButton(job: Job, words: Catalogue): View['buttons'] {
  return isRepeatable(job) ? [{ action: 'again', job: job.id, label: words.buttons.again() }] : [];
}
