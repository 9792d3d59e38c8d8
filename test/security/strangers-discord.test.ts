/** Every button, menu and form on Discord, used by somebody who may not: all actions that stand in the code. */
import { readFileSync } from 'node:fs';
import { Client, Events } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../src/core/chat.ts';
import { EaselError } from '../../src/core/errors.ts';
import { systemClock } from '../../src/core/time.ts';
import { handleInteraction } from '../../src/platforms/discord/events/commands.ts';
import { EDITOR } from '../../src/platforms/discord/screens/editor-view.ts';
import { createPlaces } from '../../src/platforms/discord/channels.ts';
import { SETTINGS_TOPIC } from '../../src/platforms/discord/screens/settings-view.ts';
import { SHELF } from '../../src/platforms/discord/screens/shelf-view.ts';
import { openStage, type FuzzStage } from '../fuzz/stage.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';

const FOLDER = 'src/platforms/discord/screens';
const source = (file: string) => readFileSync(`${FOLDER}/${file}`, 'utf8');
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = '']) => name);

/** The part of a file between two words. */
function part(file: string, from: string, to: string): string {
  const text = source(file);
  const begin = text.indexOf(from);
  return text.slice(begin, text.indexOf(to, begin));
}

const KEY = /^ {2}(\w+): /gm;
const CASE = /case '(\w+)':|action === '(\w+)'/g;
const ACTIONS = {
  [EDITOR]: [
    ...found(part('editor.ts', 'const FORMS', '\n};'), KEY),
    ...found(part('editor.ts', 'const ACTS', '\n};'), KEY),
    'test',
  ],
  [SETTINGS_TOPIC]: [
    ...found(part('settings-view.ts', 'SETTINGS_FORMS', '\n};'), KEY),
    ...found(source('settings.ts'), CASE),
    'admins',
  ],
  [SHELF]: found(part('template-commands.ts', 'function handleShelf', '\n}\n'), CASE),
};

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
  const places = createPlaces(client.rest, systemClock);
  client.on(Events.InteractionCreate, (interaction) => {
    const { commands } = stage;
    handled = handleInteraction(interaction, {
      commands,
      places,
      log,
      origins: [],
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

const ALL = Object.entries(ACTIONS).flatMap(([topic, actions]) =>
  [...new Set(actions.filter(Boolean))].map((action): [string, string] => [topic, action]),
);

describe('a stranger on Discord', () => {
  it('has every action to try that there is', () => {
    expect(ACTIONS[EDITOR].length).toBeGreaterThan(20);
    expect(ACTIONS[SETTINGS_TOPIC].length).toBeGreaterThan(4);
    expect(ACTIONS[SHELF].length).toBeGreaterThan(6);
    const topics = found(source('../events/commands.ts'), /^ {4}case ([A-Z_]+|'cancel'):$/gm).filter((name) =>
      /EDITOR|SETTINGS_TOPIC|SHELF|cancel/.test(name),
    );
    expect(topics).toHaveLength(4);
  });

  it.each(ALL)('gets nowhere with %s:%s', async (topic, action) => {
    const before = await everything();
    answers.length = 0;
    for (const more of [`${stage.draft}:prompt`, `${stage.draft}:0`, 'fox', '0']) {
      const codes = await use(`${topic}:${action}:${more}`, {});
      // a list of what everybody may use is for everybody
      const isOpen = topic === SHELF && action === 'list';
      expect(codes.has('accepted'), `${topic}:${action}:${more}`).toBe(isOpen);
      const known = topic !== EDITOR || more.startsWith(stage.draft);
      expect(isOpen || !known || codes.has('not-an-admin')).toBe(true);
    }
    for (const secret of ['KSampler', 'owl', stage.draft]) expect(answers.join()).not.toContain(secret);
    expect(await everything()).toBe(before);
  });

  it.each(ALL)('who is an admin elsewhere gets nowhere with %s:%s', async (topic, action) => {
    const before = await everything();
    answers.length = 0;
    const elsewhere = { guild: '900000000000000002', permissions: MANAGE };
    for (const more of [`${stage.draft}:prompt`, 'fox']) {
      const codes = await use(`${topic}:${action}:${more}`, elsewhere);
      expect(topic === EDITOR && codes.has('accepted'), `${topic}:${action}:${more}`).toBe(false);
    }
    expect(answers.join()).not.toContain('KSampler');
    expect(await everything()).toBe(before);
  });

  it('is one to the same admin, too, when they have lost their rights', async () => {
    const codes = await use(`edit:publish:${stage.draft}`, {});
    expect([...codes]).toContain('not-an-admin');
  });
});
