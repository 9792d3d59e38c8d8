import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { slackBench } from '../world/slack-bench.ts';

describe('Threads, files and forms on Slack', () => {
  const bench = slackBench('socket', { stepMs: 5 });
  const done = (message: { visible: string }) => message.visible.includes('Done in');
  const red = (size = 40) =>
    sharp({ create: { width: size, height: size, channels: 3, background: 'red' } })
      .png()
      .toBuffer();

  it('answers a mention in the thread where it was asked', async () => {
    await bench.start();
    const begin = bench.slack.say({ text: 'what shall we draw?' });
    const asked = bench.slack.mention({
      text: `<@${bench.slack.botUserId}> sketch a red fox & "friends"`,
      threadTs: begin.ts,
    });
    const reply = await asked.waitFor(done);
    expect(reply.threadTs).toBe(begin.ts);
    expect(bench.sandbox.stats.bodies.at(-1)).toMatchObject({
      prompt: { 6: { inputs: { text: 'a red fox & "friends"' } } },
    });
  });

  it('takes an image that came along with a mention', async () => {
    await bench.start();
    const file = bench.slack.addFile({ name: 'red.png', bytes: await red() });
    const asked = bench.slack.mention({ text: `<@${bench.slack.botUserId}> photo`, files: [file] });
    const reply = await asked.waitFor(done);
    expect(await sharp(reply.images[0]?.bytes).metadata()).toMatchObject({ width: 32, height: 32 });
  });

  it('offers the templates that take an image from a message, and stays in its thread', async () => {
    await bench.start();
    const file = bench.slack.addFile({ name: 'red.png', bytes: await red() });
    const message = bench.slack.say({ text: 'look', files: [file] });
    const asked = bench.slack.messageShortcut({ callbackId: 'use-image', message });
    const view = await asked.waitForView();
    expect(view.visible).toContain('/photo');
    expect(view.visible).not.toContain('/sketch');
    const chosen = bench.slack.submitView({ view, values: { choose: 'photo' } });
    await chosen.acknowledged;
    expect(chosen.responseAction).toBe('update');
    const run = bench.slack.submitView({ view, values: {} });
    await run.acknowledged;
    const reply = await bench.slack.waitForMessage(done);
    expect(reply.threadTs).toBe(message.ts);
    expect(reply.images).toHaveLength(1);

    const plain = bench.slack.messageShortcut({
      callbackId: 'use-image',
      message: bench.slack.say({ text: 'no picture' }),
    });
    await plain.waitFor(({ ephemeral, text }) => ephemeral && text.includes('no picture in that message'));
  });

  it('asks for the image in a form, since a slash command cannot carry one', async () => {
    await bench.start();
    const asked = bench.slack.command({ command: '/photo', text: '' });
    const view = await asked.waitForView();
    const file = bench.slack.addFile({ name: 'red.png', bytes: await red() });
    bench.slack.submitView({ view, values: { image: [file] } });
    const reply = await bench.slack.waitForMessage(done);
    expect(reply.images).toHaveLength(1);
  });

  it('reaches every template through /easel', async () => {
    await bench.start();
    const asked = bench.slack.command({ command: '/easel', text: 'sketch “a red fox” —seed 5' });
    const reply = await asked.waitFor(done);
    expect(reply.visible).toContain('seed *5*');
    const help = bench.slack.command({ command: '/easel', text: '' });
    await help.waitFor(({ ephemeral, text }) => ephemeral && text.includes('/sketch'));
    const queue = bench.slack.command({ command: '/easel', text: 'queue' });
    await queue.waitFor(
      ({ ephemeral, text }) => ephemeral && text.includes('Nothing is running or waiting here'),
    );
  });

  it('puts what is too much for one message into its thread, in order', async () => {
    await bench.start();
    const asked = bench.slack.command({ command: '/batch', text: 'count:13' });
    const reply = await asked.waitFor(done);
    expect(reply.images).toHaveLength(10);
    const shared = await bench.slack.until(() => {
      const files = bench.slack.thread(reply.ts).flatMap((message) => message.files);
      return files.length === 3 && files;
    });
    const names = [...reply.images, ...shared].map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(reply.visible).toContain('3 files in the thread');
  });

  it('shares each file once, also when the sharing is interrupted', async () => {
    await bench.start();
    bench.slack.faults.holdFiles = true;
    bench.slack.faults.httpError({ method: 'chat.postEphemeral', status: 500 });
    const asked = bench.slack.command({ command: '/batch', text: 'count:3' });
    await bench.slack.until(() => bench.slack.requestsTo('upload').length === 1);
    const reply = await asked.waitFor(done);
    bench.slack.faults.httpError({ method: 'upload', status: 503 });
    bench.slack.releaseFiles();
    const names = () => bench.slack.thread(reply.ts).flatMap(({ files }) => files.map(({ name }) => name));
    await bench.slack.until(() => names().length >= 3);
    expect(names()).toEqual(['batch_00001_.png', 'batch_00002_.png', 'batch_00003_.png']);
    bench.slack.faults.clear();
  });

  it('shares pictures in the thread when Slack is slow with them', async () => {
    await bench.start();
    bench.slack.faults.holdFiles = true;
    const asked = bench.slack.command({ command: '/sketch', text: 'a fox' });
    const reply = await asked.waitFor(done);
    expect(reply.images).toEqual([]);
    bench.slack.releaseFiles();
    await bench.slack.until(() => bench.slack.thread(reply.ts).some((message) => message.files.length === 1));
  });
});
