import { describe, expect, it } from 'vitest';
import { slackBench } from '../world/slack-bench.ts';

describe('Bad input and bad luck on Slack', () => {
  const bench = slackBench('socket', { stepMs: 20 });
  const done = (message: { visible: string }) => message.visible.includes('Done in');
  const running = (message: { visible: string }) => message.visible.includes('KSampler');
  const sketch = (text = 'a fox') => bench.slack.command({ command: '/sketch', text });
  const privately = (words: string) => (message: { ephemeral: boolean; text: string }) =>
    message.ephemeral && message.text.includes(words);

  it.each([
    ['a fox --steps 5000', '"steps" must be between 1 and 1000'],
    ['a fox stepz:3', 'Did you mean steps:3?'],
    ['a fox --seed -1', '"seed" must be between 0 and'],
  ])('refuses %s privately', async (text, words) => {
    await bench.start();
    await sketch(text).waitFor(privately(words));
    expect(bench.sandbox.stats.submitted).toBe(0);
  });

  it('does nothing twice when Slack delivers twice', async () => {
    await bench.start();
    const asked = bench.slack.mention({ text: `<@${bench.slack.botUserId}> sketch a fox` });
    await bench.slack.redeliver(asked);
    await asked.waitFor(done);
    const command = sketch();
    await bench.slack.redeliver(command);
    await command.waitFor(done);
    await expect.poll(() => bench.easel.logs.filter((line) => line.includes('job ended')).length).toBe(2);
    expect(bench.sandbox.stats.submitted).toBe(2);
  });

  it('answers directly, and says why, where it is no member of a private channel', async () => {
    await bench.start();
    const closed = bench.slack.addChannel({ private: true, botIsMember: false });
    bench.slack.command({ command: '/sketch', text: 'a fox', channel: closed.id });
    const reply = await bench.slack.waitForMessage(done);
    const direct = bench.slack.directMessages(bench.slack.person.id);
    expect(direct).toContain(reply);
    expect(direct.some(({ text }) => text.includes('I’m not in that channel'))).toBe(true);
  });

  it('brings the result directly when the channel was archived meanwhile', async () => {
    await bench.start();
    const asked = sketch('a fox --steps 40');
    await asked.waitFor(running);
    bench.slack.channel.archived = true;
    const reply = await bench.slack.until(() => bench.slack.directMessages(bench.slack.person.id).find(done));
    expect(reply.images).toHaveLength(1);
  });

  it('says it anew when the reply was deleted', async () => {
    await bench.start();
    const asked = sketch('a fox --steps 40');
    const first = await asked.waitFor(running);
    bench.slack.deleteMessage(first);
    const reply = await bench.slack.waitForMessage(done);
    expect(reply.ts).not.toBe(first.ts);
  });

  it('brings the final state through rate limits, and keeps other calls going meanwhile', async () => {
    await bench.start();
    const asked = sketch('a fox --steps 40');
    await asked.waitFor(running);
    bench.slack.faults.rateLimit({ method: 'chat.update', times: 2, retryAfter: 1 });
    await bench.slack.until(() => bench.slack.counts.rateLimited > 0);
    const help = bench.slack.command({ command: '/easel', text: 'help' });
    await help.waitFor(({ ephemeral }) => ephemeral);
    expect(asked.messages.some(done)).toBe(false);
    const reply = await asked.waitFor(done);
    expect(reply.images).toHaveLength(1);
  });

  it('waits as long as Slack says before it begins, and says nothing of it', async () => {
    await bench.start();
    bench.slack.faults.rateLimit({ method: 'chat.postMessage', retryAfter: 1 });
    const reply = await sketch().waitFor(done);
    expect(reply.images).toHaveLength(1);
  });

  it('tells nobody in the queue what was asked in another channel', async () => {
    await bench.start();
    const secret = bench.slack.addChannel({ private: true });
    bench.slack.command({ command: '/sketch', text: 'secret merger logo --steps 900', channel: secret.id });
    await bench.slack.waitForMessage(running);
    const stranger = bench.slack.addUser({ name: 'eve' });
    const queue = bench.slack.command({ command: '/easel', text: 'queue', user: stranger.id });
    const told = await queue.waitFor(({ ephemeral }) => ephemeral);
    expect(told.text).toContain('(in another channel)');
    expect(told.text).not.toContain('merger');
    bench.slack.command({ command: '/easel', text: 'cancel merger' });
    await bench.slack.waitForMessage(({ visible }) => visible.includes('Cancelled'));
  });

  it('explains an expired trigger and a missing scope', async () => {
    await bench.start();
    bench.slack.faults.refuse({ method: 'views.open', error: 'expired_trigger_id' });
    await sketch('').waitFor(privately('isn’t available any more'));
    bench.slack.faults.refuse({
      method: 'views.open',
      error: 'missing_scope',
      fields: { needed: 'commands' },
    });
    await sketch('').waitFor(privately('the app lacks the scope "commands"'));
  });

  it('says in the reply when Slack does not take the picture', async () => {
    await bench.start();
    const fields = { needed: 'files:write' };
    bench.slack.faults.refuse({ method: 'files.getUploadURLExternal', error: 'missing_scope', fields });
    const reply = await sketch().waitFor(done);
    expect(reply.visible.replaceAll('\u2060', '')).toContain(
      'Slack didn’t accept "sketch_00001_.png" (missing_scope)',
    );
    expect(bench.easel.logs.join('')).toContain('missing_scope');
  });

  it('is not ready any more when its token is withdrawn, and stays alive', async () => {
    // without the page nothing else takes traffic
    await bench.start({ HOST: '0.0.0.0' });
    const ready = async () => (await fetch(`http://127.0.0.1:${bench.easel.app.port}/readyz`)).status;
    expect(await ready()).toBe(200);
    await bench.slack.uninstall().acknowledged;
    await expect.poll(ready).toBe(503);
    expect(bench.easel.logs.join('')).toContain('Easel was removed from the workspace');
  });

  it('comes back after the socket was dropped', async () => {
    await bench.start();
    bench.slack.socket.drop();
    await bench.slack.connected();
    await sketch().waitFor(done);
  });
});

describe('Twenty-five jobs at once on Slack', () => {
  const bench = slackBench('socket', { dialect: 'cloud', apiKey: 'key', parallel: 25, stepMs: 300 });

  it('share one budget: every reply lives, nobody starves, and every final state arrives', async () => {
    // Easel keeps to 55 a second here, where the jobs would like a thousand; what bunches up on the way is allowed for
    bench.slack.settings.updateBudget = { calls: 90, windowMs: 1000 };
    await bench.start({ COMFY_API_KEY: 'key', COMFY_CONCURRENCY: '25', GUILD_CONCURRENCY: '25' });
    for (let n = 0; n < 25; n += 1)
      bench.slack.command({
        command: '/sketch',
        text: `job ${n} --steps 8`,
        user: bench.slack.addUser({ name: `p${n}` }).id,
      });
    const replies = await bench.slack.until(() => {
      const finished = bench.slack
        .messagesIn(bench.slack.channel.id)
        .filter(({ visible, images }) => visible.includes('Done in') && images.length === 1);
      return finished.length === 25 && finished;
    }, 50_000);
    const liveEdits = replies.map(({ edits }) => edits.filter(({ text }) => /\d %/.test(text)).length);
    // on a busy machine a run may be over before its turn comes
    expect(liveEdits.filter((count) => count > 0).length).toBeGreaterThanOrEqual(20);
    expect(bench.slack.counts.rateLimited).toBe(0);
    expect(bench.sandbox.stats.mostAtOnce).toBeGreaterThan(12);
  }, 60_000);
});
