/** All limits and caps on jobs, as environment, operator's rules and guilds' settings make them together. */
import type { Config } from '../config.ts';
import { effectiveLimits, type GuildLimits, type LimitRules } from '../guilds/limits.ts';
import type { RulesStore } from '../guilds/rules.ts';
import type { GuildStore } from '../guilds/store.ts';
import type { ManagerOptions } from '../jobs/manager.ts';

export interface LimitBook extends Pick<Required<ManagerOptions>, 'caps'> {
  /** What holds in a guild. */
  of: (guild: string) => GuildLimits;
  /** Jobs at once for one person of a platform over all guilds. */
  personLimit: (platform: string) => number;
}

/** Besides what the environment says. */
const WAITING = { guild: 50, user: 10 };
/** Of a person over all guilds, unless one guild alone may give them more. */
const PERSON = { jobs: 3, waiting: 20 };
const GB = 1e9;
/** Of the data folder's budget, for what is attached to jobs that wait: the rest is for what they make. */
const INPUT_PART = 0.5;

/**
 * `own`: the operator's platforms, each of which is one guild of the same name; strangers are not there, so what protects
 * from them, maxima and caps over all guilds, does not count there. `budget`: of the data folder, in bytes; undefined:
 * none holds.
 */
export function createLimitBook(
  config: Config,
  { guilds, rules }: { guilds: Pick<GuildStore, 'settings'>; rules: Pick<RulesStore, 'rules'> },
  own: ReadonlySet<string>,
  budget: () => number | undefined = () => undefined,
): LimitBook {
  const asked: LimitRules = {
    defaults: {
      guildJobs: config.GUILD_CONCURRENCY,
      userJobs: config.USER_CONCURRENCY,
      guildWaiting: WAITING.guild,
      userWaiting: WAITING.user,
    },
    maxima: {
      guildJobs: config.GUILD_CONCURRENCY_MAX,
      userJobs: config.USER_CONCURRENCY_MAX,
      guildWaiting: config.GUILD_WAITING_MAX,
      userWaiting: config.USER_WAITING_MAX,
    },
    own,
  };
  const of = (guild: string): GuildLimits =>
    effectiveLimits(guild, guilds.settings(guild), rules.rules(), asked);
  /** What one guild may give to a person, that no guild was raised to. */
  const most = (name: 'userJobs' | 'userWaiting'): number =>
    asked.maxima[name] ?? rules.rules().maxima[name] ?? asked.defaults[name];

  return {
    of,
    personLimit(platform) {
      if (own.has(platform)) return Infinity;
      return config.PERSON_CONCURRENCY ?? Math.max(PERSON.jobs, most('userJobs'));
    },
    caps(guild) {
      const { guildWaiting, userWaiting } = of(guild);
      const here = { guild: guildWaiting.applied, user: userWaiting.applied };
      if (own.has(guild)) return here;
      return {
        ...here,
        person: config.PERSON_WAITING ?? Math.max(PERSON.waiting, most('userWaiting')),
        everybody: config.TOTAL_WAITING,
        bytes: Math.min(config.TOTAL_INPUT_GB * GB, INPUT_PART * (budget() ?? Infinity)),
      };
    },
  };
}
