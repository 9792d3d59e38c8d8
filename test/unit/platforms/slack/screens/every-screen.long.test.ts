/** Every screen that there is, in every language, as a form that Slack takes. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNodeClasses } from '../../../../../src/comfy/wire/node-classes.ts';
import { createCommands, type Commands } from '../../../../../src/commands/index.ts';
import type { Caller } from '../../../../../src/core/caller.ts';
import type { Chat } from '../../../../../src/core/chat.ts';
import { EaselError } from '../../../../../src/core/errors.ts';
import { CHOSEN, type Screen } from '../../../../../src/core/screen.ts';
import { languages } from '../../../../../src/i18n/index.ts';
import { formFindings } from '../../../../../src/platforms/slack/findings.ts';
import { isUsable, renderScreen } from '../../../../../src/platforms/slack/screens/render-screen.ts';
import { limitsBy } from '../../../../fakes/limit-rules.ts';
import { createScriptedBackend } from '../../../../fakes/comfy/scripted-backend.ts';
import { startFakeSlack, type FakeSlack } from '../../../../fakes/slack/index.ts';
import { startBolt, webClient, type RealBolt } from '../../../../fakes/slack/real-bolt.ts';
import { ada, attached, commandStage, forever } from '../../../commands/stage.ts';

const SKETCH = 'test/fixtures/templates/sketch/workflow.json';
/** Nothing can be done with them where nothing is beneath. */
const ONLY_WORDS = ['audit', 'history/imagine'];
const LOCALES = languages().map(({ tag }) => tag);
const admin = (locale: string): Caller => ({ ...ada, platform: 'slack', channel: 'C123', locale });

let slack: FakeSlack;
let bolt: RealBolt;
beforeAll(async () => {
  slack = await startFakeSlack();
  bolt = await startBolt(slack, 'http', (app) => app.command(/.*/, ({ ack }) => ack()));
});
afterAll(async () => {
  await bolt.stop();
  await slack.stop();
});

/** An admin's work: two templates, drafts of all kinds, people banned, words blocked, much in the audit log. */
async function worked() {
  const { room, manager, store, guilds } = await commandStage();
  const backend = createScriptedBackend();
  backend.classes = readNodeClasses(await readFile('test/fixtures/object-info.json', 'utf8')).classes;
  const chat: Pick<Chat, 'features' | 'findings' | 'offer'> = {
    features: new Set(['channels', 'people', 'outsiders']),
    findings: formFindings,
    offer: async () => undefined,
  };
  const commands = createCommands({
    ...room,
    backend,
    templateStore: store,
    jobs: manager,
    limits: limitsBy(guilds),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only these are asked for
    chats: new Map([['slack', chat as Chat]]),
  });
  const { editor, shelf, settings } = commands;
  const caller = admin('en');
  const file = attached('fox.json', await readFile(SKETCH));
  const { draft: fox } = await editor.add(caller, file, { name: 'fox' }, forever);
  await editor.publish(caller, fox.id);
  await shelf.limit(caller, 'fox', { roles: [], channels: ['C123'], ageRestricted: false });
  await shelf.rollback(caller, 'fox', '1');
  const change = { bannedUsers: ['U1X', 'no id'], adminUsers: ['W2X'], allowedChannels: ['C9X', '?'] };
  const words = Array.from({ length: 400 }, (_, index) => `<forbidden> *${index}*`).join('\n');
  await settings.change(caller, { ...change, blockedWords: words, guildJobs: '2', outsiders: 'yes' });
  for (let count = 0; count < 30; count += 1)
    await settings.change(caller, { userWaiting: String(count + 1), language: count % 2 ? 'ja' : '' });
  const { draft } = await editor.add(caller, file, { name: 'settings' }, forever);
  const { slots } = await editor.open(caller, draft.id);
  return { commands, draft: draft.id, slots: slots.map(({ name }) => name), caller };
}

const TYPES = ['text', 'integer', 'number', 'boolean', 'choice', 'seed', 'image'];

async function everyScreen({ commands, draft, slots }: Awaited<ReturnType<typeof worked>>, locale: string) {
  const plain = ['settings', 'audit', 'templates', 'add', 'add/fox', 'run/imagine', 'run/upscale', 'run/fox'];
  const shelf = ['template', 'history', 'access'].flatMap((kind) => [`${kind}/fox`, `${kind}/imagine`]);
  const drafts = ['draft', 'findings', 'discard'].map((kind) => `${kind}/${draft}`);
  const forms = slots.map((slot) => `slot/${draft}/${slot}`);
  const ofSlot = await commands.screens.act(
    admin(locale),
    `words/${draft}/ja`,
    'edit',
    { [CHOSEN]: slots[0] ?? '' },
    { signal: forever },
  );
  const words = [`languages/${draft}`, `words/${draft}/ja`, ofSlot.screen?.at ?? ''];
  const types = TYPES.map((type) => `slot/${draft}/${slots[0]}/${type}`);
  const questions = await Promise.all([askedOf(commands, admin(locale)), whichOf(commands, admin(locale))]);
  const all = [
    ...plain,
    ...shelf,
    'remove/fox',
    'models',
    ...drafts,
    ...words,
    ...forms,
    ...types,
    ...questions,
  ];
  return Promise.all(all.map(async (at) => commands.screens.open(admin(locale), at)));
}

/** About words that may be a slot's. */
async function askedOf(commands: Commands, caller: Caller): Promise<string> {
  const intent = await commands.understand(caller, 'a fox stepz:3');
  return (await commands.carryOut(caller, intent, { signal: forever })).screen?.at ?? '';
}

/** About a model that is not there. */
async function whichOf(commands: Commands, caller: Caller): Promise<string> {
  const why: unknown = await commands
    .prepare(caller, 'fox', { prompt: 'x', model: 'lost' })
    .catch((error: unknown) => error);
  return (why instanceof EaselError && why.ask) || '';
}

async function takes(screen: Screen, locale: string, under: string[] = []): Promise<string> {
  const view = renderScreen(screen, { channel: 'C0123456789', under }, locale);
  const act = slack.command({ command: '/easel' });
  await webClient(slack).views.open({ trigger_id: act.triggerId ?? '', view });
  return (await act.waitForView()).visible;
}

describe('every screen', () => {
  it.each(LOCALES)('is one that Slack takes, in %s', async (locale) => {
    const stage = await worked();
    const screens = await everyScreen(stage, locale);
    for (const screen of screens) {
      await takes(screen, locale);
      if (screen.parent !== undefined) await takes(screen, locale, [screen.parent]);
      expect([screen.at, isUsable(screen)]).toEqual([screen.at, !ONLY_WORDS.includes(screen.at)]);
      // refused, it says why, and Slack takes that too
      const { screens: verbs } = stage.commands;
      const more = { signal: forever };
      const { screen: shown = screen } = await verbs.act(admin(locale), screen.at, 'made up', {}, more);
      await takes(shown, locale);
    }
    expect(slack.violations).toEqual([]);
    expect(kindsOf(screens)).toEqual(stage.commands.screens.kinds.toSorted());
  });

  it('is one that Slack takes also with more than it has room for', async () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        key: `item${index}`,
        label: `${'long '.repeat(30)}${index}`,
        description: 'd'.repeat(200),
        lines: [{ parts: [{ kind: 'strong', text: `<&*${index}` } as const, 'x'.repeat(4000)] }],
      }));
    const actions = Array.from({ length: 9 }, (_, index) => ({ key: `a${index}`, label: `Do ${index}` }));
    const options = many(150).map(({ key, label }) => ({ value: `${key} ${label}`, label }));
    const big: Screen = {
      at: 'big',
      title: 'A title that is longer than 24 characters',
      lines: Array.from({ length: 60 }, (_, index) => ({ parts: [`${index} `, '&'.repeat(900)] })),
      items: many(200),
      itemActions: { choose: 'Which one', actions },
      menus: [{ action: 'pick', label: 'Pick', options }],
      fields: [
        {
          key: 'name',
          label: 'n'.repeat(3000),
          kind: 'one-of',
          group: 'all',
          value: options[3]?.value ?? '',
          options,
        },
      ],
      save: 'save',
      actions,
    };
    const visible = await takes(big, 'en');
    expect(visible).toMatch(/… and \d+ more/);
    const empty: Screen = { at: 'empty', title: '', lines: [], fields: [], actions: [] };
    await takes(empty, 'en');
    expect(slack.violations).toEqual([]);
  });
});

function kindsOf(screens: readonly Screen[]): string[] {
  return [...new Set(screens.map(({ at }) => at.split('/')[0] ?? at))].toSorted();
}
