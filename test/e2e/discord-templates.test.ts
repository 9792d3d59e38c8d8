import { readFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readWorkflowFile } from '../../src/templates/files/workflow-file.ts';
import type { FakeMessage } from '../fakes/discord/index.ts';
import { discordBench } from '../world/bench.ts';
import { adminOf } from '../world/discord-admin.ts';
import { createFairClock } from '../fakes/fair-clock.ts';

const WORKFLOW = 'test/fixtures/templates/sketch/workflow.json';

describe('A template made on Discord', () => {
  const bench = discordBench();
  const admin = adminOf(() => bench.discord);
  const done = ({ content }: FakeMessage) => content.includes('Done in');
  const attach = async (path: string, name: string) =>
    bench.discord.addAttachment({ name, contentType: 'application/json', bytes: await readFile(path) });
  const guildCommands = (guild = bench.discord.guild.id) => bench.discord.commands.guilds.get(guild) ?? [];
  const add = async (name = 'fox.json') =>
    admin.ask('template', 'add', { file: await attach(WORKFLOW, name) });

  it('goes from an export to a command that runs, in the hands of its admin', async () => {
    await bench.start();
    const panel = await add('My Fox.json');
    expect(panel.text).toMatch(/^### \/my\\_fox — /);
    expect(panel.text).toContain('✅ Ready to publish.');
    expect(panel.text).toMatch(/\*\*prompt\*\* — .*\n-# text · required · fills .*text/);
    expect(guildCommands()).toEqual([]);

    await admin.fill(panel, 'Name and description', { name: 'fox', description: 'Foxes only' });
    expect(panel.text).toMatch(/^### \/fox — Foxes only/);

    await admin.pick(panel, 'Change a slot…', 'steps');
    await admin.fill(panel, 'Change', { name: 'care', default: '3', min: '2', max: '9' });
    expect(panel.text).toContain('**Default:** 3\n**Minimum:** 2\n**Maximum:** 9');
    await admin.press(panel, '☐ required');
    await admin.press(panel, 'Move up');
    await admin.press(panel, 'Back');
    expect(panel.text).toContain('whole number · required · default 3 · 2 to 9');

    await admin.pick(panel, 'Change a slot…', 'cfg');
    await admin.press(panel, 'Remove it');
    expect(panel.text).not.toContain('**cfg**');
    await admin.pick(panel, 'Add a slot', 'KSampler · cfg');
    await admin.pick(panel, 'Type', 'choice');
    await admin.fill(panel, 'Change', { name: 'mood', choices: '4\n7', default: '7' });
    expect(panel.text).toContain('**Choices, one per line:** 4 7');
    await admin.press(panel, 'Back');

    const test = await admin.press(panel, 'Test run');
    const trial = await test.waitFor(done);
    expect(trial.ephemeral).toBe(true);
    expect(trial.attachments).toHaveLength(1);
    expect(bench.discord.messagesIn(bench.discord.channel.id).every(({ ephemeral }) => ephemeral)).toBe(true);

    const clock = createFairClock();
    onTestFinished(() => clock.stop());
    await admin.press(panel, 'Publish');
    expect(clock.now()).toBeLessThan(1000);
    expect(panel.text).toContain('✅ Published: /fox is there now, version 1.');
    expect(panel.buttons).toEqual([]);
    const [command] = guildCommands();
    expect(command).toMatchObject({
      name: 'fox',
      description: 'Foxes only',
      options: expect.arrayContaining([
        expect.objectContaining({ name: 'care', type: 4, required: true, min_value: 2, max_value: 9 }),
        expect.objectContaining({
          name: 'mood',
          choices: [
            { name: '4', value: '4' },
            { name: '7', value: '7' },
          ],
        }),
      ]),
    });

    const asked = await bench.discord.slash({
      name: 'fox',
      options: { prompt: 'a red fox', care: 4, mood: '4' },
    });
    const reply = await asked.waitFor(done);
    expect(reply.ephemeral).toBe(false);
    expect(reply.content).toContain('care **4**');
    expect(bench.sandbox.stats.bodies.at(-1)).toMatchObject({
      prompt: { 3: { inputs: { steps: 4, cfg: 4 } }, 6: { inputs: { text: 'a red fox' } } },
    });
  });

  it('comes out of a picture that ComfyUI saved, and is the workflow that was in it', async () => {
    await bench.start();
    const bytes = await readFile('test/fixtures/saved-by-comfyui.png');
    const file = bench.discord.addAttachment({
      name: 'fox.png',
      contentType: 'image/png',
      bytes,
      width: 8,
      height: 8,
    });
    const panel = await admin.ask('template', 'add', { file, name: 'from-png' });
    expect(panel.text).toMatch(/^### \/from-png — /);
    await admin.press(panel, 'Publish');
    const exported = await admin.ask('template', 'export', { name: 'from-png' });
    const workflow = exported.attachments.find(({ filename }) => filename === 'workflow.json');
    expect(workflow?.bytes.toString()).toBe(readWorkflowFile({ name: 'fox.png', bytes }).source);
  });

  it('has versions: edited, told, brought back, exported and taken to another server', async () => {
    await bench.start();
    await admin.press(await add(), 'Publish');
    const panel = await admin.ask('template', 'edit', { name: 'fox' });
    expect(panel.text).toContain('A new version; people use the current one until you publish this one.');
    await admin.fill(panel, 'Name and description', { name: 'fox', description: 'Second' });
    expect(guildCommands()[0]?.description).not.toBe('Second');
    await admin.press(panel, 'Publish');
    expect(panel.text).toContain('version 2');
    expect(guildCommands()[0]?.description).toBe('Second');

    const back = await admin.ask('template', 'rollback', { name: 'fox', version: 1 });
    expect(back.text).toContain('/fox is as it was in version 1; that is version 3 now.');
    expect(guildCommands()[0]?.description).not.toBe('Second');
    const history = await admin.ask('template', 'history', { name: 'fox' });
    expect(history.text).toMatch(/\*\*version 3\*\* — <t:\d+:R> — <@\d+> — version 1 again\n\*\*version 2/);
    expect(history.pings).toEqual([]);
    const offered = await bench.discord.autocomplete({
      name: 'template',
      subcommand: 'rollback',
      options: { name: 'fox' },
      focused: 'version',
      value: '',
      memberPermissions: 0x20n,
    });
    expect(offered.map(({ value }) => value)).toEqual([3, 2, 1]);

    const { attachments } = await admin.ask('template', 'export', { name: 'fox', version: 2 });
    const file = attachments.find(({ filename }) => filename === 'workflow.json');
    const settings = attachments.find(({ filename }) => filename === 'template.json');
    if (!file || !settings) throw new Error('both files are there');
    expect(file.bytes.equals(await readFile(WORKFLOW))).toBe(true);
    const other = bench.discord.addGuild();
    const there = adminOf(() => bench.discord, { guild: other.id, memberPermissions: 0x20n });
    const imported = await there.ask('template', 'add', { file, settings, name: 'fox' });
    expect(imported.text).toMatch(/^### \/fox — Second/);
    await there.press(imported, 'Publish');
    expect(guildCommands(other.id).map(({ name }) => name)).toEqual(['fox']);
    const again = await there.ask('template', 'export', { name: 'fox' });
    expect(again.attachments.map(({ bytes }) => bytes.toString())).toEqual(
      [settings, file].map(({ bytes }) => bytes.toString()),
    );
  });

  it('is switched off and on, renamed and removed, and Discord follows at once', async () => {
    await bench.start();
    await admin.press(await add(), 'Publish');
    const names = () => guildCommands().map(({ name }) => name);
    await admin.ask('template', 'disable', { name: 'fox' });
    expect(names()).toEqual([]);
    await admin.ask('template', 'enable', { name: 'fox' });
    expect(names()).toEqual(['fox']);
    const renamed = await admin.ask('template', 'rename', { name: 'fox', to: 'vixen' });
    expect(renamed.text).toContain('/fox is now /vixen.');
    expect(names()).toEqual(['vixen']);

    const question = await admin.ask('template', 'remove', { name: 'vixen' });
    expect(question.text).toContain('That cannot be undone');
    await admin.press(question, 'Keep it');
    expect(names()).toEqual(['vixen']);
    await admin.press(await admin.ask('template', 'remove', { name: 'vixen' }), 'Remove it');
    expect(names()).toEqual([]);
    expect((await admin.ask('template', 'show', { name: 'vixen' })).text).toContain('no template "vixen"');

    // a built-in one stays a global command, and says that it is off
    const writes = bench.discord.commandWrites;
    await admin.ask('template', 'disable', { name: 'sketch' });
    expect(bench.discord.commandWrites).toBe(writes);
    const asked = await bench.discord.slash({ name: 'sketch', options: { prompt: 'x' } });
    const refusal = await asked.waitFor(({ content }) => content.includes('/sketch is switched off here.'));
    expect(refusal.ephemeral).toBe(true);
  });

  it('is listed with what there is to know, page by page', async () => {
    await bench.start();
    await admin.press(await add(), 'Publish');
    const list = await admin.ask('template', 'list');
    expect(list.text).toMatch(/^### 7 templates here:/);
    expect(list.text).toContain('**/fox** — ');
    expect(list.text).toContain('-# version 1');
    expect(list.text).toMatch(/\*\*\/absent\*\*.*\n-# built in · the backend lacks 1 thing it needs/);
    const shown = await admin.ask('template', 'show', { name: '/fox' });
    expect(shown.text).toMatch(/\*\*\/fox\*\*[^]*\*\*prompt\*\*/);
    const names = await bench.discord.autocomplete({
      name: 'template',
      subcommand: 'show',
      focused: 'name',
      value: 'fo',
    });
    // the second one by its description
    expect(names.map(({ value }) => value)).toEqual(['fox', 'halves', 'paint']);
  });
});
