/** Every button, menu and form on Discord, used by somebody who may not: all actions that stand in the code. */
import { Client, Events } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/core/caller.ts';
import { EaselError } from '../../src/core/errors.ts';
import { systemClock } from '../../src/core/time.ts';
import { handleInteraction } from '../../src/platforms/discord/events/commands.ts';
import { english } from '../../src/i18n/index.ts';
import { screenPanel } from '../../src/platforms/discord/screens/render-screen.ts';
import { createChannels } from '../../src/platforms/discord/channels.ts';
import { openStage, type FuzzStage } from '../fuzz/stage.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { createHeldForms } from '../../src/platforms/discord/screens/held-forms.ts';

const GUILD = '900000000000000001';
const admin: Caller = {
  platform: 'discord',
  guild: GUILD,
  user: '900000000000000010',
  locale: 'en',
  admin: true,
};
const MANAGE = '32';
const log = createRecordingLog();
const answers: string[] = [];
let stage: FuzzStage;
let client: Client;
let handled: Promise<void>;

beforeAll(async () => {
  stage = await openStage(admin, log);
  client = new Client({
    intents: [],
    rest: {
      globalRequestsPerSecond: 1e9,
      async makeRequest(_url, init) {
        answers.push(typeof init.body === 'string' ? init.body : '');
        const message = {
          id: '900000000000000099',
          channel_id: '1',
          content: '',
          author: { id: '2' },
          attachments: [],
        };
        return init.method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json(message);
      },
    },
  });
  client.rest.setToken('a.b.c');
  const { signal } = new AbortController();
  const channels = createChannels(client.rest, systemClock);
  client.on(Events.InteractionCreate, (interaction) => {
    const { commands } = stage;
    handled = handleInteraction(interaction, {
      commands,
      channels,
      log,
      origins: [],
      held: createHeldForms(systemClock),
      signal,
      paused: () => false,
    });
  });
});
afterAll(async () => {
  await client.destroy();
  await stage.close();
});

interface Who {
  guild?: string;
  permissions?: string;
}

/** A button, each kind of menu, and a form. */
const WAYS: readonly object[] = [
  { component_type: 2 },
  ...[3, 5, 6, 7, 8].map((type) => ({ component_type: type, values: ['900000000000000077'], resolved: {} })),
  { components: [] },
];

/** Uses it in every way; resolves to the codes of what it was refused with. */
async function use(customId: string, { guild = GUILD, permissions = '0' }: Who): Promise<Set<string>> {
  const codes = new Set<string>();
  for (const way of WAYS) {
    const before = log.lines.length;
    const user = { id: '900000000000000020', username: 'mallory', discriminator: '0', avatar: null };
    const actions = Reflect.get(client, 'actions') as Record<string, { handle(data: unknown): void }>;
    actions['InteractionCreate']?.handle({
      id: '900000000000000030',
      application_id: '900000000000000031',
      type: 'component_type' in way ? 3 : 5,
      token: 'token',
      version: 1,
      data: { custom_id: customId, ...way },
      guild_id: guild,
      channel_id: '900000000000000040',
      channel: { id: '900000000000000040', type: 0 },
      member: { user, roles: [], permissions, joined_at: '2026-01-01T00:00:00Z', flags: 0 },
      message: {
        id: '900000000000000050',
        channel_id: '900000000000000040',
        content: '',
        author: user,
        attachments: [],
      },
      locale: 'en-US',
      entitlements: [],
      authorizing_integration_owners: { 0: guild },
      context: 0,
      attachment_size_limit: 10,
    });
    await handled;
    const refusals = log.lines.slice(before).flatMap(({ facts }) => facts['err'] ?? []);
    codes.add(
      refusals.length === 0
        ? 'accepted'
        : refusals.map((err) => (err instanceof EaselError ? err.code : 'no sentence')).join(),
    );
  }
  return codes;
}

/** All that could be changed, as its admin sees it. */
async function everything(): Promise<string> {
  const { editor, shelf, settings } = stage.commands;
  const seen = [await editor.open(admin, stage.draft), await shelf.list(admin), await settings.show(admin)];
  return JSON.stringify(seen);
}

/** Screens that are an admin's alone, and those that everybody may look at. */
const ADMINS = (draft: string): string[] => [
  'settings',
  'models',
  'audit',
  'history/fox',
  'access/fox',
  'remove/fox',
  'add',
  `draft/${draft}`,
  `slot/${draft}/prompt`,
  `findings/${draft}`,
  `discard/${draft}`,
];
const EVERYBODYS = ['templates', 'template/fox', 'run/fox'];
const VERBS = ['act', 'one', 'set', 'on', 'off', 'form', 'sent', 'page', 'list', 'look', 'found'];

/** All that a screen offers its admin, in every way in which it could be asked for. */
async function idsOf(at: string): Promise<string[]> {
  const screen = await stage.commands.screens.open(admin, at);
  const panel = JSON.stringify(screenPanel(screen, english()));
  const shown = [...panel.matchAll(/"custom_id":"([^"]*)"/g)].map(([, id = '']) => id);
  const keys = [
    ...screen.actions.map(({ key }) => key),
    ...screen.fields.map(({ key }) => key),
    ...Object.keys(screen.groups ?? {}),
    ...(screen.itemActions?.actions ?? []).map(({ key }) => key),
    ...(screen.menus ?? []).map(({ action }) => action),
    screen.save ?? '',
  ];
  return [...new Set([...shown, ...keys.flatMap((key) => VERBS.map((verb) => `s:${verb}:${key}:${at}`))])];
}

/** Buttons of panels from before screens. */
const before = (draft: string): string[] => [
  ...['limits', 'words', 'admins', 'roles', 'banned'].map((action) => `set:${action}`),
  ...['remove', 'keep', 'roles', 'channels', 'age'].map((action) => `shelf:${action}:fox`),
  ...['publish', 'discard', 'test', 'pick', 'about'].map((action) => `edit:${action}:${draft}:`),
  ...['changed', 'type', 'drop'].map((action) => `edit:${action}:${draft}:prompt`),
];

describe('a stranger on Discord', () => {
  it('gets nowhere with anything that is an admin’s', async () => {
    const now = await everything();
    answers.length = 0;
    const ids = [...(await Promise.all(ADMINS(stage.draft).map(idsOf))).flat(), ...before(stage.draft)];
    expect(ids.length).toBeGreaterThan(400);
    // back from a template's own screens is where everybody may look
    for (const id of ids.filter((one) => !/:back:(?:history|access|add)/.test(one))) {
      const codes = await use(id, {});
      expect(codes.has('accepted'), id).toBe(false);
      expect(codes.has('no sentence'), id).toBe(false);
    }
    for (const secret of ['KSampler', 'owl', stage.draft]) expect(answers.join()).not.toContain(secret);
    expect(await everything()).toBe(now);
  });

  it('changes nothing in what everybody may look at', async () => {
    const now = await everything();
    const ids = (await Promise.all(EVERYBODYS.map(idsOf))).flat();
    for (const id of ids) await use(id, {});
    expect(await everything()).toBe(now);
    for (const action of ['edit', 'rename', 'disable', 'enable', 'export', 'remove', 'access', 'history'])
      expect([...(await use(`s:act:${action}:template/fox`, {}))], action).toContain('not-an-admin');
  });

  it('who is an admin elsewhere sees nothing of this server', async () => {
    const now = await everything();
    answers.length = 0;
    const elsewhere = { guild: '900000000000000002', permissions: MANAGE };
    for (const at of ADMINS(stage.draft).filter((one) => /\//.test(one)))
      for (const id of await idsOf(at)) {
        const codes = await use(id, elsewhere);
        expect(codes.has('accepted'), id).toBe(false);
      }
    expect(answers.join()).not.toContain('KSampler');
    expect(await everything()).toBe(now);
  });

  it('is one to the same admin, too, when they have lost their rights', async () => {
    const codes = await use(`s:act:publish:draft/${stage.draft}`, {});
    expect([...codes]).toContain('not-an-admin');
  });

  it('presses what nobody has made, and is told so', async () => {
    for (const id of [
      's',
      's:act',
      's:act::',
      's:nothing:x:settings',
      's:act:x:nowhere',
      's:act:x:__proto__',
    ])
      expect((await use(id, {})).has('accepted'), id).toBe(false);
  });
});
