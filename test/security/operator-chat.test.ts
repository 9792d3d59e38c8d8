/** The operator's words in chat: they are obeyed at once, and to everybody else there is no such thing. */
import { describe, expect, it } from 'vitest';
import { createOperatorLine } from '../../src/commands/operator/operator-line.ts';
import { createOperators } from '../../src/commands/operator/operators.ts';
import { createRuleVerbs } from '../../src/commands/operator/operator-rules.ts';
import type { Chat } from '../../src/core/chat.ts';
import type { FakeInteraction } from '../fakes/discord/index.ts';
import { discordBench } from '../world/bench.ts';
import { slackBench } from '../world/slack-bench.ts';
import { sampleCaller, sampleRequest } from '../unit/jobs/sample.ts';
import { commandStage, refused } from '../unit/commands/stage.ts';

const FOREVER = 1000;

async function stage(operators: string[], owners?: Chat['owners']) {
  const rest = await commandStage();
  const { manager: jobs, clock, log, rules: store } = rest;
  const rules = createRuleVerbs({ store, basics: {}, jobs, clock });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this is called
  const chats = new Map([['discord', { owners } as unknown as Chat]]);
  return {
    ...rest,
    verbs: rules,
    line: createOperatorLine({ rules, operators: createOperators({ operators, chats, clock, log }) }),
  };
}

describe('whoever says that they run Easel', () => {
  it('is believed only with the id on the platform that OPERATORS names', async () => {
    const { line, rules } = await stage(['discord:1', 'slack:T1/U1']);
    const boss = sampleCaller({ platform: 'discord', user: '1' });
    const strangers = [
      sampleCaller({ platform: 'discord', user: '2', admin: true }),
      sampleCaller({ platform: 'slack', guild: 'T2', user: 'U1', admin: true }),
      sampleCaller({ platform: 'slack', guild: 'T1', user: '1' }),
      sampleCaller({ platform: 'test', user: '1' }),
    ];
    for (const stranger of strangers) {
      expect(await line.operates(stranger)).toBe(false);
      // asked again behind the verb, whatever a platform thought
      expect(await refused(line.operate(stranger, 'stop'))).toMatchObject({ code: 'unknown-template' });
    }
    expect(rules.rules().closed).toBe(false);
    await line.operate(boss, 'stop');
    expect(rules.rules().closed).toBe(true);
    expect(await line.operates(sampleCaller({ platform: 'slack', guild: 'T1', user: 'U1' }))).toBe(true);
  });

  it('is nobody while the platform cannot be asked who owns the app', async () => {
    const { line } = await stage([], async () => Promise.reject(new Error('away')));
    expect(await line.operates(sampleCaller({ platform: 'discord', user: '1' }))).toBe(false);
    const owned = await stage([], async () => ['1']);
    expect(await owned.line.operates(sampleCaller({ platform: 'discord', user: '1' }))).toBe(true);
    expect(await owned.line.operates(sampleCaller({ platform: 'discord', user: '2' }))).toBe(false);
  });
});

describe('everything of a person or a guild', () => {
  it('is cancelled, in all places, and nobody else’s', async () => {
    const { verbs, manager, rules } = await stage([]);
    const places = [
      ['mallory', 'guild-a'],
      ['mallory', 'dm-mallory'],
      ['ann', 'guild-a'],
      ['ann', 'guild-b'],
    ] as const;
    for (const [user, guild] of places) {
      await manager.submit(sampleRequest({ user, guild }));
      await manager.submit(sampleRequest({ user, guild }));
    }
    const asked = (user: string, guild: string) =>
      manager.roster.of(guild, user).filter(({ job }) => job.cancelledBy === undefined && !job.end).length;
    expect(await verbs.cancelOf('operator', { user: 'mallory' })).toBe(4);
    expect(places.map(([user, guild]) => asked(user, guild))).toEqual([0, 0, 2, 2]);
    expect(await verbs.cancelOf('operator', { user: 'slack:ann' })).toBe(0);
    expect(await verbs.cancelOf('operator', { guild: 'guild-a' })).toBe(2);
    expect(places.map(([user, guild]) => asked(user, guild))).toEqual([0, 0, 0, 2]);
    expect((await rules.audit()).map(({ act, subject }) => `${act} ${subject}`)).toEqual([
      'rules.cancel guild-a',
      'rules.cancel slack:ann',
      'rules.cancel mallory',
    ]);
  });
});

describe('on Discord', () => {
  const bench = discordBench({ stepMs: 20 });
  const easel = (what: string, more: object = {}) =>
    bench.discord.slash({ name: 'easel', options: { what }, ...more });
  const told = async (asked: FakeInteraction, words: string) => {
    const answer = await asked.waitFor(({ content }) => content.includes(words));
    expect(answer.ephemeral).toBe(true);
  };

  it('the operator stops and opens Easel, ends what somebody runs, and keeps them out', async () => {
    const boss = bench.discord.addUser();
    await bench.start({ OPERATORS: `discord:${boss.id}` });
    const { person } = bench.discord;
    const sketch = () => bench.discord.slash({ name: 'sketch', options: { prompt: 'x', steps: FOREVER } });
    const running = await sketch();
    await running.waitFor(({ content }) => /KSampler · \d+\//.test(content));

    const admin = { memberPermissions: 0x20n };
    await told(await easel('operator stop', admin), 'There is no /operator here');
    await told(await easel('operator', { user: boss.id }), 'cancel-user ID');
    await told(await easel('operator stop', { user: boss.id }), 'I’m not taking new jobs now');
    await told(await sketch(), 'not taking jobs');
    await told(await easel('operator go', { user: boss.id }), 'I’m taking jobs again');
    await told(await easel(`operator block-user <@${person.id}>`, { user: boss.id }), 'is blocked');
    await told(await sketch(), 'You can’t use me');
    await told(await easel(`operator cancel-user ${person.id}`, { user: boss.id }), 'Cancelling 1 job');
    await running.waitFor(({ content }) => content.includes('Cancelled'));
    await told(await easel(`operator unblock-user ${person.id}`, { user: boss.id }), 'no longer blocked');
    await (await sketch()).waitFor(({ content }) => /KSampler · \d+\//.test(content));
  });
});

describe('on Slack', () => {
  const bench = slackBench('socket', { stepMs: 5 });

  it('the operator is told, and nobody else', async () => {
    const boss = bench.slack.addUser({ name: 'boss' });
    await bench.start({ OPERATORS: `slack:${bench.slack.teamId}/${boss.id}` });
    const say = (text: string, user: string) => bench.slack.command({ command: '/easel', text, user });
    const eve = bench.slack.addUser({ name: 'eve', isAdmin: true });
    const refusal = say('operator stop', eve.id);
    await refusal.waitFor(({ ephemeral, text }) => ephemeral && text.includes('There is no /operator here'));
    const done = say('operator stop', boss.id);
    await done.waitFor(({ ephemeral, text }) => ephemeral && text.includes('I’m not taking new jobs now'));
    const asked = bench.slack.command({ command: '/sketch', text: 'a fox', user: eve.id });
    await asked.waitFor(({ ephemeral, text }) => ephemeral && text.includes('not taking jobs'));
  });
});
