/** Registering commands: whole scopes at once, or one by one, globally or for a guild. */
import type { Hono } from 'hono';
import { commandJson } from './command-render.ts';
import { type Command, commandType, parseCommand, parseCommands, replaceScope, scopeOf } from './commands.ts';
import type { CommandBody } from './command-schema.ts';
import { type Call, type Env, nameOf } from './http-types.ts';
import { noteFor } from './messages.ts';
import { Refusal } from './refusal.ts';
import { changed } from '../wait.ts';
import type { World } from './world.ts';

export function commandRoutes(app: Hono<Env>, world: World): void {
  for (const scope of [
    '/api/v10/applications/:app/commands',
    '/api/v10/applications/:app/guilds/:guild/commands',
  ]) {
    app.get(scope, (call) =>
      call.json(
        scopeOf(world, scopeId(world, call)).map((one) => commandJson(one, wantsLocalizations(call))),
      ),
    );

    app.put(scope, (call) => {
      const guildId = scopeId(world, call);
      const bodies = parseCommands(call.get('payload'), world.settings.unwantedCommands);
      const where = bodies.find((body) => guildId !== undefined && (body.contexts ?? body.integration_types));
      if (where) noteFor(world, nameOf(call))(`contexts of /${where.name} mean nothing in a guild`);
      const commands = replaceScope(world, guildId, bodies);
      world.commandWrites += 1;
      changed(world);
      return call.json(commands.map((one) => commandJson(one, true)));
    });

    app.post(scope, (call) => {
      const guildId = scopeId(world, call);
      const body = parseCommand(call.get('payload'));
      const others = scopeOf(world, guildId).filter((old) => !same(old, body));
      const fresh = others.length === scopeOf(world, guildId).length;
      const made = replaceScope(world, guildId, [...others, body]).at(-1);
      changed(world);
      return call.json(made && commandJson(made, true), fresh ? 201 : 200);
    });

    app.get(`${scope}/:command`, (call) => call.json(commandJson(find(world, call), true)));

    app.patch(`${scope}/:command`, (call) => {
      const guildId = scopeId(world, call);
      const { id, application_id: _app, version: _version, guild_id: _guild, ...old } = find(world, call);
      const body = parseCommand({ ...old, ...Object(call.get('payload')) });
      const all = scopeOf(world, guildId).map((one) => (one.id === id ? body : one));
      const renamed = replaceScope(world, guildId, all.map(bare)).find((one) => same(one, body));
      changed(world);
      return call.json(renamed && commandJson(renamed, true));
    });

    app.delete(`${scope}/:command`, (call) => {
      const { id } = find(world, call);
      const guildId = scopeId(world, call);
      const rest = scopeOf(world, guildId).filter((one) => one.id !== id);
      replaceScope(world, guildId, rest.map(bare));
      changed(world);
      return call.body(null, 204);
    });
  }
}

function wantsLocalizations(call: Call): boolean {
  return call.req.query('with_localizations') === 'true';
}

function same(one: CommandBody, other: CommandBody): boolean {
  return one.name === other.name && commandType(one) === commandType(other);
}

function bare(command: Command | CommandBody): CommandBody {
  return command;
}

function scopeId(world: World, call: Call): string | undefined {
  if (call.req.param('app') !== world.applicationId)
    throw new Refusal(403, 20012, 'You are not authorized to perform this action on this application');
  const guildId = call.req.param('guild');
  if (guildId !== undefined && !world.guilds.get(guildId)?.installed)
    throw new Refusal(403, 50001, 'Missing Access');

  return guildId;
}

function find(world: World, call: Call): Command {
  const found = scopeOf(world, scopeId(world, call)).find((one) => one.id === call.req.param('command'));
  if (!found) throw new Refusal(404, 10063, 'Unknown application command');
  return found;
}
