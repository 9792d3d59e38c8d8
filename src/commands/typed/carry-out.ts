/**
 * What a typed line or a pressed button asks for, done: whatever it is, it comes to an outcome, and a platform only has to
 * show that.
 */
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import type { Field } from '../../core/screen.ts';
import type { Button } from '../../core/view.ts';
import type { JobVerbs } from '../verbs/job-verbs.ts';
import type { Preparations } from '../verbs/prepare.ts';
import type { Prepared } from '../verbs/run.ts';
import type { Entered, Outcome, Screens } from '../screens/index.ts';
import { rawValuesOf } from '../screens/kind.ts';
import type { Questions } from '../questions.ts';
import type { Intent } from './understand.ts';

export interface CarryOptions {
  /** What was typed, with the files that go with it. `fields`: of the form that it is for. */
  attach?: ((typed: Entered, fields: readonly Field[]) => Entered | Promise<Entered>) | undefined;
  /** Nobody can fill in a form: what lacks a value is refused. */
  formless?: boolean | undefined;
  signal: AbortSignal;
}

/** A button of a reply. */
export interface Press {
  kind: 'press';
  action: Button['action'];
  job: string;
}

/** `prepared`: also a job that posts what another one has made. */
export type Carried = Omit<Outcome, 'prepared'> & { prepared?: Prepared | undefined };

/** Rejects with EaselError. What has to be chosen first is a screen. */
export async function carryOut(
  caller: Caller,
  intent: Intent | Press,
  deps: CarryDeps,
  options: CarryOptions,
): Promise<Carried> {
  try {
    return await carried(caller, intent, deps, options);
  } catch (error) {
    if (!(error instanceof EaselError) || error.ask === undefined) throw error;
    return { done: [], screen: await deps.screens.open(caller, error.ask) };
  }
}

type CarryDeps = Preparations & Pick<JobVerbs, 'cancelLines'> & { screens: Screens; questions: Questions };

async function carried(
  caller: Caller,
  intent: Intent | Press,
  deps: CarryDeps,
  { attach, formless = false, signal }: CarryOptions,
): Promise<Carried> {
  const { screens } = deps;
  switch (intent.kind) {
    case 'open':
      return { done: [], screen: await screens.open(caller, intent.at) };
    case 'answer':
      return { ...(intent.failed && { failed: true }), done: await intent.answer() };
    case 'act': {
      const { at, action, entered } = intent;
      const whole = attach ? await attach(entered, (await screens.open(caller, at)).fields) : entered;
      return screens.act(caller, at, action, whole, { signal });
    }
    case 'press':
      return press(caller, intent, deps);
    case 'ask': {
      const { template, doubts, values, meant } = intent;
      const { fields } = await screens.open(caller, `run/${template.name}`);
      const whole = async (typed: Entered) => rawValuesOf(attach ? await attach(typed, fields) : typed);
      const question = { template: template.name, doubts, values: await whole(values) };
      const at = deps.questions.put(caller, 'ask', {
        ...question,
        ...(meant && { meant: await whole(meant) }),
      });
      return { done: [], screen: await screens.open(caller, at) };
    }
    case 'run': {
      const { name } = intent.template;
      const form = await screens.open(caller, `run/${name}`);
      const entered: Entered = attach ? await attach(intent.values, form.fields) : intent.values;
      const isAsked = intent.bare && form.fields.some(({ key, required }) => required && !(key in entered));
      if (isAsked && !formless) return { done: [], screen: form };
      return { done: [], prepared: await deps.prepare(caller, name, rawValuesOf(entered)) };
    }
  }
}

async function press(
  caller: Caller,
  { action, job }: Press,
  deps: Preparations & Pick<JobVerbs, 'cancelLines'>,
): Promise<Carried> {
  switch (action) {
    case 'cancel':
      return { done: await deps.cancelLines(caller, job) };
    case 'again':
      return { done: [], prepared: await deps.prepareAgain(caller, job) };
    case 'all':
      return { done: [], prepared: await deps.prepareAll(caller, job) };
  }
}
