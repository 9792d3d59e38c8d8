import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { FakeMessage } from '../fakes/discord/index.ts';
import { discordBench } from '../world/bench.ts';
import { adminOf } from '../world/discord-admin.ts';
import { generous } from '../world/generous.ts';

const WORKFLOW = 'test/fixtures/templates/sketch/workflow.json';

/** As many text nodes as wanted beside a graph that draws. */
async function wide(texts: number): Promise<{ workflow: Buffer; settings: Buffer }> {
  const graph = JSON.parse(await readFile(WORKFLOW, 'utf8')) as Record<string, unknown>;
  const slots: Record<string, unknown> = {};
  for (let n = 0; n < texts; n += 1) {
    graph[`t${n}`] = { class_type: 'CLIPTextEncode', inputs: { text: `${n}`, clip: ['4', 1] } };
    slots[`word_${n}`] = { type: 'text', into: [[`t${n}`, 'text']] };
  }
  const settings = Buffer.from(JSON.stringify({ description: 'Many words', slots }));
  return { workflow: Buffer.from(JSON.stringify(graph)), settings };
}

describe('The rules of a template on Discord', () => {
  const bench = discordBench();
  const admin = adminOf(() => bench.discord);
  const done = ({ content }: FakeMessage) => content.includes('Done in');
  const attach = (name: string, bytes: Uint8Array, url?: string) =>
    bench.discord.addAttachment({ name, contentType: 'application/json', bytes, ...(url ? { url } : {}) });
  const add = async (name = 'fox.json') =>
    admin.ask('template', 'add', { file: attach(name, await readFile(WORKFLOW)) });
  const publish = async () => admin.press(await add(), 'Publish');
  const fox = (more: object = {}) =>
    bench.discord.slash({ name: 'fox', options: { prompt: 'a fox' }, ...more });

  it('are told of a file that is none of ours, in words that help', async () => {
    await bench.start();
    // the start itself has asked who the backend is
    const asked = () => bench.sandbox.stats.requests['GET /system_stats'] ?? 0;
    const before = asked();
    const editorFormat = Buffer.from(JSON.stringify({ nodes: [], links: [], version: 0.4 }));
    const wrong = await admin.ask('template', 'add', { file: attach('ui.json', editorFormat) });
    expect(wrong.text).toContain('in ComfyUI choose Workflow → Export (API)');
    const elsewhere = attach('a.json', await readFile(WORKFLOW), `${bench.sandbox.url}/system_stats`);
    const refused = await admin.ask('template', 'add', { file: elsewhere });
    expect(refused.text).toContain('couldn’t');
    const huge = attach('huge.json', Buffer.alloc(26 * 1024 * 1024, ' '));
    expect((await admin.ask('template', 'add', { file: huge })).text).toContain('larger than the 25.0 MB');
    // what Discord said of its size was enough
    expect(bench.discord.requestsTo('GET', /huge/)).toEqual([]);
    expect(asked()).toBe(before);
  });

  it('are told where something is wrong: name, slot, model', async () => {
    bench.sandbox.models.set('checkpoints', ['other.safetensors']);
    await bench.start();
    await publish();
    const { workflow, settings } = await wide(26);
    const one = await admin.ask('template', 'add', {
      file: attach('fox.json', workflow),
      settings: attach('t.json', settings),
    });
    expect(one.text).toContain('⚠ Discord’s command has room for 25 options');

    const panel = await add();
    expect(panel.text).toMatch(/\*\*model\*\*.*\n.*\n⚠ "model": the backend doesn’t have ".*" for ckpt/);
    expect(panel.text).toContain('⛔ There is a template "fox" here already.');
    expect(panel.buttons.find(({ label }) => label === 'Test run')?.disabled).toBe(true);
    await admin.press(panel, 'Publish');
    expect(panel.text).toContain('⛔ It can’t be published yet. There is a template "fox" here already.');
    await admin.fill(panel, 'Name and description', { name: 'queue', description: '' });
    expect(panel.text).toContain('⛔ /queue is one of my own commands.');
    expect(panel.text).toContain('⛔ Please add a description');
    await admin.fill(panel, 'Name and description', { name: 'a/b', description: 'x' });
    expect(panel.text).toContain('⛔ "a/b" can’t be a name');
    await admin.pick(panel, 'Change a slot…', 'steps');
    await admin.fill(panel, 'Change', { min: '9', max: '3' });
    expect(panel.text).toMatch(
      /\*\*Minimum:\*\* .*\n⛔ "steps" — Minimum: the minimum is larger than the maximum/,
    );
    await admin.fill(panel, 'Change', { name: 'prompt' });
    expect(panel.text).toMatch(/\*\*Name:\*\* steps\n⛔ There is a slot "prompt" already/);
  });

  it('take a 26th slot and say that it is typed', async () => {
    await bench.start();
    const { workflow, settings } = await wide(25);
    const panel = await admin.ask('template', 'add', {
      file: attach('wide.json', workflow),
      settings: attach('t.json', settings),
    });
    expect(panel.text).toContain('**Slots**');
    await admin.pick(panel, 'Add a slot', 'KSampler · steps');
    await admin.press(panel, 'Back');
    expect(panel.text).toContain('⚠ Discord’s command has room for 25 options, the required ones first.');
    expect(panel.text).toContain('"steps" can be set with a typed line');
  });

  it('are Discord’s: what it would not take of a command is shortened, searched or typed', async () => {
    await bench.start();
    const { workflow, settings } = await generous();
    const panel = await admin.ask('template', 'add', {
      file: attach('wide.json', workflow),
      settings: attach('t.json', settings),
    });
    expect(panel.text).toContain('⚠ The description has 150 characters; Discord shows the first 100.');
    expect(panel.text).toContain('20 choices, more than Discord lists in one command');
    await admin.press(panel, 'Publish');
    expect(panel.text).toContain('✅ Published: /wide');
    expect(bench.discord.violations).toEqual([]);
  });

  it('keep everybody out who is no admin, also when they were one', async () => {
    await bench.start();
    const panel = await add();
    const nobody = adminOf(() => bench.discord, { memberPermissions: 0n });
    const file = attach('b.json', await readFile(WORKFLOW));
    const attempts: [string, Record<string, string | number | typeof file>][] = [
      ['add', { file }],
      ['edit', { name: 'sketch' }],
      ['rename', { name: 'sketch', to: 'x' }],
      ['disable', { name: 'sketch' }],
      ['enable', { name: 'sketch' }],
      ['limit', { name: 'sketch' }],
      ['export', { name: 'sketch' }],
      ['history', { name: 'sketch' }],
      ['rollback', { name: 'sketch', version: 1 }],
      ['remove', { name: 'sketch' }],
    ];
    for (const [verb, options] of attempts)
      expect((await nobody.ask('template', verb, options)).text, verb).toBe('Only admins can do that here.');
    for (const verb of ['show', 'audit'])
      expect((await nobody.ask('settings', verb)).text, verb).toBe('Only admins can do that here.');
    for (const label of ['Publish', 'Name and description', 'Test run', 'Discard']) {
      const pressed = await nobody.press(panel, label);
      const refusal = await pressed.waitFor(({ text }) => text === 'Only admins can do that here.');
      expect(refusal.ephemeral, label).toBe(true);
    }
    expect(bench.discord.commands.guilds.size).toBe(0);
    expect(bench.sandbox.stats.submitted).toBe(0);
  });

  it('limit a template to roles, channels and age-restricted places', async () => {
    await bench.start();
    await publish();
    const artists = bench.discord.addRole({ name: 'artists' });
    const studio = bench.discord.addChannel({ name: 'studio' });
    const night = bench.discord.addChannel({ name: 'night', nsfw: true });
    const thread = bench.discord.addChannel({ name: 'a thread', parent: studio.id });
    const dark = bench.discord.addChannel({ name: 'dark thread', parent: night.id });
    const says = async (words: string, more: object = {}) => {
      const refusal = await (await fox(more)).waitFor(({ content }) => content.includes(words));
      expect(refusal.ephemeral).toBe(true);
    };
    const runs = async (more: object = {}) => void (await (await fox(more)).waitFor(done));

    const panel = await admin.ask('template', 'limit', { name: 'fox' });
    await admin.pick(panel, 'Roles; none: everybody', artists.id);
    expect(panel.text).toContain(`<@&${artists.id}>`);
    await says('/fox is only for some roles here');
    await runs({ roles: [artists.id] });
    await admin.pick(panel, 'Roles; none: everybody');

    await admin.pick(panel, 'Channels; none: everywhere', studio.id);
    await says('/fox is only for some channels');
    await runs({ channel: studio.id });
    await runs({ channel: thread.id });
    await admin.pick(panel, 'Channels; none: everywhere');

    await admin.press(panel, '☐ Only in age-restricted channels');
    await says('only in channels that are marked as age-restricted');
    await runs({ channel: night.id });
    await runs({ channel: dark.id });
    // asked anew each time that it decides
    const asked = bench.discord.requestsTo('GET', new RegExp(`^/channels/${dark.id}$`)).length;
    await runs({ channel: dark.id });
    expect(bench.discord.requestsTo('GET', new RegExp(`^/channels/${dark.id}$`)).length).toBeGreaterThan(
      asked,
    );
    expect((await admin.ask('template', 'list')).text).toContain('only where it is age-restricted');
    // a channel that Discord does not tell about is none
    const closed = bench.discord.addChannel({ name: 'closed', nsfw: true });
    bench.discord.faults.forbiddenChannels.set(closed.id, 50001);
    await says('only in channels that are marked as age-restricted', { channel: closed.id });
    await admin.press(panel, '☑ Only in age-restricted channels');
    await runs();
    expect(panel.pings).toEqual([]);
  });
});
