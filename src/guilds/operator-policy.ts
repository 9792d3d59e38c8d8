/** What the operator's rules mean for somebody who asks: whom this Easel serves at all, wherever they are. Pure. */
import type { Caller } from '../core/caller.ts';
import { EaselError, type Problem } from '../core/errors.ts';
import { OperatorRules } from './rules-schema.ts';

/** What the environment may say of the rules. */
export type Basics = Partial<
  Pick<OperatorRules, 'allowedGuilds' | 'blockedGuilds' | 'blockedUsers' | 'directMessages' | 'userInstalls'>
>;

export const NO_RULES: OperatorRules = OperatorRules.parse({});

/** The operator's own places: who is there owns this Easel, so that nobody is kept out. */
const HOMES: readonly string[] = ['web', 'terminal'];

export function isHome(platform: string): boolean {
  return HOMES.includes(platform);
}

/** Lists add up; a switch that either has turned off is off. */
export function together(rules: OperatorRules, basics: Basics): OperatorRules {
  return {
    ...rules,
    allowedGuilds: [...rules.allowedGuilds, ...(basics.allowedGuilds ?? [])],
    blockedGuilds: [...rules.blockedGuilds, ...(basics.blockedGuilds ?? [])],
    blockedUsers: [...rules.blockedUsers, ...(basics.blockedUsers ?? [])],
    directMessages: rules.directMessages && (basics.directMessages ?? true),
    userInstalls: rules.userInstalls && (basics.userInstalls ?? true),
  };
}

/** The same for rules that change: worked out anew only when they have. */
export function ruling(stored: () => OperatorRules, basics: Basics): () => OperatorRules {
  let known: { of: OperatorRules; rules: OperatorRules } | undefined;
  return () => {
    const of = stored();
    if (known?.of !== of) known = { of, rules: together(of, basics) };
    return known.rules;
  };
}

type Who = Pick<Caller, 'platform' | 'guild' | 'user'>;

/** `ID`, or `PLATFORM:ID` where one wants to be exact. */
export function namesGuild(list: readonly string[], { platform, guild }: Omit<Who, 'user'>): boolean {
  return list.includes(guild) || list.includes(`${platform}:${guild}`);
}

/** As for guilds; `GUILD/ID` where a platform gives out ids for each guild, as Slack does. */
export function namesUser(list: readonly string[], { platform, guild, user }: Who): boolean {
  return [user, `${guild}/${user}`].some((id) => list.includes(id) || list.includes(`${platform}:${id}`));
}

/** Why the caller is served nothing here, admin or not; undefined: they are served. */
export function whyNotServed(caller: Caller, rules: OperatorRules): Problem | undefined {
  if (caller.operator || isHome(caller.platform)) return undefined;
  if (namesUser(rules.blockedUsers, caller)) return { code: 'blocked-by-operator' };
  if (namesGuild(rules.blockedGuilds, caller)) return { code: 'not-served-here' };
  const isListed = rules.allowedGuilds.length + rules.allowedUsers.length > 0;
  if (isListed && !namesGuild(rules.allowedGuilds, caller) && !namesUser(rules.allowedUsers, caller))
    return { code: 'not-served-here' };
  if (caller.installed === 'user' && !rules.userInstalls) return { code: 'user-installs-off' };
  if (caller.direct && !rules.directMessages) return { code: 'direct-messages-off' };
  return undefined;
}

/**
 * Throws EaselError: why not served, or `not-taking-jobs`. Only the terminal goes on, whose person has no page on which
 * to open it again.
 */
export function requireOpen(caller: Caller, rules: OperatorRules): void {
  const problem = whyNotServed(caller, rules);
  if (problem) throw new EaselError(problem);
  if (rules.closed && caller.platform !== 'terminal') throw new EaselError({ code: 'not-taking-jobs' });
}

/** Whether nodes that spend the operator's money may be used in a guild, by the rules alone. */
export function mayUsePartners(at: Omit<Who, 'user'>, { partnerGuilds }: OperatorRules): boolean {
  return isHome(at.platform) || namesGuild(partnerGuilds, at);
}
