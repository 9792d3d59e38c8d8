import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { FakeMessage } from '../fakes/discord/index.ts';
import { discordBench } from '../world/bench.ts';
import { adminOf, MANAGE } from '../world/discord-admin.ts';

const WORKFLOW = 'test/fixtures/templates/sketch/workflow.json';

describe('Templates on Discord, when things repeat, stop or grow', () => {
  const bench = discordBench();
  const admin = adminOf(() => bench.discord);
  const done = ({ content }: FakeMessage) => content.includes('Done in');
  const add = async () => {
    const bytes = await readFile(WORKFLOW);
    const file = bench.discord.addAttachment({ name: 'fox.json', contentType: 'application/json', bytes });
    return admin.ask('template', 'add', { file });
  };
  const guildCommands = () => bench.discord.commands.guilds.get(bench.discord.guild.id) ?? [];

  it('go on being edited after a restart, by the same buttons', async () => {
    await bench.start();
    const panel = await add();
    await admin.pick(panel, 'Change a slot…', 'steps');
    await bench.easel.stop();
    await bench.start();
    await admin.fill(panel, 'Change', { default: '4' });
    expect(panel.text).toContain('**Default:** 4');
    await admin.press(panel, 'Back');
    await bench.easel.stop();
    await bench.start();
    await admin.press(panel, 'Publish');
    expect(guildCommands().map(({ name }) => name)).toEqual(['fox']);
    await bench.easel.stop();
    await bench.start();
    expect(bench.discord.requestsTo('PUT', /guilds/)).toHaveLength(1);
    const asked = await bench.discord.slash({ name: 'fox', options: { prompt: 'a fox' } });
    await asked.waitFor(done);
  });

  it('are published once by two presses, and two panels are two drafts', async () => {
    await bench.start();
    const panel = await add();
    const button = panel.buttons.find(({ label }) => label === 'Publish');
    const press = { message: panel, customId: String(button?.custom_id), memberPermissions: MANAGE };
    const [one, two] = await Promise.all([bench.discord.click(press), bench.discord.click(press)]);
    await bench.discord.until(() => [one, two].some(({ followUps }) => followUps.length > 0));
    const late = [one, two].find(({ followUps }) => followUps.length > 0);
    expect(late?.followUps[0]?.text).toContain('no longer being edited');
    expect(panel.text).toContain('version 1');
    const history = await admin.ask('template', 'history', { name: 'fox' });
    expect(history.text).not.toContain('version 2');
    expect(bench.discord.requestsTo('PUT', /guilds/)).toHaveLength(1);
  });

  it('bring a test run to direct messages when its place is out of reach, never to the channel', async () => {
    await bench.start();
    const panel = await add();
    await admin.pick(panel, 'Change a slot…', 'steps');
    await admin.fill(panel, 'Change', { default: '150', max: '1000' });
    await admin.press(panel, 'Back');
    const test = await admin.press(panel, 'Test run');
    await test.waitFor(({ content }) => /KSampler/.test(content));
    bench.discord.expireInteractionTokens();
    const { person, channel } = bench.discord;
    await bench.discord.until(() => bench.discord.directMessages(person.id).some(done));
    expect(bench.discord.messagesIn(channel.id).every(({ ephemeral }) => ephemeral)).toBe(true);
  });

  it('are there although Discord refused the command, which is tried again at the next start', async () => {
    await bench.start();
    const panel = await add();
    bench.discord.faults.refuse({
      method: 'PUT',
      path: /guilds/,
      status: 403,
      code: 50001,
      message: 'Missing Access',
    });
    await admin.press(panel, 'Publish');
    expect(panel.text).toMatch(/✅ Published[^]*⚠ It’s done here, but Discord didn’t accept the commands/);
    expect(guildCommands()).toEqual([]);
    const typed = await bench.discord.slash({ name: 'easel', options: { what: 'fox a red one --steps 2' } });
    const reply = await typed.waitFor(done);
    expect(reply.content).toMatch(/^\*\*a red one\*\*/);
    await bench.easel.stop();
    await bench.start();
    expect(guildCommands().map(({ name }) => name)).toEqual(['fox']);
  });

  it('offer hundreds of checkpoints while one is typed, however long their names are', async () => {
    const long = `deep/${'very-'.repeat(25)}long.safetensors`;
    const many = Array.from({ length: 500 }, (_none, n) => `model-${n}.safetensors`);
    bench.sandbox.models.set('checkpoints', [...many, long]);
    await bench.start();
    await admin.press(await add(), 'Publish');
    const typing = (value: string) =>
      bench.discord.autocomplete({ name: 'fox', focused: 'model', value, options: { prompt: 'x' } });
    expect(await typing('')).toHaveLength(25);
    expect((await typing('model-49')).map(({ value }) => value)).toContain('model-499.safetensors');
    const [cut] = await typing('very-long');
    // longer than a choice's value may be: it goes by its digest
    expect(cut?.value).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(cut?.name).toHaveLength(100);
    const asked = await bench.discord.slash({
      name: 'fox',
      options: { prompt: 'a fox', model: String(cut?.value) },
    });
    await asked.waitFor(done);
    expect(JSON.stringify(bench.sandbox.stats.bodies.at(-1))).toContain(long);
  });

  it('are looked after by a role that the settings name, but never from another server', async () => {
    await bench.start();
    const keepers = bench.discord.addRole({ name: 'keepers' });
    const settings = await admin.ask('settings', 'show');
    await admin.pick(settings, 'Admin roles', keepers.id);
    const keeper = adminOf(() => bench.discord, { roles: [keepers.id] });
    const panel = await keeper.ask('template', 'edit', { name: 'sketch' });
    await keeper.press(panel, 'Publish');
    expect(panel.text).toContain('/sketch is there now, version 1');
    const other = bench.discord.addGuild();
    const elsewhere = adminOf(() => bench.discord, { guild: other.id });
    const refused = await elsewhere.ask('template', 'list');
    expect(refused.text).toMatch(/^### 6 templates here/);
    expect((await elsewhere.ask('template', 'edit', { name: 'sketch' })).text).toBe(
      'Only admins can do that here.',
    );
  });
});
