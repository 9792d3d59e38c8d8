/** The commands that somebody sees in some place: the client does not offer the others. */
import { type Actor, ORDINARY } from './actor.ts';
import { isCalled } from './localized-names.ts';
import { type Command, commandType, scopeOf } from './commands.ts';
import type { Places } from './places.ts';
import { known, type World } from './world.ts';

/** Discord shows a guild's own command and the global one of its name beside one another. */
export type Entry = 'global';

/** Finds a command as the actor sees it; a guild's own one goes before a global one, unless that is asked for. Throws if it is not offered. */
export function createCommandMenu(
  world: World,
  places: Places,
): (name: string, type: 1 | 2 | 3, actor: Actor, entry?: Entry) => Command {
  return (name, type, actor, entry) => {
    const user = known(world.users, actor.user ?? places.person.id, 'user');
    const place = places.locate(actor, user);
    const own = place.guild && entry !== 'global' ? scopeOf(world, place.guild.id) : [];
    const all = [...own, ...scopeOf(world, undefined)];
    const command = all.find((one) => isCalled(one, name, actor.locale) && commandType(one) === type);
    if (!command)
      throw new Error(
        `no command /${name} is registered here; there is ${all.map((one) => one.name).join(', ')}`,
      );

    checkOffered(command, actor, place);
    return command;
  };
}

function checkOffered(command: Command, actor: Actor, place: ReturnType<Places['locate']>): void {
  const {
    contexts,
    integration_types: types,
    default_member_permissions: needed,
    dm_permission: direct,
  } = command;
  const inGuild = place.guild !== undefined;
  if ((contexts && !contexts.includes(place.context)) || (!inGuild && direct === false))
    throw new Error(`/${command.name} is not offered in context ${place.context} (contexts)`);

  if (place.visiting && !types?.includes(1))
    throw new Error(`/${command.name} is not offered to user installs (integration_types)`);

  if (!inGuild || needed === undefined || needed === null) return;
  const held = actor.memberPermissions ?? ORDINARY;
  const wanted = BigInt(needed);
  const isAdmin = (held & 8n) !== 0n;
  if (!isAdmin && (wanted === 0n || (held & wanted) !== wanted))
    throw new Error(`/${command.name} is hidden from members without the permissions ${needed}`);
}
