/** Lists that are longer than a chat's menu of them: what the menu has no room for stays as it was. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { FakeMessage } from '../fakes/discord/index.ts';
import { discordBench } from '../world/bench.ts';
import { adminOf } from '../world/discord-admin.ts';
import { createSlackAdmin, SKETCH } from '../world/slack-admin.ts';
import { slackBench } from '../world/slack-bench.ts';

/** A graph that saves so many pictures: nodes 100, 101, … */
async function saving(count: number): Promise<Buffer> {
  const graph = JSON.parse(await readFile(SKETCH, 'utf8')) as Record<string, unknown>;
  delete graph['9'];
  for (let n = 0; n < count; n += 1)
    graph[String(100 + n)] = {
      class_type: 'SaveImage',
      inputs: { images: ['8', 0], filename_prefix: `p${n}` },
      _meta: { title: `Save ${n}` },
    };
  return Buffer.from(JSON.stringify(graph));
}

describe('A list that is longer than Discord’s menu', () => {
  const bench = discordBench();
  const admin = adminOf(() => bench.discord);
  const ROLES = 'Roles; none: everybody';
  const chosen = (panel: FakeMessage, placeholder: string) => {
    const menu = panel.flatComponents.find((one) => one['placeholder'] === placeholder);
    return ((menu?.['default_values'] ?? []) as { id: string }[]).map(({ id }) => id);
  };

  it('keeps the roles that its menu does not show', async () => {
    await bench.start();
    const roles = Array.from({ length: 30 }, () => bench.discord.addRole().id);
    // each of two admins adds some
    const first = await admin.ask('template', 'limit', { name: 'sketch' });
    const second = await admin.ask('template', 'limit', { name: 'sketch' });
    await admin.pick(first, ROLES, ...roles.slice(0, 20));
    await admin.pick(second, ROLES, ...roles.slice(20));
    expect(chosen(second, ROLES)).toEqual(roles.slice(0, 25));
    expect(second.text).toContain('The menu has room for 25 of these 30. The others stay as they are');

    const [gone = '', ...kept] = chosen(second, ROLES);
    await admin.pick(second, ROLES, ...kept);
    expect(chosen(second, ROLES)).toEqual(roles.slice(1, 26));
    expect(second.text).toContain('25 of these 29');
    await admin.pick(second, ROLES);
    expect(chosen(second, ROLES)).toEqual(roles.slice(26));
    expect(second.text).not.toContain('The menu has room for');
    expect(second.text).not.toContain(gone);
    expect(bench.discord.violations).toEqual([]);
  });

  it('keeps the people of its settings', async () => {
    await bench.start();
    const people = Array.from({ length: 30 }, () => bench.discord.addUser().id);
    const typed = await bench.discord.slash({
      name: 'easel',
      options: { what: `settings bannedUsers:"${people.join(', ')}"` },
      memberPermissions: 0x20n,
    });
    await typed.waitFor(({ loading }) => !loading);
    const panel = await admin.ask('settings', 'show');
    await admin.pick(panel, 'Banned people', ...people.slice(1, 25));
    expect(chosen(panel, 'Banned people')).toEqual(people.slice(1, 26));
    expect(panel.text).toContain('25 of these 29');
  });

  it('keeps what was chosen on its other pages, and before it was searched', async () => {
    await bench.start();
    const file = bench.discord.addAttachment({
      name: 'many.json',
      contentType: 'application/json',
      bytes: await saving(60),
    });
    const panel = await admin.ask('template', 'add', { file });
    await admin.press(panel, 'Posted');
    await admin.pick(panel, 'Pick', 'Save 1', 'Save 2');
    await admin.press(panel, 'Posted');
    await admin.press(panel, '▶');
    await admin.pick(panel, 'Pick', 'Save 30');
    await admin.press(panel, 'Posted');
    await admin.fill(panel, 'Find…', { words: 'Save 59' });
    await admin.pick(panel, 'Pick', 'Save 59');
    expect(panel.text).toContain('Save 1, Save 2, Save 30, and Save 59');
    await admin.press(panel, 'Posted');
    await admin.pick(panel, 'Pick', 'Save 2');
    expect(panel.text).toContain('Save 2, Save 30, and Save 59');
    expect(panel.text).not.toContain('Save 1,');
  });
});

describe('A list that is longer than Slack’s menu', () => {
  const bench = slackBench('socket');

  it('asks for what it shows, and keeps what it does not', async () => {
    await bench.start();
    const admin = createSlackAdmin(bench, bench.slack.addUser({ name: 'root', isAdmin: true }));
    const { view } = await admin.adds('many.json', await saving(130));
    const asked = bench.slack.suggest({ view, select: 'outputs', typed: 'save 129' });
    await asked.acknowledged;
    expect(asked.options.map(({ value }) => value)).toEqual(['129', '229']);
    await bench.slack.suggest({ view, select: 'outputs' }).acknowledged;
    const first = Array.from({ length: 100 }, (_none, n) => String(100 + n));
    await admin.submits(view, { outputs: first });
    const edited = await admin.opens('template edit many');
    await bench.slack.suggest({ view: edited, select: 'outputs', typed: 'save 12' }).acknowledged;
    await admin.submits(edited, { outputs: [...first, '229', '228'] });
    await admin.shows(edited, 'version 2');

    const again = await admin.opens('template edit many');
    const shown = again.controls.find(({ blockId }) => blockId === 'outputs')?.initial_options ?? [];
    expect(shown).toHaveLength(100);
    expect(again.visible).toContain('The menu has room for 100 of these 102');
    await admin.submits(again, { outputs: first.slice(98) });
    await admin.shows(again, 'version 3');
    const last = await admin.opens('template edit many');
    const left = last.controls.find(({ blockId }) => blockId === 'outputs')?.initial_options ?? [];
    expect(left.map(({ value }) => value)).toEqual(['198', '199', '228', '229']);
  });

  it('keeps people that Slack’s menu cannot name', async () => {
    await bench.start();
    const admin = createSlackAdmin(bench, bench.slack.addUser({ name: 'root', isAdmin: true }));
    const people = Array.from({ length: 30 }, () => bench.slack.addUser().id);
    await admin.says(`settings bannedUsers:"eve, ${people.join(', ')}"`, 'Saved');
    const form = await admin.opens('settings');
    await admin.submits(form, { bannedUsers: people.slice(0, 29) });
    await bench.slack.waitForMessage(({ text }) => text.includes('Saved'));
    const next = await admin.opens('settings');
    expect(next.controls.find(({ blockId }) => blockId === 'bannedUsers')).toMatchObject({
      initial_users: people.slice(0, 29),
    });
    await admin.submits(next, { bannedUsers: people.slice(0, 1) });
    const audit = await admin.says('settings audit', `-${people[1] ?? ''}`);
    expect(audit).toContain('+eve');
    expect(audit).not.toContain('-eve');
  });
});
