/** The button "Again" on Slack: where the other reply stands, and who hears why there is none. */
import { describe, expect, it } from 'vitest';
import { createSlackAdmin } from '../world/slack-admin.ts';
import { slackBench } from '../world/slack-bench.ts';

describe('Again on Slack', () => {
  const bench = slackBench('socket', { stepMs: 5 });
  const done = (message: { visible: string }) => message.visible.includes('Done in');

  it('answers in the same thread, and once, whoever presses it', async () => {
    await bench.start();
    const { slack } = bench;
    const begin = slack.say({ text: 'what shall we draw?' });
    const asked = slack.mention({ text: `<@${slack.botUserId}> sketch a fox`, threadTs: begin.ts });
    const reply = await asked.waitFor(done);
    const other = slack.addUser({ name: 'bo' });
    const pressed = slack.click({ message: reply, actionId: 'again', user: other.id });
    await slack.redeliver(pressed);
    const again = await pressed.waitFor((message) => message !== reply && done(message));
    expect(again.threadTs).toBe(begin.ts);
    await expect.poll(() => bench.easel.logs.filter((line) => line.includes('job ended')).length).toBe(2);
    expect(bench.sandbox.stats.submitted).toBe(2);
    expect(reply.images).toHaveLength(1);
  });

  it('answers beside it where people have begun to talk below it', async () => {
    await bench.start();
    const { slack } = bench;
    const reply = await slack.command({ command: '/sketch', text: 'a fox' }).waitFor(done);
    slack.say({ text: 'lovely!', threadTs: reply.ts });
    const pressed = slack.click({ message: reply, actionId: 'again' });
    const again = await pressed.waitFor((message) => message !== reply && done(message));
    expect(again.threadTs).toBeUndefined();
  });

  it('is refused in private, and posts nothing', async () => {
    await bench.start();
    const { slack } = bench;
    const reply = await slack.command({ command: '/sketch', text: 'a fox' }).waitFor(done);
    const admin = createSlackAdmin(bench, slack.addUser({ name: 'root', isAdmin: true }));
    await admin.says('template disable sketch', 'sketch');
    const before = slack.messagesIn(slack.channel.id).filter(({ ephemeral }) => !ephemeral).length;
    const pressed = slack.click({ message: reply, actionId: 'again' });
    await pressed.waitFor(({ ephemeral, text }) => ephemeral && text.includes('is switched off here'));
    expect(slack.messagesIn(slack.channel.id).filter(({ ephemeral }) => !ephemeral)).toHaveLength(before);
    expect(bench.sandbox.stats.submitted).toBe(1);
  });
});
