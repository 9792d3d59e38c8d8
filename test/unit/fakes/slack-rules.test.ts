/** What the fake Slack refuses, and what it notes: messages, response_urls, scopes and manifests. */
// the rule is about windows; Slack's method only has the same name
/* oxlint-disable unicorn/require-post-message-target-origin */
import type { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../../fakes/slack/index.ts';
import { refusal, startBolt, webClient } from '../../fakes/slack/real-bolt.ts';
import { BAR } from '../../fakes/slack/samples.ts';

let slack: FakeSlack;
let web: webApi.WebClient;

beforeEach(async () => {
  slack = await startFakeSlack();
  web = webClient(slack);
});

afterEach(async () => {
  await slack.stop();
});

const many = <T>(length: number, make: (at: number) => T): T[] => Array.from({ length }, (_, at) => make(at));
const long = (length: number) => 'x'.repeat(length);

describe('messages', () => {
  it('notify those whom they mention, and it is remembered', async () => {
    const text = `<!channel> and <@${slack.person.id}>, not @here nor &lt;!here&gt;`;
    await web.chat.postMessage({ channel: slack.channel.id, text });
    await web.chat.postMessage({ channel: slack.channel.id, text: 'safe &lt;!channel&gt;', blocks: BAR(1) });
    expect(slack.messages.map((one) => one.pings)).toEqual([['<!channel>', `<@${slack.person.id}>`], []]);
  });

  it('lose their blocks in an update with text alone', async () => {
    const { ts = '', channel = '' } = await web.chat.postMessage({
      channel: slack.channel.id,
      text: 'a',
      blocks: BAR(1),
    });
    await web.chat.update({ channel, ts, text: 'b' });
    expect(slack.messages[0]).toMatchObject({ text: 'b', blocks: [], visible: 'b' });
    expect(slack.violations).toEqual([]);
  });

  it('are refused, or noted, where they go wrong', async () => {
    const channel = slack.channel.id;
    const theirs = slack.say({ text: 'mine' });
    const hidden = await web.chat.postEphemeral({ channel, user: slack.person.id, text: 'psst' });
    const gone = await web.chat.postMessage({ channel, text: 'a' });
    slack.deleteMessage(slack.messages.at(-1) ?? theirs);
    expect(slack.violations).toEqual([]);
    expect(await refusal(web.chat.update({ channel, ts: gone.ts ?? '', text: 'x' }))).toBe(
      'message_not_found',
    );
    expect(slack.violations).toEqual([]);
    const said = [
      await refusal(web.chat.update({ channel, ts: theirs.ts, text: 'x' })),
      await refusal(web.chat.update({ channel, ts: hidden.message_ts ?? '', text: 'x' })),
      await refusal(web.chat.postMessage({ channel: 'C0', text: 'x' })),
      await refusal(web.chat.postMessage({ channel, text: '' })),
      await refusal(web.chat.postMessage({ channel, text: long(40_001) })),
      await refusal(web.apiCall('chat.postmessage', {})),
      await refusal(web.apiCall('chat.postMessage', { channel, blocks: BAR(1) })),
      await refusal(web.apiCall('chat.postMessage', { channel, text: 'a', colour: 'red' })),
      await refusal(web.chat.postMessage({ channel, text: 'a', thread_ts: '1234567890.000001' })),
    ];
    expect(said).toEqual([
      'cant_update_message',
      expect.stringContaining('cant_update_message'),
      'channel_not_found',
      'no_text',
      'msg_too_long',
      'unknown_method',
      'accepted',
      'accepted',
      'accepted',
    ]);
    expect(slack.violations).toHaveLength(said.length);
  });

  it('go where the bot may write', async () => {
    const outside = slack.addChannel({ botIsMember: false });
    const secret = slack.addChannel({ private: true, botIsMember: false });
    const old = slack.addChannel();
    old.archived = true;
    const to = (channel: string) => refusal(web.chat.postMessage({ channel, text: 'a' }));
    expect(await to(outside.id)).toBe('not_in_channel');
    expect(await to(secret.id)).toBe('channel_not_found');
    expect(await to(old.id)).toBe('is_archived');
    const opened = await web.conversations.open({ users: slack.person.id });
    expect(await to(opened.channel?.id ?? '')).toBe('accepted');
    expect(slack.directMessages(slack.person.id)).toHaveLength(1);
    expect(slack.violations).toEqual([]);
  });

  it('over a response_url are five, without a thread for commands', async () => {
    const bolt = await startBolt(slack, 'socket', (app) => app.command(/./, async ({ ack }) => ack()));
    const outside = slack.addChannel({ botIsMember: false });
    const act = slack.command({ command: '/imagine', channel: outside.id });
    const send = async (body: object): Promise<number> => {
      const method = { method: 'POST', body: JSON.stringify(body) };
      return (await fetch(act.responseUrl ?? '', method)).status;
    };
    const statuses = [];
    for (let at = 0; at < 6; at += 1) statuses.push(await send({ text: `${at}` }));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
    expect(slack.violations.splice(0)).toEqual(['response_url → used_url']);
    slack.settings.responseUrlUses = 99;
    await send({ text: 'a', thread_ts: '1234567890.000001' });
    expect(slack.violations.splice(0).join()).toContain('a slash command carries no thread');
    slack.settings.responseUrlMs = -1;
    expect(await send({ text: 'late' })).toBe(404);
    expect(slack.violations).toEqual(['response_url → expired_url']);
    await bolt.stop();
  });
});

describe('people', () => {
  it('have a locale and rights', async () => {
    const boss = slack.addUser({ name: 'grace', locale: 'ja-JP', isAdmin: true });
    const { user } = await web.users.info({ user: boss.id, include_locale: true });
    expect(user).toMatchObject({ locale: 'ja-JP', is_admin: true, name: 'grace' });
    const plainUser = await web.users.info({ user: slack.person.id });
    expect(plainUser.user?.locale).toBeUndefined();
  });

  it('leave a history that can be read', async () => {
    const root = slack.say({ text: 'one' });
    slack.say({ text: 'two', threadTs: root.ts });
    const history = await web.conversations.history({ channel: slack.channel.id });
    const replies = await web.conversations.replies({ channel: slack.channel.id, ts: root.ts });
    expect([history.messages?.length, replies.messages?.length]).toEqual([1, 2]);
    await web.reactions.add({ channel: slack.channel.id, timestamp: root.ts, name: 'eyes' });
    expect(root.reactions).toEqual(['eyes']);
    expect(slack.violations).toEqual([]);
  });
});

describe('a manifest', () => {
  const manifest = (scopes: string[]) => ({
    display_information: { name: 'Easel' },
    features: {
      bot_user: { display_name: 'Easel' },
      slash_commands: [{ command: '/imagine', description: 'Draw' }],
    },
    oauth_config: { scopes: { bot: scopes } },
    settings: { interactivity: { is_enabled: true }, socket_mode_enabled: true },
  });

  it('says which commands, shortcuts and events there are', () => {
    slack.setManifest(manifest(['commands', 'chat:write']));
    const message = slack.say({ text: 'a' });
    expect(() => slack.command({ command: '/draw' })).toThrow('no slash command /draw');
    expect(() => slack.messageShortcut({ callbackId: 'use', message })).toThrow('no message shortcut use');
    expect(() => slack.mention({ text: 'a' })).toThrow('does not subscribe to app_mention');
  });

  it('says what the bot may do', async () => {
    slack.setManifest(manifest(['commands', 'chat:write']));
    expect(await refusal(web.chat.postMessage({ channel: slack.channel.id, text: 'a' }))).toBe('accepted');
    expect(await refusal(web.users.info({ user: slack.person.id }))).toBe('missing_scope');
    await expect(web.files.info({ file: 'F0' })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'files:read', provided: 'commands,chat:write' },
    });
    expect(slack.violations).toHaveLength(2);
  });

  it.each([
    ['a long name', { display_information: { name: long(36) } }],
    ['an upper-case command', { features: { slash_commands: [{ command: '/Draw', description: 'd' }] } }],
    [
      'a command twice',
      { features: { slash_commands: many(2, () => ({ command: '/a', description: 'd' })) } },
    ],
    [
      '51 commands',
      { features: { slash_commands: many(51, (at) => ({ command: `/a${at}`, description: 'd' })) } },
    ],
    ['an unknown part', { festures: {} }],
  ])('with %s is refused', (_what, change) => {
    expect(() => slack.setManifest({ ...manifest([]), ...change })).toThrow(
      'Slack would refuse this manifest',
    );
  });
});
