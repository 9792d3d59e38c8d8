/** A restart in the middle of a final reply whose content Slack refuses. */
import { describe, expect, it } from 'vitest';
import { QUIET, refusedReplies } from '../world/refused-replies.ts';

describe('a final reply that Slack refuses', () => {
  const { bench, sketch, done, calls, ended } = refusedReplies();
  const pictures = () =>
    bench.slack.messages
      .filter(({ deleted }) => !deleted)
      .flatMap(({ images, files }) => [...images, ...files]);

  it('uploads nothing again after a restart', async () => {
    await bench.start({}, QUIET);
    bench.slack.faults.refuse({ method: 'chat.update', error: 'internal_error', times: Infinity });
    const asked = sketch();
    await asked.acknowledged;
    await bench.slack.until(() => calls('chat.update') > 3);
    await bench.easel.stop();
    bench.slack.faults.clear();
    await bench.start({}, QUIET);
    const reply = await bench.slack.waitForMessage(done);
    await ended();
    expect(reply.images).toHaveLength(1);
    expect(calls('upload')).toBe(1);
  });

  it('shares each of several files once through a restart in the middle', async () => {
    await bench.start({}, QUIET);
    bench.slack.faults.distrustFiles = true;
    bench.slack.command({ command: '/batch', text: '--count 13' });
    await bench.slack.until(() => pictures().length > 10);
    await bench.easel.stop();
    await bench.start({}, QUIET);
    await bench.slack.until(() => pictures().length === 13);
    const names = pictures().map(({ name }) => name);
    expect(names).toHaveLength(13);
    expect(new Set(names).size).toBe(13);
    expect(calls('upload')).toBeLessThanOrEqual(14);
  });
});
