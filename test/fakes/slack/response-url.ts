/** response_url: five answers to one act, within half an hour, also where the bot is not a member. */
import type { FakeAct } from './act.ts';
import type { Answer } from './file-routes.ts';
import type { FakeMessage } from './message.ts';
import { createMessage, editMessage, type MessageInput } from './messages.ts';
import { asObject } from '../http/bodies.ts';
import { Refusal } from './refusal.ts';
import { changed } from '../wait.ts';
import type { World } from './world.ts';

const KNOWN = new Set([
  'text',
  'blocks',
  'response_type',
  'replace_original',
  'delete_original',
  'thread_ts',
  'unfurl_links',
  'unfurl_media',
  'mrkdwn',
  'metadata',
]);

export function receiveResponse(world: World, url: string, raw: unknown): Answer {
  try {
    const act = world.acts.find((one) => one.responseUrl === url);
    if (!act) throw new Refusal('no_such_url');
    const body = asObject(raw);
    if (!body) throw new Refusal('invalid_payload');
    if (Date.now() - act.createdAt > world.settings.responseUrlMs) throw new Refusal('expired_url');
    if (act.responses.length >= world.settings.responseUrlUses) throw new Refusal('used_url');
    const strange = Object.keys(body).filter((key) => !KNOWN.has(key));
    if (strange.length > 0) world.violations.push(`response_url: unknown fields ${strange.join(', ')}`);
    const message = apply(world, act, body, 'response_url');
    act.responses.push({ at: Date.now(), body, message });
    changed(world);
    return { status: 200, body: 'ok' };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (!error.extras.expected) world.violations.push(`response_url → ${error.describe()}`);
    const json = { 'content-type': 'application/json' };
    return { status: 404, headers: json, body: JSON.stringify({ ok: false, error: error.error }) };
  }
}

/** Shows what an answer says: a new message, a changed one, or one that is gone. Also for commands' acks with a body. */
export function apply(
  world: World,
  act: FakeAct,
  body: Readonly<Record<string, unknown>>,
  where: string,
): FakeMessage | undefined {
  const { user, channel, message: original, kind } = act.facts;
  if (!channel) throw new Refusal('no_such_url');
  if (channel.archived) throw new Refusal('is_archived', { expected: true });
  const input: MessageInput = {
    text: typeof body['text'] === 'string' ? body['text'] : undefined,
    blocks: body['blocks'],
  };
  const own = original?.user === world.bot && !original.deleted ? original : undefined;
  if (body['delete_original'] === true && own) {
    own.deleted = true;
    return undefined;
  }
  if (body['replace_original'] === true && own) {
    editMessage(world, own, input, where);
    return own;
  }
  const threadTs = body['thread_ts'];
  if (threadTs !== undefined && kind === 'command')
    world.violations.push(`${where}: a slash command carries no thread, so its answer cannot go to one`);

  const thread = typeof threadTs === 'string' ? { threadTs } : {};
  const type = body['response_type'] ?? 'ephemeral';
  if (type !== 'ephemeral' && type !== 'in_channel') throw new Refusal('invalid_response_type');
  const hidden = type === 'ephemeral' ? { ephemeralTo: user.id } : {};
  return createMessage(world, { channel, user: world.bot, ...thread, ...hidden }, input, where);
}
