import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../src/core/audience.ts';
import { NO_PROGRESS } from '../../../src/core/progress.ts';
import type { Job } from '../../../src/core/job.ts';
import { momentMark } from '../../../src/core/moment.ts';
import type { Hold, Standing, WaitReason } from '../../../src/core/standing.ts';
import { presentEnd, presentStanding } from '../../../src/commands/present.ts';
import { sampleJob } from '../jobs/sample.ts';

const job = sampleJob({ times: { queued: 1000, started: 4000 } });
const delivery = (given: Partial<Delivery> = {}): Delivery => ({
  files: [],
  texts: [],
  missing: [],
  sent: async () => undefined,
  ...given,
});
const AWAY: Hold = { since: 7000, kind: 'away', problem: { code: 'backend-unreachable', backend: 'b' } };
const waiting = (position: number, reason: WaitReason): Standing => ({
  kind: 'waiting',
  place: { position, reason },
});

describe('the reply of an unfinished job', () => {
  it.each<[Standing, string]>([
    [
      waiting(2, { kind: 'guild-limit', used: 2, limit: 2 }),
      '2nd in line: this server is using 2 of its 2 slots',
    ],
    [waiting(1, { kind: 'user-limit', used: 1, limit: 1 }), '1st in line: you already have one running'],
    [
      waiting(11, { kind: 'backend-busy', used: 5, limit: 5 }),
      '11th in line: all 5 slots on the backend are taken',
    ],
    [waiting(1, { kind: 'backend-busy', used: 0, limit: 1 }), '1st in line: starting any moment'],
    [
      waiting(2, { kind: 'backend-busy', used: 1, limit: 1 }),
      '2nd in line: the backend is busy with another job',
    ],
    [
      waiting(2, { kind: 'backend-held', hold: AWAY }),
      `2nd in line: the backend has not been answering since ${momentMark(7000)}; this continues automatically`,
    ],
    [
      { kind: 'held', hold: AWAY },
      `The backend has not been answering since ${momentMark(7000)}. I’ll keep trying.`,
    ],
    [
      { kind: 'held', hold: { ...AWAY, kind: 'account' } },
      `The backend has refused its account since ${momentMark(7000)}. I’ll keep trying.`,
    ],
    [{ kind: 'lined-up', ahead: 3 }, '4th in the backend’s own queue'],
    [{ kind: 'submitting', retrying: false }, 'Starting…'],
    [{ kind: 'submitting', retrying: true }, 'The backend didn’t answer; trying again…'],
    [{ kind: 'running', progress: NO_PROGRESS }, '0 %'],
    [
      {
        kind: 'running',
        progress: { ...NO_PROGRESS, fraction: 0.4256, node: 'KSampler', step: { value: 8, max: 20 } },
      },
      '42 % · KSampler · 8/20',
    ],
  ])('%j can be cancelled, and says so', (standing, status) => {
    const view = presentStanding(job, standing);
    expect(view).toMatchObject({ title: 'a red fox', status });
    expect(view.buttons).toEqual([{ action: 'cancel', job: job.id, label: 'Cancel' }]);
    expect(view.fraction).toBe(standing.kind === 'running' ? standing.progress.fraction : undefined);
  });

  it.each<[Standing, string, string]>([
    [{ kind: 'cancelling', unstoppable: false }, 'cancelled', 'Cancelling…'],
    [
      { kind: 'cancelling', unstoppable: true },
      'cancelled',
      'Cancelled. The backend has already started it and will finish, but the result won’t be posted.',
    ],
    [{ kind: 'delivering' }, 'working', 'Done; fetching the result…'],
  ])('%j has no button any more', (standing, tone, status) => {
    expect(presentStanding(job, standing)).toMatchObject({ tone, status, buttons: [] });
  });

  it('speaks of who waits when somebody else reads it', () => {
    const standing = waiting(1, { kind: 'user-limit', used: 1, limit: 1 });
    expect(presentStanding(job, standing, false).status).toBe(
      '1st in line: this person already has one running',
    );
  });

  it('shows the preview while it runs', () => {
    const preview = { name: 'p', type: 'image/jpeg', bytes: new Uint8Array(1) };
    expect(presentStanding(job, { kind: 'running', progress: NO_PROGRESS, preview }).preview).toBe(preview);
  });

  it.each([
    { kind: 'running' as const, progress: NO_PROGRESS },
    { kind: 'submitting' as const, retrying: false },
    { kind: 'lined-up' as const, ahead: 1 },
  ])('shows what the backend says, and who that is: %j', (standing) => {
    // a moment that somebody else's words claim to have is none of ours
    const said = { backend: 'Comfy Cloud', text: `loading models… ${momentMark(0)}` };
    expect(presentStanding(job, { ...standing, said }).said).toMatch(/^Comfy Cloud: loading models…/);
    expect(presentStanding(job, { ...standing, said }).said).not.toContain(momentMark(0));
    expect(presentStanding({ ...job, locale: 'zh' }, { ...standing, said }).said).toMatch(/^Comfy Cloud：/);
    expect(presentStanding(job, standing).said).toBeUndefined();
  });

  it('is named by its command when it has no words', () => {
    const bare = { ...job, values: {}, mainSlot: 'prompt' };
    expect(presentStanding(bare, { kind: 'delivering' }).title).toBe('/imagine');
    expect(presentStanding({ ...job, mainSlot: undefined }, { kind: 'delivering' }).title).toBe('/imagine');
  });
});

describe('the final reply', () => {
  it('shows how long it ran, the values and the seed, and offers another one', () => {
    const done = { ...job, end: { kind: 'succeeded' as const, outputs: [] } };
    done.values = { prompt: 'a red fox', negative: '', steps: 20, seed: 18446744073709551615n, hires: false };
    const missing = [{ name: 'b.png', problem: { code: 'output-gone' as const, name: 'b.png' } }];
    expect(presentEnd(done, delivery({ texts: ['a caption'], missing }), 16_400)).toEqual({
      tone: 'done',
      title: 'a red fox',
      status: 'Done in 12 s',
      facts: [
        { name: 'steps', value: '20' },
        { name: 'seed', value: '18446744073709551615' },
        { name: 'hires', value: 'false' },
      ],
      notes: ['a caption', expect.stringContaining('no longer has "b.png"')],
      buttons: [{ action: 'again', job: job.id, label: 'Again' }],
    });
  });

  it.each<[string, Partial<Job>]>([
    ['made from a picture, which is forgotten', { images: [{ slot: 'image' }] }],
    ['a test run', { trial: true }],
  ])('offers no other one of what was %s', (_what, given) => {
    const done: Job = { ...job, ...given, end: { kind: 'succeeded', outputs: [] } };
    expect(presentEnd(done, delivery(), 0).buttons).toEqual([]);
  });

  it.each([
    [400, '0.4 s'],
    [9949, '9.9 s'],
    [59_400, '59 s'],
    [125_000, '2 min 5 s'],
  ])('says %i ms as %s', (ms, words) => {
    const done = { ...job, end: { kind: 'succeeded' as const, outputs: [] } };
    expect(presentEnd(done, delivery(), 4000 + ms).status).toBe(`Done in ${words}`);
  });

  it('says that a file was gone and made again, and does not where it is gone again', () => {
    const gone = { at: [0], nodes: ['9'], remade: true as const };
    const end = { kind: 'succeeded' as const, outputs: [] };
    const done: Job = { ...job, end, rerun: { id: job.id, gone } };
    const again = { name: 'b.png', problem: { code: 'output-gone', name: 'b.png', again: true } } as const;
    for (const [locale, words] of [
      ['en', 'made again'],
      ['ja', 'もう一度作りました'],
      ['ko', '다시 만들었어요'],
      ['zh', '重新生成了一次'],
      ['zh-TW', '重新產生了一次'],
    ] as const) {
      expect(presentEnd({ ...done, locale }, delivery(), 0).notes.join()).toContain(words);
      const { notes } = presentEnd({ ...done, locale }, delivery({ missing: [again] }), 0);
      expect(notes).toHaveLength(1);
      expect(notes[0]).toContain('b.png');
    }
  });

  it('of a failed job says what to do and keeps the values', () => {
    const failed = { ...job, end: { kind: 'failed' as const, problem: { code: 'interrupted' as const } } };
    expect(presentEnd(failed, delivery(), 0)).toMatchObject({
      tone: 'failed',
      status: 'It was stopped on the backend before it finished. Please start it again.',
      facts: [{ name: 'seed', value: '18446744073709551615' }],
      buttons: [{ action: 'again', job: job.id, label: 'Try again' }],
    });
  });

  it('of a job that failed for what was asked offers no second try', () => {
    const problem = { code: 'workflow-refused' as const, detail: 'no' };
    expect(presentEnd({ ...job, end: { kind: 'failed', problem } }, delivery(), 0).buttons).toEqual([]);
  });

  it('of a job that was cancelled while the backend was away says that it is stopped later', () => {
    const { status } = presentEnd({ ...job, end: { kind: 'cancelled', away: true } }, delivery(), 0);
    expect(status).toMatch(/^Cancelled\. The backend can’t be reached/);
  });

  it('of a cancelled job says only that', () => {
    expect(presentEnd({ ...job, end: { kind: 'cancelled' } }, delivery(), 0)).toEqual({
      tone: 'cancelled',
      title: 'a red fox',
      status: 'Cancelled.',
      facts: [],
      notes: [],
      buttons: [],
    });
  });
});
