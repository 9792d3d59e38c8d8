/**
 * What holds in a guild: its own values, up to the operator's maxima. What a guild set before there was a maximum stays
 * set, and counts as much as the maximum lets it. Pure.
 */
import type { OperatorRules } from './rules.ts';
import { BOUNDS, type GuildSettings } from './schema.ts';

export type LimitName = keyof typeof BOUNDS;

export const LIMITS: readonly LimitName[] = ['guildJobs', 'userJobs', 'guildWaiting', 'userWaiting'];

export interface EffectiveLimit {
  applied: number;
  /** What the guild set. */
  set: number | undefined;
  /** What holds where nothing is set. */
  standard: number;
  /** What its admins may set at most. */
  max: number;
  /** More is set than holds. */
  limited: boolean;
}

export type GuildLimits = Record<LimitName, EffectiveLimit>;

export interface LimitRules {
  /** What holds in a guild that has set nothing; and the most, where nobody says otherwise. */
  defaults: Record<LimitName, number>;
  /** From the environment: these go before the operator's rules. */
  maxima: Partial<Record<LimitName, number | undefined>>;
  /** Guilds that are the operator's own: no maximum is meant for them. */
  own: ReadonlySet<string>;
}

export function effectiveLimits(
  guild: string,
  settings: GuildSettings,
  { maxima, raised }: Pick<OperatorRules, 'maxima' | 'raised'>,
  rules: LimitRules,
): GuildLimits {
  const limit = (name: LimitName): EffectiveLimit => {
    const { [name]: set } = settings;
    const most = rules.maxima[name] ?? maxima[name] ?? rules.defaults[name];
    const here = Object.hasOwn(raised, guild) ? raised[guild]?.[name] : undefined;
    const max = rules.own.has(guild) ? Infinity : Math.max(most, here ?? 0);
    const standard = Math.min(rules.defaults[name], max);
    const applied = Math.min(set ?? standard, max);
    return {
      applied,
      set,
      standard,
      max: Math.min(max, BOUNDS[name].max),
      limited: set !== undefined && applied < set,
    };
  };
  return {
    guildJobs: limit('guildJobs'),
    userJobs: limit('userJobs'),
    guildWaiting: limit('guildWaiting'),
    userWaiting: limit('userWaiting'),
  };
}
