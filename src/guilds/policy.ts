/** What a guild's settings mean for somebody who asks. Pure, but for what the platform says of the channel. */
import { refusal } from '../core/access.ts';
import type { Caller } from '../core/caller.ts';
import { EaselError } from '../core/errors.ts';
import { NO_RULES, whyNotServed } from './operator-policy.ts';
import type { OperatorRules } from './rules-schema.ts';
import type { GuildSettings } from './schema.ts';

export { blockedWord } from './blocked-words.ts';

/**
 * The caller as this guild sees them: with the rights that its settings give, and its language for what all read. Whom the operator's
 * rules bar has no rights. An outsider is no admin by name either: the lists in which admins are picked hold people of
 * other workspaces too, who look like one's own, and nobody at home takes the right away again when they leave.
 */
export function recognise(caller: Caller, settings: GuildSettings, rules: OperatorRules = NO_RULES): Caller {
  const { adminRoles, adminUsers } = settings;
  const named =
    adminUsers.includes(caller.user) || (caller.roles ?? []).some((role) => adminRoles.includes(role));
  const barred = whyNotServed(caller, rules);
  const admin = !barred && !caller.outsider && (caller.admin || named);
  const publicLocale = publicLanguage(settings);
  return { ...caller, ...(publicLocale !== undefined && { publicLocale }), admin, ...(barred && { barred }) };
}

/** What everybody in a guild reads is in this language; undefined: in that of the person whom it answers. */
export function publicLanguage({ language, ownLanguage }: GuildSettings): string | undefined {
  return ownLanguage ? undefined : language;
}

/** Throws EaselError `not-an-admin`, or what bars the caller. */
export function requireAdmin({ admin, barred, outsider }: Caller): void {
  if (barred) throw new EaselError(barred);
  if (!admin || outsider) throw new EaselError({ code: 'not-an-admin' });
}

/** Somebody of another workspace, whom this guild lets run nothing. */
export function isShutOut({ outsider }: Caller, { outsiders }: GuildSettings): boolean {
  return outsider === true && !outsiders;
}

/** Throws EaselError when the caller may run nothing here: `banned`, `outsider`, `not-your-role`, `not-this-channel`. */
export async function requireWelcome(caller: Caller, settings: GuildSettings): Promise<void> {
  const { bannedUsers, allowedRoles, allowedChannels } = settings;
  if (bannedUsers.includes(caller.user)) throw new EaselError({ code: 'banned' });
  if (isShutOut(caller, settings)) throw new EaselError({ code: 'outsider' });
  // who sets the rules is not locked out by them
  if (caller.admin) return;
  const rule = { roles: allowedRoles, channels: allowedChannels, ageRestricted: false };
  const why = await refusal(rule, caller).catch((error: unknown) => {
    // a channel that cannot be looked up is not taken for one that is allowed
    throw new EaselError({ code: 'not-this-channel', channels: allowedChannels }, { cause: error });
  });
  if (why === 'role') throw new EaselError({ code: 'not-your-role' });
  if (why === 'channel') throw new EaselError({ code: 'not-this-channel', channels: allowedChannels });
}
