/** From a wish to a request that may be queued: a template's run, one like an earlier job, all files of a job. */
import type { Backend } from '../../core/backend.ts';
import type { Caller } from '../../core/caller.ts';
import { EaselError, type ProblemCode } from '../../core/errors.ts';
import type { NodeClasses } from '../../core/nodes.ts';
import type { Slot, SlotValues, Template } from '../../core/template.ts';
import { within } from '../../core/time.ts';
import { requireOpen } from '../../guilds/operator-policy.ts';
import { requireWelcome } from '../../guilds/policy.ts';
import type { OperatorRules } from '../../guilds/rules-schema.ts';
import type { GuildStore } from '../../guilds/store.ts';
import type { JobManager } from '../../jobs/manager.ts';
import { keyOf, misfits } from '../../templates/check.ts';
import { withChoices } from '../../templates/choices.ts';
import { fill } from '../../templates/fill.ts';
import { namesIn } from '../../templates/foreign-files.ts';
import { keepsFiles } from '../../templates/library/index.ts';
import { dependsOnModels, settle, type Preference, type Settled } from '../../templates/models/settle.ts';
import type { RawValues } from '../../templates/values.ts';
import { filesAgain, requireLeftOut, requireRepeatable, valuesAgain } from './again.ts';
import type { UsableEntry } from './offered.ts';
import type { PartnerRules } from '../operator/partners.ts';
import { ChoiceNeeded, type Choosable, type Questions, type Wish } from '../questions.ts';
import { prepareJob, type PreparedPost, type PreparedRun } from './run.ts';

export interface Preparations {
  /**
   * Checks everything that can be checked at once. Rejects with EaselError; where something has to be chosen first, with the
   * screen that asks (`ask`).
   */
  prepare(caller: Caller, name: string, raw: RawValues): Promise<PreparedRun>;
  /** What such a screen asks. Throws EaselError `form-expired`. */
  question(caller: Caller, id: string): Choosable;
  /** Goes on with what was chosen. Rejects as `prepare` does. */
  answer(caller: Caller, id: string, choice: string): Promise<PreparedRun>;
  /**
   * Rejects with EaselError where the caller may run nothing here, or not this template, whatever its values are: nobody
   * fills in a form to be told that they may not. `name` empty: anything at all.
   */
  welcome(caller: Caller, name: string): Promise<void>;
  /**
   * The same as an ended job of this guild, for whoever asks, with new seeds and the template as it now is. Rejects with
   * EaselError as `prepare` does, and with `no-such-job` or `again-needs-picture`.
   */
  prepareAgain(caller: Caller, job: string): Promise<PreparedRun>;
  /** Every file of a job that made more than were posted. Rejects with EaselError. */
  prepareAll(caller: Caller, job: string): Promise<PreparedPost>;
}

/** What no other values would help against. */
const UNWELCOME: readonly ProblemCode[] = [
  'banned',
  'outsider',
  'not-your-role',
  'not-this-channel',
  'not-served-here',
  'blocked-by-operator',
  'direct-messages-off',
  'not-taking-jobs',
  'partner-nodes',
];

export interface PrepareDeps {
  guilds: GuildStore;
  jobs: JobManager;
  backend: Backend;
  rules: () => OperatorRules;
  partners: PartnerRules;
  questions: Questions;
  /** Rejects with why the caller cannot use it. */
  find: (caller: Caller, name: string, runs?: boolean) => Promise<UsableEntry>;
}

export function createPreparations(deps: PrepareDeps): Preparations {
  const { guilds, jobs, backend, rules, partners, questions, find } = deps;

  async function prepare(
    caller: Caller,
    name: string,
    valuesFor: (template: Template) => RawValues,
    variant?: string,
  ): Promise<PreparedRun> {
    const { blockedWords: everywhere } = rules();
    requireOpen(caller, rules());
    guilds.requireSound(caller.guild);
    const settings = guilds.settings(caller.guild);
    await requireWelcome(caller, settings);
    const entry = await find(caller, name, true);
    await partners.require(caller, entry);
    const blockedWords = [...settings.blockedWords, ...everywhere];
    const given = valuesFor(entry.template);
    const preference = { model: settings.models[entry.name], variant };
    const { settled, nodes } = await settledNow(backend, entry.template, given, preference);
    const template = withChoices(settled.template, nodes);
    const prepared = prepareJob(caller, template, settled.raw, {
      jobs,
      blockedWords,
      wordsInside: entry.head ? everywhere : [],
      nodes,
      mayName: keepsFiles(entry) ? namesIn(template, nodes) : [],
    });
    requireFit({ ...entry, template }, prepared.values, backend);
    const { taken } = settled;
    return { ...prepared, ...(taken.length > 0 && { taken }) };
  }

  /** What has to be chosen is asked, and the rest is not typed again. */
  async function asking(caller: Caller, wish: Wish): Promise<PreparedRun> {
    const { name, valuesFor, variant } = wish;
    try {
      return await prepare(caller, name, valuesFor, variant);
    } catch (error) {
      if (!(error instanceof ChoiceNeeded)) throw error;
      const { slot, choices } = error.choosable;
      const [any = ''] = choices;
      // nobody chooses, to be told then that something else is wrong
      await prepare(caller, name, (template) => ({ ...valuesFor(template), [slot]: any }), variant).catch(
        (other: unknown) => {
          if (!(other instanceof ChoiceNeeded)) throw other;
        },
      );
      throw error.asking(questions.put(caller, 'which', { wish, problem: error.choosable }));
    }
  }

  return {
    prepare: (caller, name, raw) => asking(caller, { name, valuesFor: () => raw }),
    question(caller, id) {
      if (caller.barred) throw new EaselError(caller.barred);
      return questions.get(caller, 'which', id).problem;
    },
    answer(caller, id, choice) {
      const { wish, problem } = questions.get(caller, 'which', id);
      const valuesFor = (template: Template) => ({ ...wish.valuesFor(template), [problem.slot]: choice });
      return asking(caller, { ...wish, valuesFor });
    },
    async welcome(caller, name) {
      try {
        await prepare(caller, name, () => ({}));
      } catch (error) {
        if (error instanceof EaselError && UNWELCOME.includes(error.code)) throw error;
      }
    },
    async prepareAgain(caller, id) {
      const job = requireRepeatable(await jobs.find(id), caller);
      const again = filesAgain(job, (slot) => jobs.input(id, slot));
      const { name, variant } = job.template;
      const valuesFor = (template: Template) => ({ ...valuesAgain(job, template), ...again });
      return asking(caller, { name, valuesFor, variant });
    },
    async prepareAll(caller, id) {
      requireOpen(caller, rules());
      await requireWelcome(caller, guilds.settings(caller.guild));
      const left = requireLeftOut(await jobs.find(id), caller);
      jobs.admit(caller);
      return left;
    },
  };
}

/** For the first reading of what the backend has, and for another look before somebody is asked, in ms. */
const LOOK_MS = 1500;
/** What was read no longer ago is not asked for again, in ms. */
const FRESH_MS = 5000;

/** Rejects with ChoiceNeeded, once the backend has been asked anew. */
async function settledNow(
  backend: Backend,
  template: Template,
  given: RawValues,
  preference: Preference,
): Promise<{ settled: Settled; nodes: NodeClasses | undefined }> {
  const look = (maxAgeMs?: number) =>
    within(LOOK_MS, (signal) => backend.nodes(signal, maxAgeMs)).catch(() => backend.knownNodes());
  const known = backend.knownNodes() ?? (dependsOnModels(template) ? await look() : undefined);
  try {
    return { settled: settle(template, given, known, preference), nodes: known };
  } catch (error) {
    if (!isChoosable(error)) throw error;
    // what is missing may have been installed a moment ago
    const nodes = await look(FRESH_MS);
    try {
      return { settled: settle(template, given, nodes, preference), nodes };
    } catch (again) {
      throw isChoosable(again) ? new ChoiceNeeded(again.problem) : again;
    }
  }
}

function isChoosable(error: unknown): error is EaselError & { problem: Choosable } {
  return error instanceof EaselError && CHOOSABLE.includes(error.code);
}

const CHOOSABLE: readonly ProblemCode[] = ['not-a-choice', 'choice-unclear', 'choice-missing'];

/** Throws EaselError `template-unfit` for what its admins have been told of, where these values do not avoid it. */
function requireFit({ name, template, head }: UsableEntry, values: SlotValues, backend: Backend): void {
  const nodes = backend.knownNodes();
  if (!nodes || !head || head.told.length === 0) return;
  const { workflow, images } = fill(template, values);
  // what is uploaded will be there
  const slots = Object.fromEntries(
    images.map(({ slot, into }): [string, Slot] => [slot, { type: 'image', into, required: true }]),
  );
  const landing = new Set(misfits({ slots, workflow, outputs: template.outputs }, nodes).map(keyOf));
  const found = misfits(template, nodes).filter(
    (finding) => head.told.includes(keyOf(finding)) && landing.has(keyOf(finding)),
  );
  if (found.length > 0)
    throw new EaselError({ code: 'template-unfit', name, findings: found.map(({ problem }) => problem) });
}
