/** Limits as a test's operator sets them: the usual defaults, and maxima that let every bound be reached. */
import { effectiveLimits, type GuildLimits, type LimitRules } from '../../src/guilds/limits.ts';
import { OperatorRules } from '../../src/guilds/rules.ts';
import type { GuildStore } from '../../src/guilds/store.ts';

export const GENEROUS: LimitRules = {
  defaults: { guildJobs: 2, userJobs: 1, guildWaiting: 50, userWaiting: 10 },
  maxima: { guildJobs: 100, userJobs: 100, guildWaiting: 1000, userWaiting: 1000 },
  own: new Set(),
};

export function limitsBy(
  guilds: Pick<GuildStore, 'settings'>,
  rules: LimitRules = GENEROUS,
): (guild: string) => GuildLimits {
  const none = OperatorRules.parse({});
  return (guild) => effectiveLimits(guild, guilds.settings(guild), none, rules);
}
