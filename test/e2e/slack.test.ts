import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { slackBench } from '../world/slack-bench.ts';

describe.each(['socket', 'http'] as const)('Easel on Slack (%s mode)', (mode) => {
  const bench = slackBench(mode, { stepMs: 10 });
  const done = (message: { visible: string }) => message.visible.includes('Done in');

  it('takes a command from acknowledgement to the picture, updating one message', async () => {
    await bench.start();
    const asked = bench.slack.command({ command: '/sketch', text: 'a red fox --steps 30 seed:7' });
    await asked.acknowledged;
    expect(asked.ackMs).toBeLessThan(1000);
    const reply = await asked.waitFor(done);
    expect(reply.images).toHaveLength(1);
    expect(await sharp(reply.images[0]?.bytes).metadata()).toMatchObject({
      format: 'png',
      width: 64,
      height: 64,
    });
    expect(reply.visible).toContain('seed *7*');
    expect(reply.buttons).toMatchObject([{ action_id: 'again' }]);
    const shown = reply.edits.map(({ text }) => text);
    expect(shown.some((text) => /\d+ % · KSampler · \d+\/30/.test(text))).toBe(true);
    expect(bench.slack.messagesIn(bench.slack.channel.id)).toEqual([reply]);
    expect(bench.sandbox.stats.bodies.at(-1)).toMatchObject({
      prompt: { 3: { inputs: { steps: 30, seed: 7 } } },
    });
  });

  it('opens a form for a bare command, checks it at its fields, and runs it', async () => {
    await bench.start();
    const asked = bench.slack.command({ command: '/sketch', text: '' });
    const view = await asked.waitForView();
    const wrong = bench.slack.submitView({ view, values: { prompt: 'a fox', seed: 'lucky' } });
    await wrong.acknowledged;
    expect(wrong.errors).toEqual({ seed: '"seed" must be a whole number; "lucky" is not.' });

    const right = bench.slack.submitView({
      view,
      values: { prompt: 'a fox', seed: '5', steps: '3' },
    });
    await right.acknowledged;
    expect(right.errors).toEqual({});
    const reply = await bench.slack.waitForMessage(done);
    expect(reply.visible).toContain('seed *5*');
  });

  it('answers directly from a channel that may only be read, and calls it that', async () => {
    await bench.start();
    const { faults } = bench.slack;
    faults.refuse({ method: 'chat.postMessage', error: 'restricted_action_read_only_channel', times: 1 });
    bench.slack.command({ command: '/sketch', text: 'a fox' });
    const reply = await bench.slack.waitForMessage(done);
    const direct = bench.slack.directMessages(bench.slack.person.id);
    expect(direct).toContain(reply);
    expect(direct.map(({ text }) => text).join()).toContain('I can’t post in that channel');
  });

  it('cancels by the button, and for the owner only', async () => {
    await bench.start();
    const asked = bench.slack.command({ command: '/sketch', text: 'a long one --steps 900' });
    const message = await asked.waitFor(({ visible }) => visible.includes('KSampler'));
    const stranger = bench.slack.addUser({ name: 'eve' });
    const press = bench.slack.click({ message, actionId: 'cancel', user: stranger.id });
    await press.waitFor(({ ephemeral, text }) => ephemeral && text.includes('belongs to somebody else'));
    bench.slack.click({ message, actionId: 'cancel' });
    const gone = await asked.waitFor(({ visible }) => visible.includes('Cancelled'));
    expect(gone.buttons).toEqual([]);
    expect(gone.images).toEqual([]);
  });
});
