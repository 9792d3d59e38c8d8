/** What the operator rules, on their page and in chat: shown, changed at once, and who changed what; and the end of what runs. */
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import type { Job } from '../../core/job.ts';
import { oneLine } from '../../core/text.ts';
import type { Clock } from '../../core/time.ts';
import { createTurns } from '../../core/turns.ts';
import { namesGuild, namesUser, type Basics } from '../../guilds/operator-policy.ts';
import { MAX_LISTED, type OperatorRules } from '../../guilds/rules-schema.ts';
import type { RulesStore } from '../../guilds/rules.ts';
import { MAX_ID, type AuditEntry } from '../../guilds/schema.ts';
import type { LiveJob } from '../../jobs/live-job.ts';
import type { JobManager } from '../../jobs/manager.ts';
import { mergedList } from '../verbs/merge.ts';
import { differing, summary } from '../verbs/settings.ts';

export const RULE_LISTS = [
  'allowedGuilds',
  'blockedGuilds',
  'allowedUsers',
  'blockedUsers',
  'partnerGuilds',
] as const;
export const RULE_SWITCHES = ['directMessages', 'userInstalls', 'closed'] as const;
export type RuleList = (typeof RULE_LISTS)[number];
export type RuleSwitch = (typeof RULE_SWITCHES)[number];

/** Absent: unchanged. */
export type RulesChange = Partial<Record<RuleList, string[]> & Record<RuleSwitch, boolean>> & {
  /** One a line, or with commas between. */
  blockedWords?: string;
};

export interface RulesView {
  rules: OperatorRules;
  /** What the environment says besides. */
  basics: Basics;
}

export interface RuleVerbs {
  show(): RulesView;
  /**
   * `by`: as the audit log has it. `shown`: what the form had in these fields when it was opened; what was changed elsewhere
   * since then is kept. Rejects with EaselError `setting-too-long`, `settings-damaged`, `store-failed`.
   */
  change(by: string, change: RulesChange, shown?: RulesChange): Promise<RulesView>;
  /** Adds to a list, or takes from it. */
  enlist(by: string, list: RuleList, id: string, listed: boolean): Promise<void>;
  /** The newest first. */
  audit(): Promise<AuditEntry[]>;
  /** Cancels what runs and waits, all of it that can be; how many. Ids as `guilds/operator-policy.ts` reads them. */
  cancelOf(by: string, whose: { user: string } | { guild: string }): Promise<number>;
}

export interface RuleVerbsOptions {
  store: RulesStore;
  basics: Basics;
  jobs: JobManager;
  clock: Clock;
}

const MAX_WORD = 100;

export function createRuleVerbs({ store, basics, jobs, clock }: RuleVerbsOptions): RuleVerbs {
  /** One change after the other, each seeing what the one before made. */
  const inTurn = createTurns();
  const show = (): RulesView => ({ rules: store.rules(), basics });

  async function write(by: string, changed: (rules: OperatorRules) => Partial<OperatorRules>): Promise<void> {
    await inTurn('rules', async () => {
      const before = store.rules();
      const change = changed(before);
      const after = { ...before, ...change };
      const keys = differing(before, after);
      if (keys.length === 0) return;
      const entry = { at: clock.now(), by, act: 'rules.change', subject: keys.join(' ') };
      await store.change({ ...entry, detail: summary(keys, before, after) }, change);
    });
  }

  return {
    show,
    async change(by, change, shown) {
      await write(by, (rules) => read(change, shown, rules));
      return show();
    },
    enlist: (by, list, id, listed) =>
      write(by, (rules) => {
        const others = rules[list].filter((one) => one !== id);
        return { [list]: idsOf(list, listed ? [...others, id] : others) };
      }),
    audit: () => store.audit(),
    async cancelOf(by, whose) {
      const subject = 'user' in whose ? whose.user : whose.guild;
      // written down before it is done, as every act is
      const entry = { at: clock.now(), by, act: 'rules.cancel', subject: subject.slice(0, MAX_ID) };
      await store.change(entry, {});
      let cancelled = 0;
      const isTheirs = (job: Job) =>
        'user' in whose ? namesUser([whose.user], job) : namesGuild([whose.guild], job);
      const begun = 'user' in whose ? jobsOf(whose.user, jobs) : await jobsIn(whose.guild, jobs);
      const coming = [...jobs.coming()].filter(isTheirs);
      for (const job of [...begun.map((live) => live.job), ...coming]) {
        const { platform, guild } = job;
        try {
          await jobs.cancel(job.id, { ...OPERATOR, platform, guild });
          cancelled += 1;
        } catch (error) {
          // it has ended meanwhile
          if (!(error instanceof EaselError) || !OVER.includes(error.code)) throw error;
        }
      }
      return cancelled;
    },
  };
}

const OVER: readonly string[] = ['already-ended', 'no-such-job'];
const OPERATOR: Pick<Caller, 'user' | 'locale' | 'admin'> = { user: 'operator', locale: 'en', admin: true };

async function jobsIn(id: string, jobs: JobManager): Promise<LiveJob[]> {
  const found = jobs.roster.guilds(0, Infinity).filter((guild) => namesGuild([id], guild));
  return (await Promise.all(found.map(({ guild }) => jobs.list(guild, Infinity)))).flat();
}

function jobsOf(id: string, { roster }: JobManager): LiveJob[] {
  const [, platform, guild, user = ''] = /^(?:(\w+):)?(?:([^/]+)\/)?(.+)$/.exec(id) ?? [];
  return roster
    .guilds(0, Infinity)
    .filter((count) => platform === undefined || count.platform === platform)
    .filter((count) => guild === undefined || count.guild === guild)
    .flatMap((count) => roster.of(count.guild, user));
}

/** Throws EaselError `setting-too-long`. */
function read(
  { blockedWords, ...change }: RulesChange,
  shown: RulesChange = {},
  now: OperatorRules,
): Partial<OperatorRules> {
  const read_: Partial<OperatorRules> = {};
  for (const key of RULE_LISTS)
    if (change[key] !== undefined) read_[key] = idsOf(key, mergedList(change[key], shown[key], now[key]));
  // of two who change what is on or off, both make the same of it
  for (const key of RULE_SWITCHES) if (change[key] !== undefined) read_[key] = change[key];
  if (blockedWords !== undefined) {
    const was = shown.blockedWords === undefined ? undefined : wordsIn(shown.blockedWords);
    const words = mergedList(wordsIn(blockedWords), was, now.blockedWords);
    read_.blockedWords = bounded('blockedWords', words, MAX_WORD);
  }
  return read_;
}

const wordsIn = (typed: string) => typed.split(/[\n,，、]/).map((word) => oneLine(word).trim());

function idsOf(key: RuleList, entries: readonly string[]): string[] {
  return bounded(
    key,
    entries.map((id) => id.trim()),
    MAX_ID,
  );
}

/** Each once. What the record could not hold would make it unreadable at the next start. */
function bounded(setting: string, entries: readonly string[], longest: number): string[] {
  const all = [...new Set(entries.filter(Boolean))];
  if (all.length > MAX_LISTED || all.some(({ length }) => length > longest))
    throw new EaselError({ code: 'setting-too-long', setting, max: MAX_LISTED });
  return all;
}
