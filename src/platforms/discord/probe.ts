/** Whether a token is good and what it opens, asked without connecting: of sessions a bot has but about 1,000 a day. */
import { DiscordAPIError, REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Fact } from '../../commands/operator/connect/facts.ts';
import { EaselError } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import { inviteLink, nameOfBot } from './about.ts';
import { DISCORD } from './name.ts';

const Bot = z.object({ username: z.string(), discriminator: z.string().catch('0') });
/** https://docs.discord.com/developers/resources/application */
const Application = z.object({
  id: z.string(),
  name: z.string().catch('?'),
  approximate_guild_count: z.number().optional().catch(undefined),
  interactions_endpoint_url: z.string().nullish().catch(undefined),
});
/** https://docs.discord.com/developers/resources/user#get-current-user-guilds */
const Servers = z.array(z.object({ name: z.string() }));
const PAGE = 200;
const NAMED = 5;
const REQUEST_MS = 15_000;
/** Three parts with points between them; what people take for it are the client secret and the public key. */
const SHAPE = /^[\w-]{20,}\.[\w-]+\.[\w-]{20,}$/;

/** Rejects with EaselError `chat-unreachable`, or the signal's reason. */
export async function probeDiscord(
  { token, apiUrl }: { token: string; apiUrl?: string | undefined },
  signal: AbortSignal,
): Promise<Fact[]> {
  const rest = new REST({ timeout: REQUEST_MS, retries: 0, ...(apiUrl && { api: apiUrl }) });
  rest.setToken(token);
  try {
    const bot = Bot.parse(await rest.get(Routes.user(), { signal }));
    const application = Application.parse(await rest.get(Routes.currentApplication(), { signal }));
    const query = new URLSearchParams({ limit: String(PAGE) });
    const servers = Servers.parse(await rest.get(Routes.userGuilds(), { query, signal }));
    const { interactions_endpoint_url: endpoint, approximate_guild_count: count } = application;
    return [
      { kind: 'bot', bot: oneLine(nameOfBot(bot)), application: oneLine(application.name) },
      ...(endpoint ? [{ kind: 'endpoint', url: endpoint } as const] : []),
      { kind: 'no-intents' },
      {
        kind: 'servers',
        count: Math.max(count ?? 0, servers.length),
        names: servers.slice(0, NAMED).map((one) => oneLine(one.name)),
        more: count === undefined && servers.length >= PAGE,
      },
      { kind: 'invite', link: inviteLink(application.id) },
    ];
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof DiscordAPIError) || error.status !== 401)
      throw new EaselError({ code: 'chat-unreachable', platform: DISCORD }, { cause: error });
    return [{ kind: SHAPE.test(token) ? 'refused' : 'wrong-kind', setting: 'DISCORD_TOKEN' }];
  } finally {
    rest.clearHandlerSweeper();
    rest.clearHashSweeper();
  }
}
