import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Template } from '../../../../src/core/template.ts';
import { SLACK_PATH } from '../../../../src/platforms/slack/name.ts';
import { slackManifest, unlistedIn } from '../../../../src/platforms/slack/manifest.ts';
import { catalogue, languages } from '../../../../src/i18n/index.ts';
import { wordsFor } from '../../../../src/templates/languages/words.ts';
import { loadTemplates } from '../../../../src/templates/library/load.ts';
import { chatMethods } from '../../../fakes/slack/chat-methods.ts';
import { fileMethods } from '../../../fakes/slack/file-methods.ts';
import { startFakeSlack, type FakeSlack } from '../../../fakes/slack/index.ts';
import { placeMethods } from '../../../fakes/slack/place-methods.ts';
import { viewMethods } from '../../../fakes/slack/view-methods.ts';

const { templates } = await loadTemplates('templates');
const URL = `https://easel.example${SLACK_PATH}`;
const FOLDER = 'src/platforms/slack';
const source = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8'))
  .join('\n');
const METHODS = { ...chatMethods, ...fileMethods, ...placeMethods, ...viewMethods };

const Manifest = z.object({
  features: z.object({
    slash_commands: z.array(
      z.object({
        command: z.string(),
        description: z.string(),
        usage_hint: z.string().optional(),
        url: z.string().optional(),
      }),
    ),
    shortcuts: z.array(z.object({ callback_id: z.string(), type: z.string() })),
    app_home: z.object({ messages_tab_enabled: z.boolean(), messages_tab_read_only_enabled: z.boolean() }),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()), request_url: z.string().optional() }),
    interactivity: z.object({
      is_enabled: z.boolean(),
      request_url: z.string().optional(),
      message_menu_options_url: z.string().optional(),
    }),
    socket_mode_enabled: z.boolean(),
  }),
});
const manifest = (of: readonly Template[] = templates, url?: string) =>
  Manifest.parse(slackManifest(of, { requestUrl: url }));
const commands = (of?: readonly Template[]): string[] =>
  manifest(of).features.slash_commands.map(({ command }) => command);
const like = (given: Partial<Template>): Template => ({ ...templates[0]!, ...given });

let slack: FakeSlack;
beforeEach(async () => {
  slack = await startFakeSlack();
});
afterEach(() => slack.stop());

describe('the manifest', () => {
  it.each([undefined, URL])('is one that Slack takes (address %s)', (url) => {
    slack.setManifest(slackManifest(templates, { requestUrl: url }));
    slack.setManifest(JSON.parse(JSON.stringify(slackManifest(templates, { requestUrl: url }))));
  });

  it('has no address in Socket Mode, and the same one everywhere in HTTP mode', () => {
    expect(JSON.stringify(slackManifest(templates))).not.toContain('url');
    const { features, settings } = manifest(templates, URL);
    expect(settings.socket_mode_enabled).toBe(false);
    expect(settings.event_subscriptions.request_url).toBe(URL);
    expect(settings.interactivity.request_url).toBe(URL);
    expect(settings.interactivity.message_menu_options_url).toBe(URL);
    for (const { url } of features.slash_commands) expect(url).toBe(URL);
    expect(manifest().settings.socket_mode_enabled).toBe(true);
  });

  it.each(languages())('is said in $name, and names nothing otherwise that Slack goes by', ({ tag }) => {
    const said = slackManifest(templates, { locale: tag });
    slack.setManifest(said);
    const { slack: words } = catalogue(tag);
    expect(said).toMatchObject({
      display_information: { name: 'Easel', description: words.about() },
      features: {
        shortcuts: [{ name: words.useImage(), callback_id: 'use-image', description: words.useImageHint() }],
      },
    });
    const { slash_commands: given } = Manifest.parse(said).features;
    expect(given.map(({ command }) => command)).toEqual(commands());
    expect(given[0]).toMatchObject({ description: words.easel(), usage_hint: words.easelHint() });
    const imagine = templates.find(({ name }) => name === 'imagine')!;
    expect(given.find(({ command }) => command === '/imagine')).toMatchObject({
      description: wordsFor(imagine, tag).description,
    });
  });

  it('has a command for every template, and one that reaches them all', () => {
    expect(commands()).toEqual(['/easel', ...templates.map(({ name }) => `/${name}`)]);
  });

  it('keeps to fifty commands, all different and none too long, whatever the templates are called', () => {
    const many = Array.from({ length: 70 }, (_, n) => like({ name: `template-${n}` }));
    const odd = [like({ name: 'easel' }), like({ name: 'x'.repeat(32) }), like({ name: 'y'.repeat(31) })];
    slack.setManifest(slackManifest([...odd, ...many]));
    const all = commands([...odd, ...many]);
    expect(all).toHaveLength(50);
    expect(all.slice(0, 3)).toEqual(['/easel', `/${'y'.repeat(31)}`, '/template-0']);
    const left = unlistedIn([...odd, ...many]).map(({ name }) => `/${name}`);
    expect(left).toHaveLength(odd.length + many.length - 49);
    expect(left.filter((name) => all.includes(name) && name !== '/easel')).toEqual([]);
  });

  it('keeps descriptions and hints within bounds', () => {
    const slots = Object.fromEntries(
      Array.from({ length: 25 }, (_, n) => [
        `a-rather-long-slot-name-${n}`,
        { type: 'seed' as const, into: [] },
      ]),
    );
    const long = like({ description: '🦊'.repeat(2000), slots });
    const none = like({ name: 'none', slots: {} });
    slack.setManifest(slackManifest([long, none]));
    const [, first, second] = manifest([long, none]).features.slash_commands;
    expect(first?.description.isWellFormed()).toBe(true);
    expect(first?.usage_hint?.length).toBeLessThanOrEqual(100);
    expect(second).not.toHaveProperty('usage_hint');
  });

  it('asks for what every call in the code needs', () => {
    const called = [...source.matchAll(/client\.(\w+(?:\.\w+)+)\(/g)].map(([, name = '']) => name);
    const names = [...new Set(called)].toSorted();
    expect(names).toEqual(
      expect.arrayContaining(['chat.postMessage', 'chat.update', 'files.info', 'views.open']),
    );
    const has = manifest().oauth_config.scopes.bot;
    for (const name of names) {
      const { token, scopes } = METHODS[name] ?? { token: 'unknown', scopes: [] };
      expect([name, token]).toEqual([name, 'bot']);
      expect([name, scopes.length === 0 || scopes.some((scope) => has.includes(scope))]).toEqual([
        name,
        true,
      ]);
    }
  });

  it('asks for what the events, commands, files and direct messages need, and for nothing else', () => {
    const uses = [
      ...Object.entries(METHODS).flatMap(([name, { scopes }]) =>
        source.includes(`client.${name}(`) ? scopes : [],
      ),
      'app_mentions:read',
      'im:history', // the event message.im
      'chat:write.public',
      'commands',
    ];
    for (const scope of manifest().oauth_config.scopes.bot) expect(uses).toContain(scope);
    // people write to it there
    expect(manifest().features.app_home).toEqual({
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  it('has whatever the code listens to', () => {
    const { features, settings } = manifest();
    const single = [...source.matchAll(/app\.event\('(\w+)'/g)].map(([, name = '']) => name);
    const listed = [...source.matchAll(/for \(const event of \[([^\]]+)\]/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/'(\w+)'/g)].map(([, name = '']) => name),
    );
    expect(single.length).toBeGreaterThan(0);
    // of messages there are only the direct ones
    const acknowledge = [...single.map((name) => (name === 'message' ? 'message.im' : name)), ...listed];
    expect(settings.event_subscriptions.bot_events.toSorted()).toEqual(acknowledge.toSorted());
    expect(source).toMatch(/app\.shortcut\(USE_IMAGE,/);
    expect(source.match(/app\.shortcut\(/g)).toHaveLength(1);
    expect(features.shortcuts).toEqual([{ callback_id: 'use-image', type: 'message' }]);
    expect(settings.interactivity.is_enabled).toBe(true);
  });
});
