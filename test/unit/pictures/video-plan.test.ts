import { describe, expect, it } from 'vitest';
import { readProbe } from '../../../src/pictures/ffmpeg.ts';
import { planOf } from '../../../src/pictures/video-plan.ts';
import { PROBE } from './fake-ffmpeg.ts';

describe('the plan for a video', () => {
  const probe = { duration: 10, width: 1920, height: 1080, rate: 60, sound: true };

  it('keeps its shape with even edges, and as many pixels as its rate is good for', () => {
    expect(planOf(probe, 25_000_000)).toMatchObject({ width: 1920, height: 1080, rate: 30 });
    expect(planOf({ ...probe, width: 1080, height: 1920 }, 2_000_000)).toMatchObject({
      width: 720,
      height: 1280,
    });
    expect(planOf({ ...probe, width: 333, height: 127 }, 2_000_000)).toMatchObject({
      width: 334,
      height: 128,
    });
  });

  it('is within the limit, and none where nothing could be seen', () => {
    for (const limit of [200_000, 1_000_000, 10_000_000]) {
      const { video = 0, audio = 0 } = planOf(probe, limit) ?? {};
      expect((video + audio) * probe.duration).toBeLessThanOrEqual(limit * 8);
    }
    expect(planOf(probe, 10_000)).toBeUndefined();
    expect(planOf({ ...probe, sound: false }, 1_000_000)).toMatchObject({ audio: 0 });
  });

  it('is of what ffmpeg says, not of what a file says of itself', () => {
    expect(readProbe(PROBE)).toEqual({ width: 1920, height: 1080, rate: 60, sound: true, duration: 10 });
  });
});
