/** The fake Slack's files: uploads in three steps, pictures in blocks, downloads. */
// the rule is about windows; Slack's method only has the same name
/* oxlint-disable unicorn/require-post-message-target-origin */
import type { webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeFile, type FakeSlack, startFakeSlack } from '../../fakes/slack/index.ts';
import { webClient } from '../../fakes/slack/real-bolt.ts';

let slack: FakeSlack;
let web: webApi.WebClient;
const bytes = Buffer.from('not really a png');

beforeEach(async () => {
  slack = await startFakeSlack();
  web = webClient(slack);
});

afterEach(async () => {
  await slack.stop();
});

/** The first two steps. */
async function upload(name = 'fox.png', sent = bytes): Promise<{ id: string; status: number }> {
  const { upload_url: url = '', file_id: id = '' } = await web.files.getUploadURLExternal({
    filename: name,
    length: bytes.length,
  });
  const { status } = await fetch(url, { method: 'POST', body: new Uint8Array(sent) });
  return { id, status };
}

async function complete(id: string): Promise<FakeFile> {
  await web.files.completeUploadExternal({ files: [{ id, title: 'A fox' }] });
  const file = slack.files.get(id);
  if (!file) throw new Error(`there is no file ${id}`);
  return file;
}

const picture = (id: string) => ({
  channel: slack.channel.id,
  text: 'a fox',
  blocks: [{ type: 'image', alt_text: 'a fox', slack_file: { id } }],
});

describe('an upload', () => {
  it('can be a picture once Slack has processed it, not before', async () => {
    slack.faults.holdFiles = true;
    const { id } = await upload();
    const file = await complete(id);
    const before = await web.files.info({ file: id });
    expect(before.file).toMatchObject({ id, mimetype: '', filetype: '', title: 'A fox' });
    await expect(web.chat.postMessage(picture(id))).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: {
          messages: [expect.stringMatching(/invalid slack file.*\/blocks\/0\/slack_file/)],
        },
      },
    });
    expect(slack.violations.splice(0)).toHaveLength(1);
    slack.releaseFiles();
    await slack.until(() => file.processed);
    const after = await web.files.info({ file: id });
    expect(after.file).toMatchObject({ mimetype: 'image/png', thumb_64: expect.any(String) });
    await web.chat.postMessage(picture(id));
    expect(slack.messagesIn(slack.channel.id)[0]?.images).toEqual([file]);
    expect(slack.violations).toEqual([]);
  });

  it('appears in a thread when it is completed with a channel', async () => {
    const root = slack.say({ text: 'please' });
    const { id } = await upload('fox.mp4');
    await web.files.completeUploadExternal({
      files: [{ id }],
      channel_id: slack.channel.id,
      thread_ts: root.ts,
      initial_comment: 'a film',
    });
    const message = await slack.waitForMessage((one) => one.files.length === 1);
    expect(message).toMatchObject({ text: 'a film', threadTs: root.ts });
    expect(message.files[0]?.bytes.equals(bytes)).toBe(true);
    expect(slack.violations).toEqual([]);
  });

  it('works through the library’s own helper', async () => {
    await web.filesUploadV2({ file: bytes, filename: 'fox.png', channel_id: slack.channel.id });
    const message = await slack.waitForMessage((one) => one.files.length === 1);
    expect(message.files[0]?.bytes.equals(bytes)).toBe(true);
    expect(slack.violations).toEqual([]);
  });

  it('is refused out of order', async () => {
    const { file_id: id = '' } = await web.files.getUploadURLExternal({ filename: 'a.png', length: 3 });
    await expect(web.files.completeUploadExternal({ files: [{ id }] })).rejects.toThrow('file_not_found');
    const twice = await upload();
    await complete(twice.id);
    await expect(web.files.completeUploadExternal({ files: [{ id: twice.id }] })).rejects.toThrow(
      'file_update_failed',
    );
    expect((await upload('b.png', Buffer.from('short'))).status).toBe(400);
    await expect(web.files.getUploadURLExternal({ filename: 'a', length: 0 })).rejects.toThrow(
      'invalid_arguments',
    );
    expect(slack.violations).toHaveLength(4);
  });

  it('cannot be shown as a picture when it is none', async () => {
    const { id } = await upload('fox.mp4');
    const file = await complete(id);
    await slack.until(() => file.processed);
    await expect(web.chat.postMessage(picture(id))).rejects.toThrow('invalid_blocks');
    await expect(web.chat.postMessage(picture('nonsense'))).rejects.toThrow('invalid_blocks');
    expect(slack.violations).toHaveLength(2);
  });

  it('can be deleted', async () => {
    const { id } = await upload();
    await complete(id);
    await web.files.delete({ file: id });
    await expect(web.files.info({ file: id })).rejects.toThrow('file_deleted');
    expect(slack.violations).toEqual([]);
  });
});

describe('a download', () => {
  it('needs the bot token, else it is a login page', async () => {
    const file = slack.addFile({ name: 'in.png', bytes });
    const headers = { authorization: `Bearer ${slack.botToken}` };
    const good = await fetch(file.urlPrivate, { headers });
    expect(Buffer.from(await good.arrayBuffer()).equals(bytes)).toBe(true);
    expect(good.headers.get('content-type')).toBe('image/png');
    expect(slack.violations).toEqual([]);
    const bad = await fetch(file.urlPrivate);
    expect([bad.status, bad.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(slack.violations).toHaveLength(1);
  });

  it('can fail', async () => {
    const file = slack.addFile({ name: 'in.png', bytes });
    slack.faults.httpError({ method: 'download', status: 500 });
    const headers = { authorization: `Bearer ${slack.botToken}` };
    expect((await fetch(file.urlPrivate, { headers })).status).toBe(500);
    expect((await fetch(file.urlPrivate, { headers })).status).toBe(200);
    expect(slack.violations).toEqual([]);
  });
});
