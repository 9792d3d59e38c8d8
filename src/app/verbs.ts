/** Opens what people, admins and the operator can do, and what watches over templates, costs and guilds that leave. */
import { createAccountWatch } from '../commands/operator/account-watch.ts';
import { createDepartures, type Departures } from '../commands/operator/departures.ts';
import { createDriftWatch } from '../commands/operator/drift.ts';
import { createForget } from '../commands/operator/forget.ts';
import { createCommands, type Commands } from '../commands/index.ts';
import { createMaxima, type Maxima } from '../commands/operator/maxima.ts';
import { createMenuWatch, type MenuWatch } from '../commands/menu-watch.ts';
import type { Offers } from '../commands/offers.ts';
import { createUses, type Uses } from '../commands/uses.ts';
import type { OperatorDesk } from '../commands/operator/operator-desk.ts';
import { createOperatorLine } from '../commands/operator/operator-line.ts';
import { createRuleVerbs } from '../commands/operator/operator-rules.ts';
import { createOperator, type NamedGuild, type OperatorVerbs } from '../commands/operator/operator.ts';
import { createOperators } from '../commands/operator/operators.ts';
import { createPartnerNotices, partnersSince } from '../commands/operator/partner-notices.ts';
import { createPartnerRules } from '../commands/operator/partners.ts';
import type { Config } from '../config.ts';
import type { Chat } from '../core/chat.ts';
import type { Disk } from '../core/disk.ts';
import type { Files } from '../core/files.ts';
import type { Links } from '../core/links.ts';
import type { Log } from '../core/log.ts';
import type { PictureJudge } from '../core/pictures.ts';
import type { Clock } from '../core/time.ts';
import { ruling, type Basics } from '../guilds/operator-policy.ts';
import type { JobManager } from '../jobs/manager.ts';
import type { Library } from '../templates/library/index.ts';
import type { LimitBook } from './limits.ts';
import type { PresentBackend } from './present-backend.ts';
import type { Stores } from './stores.ts';

/** Between two looks whether templates still fit the backend. */
const DRIFT_MS = 5 * 60_000;

export interface VerbDeps {
  stores: Stores;
  limits: LimitBook;
  library: Library;
  jobs: JobManager;
  backend: PresentBackend;
  /** May grow after this call, since a chat needs the commands. */
  chats: ReadonlyMap<string, Chat>;
  files: Files;
  links: Links;
  disk: Disk;
  pictures: PictureJudge;
  /** Where the operator is at home: the page. */
  home: NamedGuild;
  clock: Clock;
  log: Log;
  timing: { driftMs?: number | undefined; departuresMs?: number | undefined };
}

interface Watcher {
  name: string;
  start(): void;
  stop(): Promise<void> | void;
}

interface Verbs {
  commands: Commands & { offers: Offers };
  operator: OperatorVerbs;
  desk: OperatorDesk;
  departures: Departures;
  maxima: Maxima;
  menus: MenuWatch;
  /** What looks after things by itself, once it is started. */
  watchers: Watcher[];
}

export async function openVerbs(config: Config, deps: VerbDeps): Promise<Verbs> {
  const { stores, limits, library, jobs, backend, chats, disk, pictures, home, clock, log, timing } = deps;
  const { guilds, failures, notices } = stores;
  const shared = { library, guilds, backend, chats, clock, log };
  const basics = basicsOf(config);
  const rules = ruling(() => stores.rules.rules(), basics);
  const operators = createOperators({ operators: config.OPERATORS ?? [], chats, clock, log });
  const ruleVerbs = createRuleVerbs({ store: stores.rules, basics, jobs, clock });
  const operatorLine = createOperatorLine({ rules: ruleVerbs, operators });
  const since = await partnersSince(stores.marks, clock);
  const partners = { operators, since };
  const uses = createUses(stores.marks, log);
  const maxima = createMaxima({ ...stores, limits: limits.of, chats, clock, log });
  const commands = createCommands({
    ...shared,
    rules,
    partners,
    operatorLine,
    limits: limits.of,
    maxima,
    uses,
    jobs,
    pictures,
    templateStore: stores.templates,
  });
  const departures = departuresOf(deps, { rules: ruleVerbs, offers: commands.offers, uses });
  const allowing = createPartnerRules({ ...partners, rules, backend });
  const costs = createPartnerNotices({ ...shared, notices, partners: allowing, since });
  const drift = createDriftWatch({ ...shared, notices, everyMs: timing.driftMs ?? DRIFT_MS });
  const menus = createMenuWatch({ ...stores, offers: commands.offers, chats, clock, log });
  const concurrency = config.COMFY_CONCURRENCY;
  const account = createAccountWatch({ backend, clock, log });
  const watched = { jobs, failures, disk, concurrency, account, home, maxima, hold: () => jobs.hold() };
  const operator = createOperator({ ...shared, ...watched });
  const desk = { rules: ruleVerbs, notices, departures, raise: (key: string) => operator.raise(key) };
  const watchers = [
    { name: 'drift', ...drift },
    { name: 'account', start: () => account.start(), stop: () => account.stop() },
    { name: 'departures', start: () => departures.start(), stop: () => departures.stop() },
    { name: 'costs', ...costs },
    { name: 'menus', start: () => menus.start(), stop: () => menus.stop() },
  ];
  return { commands, operator, desk, departures, maxima, menus, watchers };
}

/** Deletes what is stored of guilds that have removed Easel. */
function departuresOf(
  { stores, jobs, library, files, links, chats, clock, log, timing }: VerbDeps,
  { rules, offers, uses }: { rules: ReturnType<typeof createRuleVerbs>; offers: Offers; uses: Uses },
): Departures {
  const forget = createForget({
    ...stores,
    files,
    links,
    library,
    jobs,
    rules,
    uses,
    templateStore: stores.templates,
    jobStore: stores.jobs,
  });
  const everyMs = timing.departuresMs;
  const { rules: stored, marks: table } = stores;
  return createDepartures({ chats, forget, rules: stored, offers, table, clock, log, everyMs });
}

/** What the environment says of whom this Easel serves. */
export function basicsOf(config: Config): Basics {
  return {
    allowedGuilds: config.ALLOWED_GUILDS ?? [],
    blockedGuilds: config.BLOCKED_GUILDS ?? [],
    blockedUsers: config.BLOCKED_USERS ?? [],
    directMessages: config.DIRECT_MESSAGES === 'on',
    userInstalls: config.USER_INSTALLS === 'on',
  };
}
