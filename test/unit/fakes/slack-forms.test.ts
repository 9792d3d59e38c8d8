/** Forms as people fill them in at the fake Slack: what outlives an update, what asks the bot, what the client refuses. */
import type { types } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeSlack, type FakeView, startFakeSlack } from '../../fakes/slack/index.ts';
import { refusal, startBolt, webClient, type RealBolt } from '../../fakes/slack/real-bolt.ts';

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(value), value });
const asked = (block: string, element: types.InputBlock['element'], more: object = {}): types.InputBlock => ({
  type: 'input',
  block_id: block,
  label: plain(block),
  element,
  optional: true,
  ...more,
});
const text = (initial?: string): types.PlainTextInput => ({
  type: 'plain_text_input',
  action_id: 'value',
  ...(initial !== undefined && { initial_value: initial }),
});
const form = (...blocks: types.KnownBlock[]): types.ModalView => ({
  type: 'modal',
  callback_id: 'form',
  title: plain('Form'),
  submit: plain('Send'),
  blocks,
});
const search: types.ExternalSelect = { type: 'external_select', action_id: 'value', min_query_length: 0 };

let slack: FakeSlack;
let bolt: RealBolt;
/** What the bot offers to those who type. */
let offer: types.PlainTextOption[];
beforeEach(async () => {
  slack = await startFakeSlack();
  offer = [option('fox'), option('wolf')];
  bolt = await startBolt(slack, 'socket', (app) => {
    app.command(/.*/, ({ ack }) => ack());
    app.view(/.*/, ({ ack }) => ack());
    app.action(/.*/, ({ ack }) => ack());
    app.options(/.*/, ({ ack }) => ack({ options: offer }));
  });
});
afterEach(async () => {
  await bolt.stop();
  await slack.stop();
});

async function opened(...blocks: types.KnownBlock[]): Promise<FakeView> {
  const act = slack.command({ command: '/form' });
  await webClient(slack).views.open({ trigger_id: act.triggerId ?? '', view: form(...blocks) });
  return act.waitForView();
}
const stateOf = (act: { payload: Readonly<Record<string, unknown>> }) =>
  (act.payload['view'] as { state: { values: unknown } }).state.values;

describe('what somebody has entered', () => {
  it('outlives an update that keeps block and element, and no other', async () => {
    const view = await opened(asked('name', text('fox')), asked('other', text()));
    slack.fillIn(view, { name: 'wolf', other: 'typed' });
    const web = webClient(slack);
    await web.views.update({
      view_id: view.id,
      view: form(asked('name', text('crow')), asked('new', text('x'))),
    });
    expect(stateOf(slack.submitView({ view }))).toEqual({
      name: { value: { type: 'plain_text_input', value: 'wolf' } },
      new: { value: { type: 'plain_text_input', value: 'x' } },
    });
  });

  it('is told with every click, and a click into a field is told only where the form asks for it', async () => {
    const select: types.StaticSelect = { type: 'static_select', action_id: 'kind', options: [option('a')] };
    const view = await opened(
      asked('name', text()),
      asked('loud', select, { dispatch_action: true }),
      asked('quiet', select),
    );
    slack.fillIn(view, { name: 'fox' });
    const click = slack.click({ view, actionId: 'kind', blockId: 'loud', value: 'a' });
    expect(stateOf(click)).toMatchObject({
      name: { value: { value: 'fox' } },
      loud: { kind: { selected_option: { value: 'a' } } },
      quiet: { kind: { selected_option: null } },
    });
    expect(() => slack.click({ view, actionId: 'kind', blockId: 'quiet', value: 'a' })).toThrow(
      'nobody is told',
    );
  });

  it('must be there where the form requires it', async () => {
    const view = await opened(asked('name', text(), { optional: false }));
    expect(() => slack.submitView({ view })).toThrow('the form requires value at name');
    expect(() => slack.submitView({ view, values: { name: 'fox' } })).not.toThrow();
  });

  it('may be people and channels', async () => {
    const view = await opened(
      asked('people', { type: 'multi_users_select', action_id: 'value', initial_users: [slack.person.id] }),
      asked('places', { type: 'multi_conversations_select', action_id: 'value' }),
    );
    expect(stateOf(slack.submitView({ view, values: { places: [slack.channel.id] } }))).toEqual({
      people: { value: { type: 'multi_users_select', selected_users: [slack.person.id] } },
      places: { value: { type: 'multi_conversations_select', selected_conversations: [slack.channel.id] } },
    });
    const act = slack.command({ command: '/form' });
    const wrong = asked('people', { type: 'multi_users_select', action_id: 'value', initial_users: ['ada'] });
    const opening = webClient(slack).views.open({ trigger_id: act.triggerId ?? '', view: form(wrong) });
    expect(await refusal(opening)).toMatch(/^invalid_arguments .*initial_users/);
  });
});

describe('a select that asks for its options', () => {
  it('takes what the bot offered, and nothing else', async () => {
    const view = await opened(asked('animal', search));
    expect(() => slack.submitView({ view, values: { animal: 'fox' } })).toThrow('does not offer fox');
    const typing = slack.suggest({ view, select: 'animal', typed: 'f' });
    await typing.acknowledged;
    expect(typing.payload).toMatchObject({ block_id: 'animal', value: 'f', view: { id: view.id } });
    expect(typing.options.map(({ value }) => value)).toEqual(['fox', 'wolf']);
    const submitted = slack.submitView({ view, values: { animal: 'fox' } });
    expect(stateOf(submitted)).toMatchObject({ animal: { value: { selected_option: option('fox') } } });
    expect(slack.violations).toEqual([]);
  });

  it.each([
    ['101 options', () => Array.from({ length: 101 }, (_, at) => option(`${at}`))],
    ['a long text', () => [{ text: plain('x'.repeat(76)), value: 'x' }]],
    ['a long value', () => [{ text: plain('x'), value: 'x'.repeat(151) }]],
    ['one value twice', () => [option('a'), option('a')]],
  ])('is not answered with %s', async (_what, make) => {
    offer = make();
    const view = await opened(asked('animal', search));
    const typing = slack.suggest({ view, select: 'animal' });
    await typing.acknowledged;
    expect(typing.options).toEqual([]);
    expect(slack.violations.join('')).toContain('invalid_options');
  });

  it('asks only when enough was typed, and over HTTP only where the manifest says where', async () => {
    const { min_query_length: _, ...patient } = search;
    const view = await opened(asked('animal', patient));
    expect(() => slack.suggest({ view, select: 'animal', typed: 'fo' })).toThrow('before more is typed');
    const interactivity = { is_enabled: true, request_url: 'https://easel.example/' };
    slack.setManifest({ display_information: { name: 'x' }, settings: { interactivity } });
    expect(() => slack.suggest({ view, select: 'animal', typed: 'fox' })).toThrow('message_menu_options_url');
  });
});

describe('a form under another one', () => {
  it('cannot be used, and neither can somebody else’s', async () => {
    const press: types.ActionsBlock = {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'more', text: plain('More') }],
    };
    const view = await opened(press, asked('name', text()));
    const click = slack.click({ view, actionId: 'more' });
    await webClient(slack).views.push({ trigger_id: click.triggerId ?? '', view: form(asked('b', text())) });
    const above = await click.waitForView();
    expect(() => slack.click({ view, actionId: 'more' })).toThrow('another form covers it');
    expect(() => slack.submitView({ view })).toThrow('another form covers it');
    slack.closeView(above);
    const stranger = slack.addUser();
    expect(() => slack.submitView({ view, user: stranger.id })).toThrow('cannot see this');
    expect(slack.submitView({ view, user: stranger.id, forged: true }).facts.user).toBe(stranger);
  });
});
