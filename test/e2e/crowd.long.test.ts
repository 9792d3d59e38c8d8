/** A run that makes more pictures than a chat has patience for, and who wants all of them nevertheless. */
import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Message } from '../../src/platforms/web/api.ts';
import { slackManifest } from '../../src/platforms/slack/manifest.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { loadTemplates } from '../../src/templates/library/load.ts';
import { discordBench } from '../world/bench.ts';
import { startEasel, temporaryFolder } from '../world/easel.ts';
import { slackBench } from '../world/slack-bench.ts';
import { openWebPage } from '../world/web-page.ts';

const TEMPLATES_DIR = 'test/fixtures/crowd';
const COUNT = 34;

describe('34 pictures on Discord', () => {
  const bench = discordBench();

  it('are two messages, and all of them for whoever presses, alone and after a restart too', async () => {
    await bench.start({ TEMPLATES_DIR });
    const { discord } = bench;
    const asked = await discord.slash({ name: 'many', options: { prompt: 'a fox' } });
    const reply = await asked.waitFor(({ content }) => content.includes(`first 10 of ${COUNT}`));
    const names = () =>
      discord
        .messagesIn(reply.channelId)
        .flatMap(({ attachments }) => attachments.map(({ filename }) => filename));
    await discord.until(() => names().length === 12);
    expect(names().slice(-2)).toEqual(['sheet.jpg', `many-${COUNT}.zip`]);
    const described = discord.messagesIn(reply.channelId).flatMap(({ attachments }) => attachments);
    expect(described.map(({ description }) => description)).toEqual([
      ...Array.from({ length: 10 }, (_, n) => `Picture ${n + 1} of 10: a fox`),
      'Contact sheet of all pictures, by number: a fox',
      undefined,
    ]);
    expect(reply.buttons.map(({ label }) => label)).toEqual(['Again', 'All']);

    await bench.easel.stop();
    await bench.start({ TEMPLATES_DIR });
    const other = discord.addUser();
    const button = reply.buttons.find(({ label }) => label === 'All');
    const pressed = await discord.click({
      message: reply,
      customId: String(button?.custom_id),
      user: other.id,
    });
    await pressed.waitFor(({ attachments }) => attachments.length === 10);
    const told = () => [pressed.original, ...pressed.followUps].filter((message) => message !== undefined);
    await discord.until(() => told().flatMap(({ attachments }) => attachments).length === COUNT);
    expect(told()).toHaveLength(4);
    expect(told().every(({ ephemeral }) => ephemeral)).toBe(true);
    expect(bench.sandbox.stats.submitted).toBe(1);
  });
});

describe('34 pictures on Slack', () => {
  const bench = slackBench('socket');

  it('are ten, a sheet and an archive, and all of them in the thread for whoever presses', async () => {
    const { slack } = bench;
    slack.setManifest(slackManifest((await loadTemplates(TEMPLATES_DIR)).templates));
    await bench.start({ TEMPLATES_DIR });
    const asked = slack.command({ command: '/many', text: 'a fox' });
    const reply = await asked.waitFor(({ visible }) => visible.includes(`first 10 of ${COUNT}`));
    expect(reply.images).toHaveLength(10);
    expect(reply.images.map(({ altText }) => altText)).toContain('Picture 10 of 10: a fox');
    expect(JSON.stringify(reply.blocks)).toContain('"alt_text":"Picture 10 of 10: a fox"');
    const files = (thread: string) =>
      slack
        .messagesIn(slack.channel.id)
        .filter(({ threadTs }) => threadTs === thread)
        .flatMap((each) => each.files);
    await slack.until(() => files(reply.ts).length === 2);
    expect(files(reply.ts)[0]?.altText).toBe('Contact sheet of all pictures, by number: a fox');
    const pressed = slack.click({ message: reply, actionId: 'all' });
    const all = await pressed.waitFor((message) => message !== reply && message.images.length === 10);
    expect(all.threadTs).toBe(reply.ts);
    await slack.until(() => files(reply.ts).length === 2 + COUNT - 10);
    expect(bench.sandbox.stats.submitted).toBe(1);
  });
});

it('34 pictures on the page are summed up, and all of them for whoever presses', async () => {
  const [sandbox, folder] = await Promise.all([startSandbox({ stepMs: 1, nodeMs: 1 }), temporaryFolder()]);
  onTestFinished(() => folder.remove());
  onTestFinished(() => sandbox.stop());
  const environment = { COMFY_URL: sandbox.url, DATA_DIR: folder.path, TEMPLATES_DIR };
  const easel = await startEasel(environment, { output: new PassThrough() });
  onTestFinished(() => easel.stop());
  const page = await openWebPage(easel.app.link);
  onTestFinished(() => page.close());
  const done = (id: string) => (all: Message[]) =>
    all.find((message) => message.id === id && message.reply?.tone === 'done');
  const id = await page.run('many', { prompt: 'a fox' });
  const { reply } = await page.until(done(id));
  expect(reply?.files.map(({ name }) => name).slice(-2)).toEqual(['sheet.jpg', `many-${COUNT}.zip`]);
  expect(reply?.files).toHaveLength(12);
  const pressed = await page.post(`/api/jobs/${id}/all`, '');
  const all = await page.until(done(String(pressed.body['message'])));
  expect(all.reply?.files).toHaveLength(COUNT);
  expect(sandbox.stats.submitted).toBe(1);
  // of one that was posted whole nothing is left
  expect(await page.post(`/api/jobs/${all.id}/all`, '')).toMatchObject({ status: 404 });
  expect(await page.post(`/api/jobs/${crypto.randomUUID()}/all`, '')).toMatchObject({ status: 404 });
});
