/** Nodes that call a paid partner: no guild spends the operator's money that the operator has not allowed to. */
import { describe, expect, it } from 'vitest';
import { createCommands } from '../../src/commands/index.ts';
import type { Notice } from '../../src/commands/operator/notices.ts';
import { createOperators } from '../../src/commands/operator/operators.ts';
import { createPartnerNotices, partnersSince } from '../../src/commands/operator/partner-notices.ts';
import { createPartnerRules } from '../../src/commands/operator/partners.ts';
import { readNodeClasses } from '../../src/comfy/wire/node-classes.ts';
import type { Chat } from '../../src/core/chat.ts';
import type { NodeInfo } from '../../src/core/nodes.ts';
import { NO_RULES } from '../../src/guilds/operator-policy.ts';
import { limitsBy } from '../fakes/limit-rules.ts';
import { until } from '../fakes/until.ts';
import {
  ada,
  ann,
  attached,
  classes,
  commandStage,
  forever,
  GRAPH,
  refused,
} from '../unit/commands/stage.ts';

const COSTLY = {
  ...GRAPH,
  '7': { class_type: 'KlingVideo', inputs: { prompt: 'a castle' } },
};
const costly = () => attached('film.json', JSON.stringify(COSTLY));
const KLING: NodeInfo = {
  title: 'Kling Video',
  isOutput: true,
  inputs: new Map(),
  outputs: ['VIDEO'],
  partner: true,
};
const withKling = (info = KLING) => new Map<string, NodeInfo>([...classes(), ['KlingVideo', info]]);

async function stage() {
  const rest = await commandStage();
  rest.backend.classes = withKling();
  const add = async (caller = ada) =>
    (await rest.commands.editor.add(caller, costly(), {}, forever)).draft.id;
  return { ...rest, add };
}

const FORBIDDEN = { code: 'partner-nodes', nodes: ['Kling Video'], allowed: false };

describe('a template with a partner’s node', () => {
  it('is neither published nor tried where the operator has not allowed it, and says so', async () => {
    const { commands, add } = await stage();
    const draft = await add();
    const { findings, publishable } = await commands.editor.open(ada, draft);
    expect(publishable).toBe(false);
    expect(findings[0]).toEqual({ at: 'workflow', problem: FORBIDDEN, blocking: true });
    const wanted = { code: 'not-publishable', findings: [FORBIDDEN] };
    expect(await refused(commands.editor.publish(ada, draft))).toEqual(wanted);
    expect(await refused(commands.editor.prepareTest(ada, draft))).toEqual(wanted);
  });

  it('is published where it is allowed, which says what it costs, and stops when that is taken back', async () => {
    const { commands, add, rule } = await stage();
    await rule({ partnerGuilds: [ada.guild] });
    const draft = await add();
    const { findings, publishable } = await commands.editor.open(ada, draft);
    expect(publishable).toBe(true);
    expect(findings).toContainEqual({
      at: 'workflow',
      problem: { ...FORBIDDEN, allowed: true },
      blocking: false,
    });
    await commands.editor.publish(ada, draft);
    await commands.prepare(ann, 'film', { prompt: 'a dragon' });
    await rule({});
    expect(await refused(commands.prepare(ann, 'film', { prompt: 'a dragon' }))).toEqual(FORBIDDEN);
  });

  it('gets past nobody while the backend cannot be asked', async () => {
    const { commands, add, backend } = await stage();
    backend.classes = undefined;
    const draft = await add();
    expect(await refused(commands.editor.prepareTest(ada, draft))).toMatchObject({
      code: 'backend-unasked',
    });
    await commands.editor.publish(ada, draft);
    expect(await refused(commands.prepare(ann, 'film', { prompt: 'a dragon' }))).toMatchObject({
      code: 'backend-unasked',
    });
    backend.classes = withKling();
    expect(await refused(commands.prepare(ann, 'film', { prompt: 'a dragon' }))).toEqual(FORBIDDEN);
  });

  it('is found out also when its class begins to cost only later', async () => {
    const { commands, add, backend } = await stage();
    const { partner: _partner, ...free } = KLING;
    backend.classes = withKling(free);
    await commands.editor.publish(ada, await add());
    await commands.prepare(ann, 'film', { prompt: 'a dragon' });
    backend.classes = withKling();
    expect(await refused(commands.prepare(ann, 'film', { prompt: 'a dragon' }))).toEqual(FORBIDDEN);
  });

  it('that was published before goes on running and is listed once; a rollback to it is a new publish', async () => {
    const { commands, add, rule, room, store, manager, library, backend, clock } = await stage();
    await rule({ partnerGuilds: [ada.guild] });
    await commands.editor.publish(ada, await add());
    await rule({});
    const since = clock.now() + 1;
    const limits = limitsBy(room.guilds);
    const options = { ...room, templateStore: store, jobs: manager, limits, partners: { since } };
    const later = createCommands(options);
    await later.prepare(ann, 'film', { prompt: 'a dragon' });

    const posted: [string, Notice][] = [];
    const notices = { post: async (key: string, notice: Notice) => void posted.push([key, notice]) };
    const partners = createPartnerRules({ rules: room.rules, backend, since });
    const look = createPartnerNotices({ ...room, notices, partners, since });
    look.start();
    await until(() => posted.length > 0);
    await look.stop();
    expect(posted.map(([, notice]) => notice)).toEqual([
      { kind: 'partner-nodes', platform: 'test', guild: ada.guild, template: 'film', nodes: ['Kling Video'] },
    ]);

    while (clock.now() < since) await clock.sleep(1);
    await library.rollback(ada.guild, 'film', 1, 'ada');
    expect(await refused(later.prepare(ann, 'film', { prompt: 'a dragon' }))).toEqual(FORBIDDEN);
  });

  it('is allowed on the page, in the terminal and where an operator is at home', async () => {
    const { backend, clock, log } = await stage();
    const chat: Pick<Chat, 'owners' | 'ownerOf'> = {
      owners: async () => ['7'],
      async ownerOf(guild) {
        if (guild === 'away') throw new Error('away');
        return guild === 'his' ? '7' : '8';
      },
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only these are asked
    const chats = new Map([['discord', chat as Chat]]);
    const may = (named: string[], platform: string, guild: string) => {
      const operators = createOperators({ operators: named, chats, clock, log });
      return createPartnerRules({ rules: () => NO_RULES, operators, backend }).allows({ platform, guild });
    };
    expect([await may([], 'web', 'web'), await may([], 'terminal', 'terminal')]).toEqual([true, true]);
    const named = ['slack:T1/U1', 'discord:8'];
    expect([await may(named, 'slack', 'T1'), await may(named, 'slack', 'T2')]).toEqual([true, false]);
    for (const [guild, ofNamed, ofOwner] of [
      ['dm-8', true, false],
      ['dm-7', false, true],
      ['his', false, true],
      ['hers', true, false],
      ['away', false, false],
    ] as const)
      expect([await may(named, 'discord', guild), await may([], 'discord', guild)], guild).toEqual([
        ofNamed,
        ofOwner,
      ]);
  });
});

it('a class is known to cost by what the backend says of it', () => {
  const text = JSON.stringify({
    Free: { input: {}, output: [] },
    Api: { input: {}, output: [], api_node: true },
    Hidden: { input: { hidden: { api_key_comfy_org: 'API_KEY_COMFY_ORG' } }, output: [] },
  });
  const { classes: known } = readNodeClasses(text);
  expect([...known].filter(([, { partner }]) => partner).map(([name]) => name)).toEqual(['Api', 'Hidden']);
});

it('since when it is asked is written down once', async () => {
  const rows = new Map<string, unknown>();
  const table = {
    get: async (key: string) => rows.get(key),
    set: async (key: string, value: unknown) => void rows.set(key, value),
  };
  const { clock } = await commandStage();
  const first = await partnersSince(table, clock);
  await clock.sleep(1000);
  expect(await partnersSince(table, clock)).toBe(first);
});
