import { describe, expect, it } from 'vitest';
import { isEnded, jobTitle, transition, type JobState } from '../../../src/core/job.ts';
import { sampleJob } from '../jobs/sample.ts';

const STATES: JobState[] = [
  'queued',
  'submitting',
  'running',
  'delivering',
  'succeeded',
  'failed',
  'cancelled',
];
const LEGAL = new Set([
  'queued submitting',
  'queued delivering',
  'submitting running',
  'submitting delivering',
  'submitting queued',
  'running delivering',
  'running submitting',
  'delivering succeeded',
  'delivering failed',
  'delivering cancelled',
  'delivering queued',
]);

describe('a job', () => {
  const pairs = STATES.flatMap((from) =>
    STATES.map((to) => ({ from, to, legal: LEGAL.has(`${from} ${to}`) })),
  );

  it.each(pairs.filter(({ legal }) => legal))('may go from $from to $to', ({ from, to }) => {
    const job = sampleJob({ state: from });
    transition(job, to);
    expect(job.state).toBe(to);
  });

  it.each(pairs.filter(({ legal }) => !legal))('may not go from $from to $to', ({ from, to }) => {
    const job = sampleJob({ state: from });
    expect(() => transition(job, to)).toThrow(`cannot go from ${from} to ${to}`);
    expect(job.state).toBe(from);
  });

  it('has ended when there is nowhere left to go', () => {
    expect(STATES.filter(isEnded)).toEqual(['succeeded', 'failed', 'cancelled']);
  });

  it('is called by its main text, or by its command', () => {
    expect(jobTitle(sampleJob())).toBe('a red fox');
    expect(jobTitle(sampleJob({ values: { prompt: '' } }))).toBe('/imagine');
    expect(jobTitle(sampleJob({ mainSlot: undefined }))).toBe('/imagine');
  });
});
