/** Whose application the bot is: a person's, or a team's. */
import { Routes, type REST } from 'discord.js';
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
