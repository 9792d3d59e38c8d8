/** A server whose rules refuse what a reply says, where Easel is no member: people have brought it along. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { adminOf } from '../world/discord-admin.ts';
import { discordBench } from '../world/bench.ts';
import type { FakeInteraction, FakeMessage } from '../fakes/discord/index.ts';
import { until } from '../fakes/until.ts';

describe('a server that refuses content, on Discord', () => {
  const bench = discordBench({ stepMs: 10 });
  const WORD = 'badger';
  /** A place that only an interaction's token reaches, and nobody there takes direct messages. */
  const visit = () => {
    const guild = bench.discord.addGuild({ installed: false });
    bench.discord.faults.closedDirectMessages.add('*');
    return guild.id;
  };
  const ask = (guild: string, name = 'sketch', options: Record<string, string | number> = {}) =>
    bench.discord.slash({
      name,
      guild,
      options: { ...(name === 'sketch' && { prompt: `a ${WORD} in snow` }), ...options },
    });
  const done = ({ content }: FakeMessage) => content.includes('Done in');
  const names = ({ attachments }: FakeMessage) => attachments.map(({ filename }) => filename);
  const ended = () => until(() => bench.easel.logs.some((line) => line.includes('job ended')));
  /** Refusals by what they were an answer to. */
  const refusals = () =>
    bench.discord.requests.filter(({ status, path }) => status >= 400 && /webhooks|channels/.test(path));
  const text = (asked: FakeInteraction) => asked.message()?.text ?? '';

  it('has the picture in the reply itself, and is told that the words are left out', async () => {
    await bench.start();
    bench.discord.faults.blockWords(WORD);
    const asked = await ask(visit(), 'sketch', { steps: 40 });
    const reply = await asked.waitFor(done);
    expect(names(reply)).toEqual(['picture-1.png']);
    expect(text(asked)).toContain('Your words are left out');
    expect(text(asked)).not.toContain(WORD);
    expect(reply.buttons.map(({ label }) => label)).toEqual(['Again']);
    await ended();
    // one live edit learnt it; everything after it kept to that
    expect(refusals()).toHaveLength(1);
    expect(asked.message()?.edits.length).toBeGreaterThan(3);
  });

  it('is told the progress without the words meanwhile', async () => {
    await bench.start();
    bench.discord.faults.blockWords(WORD);
    const asked = await ask(visit(), 'sketch', { steps: 100 });
    const running = await asked.waitFor(({ content }) => /\d+ % · KSampler/.test(content));
    expect(running.text).not.toContain(WORD);
    expect(running.buttons.map(({ label }) => label)).toEqual(['Cancel']);
    await asked.waitFor(done);
  });

  it('learns it with the final reply, when there was no time before', async () => {
    await bench.start({}, { editIntervalMs: 60_000 });
    bench.discord.faults.blockWords(WORD);
    const asked = await ask(visit());
    await asked.waitFor(done);
    await ended();
    expect(refusals().length).toBeLessThanOrEqual(2);
  });

  it('takes a file whose name holds what is blocked', async () => {
    await bench.start();
    bench.discord.faults.blockWords('sketch_');
    const asked = await bench.discord.slash({ name: 'sketch', guild: visit(), options: { prompt: 'x' } });
    const reply = await asked.waitFor(done);
    expect(names(reply)).toEqual(['picture-1.png']);
  });

  it('gets files alone where every word is refused', async () => {
    await bench.start();
    bench.discord.faults.contentRules.push({
      when: ({ visiting, content, hasComponents }) => visiting && (content !== '' || hasComponents),
      status: 400,
      code: 200_000,
      message: 'Message was blocked by automatic moderation',
    });
    const asked = await ask(visit());
    const reply = await asked.waitFor(({ attachments }) => attachments.length === 1);
    expect(reply).toMatchObject({ content: '', loading: false });
    expect(names(reply)).toEqual(['picture-1.png']);
    await ended();
    expect(refusals().length).toBeLessThanOrEqual(10);
  });

  it('gets the words where files are refused', async () => {
    await bench.start();
    bench.discord.faults.contentRules.push({
      when: ({ files }) => files.length > 0,
      status: 403,
      code: 400_001,
      message: 'Access to file uploads has been limited for this guild',
    });
    const asked = await ask(visit());
    const reply = await asked.waitFor(done);
    expect(reply.attachments).toEqual([]);
    expect(reply.content).toContain(WORD);
    expect(reply.content).toContain('1 file couldn’t be attached here');
  });

  it('gets the pictures directly where files are refused, and the reply says so', async () => {
    await bench.start();
    bench.discord.faults.contentRules.push({
      when: ({ files, direct }) => files.length > 0 && !direct,
      status: 403,
      code: 400_001,
      message: 'Access to file uploads has been limited for this guild',
    });
    const asked = await ask(bench.discord.addGuild({ installed: false }).id);
    await asked.waitFor(({ content }) => content === 'The result is in your direct messages with me.');
    const [direct] = bench.discord.directMessages(bench.discord.person.id);
    expect(direct?.attachments).toHaveLength(1);
    expect(direct?.content).toContain(WORD);
    expect(asked.message()).toMatchObject({ attachments: [], buttons: [] });
  });

  it.each([
    ['components.0', ({ hasComponents }: { hasComponents: boolean }) => hasComponents],
    ['content', ({ content }: { content: string }) => content.includes(WORD)],
  ])('gets a plainer reply where the field %s is invalid', async (field, when) => {
    await bench.start();
    bench.discord.faults.contentRules.push({
      when,
      field,
      status: 400,
      code: 50_035,
      message: 'Invalid Form Body',
    });
    const asked = await ask(visit());
    const reply = await asked.waitFor(done);
    expect(reply.attachments).toHaveLength(1);
    await ended();
    expect(refusals().length).toBeLessThanOrEqual(6);
  });

  it('does not leave a reply thinking in which nothing can be said at all', async () => {
    await bench.start();
    bench.discord.faults.contentRules.push({
      when: ({ visiting }) => visiting,
      status: 400,
      code: 200_000,
      message: 'Message was blocked by automatic moderation',
    });
    const guild = visit();
    const asked = await ask(guild);
    const { channelId } = await asked.waitFor(({ loading }) => loading);
    await bench.discord.until(() => bench.discord.messagesIn(channelId).length === 0);
    await ended();
    expect(refusals().length).toBeLessThanOrEqual(26);
  });

  it('says where the result went when the reply itself can say next to nothing', async () => {
    await bench.start();
    bench.discord.faults.contentRules.push({
      when: ({ visiting, files, text: said }) => visiting && (files.length > 0 || said.includes('Done')),
      status: 400,
      code: 200_000,
      message: 'Message was blocked by automatic moderation',
    });
    const asked = await ask(bench.discord.addGuild({ installed: false }).id);
    await asked.waitFor(({ content }) => content.includes('direct messages'));
    expect(bench.discord.directMessages(bench.discord.person.id)[0]?.content).toContain(WORD);
  });

  it('keeps to it over several messages, and each picture comes once', async () => {
    await bench.start();
    bench.discord.faults.blockWords('batch');
    const asked = await ask(visit(), 'batch', { count: 25 });
    await asked.waitFor(done);
    await ended();
    const sent = [asked.message(), ...asked.followUps].flatMap((message) => (message ? names(message) : []));
    expect(sent).toHaveLength(25);
    expect(new Set(sent).size).toBe(25);
    expect(sent.every((name) => /^picture-\d+-[0-9a-f]{4}\.png$/.test(name))).toBe(true);
    expect(refusals().length).toBeLessThanOrEqual(3);
  });

  it('goes on after a restart in the middle, and says nothing twice', async () => {
    await bench.start();
    bench.discord.faults.blockWords('batch');
    const guild = bench.discord.addGuild();
    bench.discord.faults.contentRules.push({
      when: ({ files }) => files.some((name) => name.includes('batch')),
      status: 400,
      code: 200_000,
      message: 'Message was blocked by automatic moderation',
    });
    const asked = await ask(guild.id, 'batch', { count: 25 });
    bench.discord.faults.cutConnection({ method: 'POST', path: /^\/webhooks/, times: 100, after: true });
    await bench.discord.until(() => asked.followUps.length > 0);
    await bench.easel.stop();
    bench.discord.faults.clear();
    bench.discord.faults.blockWords('batch');
    await bench.start();
    await ended();
    const all = bench.discord.messagesIn(asked.message()?.channelId ?? '').flatMap(names);
    expect(new Set(all).size).toBe(25);
    expect(all).toHaveLength(25);
  });

  it('reaches its reply after the token has expired, with what is let through', async () => {
    await bench.start();
    const asked = await bench.discord.slash({
      name: 'sketch',
      options: { prompt: `a ${WORD}`, steps: 40 },
    });
    bench.discord.faults.contentRules.push({
      when: ({ text: said }) => said.includes(WORD),
      status: 400,
      code: 240_000,
      message: 'Message blocked by harmful links filter',
    });
    await asked.waitFor(({ content }) => content.includes('KSampler'));
    bench.discord.expireInteractionTokens();
    const reply = await asked.waitFor(done);
    expect(names(reply)).toEqual(['picture-1.png']);
    expect(reply.content).not.toContain(WORD);
  });

  it('tells an answer that may not be said there as just that', async () => {
    await bench.start();
    bench.discord.faults.blockWords(WORD);
    const guild = visit();
    const running = await ask(guild, 'sketch', { steps: 900 });
    await running.waitFor(({ content }) => content.includes('KSampler'));
    const queue = await bench.discord.slash({ name: 'queue', guild });
    const told = await queue.waitFor(({ ephemeral, loading }) => ephemeral && !loading);
    expect(told.content).toBe('The rules here don’t let me say that.');
    const nonsense = await ask(guild, 'sketch', { seed: WORD });
    const refused = await nonsense.waitFor(({ ephemeral, loading }) => ephemeral && !loading);
    expect(refused.content).toBe('The rules here don’t let me say that.');
  });

  it('says what the backend refused of a graph, where it took the rest', async () => {
    await bench.start();
    const options = { prompt: 'x', model: 'not-installed.safetensors' };
    const asked = await bench.discord.slash({ name: 'halves', options });
    const reply = await asked.waitFor(done);
    expect(reply.attachments).toHaveLength(1);
    expect(reply.content).toContain('Not made: "Large picture".');
  });

  it('gives an admin the result of a test run that only they see, without what is blocked', async () => {
    await bench.start();
    const admin = adminOf(() => bench.discord);
    const bytes = await readFile('test/fixtures/templates/sketch/workflow.json');
    const file = bench.discord.addAttachment({ name: 'a.json', contentType: 'application/json', bytes });
    const panel = await admin.ask('template', 'add', { file, name: 'fox' });
    bench.discord.faults.contentRules.push({
      when: ({ files }) => files.some((name) => name.includes('_0000')),
      status: 400,
      code: 200_000,
      message: 'Message was blocked by automatic moderation',
    });
    const test = await admin.press(panel, 'Test run');
    const trial = await test.waitFor(done);
    expect(trial.ephemeral).toBe(true);
    expect(names(trial)).toEqual(['picture-1.png']);
  });
});
