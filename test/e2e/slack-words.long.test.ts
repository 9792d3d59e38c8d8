/** Slack, as people write to a bot there: in direct messages, with its name anywhere, with slips. */
import { describe, expect, it } from 'vitest';
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import { loadTemplates } from '../../src/templates/library/load.ts';
import type { FakeMessage } from '../fakes/slack/index.ts';
import { slackBench } from '../world/slack-bench.ts';

const bench = slackBench('socket', { stepMs: 1 });
/** Those that Easel comes with. */
const TEMPLATES_DIR = 'templates';
const done = ({ visible }: FakeMessage) => visible.includes('Done in');

describe('direct messages', () => {
  it('are answered there, as commands and as plain words', async () => {
    await bench.start({ TEMPLATES_DIR });
    const { slack } = bench;
    const said = slack.directMessage({ text: 'nier:automata 2B on a sofa' });
    const reply = await said.waitFor(done);
    expect(reply.channel).toBe(slack.directChannel(slack.person.id));
    expect(reply.threadTs).toBeUndefined();
    expect(reply.visible).toContain('nier:automata 2B on a sofa');
    const help = slack.directMessage({ text: 'Help!' });
    // a message, which stays
    const lines = await help.waitFor(({ text }) => text.includes('Commands:'));
    expect(lines).toMatchObject({ ephemeral: false });
    expect(lines.text.indexOf('/imagine')).toBeLessThan(lines.text.indexOf('/blank'));
    const thread = slack.directMessage({ text: 'hey Easel, a fox', threadTs: said.facts.message?.ts ?? '' });
    expect((await thread.waitFor(done)).threadTs).toBe(said.facts.message?.ts);
  });

  it('bring a picture for the slot that takes it', async () => {
    await bench.start({ TEMPLATES_DIR });
    const { slack } = bench;
    const bytes = Buffer.from(await (await fetch(`data:image/png;base64,${PIXEL}`)).arrayBuffer());
    const asked = slack.directMessage({
      text: 'remix as an oil painting',
      files: [slack.addFile({ name: 'cat.png', bytes })],
    });
    expect((await asked.waitFor(done)).visible).toContain('cat.png');
  });

  it('of bots, its own ones and what has become of a message are nothing that was said', async () => {
    await bench.start({ TEMPLATES_DIR });
    const { slack } = bench;
    const said = slack.directMessage({ text: 'a fox' });
    await said.waitFor(done);
    await slack.editDirectMessage(said.facts.message!, 'two foxes').acknowledged;
    await slack.postedByWorkflow({ text: 'a workflow' }).acknowledged;
    // whatever these had begun would have stood in line before this
    await slack.directMessage({ text: 'an owl' }).waitFor(done);
    const replies = slack.directMessages(slack.person.id).filter(({ user }) => user.isBot);
    expect(replies.map(({ visible }) => /a fox|an owl/.exec(visible)?.[0])).toEqual(['a fox', 'an owl']);
    expect(bench.sandbox.stats.bodies).toHaveLength(2);
  });

  it('are refused in words where the operator has none of them', async () => {
    await bench.start({ TEMPLATES_DIR, DIRECT_MESSAGES: 'off' });
    const said = bench.slack.directMessage({ text: 'a fox' });
    await said.waitFor(({ text }) => text.includes('direct messages'));
    expect(bench.sandbox.stats.bodies).toHaveLength(0);
  });

  it('are not there for an app of an older manifest, which goes on, and names what it lacks', async () => {
    const { templates } = await loadTemplates(TEMPLATES_DIR);
    const manifest = JSON.parse(JSON.stringify(slackManifest(templates)));
    manifest.oauth_config.scopes.bot = manifest.oauth_config.scopes.bot.filter(
      (scope: string) => scope !== 'im:history',
    );
    manifest.settings.event_subscriptions.bot_events = ['app_mention'];
    manifest.features.app_home.messages_tab_read_only_enabled = true;
    bench.slack.setManifest(manifest);
    await bench.start({ TEMPLATES_DIR });
    const told = bench.easel.logs.filter((line) => line.includes('older manifest'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('direct-messages-unheard');
    expect(told[0]).toContain('im:history');
    const asked = bench.slack.command({ command: '/imagine', text: 'a fox' });
    await asked.waitFor(done);
  });
});

describe('a mention', () => {
  it.each([
    ['@: imagine a fox', 'a fox'],
    ['hey @, two foxes', 'two foxes'],
    ['re:zero poster @', 're:zero poster'],
  ])('%j is read wherever the name stands', async (text, prompt) => {
    await bench.start({ TEMPLATES_DIR });
    const { slack } = bench;
    const asked = slack.mention({ text: text.replace('@', `<@${slack.botUserId}>`) });
    const reply = await asked.waitFor(done);
    expect(reply.visible).toContain(prompt);
    expect(reply.visible).not.toMatch(/hey|imagine:/);
  });
});

describe('a slip', () => {
  it.each([
    ['yes', { steps: 9, text: 'a fox' }],
    ['no', { steps: 20, text: 'a fox stepz:9' }],
  ])('is asked about, with a button for each answer: %s', async (answer, { steps, text }) => {
    await bench.start({ TEMPLATES_DIR });
    const asked = bench.slack.mention({ text: 'a fox stepz:9' });
    const question = await asked.waitFor(({ visible }) => visible.includes('Did you mean steps:9?'));
    expect(question).toMatchObject({ ephemeral: true });
    expect(question.visible).toContain('a fox stepz:9');
    const press = bench.slack.click({ message: question, actionId: `answer:${answer}` });
    const reply = await press.waitFor(done);
    expect(reply.threadTs).toBe(question.threadTs);
    await bench.slack.until(() => question.visible.includes('You chose “'));
    expect(question.buttons).toEqual([]);
    const { prompt } = bench.sandbox.stats.bodies.at(-1) as { prompt: object };
    expect(JSON.stringify(prompt)).toContain(`"steps":${steps}`);
    expect(JSON.stringify(prompt)).toContain(JSON.stringify(text));
  });
});

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
