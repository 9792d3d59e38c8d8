/** The verbs. Platforms turn what a person did into a call here, and errors into a private sentence. */
import type { Caller } from '../core/chat.ts';
import { EaselError } from '../core/errors.ts';
import { jobTitle, type Job } from '../core/job.ts';
import type { Json } from '../core/json.ts';
import type { MediaFile } from '../core/run.ts';
import { mainTextSlot, type SlotValues, type Template } from '../core/template.ts';
import { catalogue, type Catalogue } from '../i18n/index.ts';
import { presentStanding } from './present.ts';
import type { JobManager } from '../jobs/manager.ts';
import { fill } from '../templates/fill.ts';
import { randomSeed, readValues, type Attachment, type RawValues } from '../templates/values.ts';
import { checkAttachment, loadImage } from './images.ts';

/** A request whose values are right; what is left is to fetch its images and to queue it. */
export interface Prepared {
  caller: Caller;
  template: Template;
  values: SlotValues;
  attachments: [slot: string, attachment: Attachment][];
}

export interface QueueItem {
  job: Job;
  title: string;
  /** "2nd in line: …", "40 % · KSampler · 8/20". */
  where: string;
}

export interface Commands {
  /** Every template, in alphabetical order. */
  templates(): readonly Template[];
  template(name: string): Template | undefined;
  /** Checks everything that can be checked at once. Throws EaselError. */
  prepare(caller: Caller, name: string, raw: RawValues): Prepared;
  /** Fetches images and queues the job; `reply` is where its reply is. Throws EaselError. */
  run(prepared: Prepared, reply: Json, signal: AbortSignal): Promise<Job>;
  /** Cancels one job: by its id, or the caller's own by words of its title; their newest here by default. Throws EaselError. */
  cancel(caller: Caller, wanted?: string): Promise<Job>;
  /** The caller's own unfinished jobs here, newest first. */
  own(caller: Caller): QueueItem[];
  queue(caller: Caller): { heading: string; items: QueueItem[] };
  /** `verb`: how the platform calls Easel's own commands. */
  help(caller: Caller, verb?: (name: string) => string): string[];
}

/** For downloading what was attached, in ms. */
const IMAGE_DEADLINE_MS = 30_000;

export function createCommands(templates: readonly Template[], jobs: JobManager): Commands {
  const byName = new Map(templates.map((template) => [template.name, template]));

  function items({ guild }: Caller): QueueItem[] {
    return jobs.list(guild).map(({ job, standing }) => ({
      job,
      title: jobTitle(job),
      where: presentStanding(job, standing).status,
    }));
  }

  return {
    templates: () => templates,
    template: (name) => byName.get(name),
    prepare(caller, name, raw) {
      const template = byName.get(name);
      if (!template) throw new EaselError({ code: 'unknown-template', name, known: [...byName.keys()] });
      const values = readValues(template, raw, randomSeed);
      const attachments: Prepared['attachments'] = [];
      for (const [slot, value] of Object.entries(raw)) {
        if (typeof value !== 'object') continue;
        checkAttachment(slot, value);
        attachments.push([slot, value]);
      }
      jobs.admit(caller.guild, caller.user);
      return { caller, template, values, attachments };
    },
    async run({ caller, template, values, attachments }, reply, signal) {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(IMAGE_DEADLINE_MS)]);
      const files: Record<string, MediaFile> = {};
      for (const [slot, attachment] of attachments) files[slot] = await loadImage(slot, attachment, limited);
      return jobs.submit({
        caller,
        template: { name: template.name, version: template.version },
        values,
        mainSlot: mainTextSlot(template),
        ...fill(template, values),
        files,
        outputNodes: template.outputs,
        reply,
      });
    },
    async cancel(caller, wanted) {
      const mine = own(items(caller), caller);
      const said = wanted?.toLowerCase() ?? '';
      const exact = mine.filter(({ title }) => title.toLowerCase() === said).slice(0, 1);
      const named = exact.length > 0 ? exact : mine.filter(({ title }) => title.toLowerCase().includes(said));
      if (wanted !== undefined && named.length > 1)
        throw new EaselError({ code: 'which-job', titles: named.map(({ title }) => title) });
      const [found] = named;
      if (wanted !== undefined) return jobs.cancel(found?.job.id ?? wanted, caller);
      if (!found) throw new EaselError({ code: 'nothing-to-cancel' });
      return jobs.cancel(found.job.id, caller);
    },
    own: (caller) => own(items(caller), caller),
    queue(caller) {
      const words = catalogue(caller.locale);
      const all = items(caller);
      const waiting = all.filter(({ job }) => job.state === 'queued').length;
      const heading =
        all.length === 0 ? words.queue.empty() : words.queue.heading(all.length - waiting, waiting);
      const hidden = ({ place, user }: Job) =>
        place !== caller.place && user !== caller.user && !caller.admin;
      const shown = all.map((item) =>
        hidden(item.job) ? { ...item, title: words.queue.elsewhere() } : item,
      );
      return { heading, items: shown };
    },
    help(caller, verb = (name) => `/${name}`) {
      return helpLines(catalogue(caller.locale), templates, verb);
    },
  };
}

/** Those that can still be cancelled, newest first. */
function own(all: QueueItem[], { user, platform }: Caller): QueueItem[] {
  return all
    .filter(
      ({ job }) =>
        job.user === user && job.platform === platform && !job.end && job.cancelledBy === undefined,
    )
    .toSorted((a, b) => b.job.times.queued - a.job.times.queued);
}

function helpLines(
  words: Catalogue,
  templates: readonly Template[],
  verb: (name: string) => string,
): string[] {
  const { help, commands } = words;
  const entries = templates.map(({ name, description, slots }) => {
    const usage = Object.entries(slots).map(([slot, { required }]) =>
      required ? `${slot}:…` : `[${slot}:…]`,
    );
    return { usage: help.usage(name, usage), description };
  });
  entries.push({ usage: verb('queue'), description: commands.queue() });
  entries.push({ usage: verb('cancel'), description: commands.cancel() });
  return [help.heading(), ...entries.map((entry) => help.line(entry))];
}
