import { describe, expect, it } from 'vitest';
import type { FakeMessage } from '../fakes/discord/index.ts';
import { discordBench } from '../world/bench.ts';

const FOREVER = 1000;

describe('The queue on Discord', () => {
  const bench = discordBench({ stepMs: 20 });
  const done = (message: { content: string }) => message.content.includes('Done in');
  const running = (message: { content: string }) => /KSampler · \d+\//.test(message.content);
  const sketch = (prompt: string, more: { user?: string; guild?: string; steps?: number } = {}) => {
    const { steps = 5, ...actor } = more;
    return bench.discord.slash({ name: 'sketch', options: { prompt, steps }, ...actor });
  };
  const cancelButton = (message: FakeMessage) => String(message.buttons[0]?.custom_id);

  it('tells a waiting person their place and why they wait, then runs their job', async () => {
    await bench.start();
    const first = await sketch('first', { steps: FOREVER });
    const running1 = await first.waitFor(running);
    // longer than the second in which a place is told once
    const second = await sketch('second', { steps: 80 });
    const third = await sketch('third');
    await second.waitFor(({ content }) => content.includes('1st in line: you already have one running'));
    const waiting = await third.waitFor(({ content }) => content.includes('2nd in line'));

    const queue = await bench.discord.slash({ name: 'queue' });
    await queue.acknowledged;
    expect(queue.message()?.content).toMatch(
      /^1 running, 2 waiting\n• first .*KSampler.*\n• second .*1st in line.*\n• third .*2nd in line/,
    );

    await bench.discord.click({ message: running1, customId: cancelButton(running1) });
    await first.waitFor(({ content }) => content.includes('Cancelled'));
    await second.waitFor(done);
    await third.waitFor(done);
    expect(waiting.edits.some(({ content }) => content.includes('1st in line'))).toBe(true);
  });

  it('cancels a waiting job by its button, and never sends it to the backend', async () => {
    await bench.start();
    const first = await sketch('first', { steps: FOREVER });
    await first.waitFor(running);
    const second = await sketch('second');
    const waiting = await second.waitFor(({ content }) => content.includes('in line'));
    await bench.discord.click({ message: waiting, customId: cancelButton(waiting) });
    const gone = await second.waitFor(({ content }) => content.includes('Cancelled'));
    expect(gone.buttons).toEqual([]);
    expect(bench.sandbox.stats.submitted).toBe(1);
    await bench.discord.slash({ name: 'cancel' });
    await first.waitFor(({ content }) => content.includes('Cancelled'));
    expect(bench.sandbox.stats.runs).toEqual({ [Object.keys(bench.sandbox.stats.runs)[0] ?? '']: 1 });
  });

  it('lets only the owner or an admin cancel', async () => {
    await bench.start();
    const asked = await sketch('mine', { steps: FOREVER });
    const message = await asked.waitFor(running);
    const stranger = bench.discord.addUser();
    const press = await bench.discord.click({ message, customId: cancelButton(message), user: stranger.id });
    const refusal = await press.waitFor(({ content }) => content.includes('belongs to somebody else'));
    expect(refusal.ephemeral).toBe(true);
    expect(message.content).not.toContain('Cancelled');

    const manageGuild = 0x20n;
    await bench.discord.click({
      message,
      customId: cancelButton(message),
      user: stranger.id,
      memberPermissions: manageGuild,
    });
    await asked.waitFor(({ content }) => content.includes('Cancelled'));
  });

  it('offers a person their own jobs for /cancel', async () => {
    await bench.start();
    const first = await sketch('a red fox', { steps: FOREVER });
    await first.waitFor(running);
    const second = await sketch('a blue whale');
    await second.waitFor(({ content }) => content.includes('in line'));
    const [choice, ...others] = await bench.discord.autocomplete({
      name: 'cancel',
      focused: 'job',
      value: 'fox',
    });
    expect(others).toEqual([]);
    expect(choice?.name).toMatch(/^a red fox — \d+ %/);
    const cancel = await bench.discord.slash({ name: 'cancel', options: { job: String(choice?.value) } });
    await cancel.waitFor(({ content }) => content.includes('Cancelling "a red fox"'));
    await first.waitFor(({ content }) => content.includes('Cancelled'));
    await second.waitFor(done);

    const nothing = await bench.discord.slash({ name: 'cancel' });
    await nothing.waitFor(({ content }) => content.includes('nothing running or waiting'));
    const unknown = await bench.discord.slash({ name: 'cancel', options: { job: 'no such thing' } });
    await unknown.waitFor(({ content }) => content.includes('can’t find that job'));
  });

  it('serves a second guild before the first has had all its turns', async () => {
    await bench.start();
    const guild = bench.discord.addGuild();
    const busy = await Promise.all(
      [1, 2, 3, 4].map((n) => sketch(`busy ${n}`, { user: bench.discord.addUser().id })),
    );
    const other = await sketch('other', { guild: guild.id });
    await other.waitFor(done);
    const finished = busy.filter((asked) => done(asked.message() ?? { content: '' }));
    expect(finished.length).toBeLessThanOrEqual(2);
    await Promise.all(busy.map((asked) => asked.waitFor(done)));
  });

  it('refuses privately once a person has too many waiting', async () => {
    await bench.start();
    const first = await sketch('first', { steps: FOREVER });
    await first.waitFor(running);
    for (let n = 0; n < 10; n += 1) await (await sketch(`waiting ${n}`)).acknowledged;
    await bench.discord.until(
      () => bench.easel.logs.filter((line) => line.includes('job accepted')).length === 11,
    );
    const refused = await sketch('one too many');
    const refusal = await refused.waitFor(({ content }) =>
      content.includes('You already have 10 jobs waiting'),
    );
    expect(refusal.ephemeral).toBe(true);
  });
});
