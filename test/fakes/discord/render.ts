/** People, servers and channels the way Discord writes them. */
import type { Channel, Guild, Role, User, World } from './world.ts';

export function userJson(user: User): Record<string, unknown> {
  return {
    id: user.id,
    username: user.username,
    global_name: user.globalName,
    discriminator: '0',
    avatar: null,
    public_flags: 0,
    ...(user.bot ? { bot: true } : {}),
  };
}

export function roleJson({ id, name }: Role): Record<string, unknown> {
  return {
    id,
    name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: 1,
    permissions: '0',
    managed: false,
    mentionable: false,
    flags: 0,
  };
}

export function memberJson(
  user: User,
  permissions: string,
  roles: readonly string[] = [],
): Record<string, unknown> {
  return {
    user: userJson(user),
    roles,
    permissions,
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    premium_since: null,
    nick: null,
    avatar: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
  };
}

export function channelJson(world: World, channel: Channel): Record<string, unknown> {
  if (channel.group)
    return { id: channel.id, type: 3, name: channel.name, flags: 0, icon: null, recipients: [] };

  const recipient = channel.recipientId === undefined ? undefined : world.users.get(channel.recipientId);
  if (recipient)
    return { id: channel.id, type: 1, flags: 0, last_message_id: null, recipients: [userJson(recipient)] };

  return {
    id: channel.id,
    type: channel.parentId === undefined ? 0 : 11,
    guild_id: channel.guildId,
    name: channel.name,
    position: 0,
    flags: 0,
    // a thread does not say: its channel does
    ...(channel.parentId === undefined ? { nsfw: channel.nsfw ?? false } : {}),
    parent_id: channel.parentId ?? null,
    topic: null,
    last_message_id: null,
    rate_limit_per_user: 0,
    permission_overwrites: [],
  };
}

export function guildJson(world: World, guild: Guild): Record<string, unknown> {
  const channels = [...world.channels.values()].filter((channel) => channel.guildId === guild.id);
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    owner_id: world.bot.id,
    preferred_locale: guild.locale,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    system_channel_flags: 0,
    afk_timeout: 300,
    features: [],
    emojis: [],
    stickers: [],
    roles: [
      {
        id: guild.id,
        name: '@everyone',
        permissions: '0',
        position: 0,
        color: 0,
        hoist: false,
        managed: false,
      },
    ],
    channels: channels.map((channel) => channelJson(world, channel)),
    threads: [],
    members: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    large: false,
    member_count: 2,
    unavailable: false,
  };
}

/** A team's application has a person for show as its owner, who is the team. */
export function applicationJson(world: World): Record<string, unknown> {
  return {
    id: world.applicationId,
    name: world.bot.globalName,
    icon: null,
    description: '',
    type: null,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    flags: 0,
    approximate_guild_count: [...world.guilds.values()].filter(({ installed }) => installed).length,
    redirect_uris: [],
    ...ownershipJson(world),
    bot: userJson(world.bot),
  };
}

function ownershipJson({ settings, users, applicationId: id }: World): Record<string, unknown> {
  const { ownership } = settings;
  if (ownership && 'team' in ownership) {
    const { name, ownerId, members } = ownership.team;
    const username = `team${id}`;
    return {
      owner: userJson({ id, username, globalName: name, bot: false, locale: 'en-US' }),
      team: {
        id,
        icon: null,
        name,
        owner_user_id: ownerId,
        members: members.map(({ user, role, invited }) => ({
          user: userJson(user),
          team_id: id,
          membership_state: invited ? 1 : 2,
          role,
          permissions: ['*'],
        })),
      },
    };
  }
  const owner = ownership?.owner ?? [...users.values()].find(({ bot }) => !bot);
  if (!owner) throw new Error('an application has an owner');
  return { owner: userJson(owner), team: null };
}
