/** Slack's refusals of a final reply's content, with all of Easel behind it. */
import { describe, expect, it } from 'vitest';
import { QUIET, refusedReplies } from '../world/refused-replies.ts';

describe('a final reply that Slack refuses', () => {
  const { bench, sketch, done, calls, ended } = refusedReplies();

  it('for a file that it calls processed is said without it, and the picture stands in the thread', async () => {
    await bench.start();
    bench.slack.faults.distrustFiles = true;
    const reply = await sketch().waitFor(done);
    expect(reply.images).toEqual([]);
    expect(reply.visible).toContain('1 file in the thread');
    await ended();
    const [beside] = bench.slack.thread(reply.ts);
    expect(beside?.files.map(({ name }) => name)).toEqual(['sketch_00001_.png']);
    expect([calls('files.getUploadURLExternal'), calls('upload')]).toEqual([1, 1]);
    // its button is still there
    expect(reply.visible).toContain('Again');
  });

  it('for its blocks, whatever stands in them, becomes plain text with the picture beside it', async () => {
    await bench.start({}, QUIET);
    bench.slack.faults.refuse({
      method: 'chat.update',
      error: 'invalid_blocks',
      times: Infinity,
      when: ({ blocks }) => blocks !== undefined,
    });
    const reply = await sketch().waitFor(done);
    expect(reply.visible).toContain('a fox');
    await ended();
    expect(bench.slack.thread(reply.ts).flatMap(({ files }) => files)).toHaveLength(1);
    expect(calls('upload')).toBe(1);
    expect(calls('chat.update')).toBeLessThanOrEqual(6);
  });

  it('for every edit is a new message with all that there is, and the first one goes', async () => {
    await bench.start({}, QUIET);
    bench.slack.faults.refuse({ method: 'chat.update', error: 'invalid_arguments', times: Infinity });
    sketch();
    const reply = await bench.slack.waitForMessage(done);
    expect(reply.images).toHaveLength(1);
    expect(reply.visible).toContain('a fox');
    await ended();
    expect(bench.slack.messagesIn(bench.slack.channel.id)).toEqual([reply]);
    expect(calls('upload')).toBe(1);
  });

  it('goes to direct messages when the thread takes no files, uploaded once', async () => {
    await bench.start({}, QUIET);
    bench.slack.faults.distrustFiles = true;
    const channel = bench.slack.channel.id;
    bench.slack.faults.refuse({
      method: 'chat.update',
      error: 'posting_to_channel_denied',
      times: Infinity,
      when: (args) => args['file_ids'] !== undefined && args['channel'] === channel,
    });
    const reply = await sketch().waitFor(done);
    await ended();
    const direct = bench.slack.directMessages(bench.slack.person.id).flatMap(({ files }) => files);
    expect(direct).toHaveLength(1);
    expect(reply.images).toEqual([]);
    expect(calls('upload')).toBe(1);
  });

  it('is told in the thread when the picture is taken nowhere', async () => {
    await bench.start({}, QUIET);
    bench.slack.faults.distrustFiles = true;
    bench.slack.faults.refuse({
      method: 'chat.update',
      error: 'unable_to_share_files',
      times: Infinity,
      when: (args) => args['file_ids'] !== undefined,
    });
    const reply = await sketch().waitFor(done);
    await ended();
    expect(bench.slack.thread(reply.ts).at(-1)?.text).toContain('1 file couldn’t be attached here');
  });
});
