import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stored } from '../../../../fakes/disk.ts';
import {
  isProcessed,
  isShared,
  shareFile,
  uploadFile,
  type UploadOptions,
} from '../../../../../src/platforms/slack/replies/files.ts';
import { Refused } from '../../../../../src/core/errors.ts';
import { blameOf, isPassing, judged, slackError } from '../../../../../src/platforms/slack/errors.ts';
import { createManualClock, JUMPS, type ManualClock } from '../../../../fakes/manual-clock.ts';
import { startFakeSlack, type FakeSlack } from '../../../../fakes/slack/index.ts';
import { webClient } from '../../../../fakes/slack/real-bolt.ts';
import { until } from '../../../../fakes/until.ts';

let slack: FakeSlack;
let clock: ManualClock;
let stop: AbortController;
beforeEach(async () => {
  slack = await startFakeSlack();
  clock = createManualClock();
  stop = new AbortController();
});
afterEach(() => slack.stop());

const options = (): UploadOptions => ({
  client: webClient(slack),
  clock,
  signal: stop.signal,
  processingMs: 2000,
  pollMs: 700,
});
const file = (name: string, content = name) =>
  stored({ name, type: 'image/png', bytes: new TextEncoder().encode(content) });
const calls = (): string[] => slack.requests.map(({ method }) => method.replace('files.', ''));

describe('a picture', () => {
  it('is asked for, sent and completed, in this order, and shown nowhere yet', async () => {
    const id = await uploadFile(await file('fox.png', 'the bytes'), options());
    expect(calls()).toEqual(['getUploadURLExternal', 'upload', 'completeUploadExternal']);
    expect(slack.files.get(id)).toMatchObject({
      name: 'fox.png',
      title: 'fox.png',
      state: 'complete',
      shares: [],
    });
    expect(String(slack.files.get(id)?.bytes)).toBe('the bytes');
    expect(slack.messages).toEqual([]);
    expect(slack.violations).toEqual([]);
  });

  it('may stand in a block once Slack has processed it', async () => {
    slack.faults.holdFiles = true;
    const id = await uploadFile(await file('fox.png'), options());
    const processed = isProcessed(id, options());
    await until(() => clock.sleeping === 1);
    slack.releaseFiles();
    clock.advance(700);
    expect(await processed).toBe(true);
    expect(clock.sleeps).toEqual([700]);
    const blocks = [{ type: 'image' as const, slack_file: { id }, alt_text: 'a fox' }];
    await webClient(slack).chat.postMessage({ channel: slack.channel.id, text: 'a fox', blocks });
    expect(slack.violations).toEqual([]);
  });

  it('is not waited for beyond the time that it has', async () => {
    slack.faults.holdFiles = true;
    const id = await uploadFile(await file('fox.png'), options());
    const processed = isProcessed(id, options());
    for (let n = 1; n <= 3; n += 1) {
      await until(() => clock.sleeps.length === n && clock.sleeping === 1);
      clock.advance(700);
    }
    expect(await processed).toBe(false);
    expect(slack.requestsTo('files.info')).toHaveLength(4);
    expect(clock.sleeping).toBe(0);
  });

  it.each(JUMPS)('is waited for as long also when the wall clock jumps by %i ms', async (jump) => {
    slack.faults.holdFiles = true;
    const id = await uploadFile(await file('fox.png'), options());
    const processed = isProcessed(id, options());
    for (let n = 1; n <= 3; n += 1) {
      await until(() => clock.sleeps.length === n && clock.sleeping === 1);
      if (n === 2) clock.jump(jump);
      clock.advance(700);
    }
    expect(await processed).toBe(false);
    expect(slack.requestsTo('files.info')).toHaveLength(4);
  });

  it('is not waited for when the delivery is called off', async () => {
    slack.faults.holdFiles = true;
    const id = await uploadFile(await file('fox.png'), options());
    const processed = isProcessed(id, options());
    await until(() => clock.sleeping === 1);
    stop.abort(new Error('called off'));
    await expect(processed).rejects.toThrow('called off');
    expect(clock.sleeping).toBe(0);
  });

  it('that turns out to be none can stand in no block', async () => {
    const id = await uploadFile(await file('fox.txt'), options());
    await slack.until(() => slack.files.get(id)?.processed);
    const processed = isProcessed(id, { ...options(), processingMs: 0 });
    expect(await processed).toBe(false);
  });
});

describe('files in a thread', () => {
  const noted = async () => undefined;

  it('are messages of their own there', async () => {
    const root = slack.say({ text: 'draw!' });
    const conversation = { channel: slack.channel.id, thread: root.ts };
    for (const name of ['a.png', 'b.mp4', 'c.txt'])
      await shareFile(await file(name), conversation, noted, options());
    await slack.until(() => slack.thread(root.ts).length === 3);
    const names = slack.thread(root.ts).flatMap(({ files }) => files.map(({ name }) => name));
    expect(names.toSorted()).toEqual(['a.png', 'b.mp4', 'c.txt']);
    const titles = slack.requestsTo('files.completeUploadExternal').map(({ args }) => args['files']);
    expect(titles).toMatchObject([[{ title: 'a.png' }], [{ title: 'b.mp4' }], [{ title: 'c.txt' }]]);
    expect(slack.violations).toEqual([]);
  });

  it('are known before anybody sees them, and tell whether anybody does', async () => {
    const root = slack.say({ text: 'draw!' });
    const conversation = { channel: slack.channel.id, thread: root.ts };
    let id = '';
    const before = async (known: string) => {
      id = known;
      expect(await isShared(id, options())).toBe(false);
    };
    slack.faults.cutConnection({ method: 'files.completeUploadExternal', after: true });
    await expect(shareFile(await file('a.png'), conversation, before, options())).rejects.toThrow(
      'request error',
    );
    await slack.until(() => slack.thread(root.ts).length === 1);
    expect(await isShared(id, options())).toBe(true);
    expect(await isShared('F0000000000', options())).toBe(false);
    slack.violations.length = 0;
  });
});

describe('a failure of an upload', () => {
  it('that passes is got over', async () => {
    const patient = { ...options(), clock: createManualClock(0, { skipping: true }) };
    slack.faults.httpError({ method: 'upload', status: 502 });
    slack.faults.cutConnection({ method: 'files.completeUploadExternal', after: true });
    expect(await uploadFile(await file('fox.png'), patient)).toMatch(/^F/);
  });

  it.each(['files.getUploadURLExternal', 'files.completeUploadExternal'])('at %s is told', async (method) => {
    slack.faults.refuse({ method, error: 'storage_limit_reached' });
    await expect(uploadFile(await file('fox.png'), options())).rejects.toMatchObject({
      data: { error: 'storage_limit_reached' },
    });
  });

  it.each([400, 403, 413])(
    'at the address itself is final with HTTP %i: it is not the time',
    async (status) => {
      slack.faults.httpError({ method: 'upload', status, times: Infinity });
      const error = await uploadFile(await file('fox.png'), options()).catch((thrown: unknown) => thrown);
      expect(slackError(error)).toEqual({ code: `HTTP ${status}`, next: 'files', revoked: false });
      expect(isPassing(error)).toBe(false);
      expect(blameOf(error, true)).toBe('files');
      expect(judged(error)).toBeInstanceOf(Refused);
      expect(slack.requestsTo('upload')).toHaveLength(1);
    },
  );

  it.each([408, 429])('at the address itself passes with HTTP %i', async (status) => {
    const patient = { ...options(), clock: createManualClock(0, { skipping: true }) };
    slack.faults.httpError({ method: 'upload', status, times: 2 });
    expect(await uploadFile(await file('fox.png'), patient)).toMatch(/^F/);
    expect(slack.requestsTo('upload')).toHaveLength(3);
  });

  it('at the address itself is told without naming the address', async () => {
    const patient = { ...options(), clock: createManualClock(0, { skipping: true }) };
    slack.faults.httpError({ method: 'upload', status: 507, times: 3 });
    const error = await uploadFile(await file('fox.png'), patient).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('HTTP 507');
    slack.faults.cutConnection({ method: 'upload', times: 3 });
    const cut = await uploadFile(await file('fox.png'), patient).catch((thrown: unknown) => thrown);
    expect(cut).toBeInstanceOf(Error);
    for (const one of [error, cut]) {
      const whole = JSON.stringify(one, Object.getOwnPropertyNames(one)) + String((one as Error).cause);
      expect(whole).not.toContain('/upload/');
      expect(whole).not.toContain(slack.botToken);
    }
    expect(slack.requestsTo('files.completeUploadExternal')).toEqual([]);
  });

  it('leaves a hanging upload when the delivery is called off', async () => {
    slack.faults.hang({ method: 'upload' });
    const upload = uploadFile(await file('fox.png'), options());
    await slack.until(() => slack.requestsTo('upload').length === 1);
    stop.abort(new Error('called off'));
    await expect(upload).rejects.toThrow('called off');
  });

  it.each(['files.getUploadURLExternal', 'files.completeUploadExternal'])(
    'with a rate limit at %s is made good after the time that Slack says',
    async (method) => {
      slack.faults.rateLimit({ method, retryAfter: 3 });
      const upload = uploadFile(await file('fox.png'), options());
      await until(() => clock.sleeping === 1);
      expect(clock.sleeps).toEqual([3000]);
      clock.advance(3000);
      expect(slack.files.get(await upload)?.state).toBe('complete');
    },
  );

  it('with a rate limit that does not end is told in the end', async () => {
    clock = createManualClock(0, { skipping: true });
    slack.faults.rateLimit({ method: 'files.getUploadURLExternal', times: Infinity });
    await expect(uploadFile(await file('fox.png'), options())).rejects.toMatchObject({ retryAfter: 1 });
    expect(clock.sleeps).toHaveLength(4);
  });
});
