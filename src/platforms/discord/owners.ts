/** Whose application the bot is, a person's or a team's; and whose a server is. */
import { DiscordAPIError, Routes, type REST } from 'discord.js';
import { z } from 'zod';

/** A team's application has a placeholder for an owner. Members are in state 2 once they have accepted. */
const Application = z.object({
  owner: z.object({ id: z.string() }).nullish(),
  team: z
    .object({
      members: z.array(z.object({ membership_state: z.number(), user: z.object({ id: z.string() }) })),
    })
    .nullish(),
});
const ACCEPTED = 2;

/** Their ids. Rejects as discord.js does. */
export async function ownersOf(rest: REST, signal: AbortSignal): Promise<string[]> {
  const { owner, team } = Application.parse(await rest.get(Routes.currentApplication(), { signal }));
  if (team)
    return team.members
      .filter(({ membership_state: state }) => state === ACCEPTED)
      .map(({ user }) => user.id);
  return owner ? [owner.id] : [];
}

const Server = z.object({ owner_id: z.string() });

/** Undefined where the bot is no member. Rejects as discord.js does. */
export async function ownerOfServer(
  rest: REST,
  guild: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return Server.parse(await rest.get(Routes.guild(guild), { signal })).owner_id;
  } catch (error) {
    if (error instanceof DiscordAPIError && [403, 404].includes(error.status)) return undefined;
    throw error;
  }
}
