/** Block Kit as the fake Slack checks it: messages' blocks, modals, and what opening a modal costs. */
import type { types, webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeSlack, type FakeView, startFakeSlack } from '../../fakes/slack/index.ts';
import { refusal, startBolt, webClient } from '../../fakes/slack/real-bolt.ts';
import { FORM } from '../../fakes/slack/samples.ts';

let slack: FakeSlack;
let web: webApi.WebClient;

beforeEach(async () => {
  slack = await startFakeSlack();
  web = webClient(slack);
});

afterEach(async () => {
  await slack.stop();
});

const plain = (text: string) => ({ type: 'plain_text', text });
const section = { type: 'section', text: { type: 'mrkdwn', text: 'hello' } };
const button = (extra: object) => ({
  type: 'actions',
  elements: [{ type: 'button', action_id: 'a', text: plain('Go'), ...extra }],
});
const option = (value: string) => ({ text: plain(value), value });
const select = (extra: object) => ({
  type: 'actions',
  elements: [{ type: 'static_select', action_id: 'a', options: [option('a')], ...extra }],
});
const many = <T>(length: number, make: (at: number) => T): T[] => Array.from({ length }, (_, at) => make(at));
const long = (length: number) => 'x'.repeat(length);
const image = { type: 'image', alt_text: 'a', image_url: 'https://example.com/a.png' };

describe('blocks', () => {
  it.each<[string, object[], string]>([
    ['51 of them', many(51, () => section), 'no more than 50 items allowed [json-pointer:/blocks]'],
    ['an unknown kind', [{ type: 'carousel3' }], 'unsupported type'],
    ['a section without text', [{ type: 'section' }], 'must define either `text` or `fields`'],
    [
      'a long section',
      [{ type: 'section', text: plain(long(3001)) }],
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    ['an empty text', [{ type: 'section', text: plain('') }], 'must be more than 0 characters'],
    ['a long header', [{ type: 'header', text: plain(long(151)) }], 'must be less than 151 characters'],
    ['a header in mrkdwn', [{ type: 'header', text: section.text }], '[json-pointer:/blocks/0/text/type]'],
    ['an unknown field', [{ ...section, colour: 'red' }], 'invalid additional property: colour'],
    ['a long button', [button({ text: plain(long(76)) })], 'must be less than 76 characters'],
    ['a long value', [button({ value: long(2001) })], 'must be less than 2001 characters'],
    ['a long action_id', [button({ action_id: long(256) })], 'must be less than 256 characters'],
    ['an unknown style', [button({ style: 'warning' })], 'must be one of: primary, danger'],
    ['a long block_id', [{ ...section, block_id: long(256) }], 'must be less than 256 characters'],
    [
      'a block_id twice',
      [
        { ...section, block_id: 'b' },
        { ...section, block_id: 'b' },
      ],
      '`b` already exists',
    ],
    [
      'an action_id twice in a block',
      [{ type: 'actions', elements: many(2, () => button({}).elements[0]) }],
      '`action_id` a already exists',
    ],
    [
      '26 elements',
      [{ type: 'actions', elements: many(26, (at) => ({ ...button({}).elements[0], action_id: `a${at}` })) }],
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    ],
    ['an empty actions block', [{ type: 'actions', elements: [] }], 'no less than 1 items allowed'],
    [
      'eleven elements of context',
      [{ type: 'context', elements: many(11, () => plain('a')) }],
      'no more than 10 items',
    ],
    ['a button in context', [{ type: 'context', elements: button({}).elements }], 'unsupported type'],
    [
      'a select with too many options',
      [select({ options: many(101, (at) => option(`o${at}`)) })],
      'no more than 100',
    ],
    [
      'a long option',
      [select({ options: [{ ...option('a'), text: plain(long(76)) }] })],
      'must be less than 76',
    ],
    [
      'a long option value',
      [select({ options: [{ ...option('a'), value: long(151) }] })],
      'must be less than 151',
    ],
    [
      'an initial option that is not there',
      [select({ initial_option: option('b') })],
      'invalid initial option',
    ],
    [
      'a picture without alt_text',
      [{ type: 'image', image_url: image.image_url }],
      'missing required field: alt_text',
    ],
    ['a picture over http', [{ ...image, image_url: 'http://example.com/a.png' }], 'must be an https URL'],
    [
      'a picture without a source',
      [{ type: 'image', alt_text: 'a' }],
      'must define either `slack_file` or `image_url`',
    ],
    [
      'a picture that is not there',
      [{ type: 'image', alt_text: 'a', slack_file: { id: 'F012345678' } }],
      'invalid slack file',
    ],
    [
      'a file input in a message',
      [{ type: 'input', label: plain('a'), element: { type: 'file_input', action_id: 'f' } }],
      'unsupported type: file_input',
    ],
  ])('%s are refused', async (_what, blocks, why) => {
    const said = await refusal(
      web.apiCall('chat.postMessage', { channel: slack.channel.id, text: 't', blocks }),
    );
    expect(said).toContain('invalid_blocks [ERROR]');
    expect(said).toContain(why);
    expect(slack.violations).toHaveLength(1);
    expect(slack.messages).toEqual([]);
  });

  it('of every useful kind are accepted', async () => {
    const blocks = [
      section,
      { type: 'header', text: plain('Easel') },
      { type: 'divider' },
      image,
      { type: 'context', elements: [plain('a'), image] },
      select({ initial_option: option('a') }),
      button({
        style: 'primary',
        confirm: { title: plain('t'), text: plain('t'), confirm: plain('y'), deny: plain('n') },
      }),
      { type: 'section', fields: [plain('a'), plain('b')], accessory: button({}).elements[0] },
      { type: 'actions', elements: [{ type: 'overflow', action_id: 'o', options: [option('a')] }] },
    ];
    const said = await refusal(
      web.apiCall('chat.postMessage', { channel: slack.channel.id, text: 't', blocks }),
    );
    expect(said).toBe('accepted');
    expect(slack.violations).toEqual([]);
  });
});

const clickable: types.ActionsBlock = {
  type: 'actions',
  elements: [{ type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'More' } }],
};

describe('views', () => {
  const base: Record<string, unknown> = { ...FORM };
  it.each<[string, Record<string, unknown>, string]>([
    [
      'a long title',
      { title: plain(long(25)) },
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    ['a long submit', { submit: plain(long(25)) }, 'must be less than 25 characters'],
    ['a long close', { close: plain(long(25)) }, 'must be less than 25 characters'],
    ['inputs without submit', { submit: undefined }, 'missing required field: submit'],
    ['long metadata', { private_metadata: long(3001) }, 'must be less than 3001 characters'],
    ['a long callback_id', { callback_id: long(256) }, 'must be less than 256 characters'],
    ['101 blocks', { blocks: many(101, () => section) }, 'no more than 100 items allowed'],
    ['a home tab', { type: 'home' }, '[json-pointer:/view/type]'],
    [
      'a number input without is_decimal_allowed',
      { blocks: [{ type: 'input', label: plain('n'), element: { type: 'number_input', action_id: 'n' } }] },
      'missing required field: is_decimal_allowed',
    ],
  ])('with %s are refused', async (_what, change, why) => {
    const view = { ...base, ...change };
    const said = await refusal(web.apiCall('views.open', { trigger_id: '1.2.3', view }));
    expect(said).toContain('invalid_arguments [ERROR]');
    expect(said).toContain(why);
    expect(slack.violations).toHaveLength(1);
  });

  it('cost a trigger, once and in time', async () => {
    const bolt = await startBolt(slack, 'socket', (app) => app.command(/./, async ({ ack }) => ack()));
    const open = (trigger: string | undefined) =>
      refusal(web.views.open({ trigger_id: trigger ?? '', view: FORM }));
    const act = slack.command({ command: '/imagine' });
    expect(await open('1.2.nobody')).toBe('invalid_trigger_id');
    expect(await open(act.triggerId)).toBe('accepted');
    expect(await open(act.triggerId)).toContain('exchanged_trigger_id');
    slack.settings.triggerMs = -1;
    expect(await open(slack.command({ command: '/imagine' }).triggerId)).toContain('expired_trigger_id');
    expect(slack.violations).toHaveLength(3);
    await bolt.stop();
  });

  it('are changed, pushed and published', async () => {
    const bolt = await startBolt(slack, 'socket', (app) => {
      app.command(/./, async ({ ack, client, body }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: { ...FORM, blocks: [clickable] } });
      });
      app.action('a', async ({ ack, body, client }) => {
        await ack();
        if (body.type !== 'block_actions') return;
        await client.views.push({ trigger_id: body.trigger_id, view: FORM });
      });
    });
    const view: FakeView = await slack.command({ command: '/imagine' }).waitForView();
    const { hash, id } = view;
    const title = { type: 'plain_text' as const, text: 'Other' };
    const changed = { ...FORM, title, blocks: [clickable] };
    await web.views.update({ view_id: id, hash, view: changed });
    expect([view.title, view.versions.length]).toEqual(['Other', 2]);
    expect(await refusal(web.views.update({ view_id: id, hash, view: changed }))).toBe('hash_conflict');
    const pushed = await slack.click({ view, actionId: 'a' }).waitForView();
    expect(pushed.previous).toBe(view);
    slack.closeView(pushed);
    expect(await refusal(web.views.update({ view_id: pushed.id, view: changed }))).toBe('not_found');
    await web.views.publish({ user_id: slack.person.id, view: { type: 'home', blocks: [] } });
    expect([...slack.views.values()].map((one) => one.body.type)).toEqual(['modal', 'modal', 'home']);
    expect(slack.violations).toEqual([]);
    await bolt.stop();
  });
});
