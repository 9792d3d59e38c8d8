/** The verbs and screens. Platforms turn what a person did into a call here, and errors into a private sentence. */
import type { Backend } from '../core/backend.ts';
import type { Caller } from '../core/caller.ts';
import type { Chat } from '../core/chat.ts';
import { EaselError } from '../core/errors.ts';
import type { Job } from '../core/job.ts';
import type { Json } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import type { PictureJudge } from '../core/pictures.ts';
import type { Clock } from '../core/time.ts';
import type { GuildLimits } from '../guilds/limits.ts';
import { NO_RULES, requireOpen } from '../guilds/operator-policy.ts';
import { recognise } from '../guilds/policy.ts';
import type { OperatorRules } from '../guilds/rules-schema.ts';
import type { GuildStore } from '../guilds/store.ts';
import type { JobRequest, NotedJob } from '../jobs/intake/intake.ts';
import type { JobManager } from '../jobs/manager.ts';
import type { Library } from '../templates/library/index.ts';
import type { TemplateStore } from '../templates/library/store.ts';
import { carryOut, type Carried, type CarryOptions, type Press } from './typed/carry-out.ts';
import { createEditor, type TemplateEditor } from './verbs/editor.ts';
import { helpLines } from './verbs/help.ts';
import { createJobVerbs, type JobVerbs } from './verbs/job-verbs.ts';
import type { Maxima } from './operator/maxima.ts';
import { createOffered, type Offered } from './verbs/offered.ts';
import { createMenu, type Menu } from './menu.ts';
import { createOffers, type Offers } from './offers.ts';
import { NOBODY, type OperatorLine } from './operator/operator-line.ts';
import { createPartnerRules, type PartnerOptions } from './operator/partners.ts';
import { createPreparations, type Preparations } from './verbs/prepare.ts';
import { noteJob, startJob, type Prepared } from './verbs/run.ts';
import { createQuestions } from './questions.ts';
import { createScreens, type Screens } from './screens/index.ts';
import { createSettings, type SettingsVerbs } from './verbs/settings.ts';
import { createShelf, type ShelfVerbs } from './verbs/shelf.ts';
import { createUsualModels, type UsualModels } from './verbs/usual-models.ts';
import { understand, type Intent, type Reading } from './typed/understand.ts';
import type { Uses } from './uses.ts';

export { isQuestion } from './questions.ts';
export type { NotedJob } from '../jobs/intake/intake.ts';
export type { Carried } from './typed/carry-out.ts';
export type { Prepared } from './verbs/run.ts';
export type { Entered, Outcome, Screens, Shown } from './screens/index.ts';
export type { Intent } from './typed/understand.ts';

export interface Commands extends OperatorLine, Offered, JobVerbs, Preparations, Pick<Menu, 'menu'> {
  /** The caller with the rights and the language that their guild gives them. Platforms ask this first, for everybody. */
  recognise(caller: Caller): Caller;
  /** What a typed line asks for. Rejects with EaselError. */
  understand(caller: Caller, line: string, reading?: Reading): Promise<Intent>;
  /** Does it. Rejects with EaselError. */
  carryOut(caller: Caller, intent: Intent | Press, options: CarryOptions): Promise<Carried>;
  readonly screens: Screens;
  readonly editor: TemplateEditor;
  readonly shelf: ShelfVerbs;
  readonly settings: SettingsVerbs;
  readonly usualModels: UsualModels;
  /** Fetches images and queues the job; `reply` is where its reply is. Throws EaselError. */
  run(prepared: Prepared, reply: Json, signal: AbortSignal): Promise<Job>;
  /**
   * As `run`, where the person is told between the two steps: the job is written down first, so that none is lost that
   * somebody was told of. `reply`: as much of the address as is known. Throws EaselError.
   */
  note(prepared: Prepared, reply: Json, signal: AbortSignal): Promise<NotedJob>;
  /** `call`: how a command is typed there, be it a template or Easel's own. */
  help(caller: Caller, call?: (name: string) => string): Promise<string[]>;
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
  /** Without it nothing is counted, and templates matter by their names. */
  uses?: Uses | undefined;
  /** What holds in a guild. */
  limits: (guild: string) => GuildLimits;
  /** For what the operator sets in guilds. */
  maxima?: Pick<Maxima, 'allow'> | undefined;
  clock: Clock;
  log: Log;
}

export function createCommands(options: CommandsOptions): Commands & { offers: Offers } {
  const { library, templateStore: store, guilds, jobs, pictures, backend, chats } = options;
  const { limits, maxima, clock, log, operatorLine = NOBODY } = options;
  const { rules = () => NO_RULES } = options;
  const partners = createPartnerRules({ ...options.partners, rules, backend });
  const menu = createMenu(options);
  const offers = createOffers({ library, chats, menu, audit: guilds, clock, log });
  const { mayUse, find, ...offered } = createOffered({ library, guilds, backend, log });
  const questions = createQuestions(clock);
  const preparations = createPreparations({ guilds, jobs, backend, rules, partners, questions, find });
  const jobVerbs = createJobVerbs(jobs);
  const editor = createEditor({ ...options, store, rules, partners, offers });
  const shelf = createShelf({
    library,
    guilds,
    backend,
    unlisted: (caller) => menu.unlisted(caller),
    offers,
    clock,
    mayUse,
  });
  const settings = createSettings({ guilds, library, jobs, offers, clock, limits, maxima });
  const usualModels = createUsualModels({ guilds, library, backend, clock });
  const faces = { editor, shelf, settings, usualModels, questions, chats, log };
  const screens = createScreens({ ...offered, ...preparations, ...faces });
  const help = async (caller: Caller, verb = (name: string) => `/${name}`) => {
    const unlisted = await menu.unlisted(caller);
    return helpLines(caller, await offered.templates(caller), {
      call: (name) => (unlisted.has(name) ? verb(`easel ${name}`) : verb(name)),
      holds: (lines) => chats.get(caller.platform)?.tells?.(lines) ?? true,
      ranked: (templates) => menu.rankedIn(caller.guild, templates),
    });
  };

  /** Its pictures took a while, and the operator may have said no meanwhile, or the channel have lost its mark. */
  const stillOpen = async ({ caller, template: { name }, files, trial }: JobRequest): Promise<void> => {
    requireOpen(caller, rules());
    if (trial || Object.keys(files).length === 0) return;
    const entry = (await library.entries(caller.guild)).find((one) => one.name === name);
    if (entry?.access.ageRestricted && (await mayUse(caller, entry.access, true)) === 'age')
      throw new EaselError({ code: 'age-restricted', name });
  };

  return {
    ...operatorLine,
    ...offered,
    ...jobVerbs,
    ...preparations,
    offers,
    editor,
    shelf,
    settings,
    usualModels,
    screens,
    help,
    recognise: (caller) => recognise(caller, guilds.settings(caller.guild), rules()),
    understand: (caller, line, reading) => {
      const deps = { ...operatorLine, ...offered, ...jobVerbs, ...preparations, screens, help };
      return understand(caller, line, deps, reading);
    },
    carryOut: (caller, intent, how) =>
      carryOut(caller, intent, { ...jobVerbs, ...preparations, screens, questions }, how),
    menu: () => menu.menu(),
    async run(prepared, reply, signal) {
      const job = await startJob(prepared, reply, signal, { jobs, pictures }, stillOpen);
      menu.ran(prepared);
      return job;
    },
    async note(prepared, reply, signal) {
      const noted = await noteJob(prepared, reply, signal, { jobs, pictures }, stillOpen);
      menu.ran(prepared);
      return noted;
    },
  };
}
