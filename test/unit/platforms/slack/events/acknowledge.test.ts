import { describe, expect, it } from 'vitest';
import { acknowledging } from '../../../../../src/platforms/slack/events/acknowledge.ts';
import { createManualClock } from '../../../../fakes/manual-clock.ts';
import { until } from '../../../../fakes/until.ts';

describe('an acknowledgement to Slack', () => {
  function scene() {
    const clock = createManualClock();
    const story: string[] = [];
    const ack = async () => void story.push('acknowledged');
    return { clock, story, ack };
  }

  it('is given when the work says so, once', async () => {
    const { clock, story, ack } = scene();
    await acknowledging(ack, clock, async (acknowledge) => {
      story.push('written down');
      await acknowledge();
      await acknowledge();
      story.push('posted');
    });
    expect(story).toEqual(['written down', 'acknowledged', 'posted']);
  });

  it('is given at the end of work that never says so, or fails', async () => {
    const { clock, story, ack } = scene();
    await acknowledging(ack, clock, async () => void story.push('done'));
    const failing = acknowledging(ack, clock, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(story).toEqual(['done', 'acknowledged', 'acknowledged']);
  });

  it('does not wait longer than Slack does', async () => {
    const { clock, story, ack } = scene();
    const work = Promise.withResolvers<void>();
    const acknowledged = acknowledging(ack, clock, () => work.promise);
    clock.advance(2000);
    await until(() => story.includes('acknowledged'));
    work.resolve();
    await acknowledged;
    expect(story).toEqual(['acknowledged']);
  });
});
