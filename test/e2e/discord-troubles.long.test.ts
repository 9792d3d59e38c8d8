import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { FakeInteraction } from '../fakes/discord/index.ts';
import { until } from '../fakes/until.ts';
import { discordBench } from '../world/bench.ts';

describe('Bad input and bad luck on Discord', () => {
  const bench = discordBench({ stepMs: 20 });
  const done = (message: { content: string }) => message.content.includes('Done in');
  const running = (message: { content: string }) => /KSampler · \d+\//.test(message.content);
  const sketch = (options: Record<string, string | number> = {}) =>
    bench.discord.slash({ name: 'sketch', options: { prompt: 'a fox', ...options } });
  const says = (asked: FakeInteraction, words: string) =>
    asked.waitFor(({ content }) => content.includes(words));
  const stillWorks = async () => {
    const next = await sketch();
    await next.waitFor(done);
  };

  it('refuses a seed that is none, privately and before anything is queued', async () => {
    await bench.start();
    const asked = await sketch({ seed: 'lucky' });
    const refusal = await says(asked, '"seed" must be a whole number');
    expect(refusal.ephemeral).toBe(true);
    expect(bench.sandbox.stats.submitted).toBe(0);
    await stillWorks();
  });

  it('keeps every digit of the largest seed', async () => {
    await bench.start();
    const asked = await sketch({ seed: '18446744073709551615' });
    const reply = await asked.waitFor(done);
    expect(reply.content).toContain('seed **18446744073709551615**');
    expect(bench.sandbox.stats.bodies.at(-1)).toMatchObject({
      prompt: { 3: { inputs: { seed: 18446744073709551615n } } },
    });
  });

  it('refuses an attachment that is no image, whatever it is called, and leaves nothing for others to see', async () => {
    await bench.start();
    const image = bench.discord.addAttachment({
      name: 'cat.png',
      contentType: 'image/png',
      bytes: Buffer.from('<html>'),
    });
    const asked = await bench.discord.slash({ name: 'photo', options: { image } });
    const refusal = await says(asked, 'needs a picture (PNG, JPEG, WebP, GIF, AVIF, HEIC, or TIFF)');
    expect(refusal.ephemeral).toBe(true);
    expect(bench.discord.messagesIn(bench.discord.channel.id).every(({ ephemeral }) => ephemeral)).toBe(true);
    await stillWorks();
  });

  it('fetches attachments from Discord only', async () => {
    await bench.start();
    const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const asks = () => bench.sandbox.stats.requests['GET /prompt'] ?? 0;
    const before = asks();
    const url = `${bench.sandbox.url}/prompt`;
    const image = bench.discord.addAttachment({ name: 'cat.png', contentType: 'image/png', bytes, url });
    const asked = await bench.discord.slash({ name: 'photo', options: { image } });
    await says(asked, 'couldn’t get the picture');
    expect(asks()).toBe(before);
  });

  it('says which model is missing', async () => {
    await bench.start();
    const asked = await bench.discord.slash({ name: 'absent', options: { prompt: 'x' } });
    await says(asked, '"not-installed.safetensors" for "ckpt\\_name"');
    await stillWorks();
  });

  it('acknowledges at once although the backend never answers, then says so', async () => {
    await bench.start();
    bench.sandbox.faults.http.push({ route: 'POST /prompt', times: 3, answer: { status: 503, body: 'no' } });
    const asked = await sketch();
    await asked.acknowledged;
    expect(asked.ackMs).toBeLessThan(1000);
    await says(asked, 'Please try again');
    await stillWorks();
  });

  it('tells people of what stands in front of the backend, without its address and without a variable', async () => {
    await bench.start();
    const body = '<html><title>403 Forbidden</title></html>';
    const answer = { status: 403, body, contentType: 'text/html' };
    bench.sandbox.faults.http.push({ route: 'POST /prompt', times: 1, answer });
    const asked = await sketch();
    const reply = await says(asked, 'won’t let me in. The person who runs me needs to look at it.');
    expect(reply.content).not.toMatch(/127\.0\.0\.1|COMFY_|plan/);
    await stillWorks();
  });

  it('waits for a backend that is down, says since when, and goes on when it is back', async () => {
    await bench.start();
    bench.sandbox.faults.http.push({ route: /./, answer: 'reset' });
    const asked = [await sketch(), await sketch(), await sketch()];
    await asked[0]?.waitFor(({ content }) =>
      /not been answering since <t:\d+:t>\. I’ll keep trying/.test(content),
    );
    await asked[2]?.waitFor(({ content }) => content.includes('this continues automatically'));
    bench.sandbox.faults.http.length = 0;
    for (const one of asked) await one.waitFor(done);
    await stillWorks();
  });

  it('confirms a cancel at once while the backend is away, and carries it out when it is back', async () => {
    await bench.start();
    const asked = await sketch({ steps: 1000 });
    await asked.waitFor(running);
    bench.sandbox.faults.http.push({ route: /./, answer: 'reset' });
    Object.assign(bench.sandbox.faults.socket, { silent: true, refuse: true });
    const held = await asked.waitFor(({ content }) => content.includes('I’ll keep trying'));
    await bench.discord.click({ message: held, customId: String(held.buttons[0]?.custom_id) });
    await asked.waitFor(({ content }) => content.includes('Cancelled. The backend can’t be reached'));
    expect(bench.sandbox.stats.requests['POST /jobs/{id}/cancel'] ?? 0).toBe(0);
    bench.sandbox.faults.http.length = 0;
    Object.assign(bench.sandbox.faults.socket, { silent: false, refuse: false });
    await stillWorks();
    expect(Object.values(bench.sandbox.stats.runs)).toEqual([1, 1]);
  });

  it('brings every result when Discord is back, through a restart, and fetches none twice', async () => {
    await bench.start();
    const asked = [await sketch({ steps: 5 }), await sketch({ steps: 5 })];
    for (const one of asked) await one.acknowledged;
    bench.discord.faults.serverError({ status: 500, times: Infinity });
    await until(() => bench.sandbox.stats.views === 2);
    await until(() => bench.easel.logs.some((line) => line.includes('"held":"discord"')));
    await bench.easel.stop();
    bench.discord.faults.clear();
    // it can start, and cannot reply
    bench.discord.faults.serverError({ path: /^\/(webhooks|channels)\//, status: 502, times: Infinity });
    await bench.start();
    await until(() => bench.easel.logs.some((line) => line.includes('reply failed, trying again')));
    bench.discord.faults.clear();
    for (const one of asked) expect((await one.waitFor(done)).attachments).toHaveLength(1);
    expect(bench.sandbox.stats.views).toBe(2);
    expect(Object.values(bench.sandbox.stats.runs)).toEqual([1, 1]);
  });

  it('does not run a job twice when the answer to its submission is lost', async () => {
    await bench.start();
    bench.sandbox.faults.http.push({ route: 'POST /prompt', times: 1, answer: 'lose' });
    const asked = await sketch();
    await asked.waitFor(done);
    expect(Object.values(bench.sandbox.stats.runs)).toEqual([1]);
  });

  it('runs a job again when the backend was restarted under it', async () => {
    await bench.start();
    const asked = await sketch({ steps: 60 });
    await asked.waitFor(running);
    await bench.sandbox.restart();
    const reply = await asked.waitFor(done);
    expect(reply.attachments).toHaveLength(1);
    expect(bench.sandbox.stats.submitted).toBe(2);
  });

  it('brings the picture although the socket says nothing', async () => {
    await bench.start();
    bench.sandbox.faults.socket.silent = true;
    const asked = await sketch();
    const reply = await asked.waitFor(done);
    expect(reply.attachments).toHaveLength(1);
  });

  it('is not confused by garbage, strangers and frames cut in half', async () => {
    await bench.start();
    Object.assign(bench.sandbox.faults.socket, { garbage: true, strangers: true, cutBinary: true });
    const asked = await sketch();
    const reply = await asked.waitFor(done);
    expect(reply.attachments).toHaveLength(1);
  });

  it('says that a picture is gone when the backend no longer has it', async () => {
    await bench.start();
    bench.sandbox.faults.forgetFiles = true;
    const asked = await sketch();
    await says(asked, 'no longer has');
    bench.sandbox.faults.forgetFiles = false;
    await stillWorks();
  });

  it('has a picture made again that the backend remembers and somebody has deleted', async () => {
    await bench.start();
    await (await sketch({ seed: '7' })).waitFor(done);
    bench.sandbox.removeOutputs();
    const reply = await (await sketch({ seed: '7' })).waitFor(done);
    expect(reply.attachments).toHaveLength(1);
    expect(reply.content).toContain('The backend had deleted one of its files, so I had it made again');
    expect(reply.content).toContain('seed **7**');
    expect(bench.sandbox.stats.submitted).toBe(3);
  });

  it('edits the message itself once the interaction has expired', async () => {
    await bench.start();
    const asked = await sketch({ steps: 30 });
    await asked.waitFor(running);
    bench.discord.expireInteractionTokens();
    const reply = await asked.waitFor(done);
    expect(reply.attachments).toHaveLength(1);
    expect(asked.followUps).toEqual([]);
  });

  it.each([
    [30_046, 'too old to edit'],
    [50_083, 'in an archived thread'],
  ])('writes a new message when the reply is %i, %s', async (code) => {
    await bench.start();
    const asked = await sketch({ steps: 30 });
    const first = await asked.waitFor(running);
    bench.discord.expireInteractionTokens();
    bench.discord.faults.refuse({
      method: 'PATCH',
      path: /^\/channels/,
      times: 100,
      status: 400,
      code,
      message: 'no',
    });
    const reply = await bench.discord.waitForMessage(done);
    expect(reply.id).not.toBe(first.id);
  });

  it('says so when the picture cannot be delivered at all', async () => {
    await bench.start();
    const asked = await sketch({ steps: 10 });
    // every way refuses, as long as there are files
    bench.discord.faults.uploadCeiling = { bytes: 0, answer: 'json' };
    const reply = await asked.waitFor(({ content }) => /too large for this chat/.test(content));
    expect(reply.buttons.map(({ label }) => label)).not.toContain('Cancel');
  });

  it('writes a new message when the reply was deleted', async () => {
    await bench.start();
    const asked = await sketch({ steps: 30 });
    const first = await asked.waitFor(running);
    bench.discord.deleteMessage(first);
    const reply = await bench.discord.waitForMessage(done);
    expect(reply.id).not.toBe(first.id);
    expect(reply.channelId).toBe(first.channelId);
    expect(reply.attachments).toHaveLength(1);
  });

  it('goes to direct messages when the channel is closed to it', async () => {
    await bench.start();
    const asked = await sketch({ steps: 30 });
    const first = await asked.waitFor(running);
    bench.discord.deleteMessage(first);
    bench.discord.faults.forbiddenChannels.set(first.channelId, 50_001);
    const reply = await bench.discord.waitForMessage(done);
    expect(bench.discord.directMessages(bench.discord.person.id)).toContain(reply);
    expect(reply.buttons).toEqual([]);
  });

  it('brings the final reply through rate limits and server errors', async () => {
    await bench.start();
    const asked = await sketch({ steps: 20 });
    await asked.waitFor(running);
    bench.discord.faults.rateLimit({ method: 'PATCH', times: 3 });
    bench.discord.faults.serverError({ method: 'PATCH', times: 5 });
    const reply = await asked.waitFor(done);
    expect(reply.attachments).toHaveLength(1);
  });
});
