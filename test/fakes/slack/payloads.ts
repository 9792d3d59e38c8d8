/** What the bot is told about an act, field by field as Slack sends it. */
import type { FakeAct } from './act.ts';
import { newId } from './ids.ts';
import type { FakeMessage } from './message.ts';
import { messageJson } from './render.ts';
import type { Control } from './block-walk.ts';
import { stateOf } from './view-values.ts';
import { type FakeView, viewJson } from './view.ts';
import type { Channel, World } from './world.ts';

type Json = Record<string, unknown>;

const TOKEN = 'legacyVerificationToken';

export function channelName(channel: Channel): string {
  if (channel.kind === 'im') return 'directmessage';
  return channel.kind === 'private' ? 'privategroup' : channel.name;
}

export function commandPayload(world: World, act: FakeAct, command: string, text: string): Json {
  const { user, channel } = act.facts;
  return {
    token: TOKEN,
    team_id: user.teamId,
    team_domain: 'fake',
    channel_id: channel?.id,
    channel_name: channel && channelName(channel),
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: world.appId,
    is_enterprise_install: 'false',
    response_url: act.responseUrl,
    trigger_id: act.triggerId,
  };
}

/** The wrapping of an Events API event. */
export function eventPayload(world: World, event: Json, channel?: Channel): Json {
  const authorization = {
    enterprise_id: null,
    team_id: world.teamId,
    user_id: world.bot.id,
    is_bot: true,
    is_enterprise_install: false,
  };
  return {
    token: TOKEN,
    team_id: world.teamId,
    api_app_id: world.appId,
    event,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [authorization],
    is_ext_shared_channel: channel?.shared ?? false,
    event_context: `4-${newId('E')}`,
  };
}

/** The fields of a message in an event about it. */
export function messageEvent(world: World, message: FakeMessage, type: 'app_mention' | 'message'): Json {
  const { channel, ts } = message;
  return {
    ...messageJson(world, message),
    type,
    channel: channel.id,
    event_ts: ts,
    client_msg_id: newId('m'),
    ...(message.files.length > 0 && type === 'message' ? { subtype: 'file_share' } : {}),
    ...(type === 'message' ? { channel_type: channel.kind === 'im' ? 'im' : 'channel' } : {}),
  };
}

/** That a message was changed or deleted: what it was is inside. https://docs.slack.dev/reference/events/message */
export function changeEvent(
  world: World,
  message: FakeMessage,
  subtype: 'message_changed' | 'message_deleted',
): Json {
  const { channel, ts } = message;
  const now = messageJson(world, message);
  const what =
    subtype === 'message_changed'
      ? { message: now, previous_message: now }
      : { deleted_ts: ts, previous_message: now };
  return {
    type: 'message',
    subtype,
    hidden: true,
    channel: channel.id,
    channel_type: 'im',
    ts: world.nextTs(),
    event_ts: ts,
    ...what,
  };
}

/** The fields that every interaction has. */
function interaction(world: World, act: FakeAct): Json {
  const { user, channel } = act.facts;
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    team: world.settings.nullTeams ? null : { id: user.teamId, domain: 'fake' },
    api_app_id: world.appId,
    token: TOKEN,
    enterprise: null,
    is_enterprise_install: false,
    ...(act.triggerId ? { trigger_id: act.triggerId } : {}),
    ...(act.responseUrl ? { response_url: act.responseUrl } : {}),
    ...(channel ? { channel: { id: channel.id, name: channelName(channel) } } : {}),
  };
}

export function shortcutPayload(world: World, act: FakeAct, callbackId: string, message: FakeMessage): Json {
  return {
    type: 'message_action',
    ...interaction(world, act),
    action_ts: world.nextTs(),
    callback_id: callbackId,
    message_ts: message.ts,
    message: messageJson(world, message),
  };
}

export function clickPayload(world: World, act: FakeAct, action: Json): Json {
  const { message, view } = act.facts;
  // a message that replies stand below is in its own thread
  const isParent = world.messages.some((one) => one.threadTs === message?.ts);
  const thread = message?.threadTs ?? (isParent ? message?.ts : undefined);
  const container = view
    ? { type: 'view', view_id: view.id }
    : {
        type: 'message',
        message_ts: message?.ts,
        channel_id: message?.channel.id,
        is_ephemeral: message?.ephemeral ?? false,
        ...(thread === undefined ? {} : { thread_ts: thread }),
      };
  return {
    type: 'block_actions',
    ...interaction(world, act),
    container,
    // Slack does not show the bot what only a person sees.
    ...(message && !message.ephemeral ? { message: messageJson(world, message) } : {}),
    ...(view ? { view: viewJson(world, view, stateOf(world, view)) } : { state: { values: {} } }),
    actions: [{ ...action, action_ts: world.nextTs() }],
  };
}

export function suggestionPayload(
  world: World,
  act: FakeAct,
  view: FakeView,
  { control, typed }: { control: Control; typed: string },
): Json {
  return {
    type: 'block_suggestion',
    ...interaction(world, act),
    container: { type: 'view', view_id: view.id },
    action_id: control.action_id,
    block_id: control.blockId,
    value: typed,
    view: viewJson(world, view, stateOf(world, view)),
  };
}

export function viewPayload(world: World, act: FakeAct, view: FakeView, values: unknown): Json {
  const head = { type: act.facts.kind, ...interaction(world, act), view: viewJson(world, view, values) };
  return act.facts.kind === 'view_closed' ? { ...head, is_cleared: false } : { ...head, response_urls: [] };
}
