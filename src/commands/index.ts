/** The verbs. Platforms turn what a person did into a call here, and errors into a private sentence. */
import { refusal } from '../core/access.ts';
import type { Backend } from '../core/backend.ts';
import type { Caller, Chat } from '../core/chat.ts';
import { EaselError } from '../core/errors.ts';
import { jobTitle, type Job } from '../core/job.ts';
import type { Json } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import type { PictureJudge } from '../core/pictures.ts';
import type { Slot, SlotValues, Template } from '../core/template.ts';
import type { Clock } from '../core/time.ts';
import { NO_RULES, requireOpen } from '../guilds/operator-policy.ts';
import type { GuildLimits } from '../guilds/limits.ts';
import { isShutOut, recognise, requireWelcome } from '../guilds/policy.ts';
import type { OperatorRules } from '../guilds/rules-schema.ts';
import type { GuildStore } from '../guilds/store.ts';
import { catalogue } from '../i18n/index.ts';
import type { JobRequest, NotedJob } from '../jobs/intake.ts';
import type { LiveJob } from '../jobs/live-job.ts';
import type { JobManager } from '../jobs/manager.ts';
import { keyOf, misfits } from '../templates/check.ts';
import { matchingChoices, withChoices } from '../templates/choices.ts';
import { fill } from '../templates/fill.ts';
import { namesIn } from '../templates/foreign-files.ts';
import { keepsFiles, type Entry, type Library } from '../templates/library.ts';
import type { TemplateStore } from '../templates/store.ts';
import type { RawValues } from '../templates/values.ts';
import { picturesAgain, requireLeftOut, requireRepeatable, valuesAgain } from './again.ts';
import { createEditor, type TemplateEditor } from './editor.ts';
import { helpLines } from './help.ts';
import { createOffers, type Offers } from './offers.ts';
import { NOBODY, type OperatorLine } from './operator-line.ts';
import { createPartnerRules, type PartnerOptions } from './partners.ts';
import { queueItem, type QueueItem } from './queue-item.ts';
import type { Maxima } from './maxima.ts';
import { noteJob, prepareJob, startJob, type Prepared, type PreparedPost, type PreparedRun } from './run.ts';
import { createSettings, type SettingsVerbs } from './settings.ts';
import { createShelf, type ShelfVerbs } from './shelf.ts';

export type { QueueItem } from './queue-item.ts';
export type { Prepared } from './run.ts';

export interface Commands extends OperatorLine {
  /** The caller with the rights and the language that their guild gives them. Platforms ask this first, for everybody. */
  recognise(caller: Caller): Caller;
  /** The templates that come with Easel, in alphabetical order: what a guild has that changed nothing. */
  builtin(): readonly Template[];
  /** What the caller may use here, in alphabetical order; choices that the backend decides are filled in. */
  templates(caller: Caller): Promise<readonly Template[]>;
  /** One of those; undefined when there is no such one for the caller. */
  template(caller: Caller, name: string): Promise<Template | undefined>;
  /** Where words go that name no template, as the guild has set. */
  defaultTemplate(caller: Caller): Promise<Template | undefined>;
  /** Choices of a slot that hold what was typed, those that begin with it first; at most `max`. Never rejects. */
  complete(caller: Caller, name: string, slot: string, typed: string, max: number): Promise<string[]>;
  readonly editor: TemplateEditor;
  readonly shelf: ShelfVerbs;
  readonly settings: SettingsVerbs;
  /** Checks everything that can be checked at once. Rejects with EaselError. */
  prepare(caller: Caller, name: string, raw: RawValues): Promise<PreparedRun>;
  /**
   * The same as an ended job of this guild, for whoever asks, with new seeds and the template as it now is. Rejects with
   * EaselError as `prepare` does, and with `no-such-job` or `again-needs-picture`.
   */
  prepareAgain(caller: Caller, job: string): Promise<PreparedRun>;
  /** Every file of a job that made more than were posted. Rejects with EaselError. */
  prepareAll(caller: Caller, job: string): Promise<PreparedPost>;
  /** Fetches images and queues the job; `reply` is where its reply is. Throws EaselError. */
  run(prepared: Prepared, reply: Json, signal: AbortSignal): Promise<Job>;
  /**
   * As `run`, where the person is told between the two steps: the job is written down first, so that none is lost that
   * somebody was told of. `reply`: as much of the address as is known. Throws EaselError.
   */
  note(prepared: Prepared, reply: Json, signal: AbortSignal): Promise<NotedJob>;
  /** Cancels one job: by its id, or the caller's own by words of its title; their newest here by default. Throws EaselError. */
  cancel(caller: Caller, wanted?: string): Promise<Job>;
  /** The caller's own unfinished jobs here, newest first. */
  own(caller: Caller): QueueItem[];
  /** What runs and waits here: counted in `heading`; the first 100 are `items`. */
  queue(caller: Caller): { heading: string; items: QueueItem[] };
  /** `verb`: how the platform calls Easel's own commands. */
  help(caller: Caller, verb?: (name: string) => string): Promise<string[]>;
}

export interface CommandsOptions {
  library: Library;
  templateStore: TemplateStore;
  guilds: GuildStore;
  /** The operator's, with what the environment says; asked at every request. Without it there are none. */
  rules?: (() => OperatorRules) | undefined;
  /** As `createPartnerRules` takes them. */
  partners?: Pick<PartnerOptions, 'operators' | 'since'> | undefined;
  /** Without it nobody runs Easel from a chat. */
  operatorLine?: OperatorLine | undefined;
  jobs: JobManager;
  /** For what people attach. */
  pictures: PictureJudge;
  backend: Backend;
  /** May grow after this call, since a chat needs the commands. */
  chats: ReadonlyMap<string, Chat>;
  /** What holds in a guild. */
  limits: (guild: string) => GuildLimits;
  /** For what the operator sets in guilds. */
  maxima?: Pick<Maxima, 'allow'> | undefined;
  clock: Clock;
  log: Log;
}

export function createCommands(options: CommandsOptions): Commands & { offers: Offers } {
  const { library, templateStore: store, guilds, jobs, pictures, backend, chats } = options;
  const { limits, maxima, clock, log } = options;
  const { rules = () => NO_RULES } = options;
  const partners = createPartnerRules({ ...options.partners, rules, backend });
  const offers = createOffers(library, chats, log);

  /** The caller's own that can still be cancelled, newest first. */
  function own({ guild, user, platform }: Caller): LiveJob[] {
    return jobs.roster
      .of(guild, user)
      .filter(({ job }) => job.platform === platform && !job.end && job.cancelledBy === undefined)
      .toSorted((a, b) => b.job.times.queued - a.job.times.queued);
  }

  async function usable(caller: Caller): Promise<Template[]> {
    const found: Template[] = [];
    if (caller.barred) return found;
    for (const { template, access } of await library.usable(caller.guild))
      if (template && (await mayUse(caller, access)) === undefined) found.push(template);
    return found;
  }

  /** A platform that cannot tell about the channel does not open what is closed. */
  async function mayUse(caller: Caller, access: Entry['access']): ReturnType<typeof refusal> {
    // what they may not run is not shown to them either
    if (isShutOut(caller, guilds.settings(caller.guild))) return 'role';
    try {
      return await refusal(access, caller);
    } catch (error) {
      log.warn({ guild: caller.guild, err: error }, 'a channel could not be looked up');
      return access.ageRestricted ? 'age' : 'channel';
    }
  }

  /** Rejects with why the caller cannot use it. */
  async function find(caller: Caller, name: string): Promise<Entry & { template: Template }> {
    if (caller.barred) throw new EaselError(caller.barred);
    const entry = (await library.entries(caller.guild)).find((one) => one.name === name);
    if (!entry?.template) {
      const known = (await usable(caller)).map((template) => template.name);
      throw new EaselError({ code: 'unknown-template', name, known });
    }
    if (entry.off) throw new EaselError({ code: 'template-disabled', name });
    const why = await mayUse(caller, entry.access);
    if (why === 'role') throw new EaselError({ code: 'not-for-you', name });
    if (why === 'channel') throw new EaselError({ code: 'not-here', name });
    if (why === 'age') throw new EaselError({ code: 'age-restricted', name });
    return { ...entry, template: withChoices(entry.template, backend.knownNodes()) };
  }

  /** Throws EaselError `template-unfit` for what its admins have been told of, where these values do not avoid it. */
  function requireFit({ name, template, head }: Entry & { template: Template }, values: SlotValues): void {
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
    const entry = await find(caller, name);
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
    requireFit(entry, prepared.values);
    return prepared;
  }

  /** Its pictures took a while, and the operator may have said no meanwhile. */
  const stillOpen = ({ caller }: JobRequest): void => requireOpen(caller, rules());

  return {
    ...(options.operatorLine ?? NOBODY),
    offers,
    editor: createEditor({ ...options, store, rules, partners, offers }),
    shelf: createShelf({ library, guilds, backend, offers, clock, mayUse }),
    settings: createSettings({ guilds, library, jobs, clock, limits, maxima }),
    recognise: (caller) => recognise(caller, guilds.settings(caller.guild), rules()),
    builtin: () => library.builtin,
    async templates(caller) {
      const nodes = backend.knownNodes();
      return (await usable(caller)).map((template) => withChoices(template, nodes));
    },
    async template(caller, name) {
      try {
        return (await find(caller, name)).template;
      } catch (error) {
        if (error instanceof EaselError && error.code !== 'store-failed') return undefined;
        throw error;
      }
    },
    async defaultTemplate(caller) {
      const { defaultTemplate } = guilds.settings(caller.guild);
      const found = (await usable(caller)).find(({ name }) => name === defaultTemplate);
      return found && withChoices(found, backend.knownNodes());
    },
    async complete(caller, name, slot, typed, max) {
      try {
        const found = (await find(caller, name)).template.slots[slot];
        return found?.type === 'choice' ? matchingChoices(found, typed, max) : [];
      } catch (error) {
        log.debug({ guild: caller.guild, template: name, err: error }, 'nothing to complete');
        return [];
      }
    },
    prepare: (caller, name, raw) => prepare(caller, name, () => raw),
    async prepareAgain(caller, id) {
      const job = requireRepeatable(await jobs.find(id), caller);
      const again = picturesAgain(job, (slot) => jobs.input(id, slot));
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
    run: (prepared, reply, signal) => startJob(prepared, reply, signal, { jobs, pictures }, stillOpen),
    note: (prepared, reply, signal) => noteJob(prepared, reply, signal, { jobs, pictures }, stillOpen),
    async cancel(caller, wanted) {
      const mine = own(caller).map(({ job }) => ({ id: job.id, title: jobTitle(job) }));
      const said = wanted?.toLowerCase() ?? '';
      const exact = mine.filter(({ title }) => title.toLowerCase() === said).slice(0, 1);
      const named = exact.length > 0 ? exact : mine.filter(({ title }) => title.toLowerCase().includes(said));
      if (wanted !== undefined && named.length > 1)
        throw new EaselError({ code: 'which-job', titles: named.map(({ title }) => title) });
      const [found] = named;
      if (wanted !== undefined) return jobs.cancel(found?.id ?? wanted, caller);
      if (!found) throw new EaselError({ code: 'nothing-to-cancel' });
      return jobs.cancel(found.id, caller);
    },
    own: (caller) => own(caller).map((live) => queueItem(live, caller)),
    queue(caller) {
      const words = catalogue(caller.locale);
      const here = jobs.roster.guild(caller.guild);
      const heading = here ? words.queue.heading(here.running, here.waiting) : words.queue.empty();
      const all = jobs.list(caller.guild).map((live) => queueItem(live, caller));
      const hidden = ({ place, user }: Job) =>
        place !== caller.place && user !== caller.user && !caller.admin;
      const shown = all
        .filter(({ job }) => !caller.outsider || !hidden(job))
        .filter(({ job }) => !caller.barred || job.user === caller.user)
        .map((item) => (hidden(item.job) ? { ...item, title: words.queue.elsewhere() } : item));
      return { heading, items: shown };
    },
    async help(caller, verb = (name) => `/${name}`) {
      return helpLines(caller, await usable(caller), verb);
    },
  };
}
