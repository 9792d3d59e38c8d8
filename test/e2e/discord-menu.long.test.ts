import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FakeInteraction, FakeMessage } from '../fakes/discord/index.ts';
import { discordBench } from '../world/bench.ts';
import { adminOf, MANAGE } from '../world/discord-admin.ts';
import { temporaryFolder } from '../unit/temporary.ts';

const SKETCH = 'test/fixtures/templates/sketch';
const done = ({ content }: FakeMessage) => content.includes('Done in');

/** So many templates in a folder, one like the other. */
async function crowd(count: number): Promise<string> {
  const folder = await temporaryFolder();
  for (let n = 0; n < count; n += 1)
    await cp(SKETCH, join(folder, `t${String(n).padStart(3, '0')}`), { recursive: true });
  return folder;
}

describe('The menu of slash commands', () => {
  const bench = discordBench();
  const admin = adminOf(() => bench.discord);
  const global = () => bench.discord.commands.global.map(({ name }) => name);

  it('has Easel’s own, the chosen and the most used ones; the rest is typed, and everybody is told so', async () => {
    const folder = await crowd(120);
    await bench.start({ TEMPLATES_DIR: folder });
    expect(global()).toHaveLength(100);
    expect(global()).toEqual(expect.arrayContaining(['easel', 'help', 'settings', 't000']));
    expect(global()).not.toContain('t119');
    // reached all the same
    const typed = await bench.discord.slash({ name: 'easel', options: { what: 't119 a red fox' } });
    await typed.waitFor(done);
    const list = await admin.ask('template', 'show', { name: 't118' });
    expect(list.text).toContain('Discord’s menu has no room for /t118');
    expect(bench.easel.logs.join('')).toContain('templates without a slash command');

    // what is used comes in, and what a guild has chosen
    await bench.easel.stop();
    await bench.start({ TEMPLATES_DIR: folder });
    expect(global()).toHaveLength(100);
    expect(global()).toContain('t119');
    expect(bench.discord.violations).toEqual([]);
  });

  const chooses = async (name: string) => {
    const what = `settings defaultTemplate:${name}`;
    const typed = await bench.discord.slash({
      name: 'easel',
      options: { what },
      memberPermissions: MANAGE,
    });
    await typed.waitFor(({ loading, text }) => !loading && text.includes('Saved'));
  };

  const own = (guild: string) => (bench.discord.commands.guilds.get(guild) ?? []).map(({ name }) => name);

  it('has what a server has chosen as its own command at once, and writes down what is left out once', async () => {
    const folder = await crowd(120);
    await bench.start({ TEMPLATES_DIR: folder });
    const guild = bench.discord.guild.id;
    await chooses('t119');
    await bench.discord.until(() => own(guild).includes('t119'));
    expect(global()).not.toContain('t119');
    const run = await bench.discord.slash({ name: 't119', options: { prompt: 'a red fox' } });
    await run.waitFor(done);
    expect((await admin.ask('template', 'show', { name: 't119' })).text).not.toContain('has no room for');
    await chooses('t118');
    await bench.discord.until(() => own(guild).join() === 't118');

    // from the next start on it is everybody's
    await bench.easel.stop();
    await bench.start({ TEMPLATES_DIR: folder });
    expect(global()).toContain('t118');
    await bench.discord.until(() => own(guild).length === 0);
    expect(bench.discord.violations).toEqual([]);
  });

  it('is told in help as far as one message holds, with how many more there are', async () => {
    const folder = await crowd(120);
    await bench.start({ TEMPLATES_DIR: folder });
    await (await bench.discord.slash({ name: 'easel', options: { what: 't110 a red fox' } })).waitFor(done);
    await chooses('t003');
    const help = await (await bench.discord.slash({ name: 'help' })).waitFor(({ loading }) => !loading);
    const lines = help.content.split('\n');
    expect(help.content.length).toBeGreaterThan(1500);
    expect(lines[1]).toMatch(/^\/t003 prompt:… /);
    expect(lines[2]).toMatch(/^\/easel t110 prompt:… /);
    const told = lines.filter((line) => /t\d{3} prompt/.test(line)).length;
    expect(help.content).toContain(`… and ${120 - told} more: /template list lists them all.`);
    expect(lines.at(-1)).toMatch(/^\/cancel|^\/queue/);
  });

  async function publish(name: string, template: object): Promise<void> {
    const settings = bench.discord.addAttachment({
      name: 'template.json',
      contentType: 'application/json',
      bytes: Buffer.from(JSON.stringify(template)),
    });
    const file = bench.discord.addAttachment({
      name: 'workflow.json',
      contentType: 'application/json',
      bytes: await readFile(join(SKETCH, 'workflow.json')),
    });
    const panel = await admin.ask('template', 'add', { file, settings, name });
    await admin.press(panel, 'Publish');
  }

  async function privateOf(asked: FakeInteraction): Promise<string> {
    await bench.discord.until(() => asked.followUps.some(({ ephemeral }) => ephemeral));
    return asked.followUps.find(({ ephemeral }) => ephemeral)?.content ?? '';
  }

  it('shows a server’s own command beside the global one of its name: both run the server’s', async () => {
    await bench.start();
    const text = { type: 'text', into: [['6', 'text']], required: true };
    await publish('sketch', { description: 'Ours', slots: { prompt: text } });
    const ours = await bench.discord.slash({ name: 'sketch', options: { prompt: 'ours' } });
    await ours.waitFor(done);
    const asked = await bench.discord.slash({
      name: 'sketch',
      entry: 'global',
      options: { prompt: 'a red fox', steps: 7, cfg: 3 },
    });
    await asked.waitFor(done);
    expect(bench.sandbox.stats.bodies.at(-1)).toMatchObject({
      prompt: { 3: { inputs: { steps: 5 } }, 6: { inputs: { text: 'a red fox' } } },
    });
    expect(await privateOf(asked)).toBe('/sketch has no "steps" or "cfg" here, so I left that out.');
  });

  it('asks for what the server’s own needs and the global one does not', async () => {
    await bench.start();
    const text = { type: 'text', into: [['6', 'text']], required: true };
    await publish('sketch', { description: 'Ours', slots: { words: text } });
    const asked = await bench.discord.slash({
      name: 'sketch',
      entry: 'global',
      options: { prompt: 'a red fox' },
    });
    await asked.acknowledged;
    const panel = await asked.waitFor((message) => message.text.includes('/sketch'));
    expect(panel.ephemeral).toBe(true);
  });

  it('has room for 25 options of a command: the rest is typed, which its admin is told', async () => {
    await bench.start();
    const into = [['3', 'cfg']];
    const many = Array.from({ length: 27 }, (_none, n) => [`s${n}`, { type: 'number', into }]);
    const slots = {
      ...Object.fromEntries(many),
      prompt: { type: 'text', into: [['6', 'text']], required: true },
    };
    await publish('busy', { description: 'Many', slots });
    const [command] = bench.discord.commands.guilds.get(bench.discord.guild.id) ?? [];
    expect(command).toMatchObject({ name: 'busy' });
    const names = command && 'options' in command ? command.options?.map(({ name }) => name) : [];
    expect(names).toHaveLength(25);
    expect(names?.[0]).toBe('prompt');
    const shown = await admin.ask('template', 'show', { name: 'busy' });
    expect(shown.text).toContain('"s24", "s25", and "s26" can be set with a typed line');
    const typed = await bench.discord.slash({
      name: 'easel',
      options: { what: 'busy a red fox --s26 4' },
    });
    await typed.waitFor(done);
    expect(bench.sandbox.stats.bodies.at(-1)).toMatchObject({ prompt: { 3: { inputs: { cfg: 4 } } } });
  });

  it('leaves out what Discord refuses, which its admin is told, and the rest is there', async () => {
    bench.discord.settings.unwantedCommands.set('bad', 'This name is not allowed');
    await bench.start();
    const text = { type: 'text', into: [['6', 'text']], required: true };
    await publish('good', { description: 'Ours', slots: { prompt: text } });
    await publish('bad', { description: 'Ours', slots: { prompt: text } });
    expect(bench.discord.commands.guilds.get(bench.discord.guild.id)?.map(({ name }) => name)).toEqual([
      'good',
    ]);
    const shown = await admin.ask('template', 'show', { name: 'bad' });
    expect(shown.text).toContain('This name is not allowed');
    expect(shown.text).toContain('/easel bad');
    const typed = await bench.discord.slash({ name: 'easel', options: { what: 'bad a red fox' } });
    await typed.waitFor(done);
  });

  it('keeps models apart whose names are equal in their first 100 characters', async () => {
    const long = (end: string) => `${'folder/'.repeat(16)}${end}.safetensors`;
    const models = Array.from({ length: 30 }, (_none, n) => long(String(n)));
    bench.sandbox.models.set('checkpoints', models);
    await bench.start();
    const slots = {
      prompt: { type: 'text', into: [['6', 'text']], required: true },
      model: { type: 'choice', into: [['4', 'ckpt_name']] },
    };
    await publish('pick', { description: 'Ours', slots });
    const offered = await bench.discord.autocomplete({ name: 'pick', focused: 'model', value: '' });
    expect(new Set(offered.map(({ name }) => name)).size).toBe(25);
    const [, second] = offered;
    const options = { prompt: 'a red fox', model: String(second?.value) };
    await (await bench.discord.slash({ name: 'pick', options })).waitFor(done);
    expect(bench.sandbox.stats.bodies.at(-1)).toMatchObject({
      prompt: { 4: { inputs: { ckpt_name: models[1] } } },
    });
  });

  it('is in the language of who looks at it, and so is what a command answers', async () => {
    await bench.start();
    const { discord } = bench;
    const reader = { locale: 'ja', memberPermissions: MANAGE };
    const queue = await discord.slash({ ...reader, name: 'キュー' });
    await queue.waitFor(({ text }) => text.includes('ジョブはありません'));
    const typed = await discord.slash({ ...reader, name: 'easel', options: { 内容: '設定 監査ログ' } });
    await typed.waitFor(({ text }) => text.includes('まだ何も変更されていません'));
    const shown = await discord.slash({ ...reader, name: 'テンプレート', subcommand: '一覧' });
    await shown.waitFor(({ loading, text }) => !loading && text.includes('/sketch'));
    const helped = await discord.slash({ ...reader, name: 'ヘルプ' });
    await helped.waitFor(({ text }) => text.includes('/キュー（/queue）'));
    // whose app has no language of Easel's sees and types the default names
    const plain = await discord.slash({ locale: 'fr', name: 'queue' });
    await plain.waitFor(({ text }) => text.includes('Nothing is running'));
    expect(discord.violations).toEqual([]);
  });
});
