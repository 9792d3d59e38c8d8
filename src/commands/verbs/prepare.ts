/** From a wish to a request that may be queued: a template's run, one like an earlier job, all files of a job. */
import type { Backend } from '../../core/backend.ts';
import type { Caller } from '../../core/caller.ts';
import { EaselError, type ProblemCode } from '../../core/errors.ts';
import type { Slot, SlotValues, Template } from '../../core/template.ts';
import { requireOpen } from '../../guilds/operator-policy.ts';
import { requireWelcome } from '../../guilds/policy.ts';
import type { OperatorRules } from '../../guilds/rules-schema.ts';
import type { GuildStore } from '../../guilds/store.ts';
import type { JobManager } from '../../jobs/manager.ts';
import { keyOf, misfits } from '../../templates/check.ts';
import { fill } from '../../templates/fill.ts';
import { namesIn } from '../../templates/foreign-files.ts';
import { keepsFiles } from '../../templates/library/index.ts';
import type { RawValues } from '../../templates/values.ts';
import { filesAgain, requireLeftOut, requireRepeatable, valuesAgain } from './again.ts';
import type { UsableEntry } from './offered.ts';
import type { PartnerRules } from '../operator/partners.ts';
import { prepareJob, type PreparedPost, type PreparedRun } from './run.ts';

export interface Preparations {
  /** Checks everything that can be checked at once. Rejects with EaselError. */
  prepare(caller: Caller, name: string, raw: RawValues): Promise<PreparedRun>;
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
  /** Rejects with why the caller cannot use it. */
  find: (caller: Caller, name: string, runs?: boolean) => Promise<UsableEntry>;
}

export function createPreparations(deps: PrepareDeps): Preparations {
  const { guilds, jobs, backend, rules, partners, find } = deps;

  async function prepare(
    caller: Caller,
    name: string,
    valuesFor: (template: Template) => RawValues,
  ): Promise<PreparedRun> {
    const { blockedWords: everywhere } = rules();
    requireOpen(caller, rules());
    guilds.requireSound(caller.guild);
    const settings = guilds.settings(caller.guild);
    await requireWelcome(caller, settings);
    const entry = await find(caller, name, true);
    await partners.require(caller, entry);
    const blockedWords = [...settings.blockedWords, ...everywhere];
    const nodes = backend.knownNodes();
    const prepared = prepareJob(caller, entry.template, valuesFor(entry.template), {
      jobs,
      blockedWords,
      wordsInside: entry.head ? everywhere : [],
      nodes,
      mayName: keepsFiles(entry) ? namesIn(entry.template, nodes) : [],
    });
    requireFit(entry, prepared.values, backend);
    return prepared;
  }

  return {
    prepare: (caller, name, raw) => prepare(caller, name, () => raw),
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
      return prepare(caller, job.template.name, (template) => ({
        ...valuesAgain(job, template),
        ...again,
      }));
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
