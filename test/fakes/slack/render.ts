/** Users, channels and messages as Slack writes them. */
import { fileJson } from './file.ts';
import type { FakeMessage } from './message.ts';
import type { Channel, User, World } from './world.ts';

type Json = Record<string, unknown>;

export function userJson(world: World, user: User, withLocale: boolean): Json {
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    deleted: false,
    real_name: user.name,
    tz: 'Europe/Berlin',
    tz_offset: 3600,
    profile: { real_name: user.name, display_name: user.name, team: user.teamId },
    is_admin: user.isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: user.isGuest ?? false,
    is_ultra_restricted: false,
    is_bot: user.isBot,
    is_app_user: false,
    updated: 1,
    // only where somebody is of another workspace
    ...(isStranger(world, user) ? { is_stranger: true } : {}),
    ...(user.teams ? { enterprise_user: { id: user.id, enterprise_id: 'E1', teams: user.teams } } : {}),
    ...(withLocale ? { locale: user.locale } : {}),
  };
}

/** Of no workspace of ours. */
export function isStranger(world: World, { teamId, teams = [] }: User): boolean {
  return teamId !== world.teamId && !teams.includes(world.teamId);
}

export function channelJson(channel: Channel): Json {
  if (channel.kind === 'im')
    return { id: channel.id, is_im: true, is_archived: false, user: channel.userId, is_open: true };

  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === 'public',
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_archived: channel.archived,
    is_member: channel.botIsMember,
    is_general: false,
    is_shared: channel.shared ?? false,
    is_ext_shared: channel.shared ?? false,
  };
}

export function messageJson(world: World, message: FakeMessage): Json {
  const { isBot, id, teamId } = message.user;
  return {
    type: 'message',
    user: id,
    ts: message.ts,
    text: message.text,
    team: teamId,
    ...(teamId === world.teamId ? {} : { user_team: teamId, source_team: teamId }),
    ...(isBot ? { bot_id: world.botId, app_id: world.appId } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.files.length > 0 ? { files: message.files.map((file) => fileJson(world, file)) } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.edits.length > 1 && message.blocks.length === 0
      ? { edited: { user: id, ts: `${Math.floor(message.now.at / 1000)}.000000` } }
      : {}),
  };
}
