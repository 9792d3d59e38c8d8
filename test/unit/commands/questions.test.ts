/** What somebody is asked before a run: theirs alone, and answered once. */
import { describe, expect, it } from 'vitest';
import { createQuestions } from '../../../src/commands/questions.ts';
import { EaselError } from '../../../src/core/errors.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { ann } from './stage.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const asked = { template: 'imagine', doubts: [], values: { prompt: 'a fox' } };

function stage() {
  const clock = createManualClock();
  const questions = createQuestions(clock);
  const [, id = ''] = questions.put(ann, 'ask', asked).split('/');
  const answer = (work: () => Promise<string>) =>
    questions.answer(ann, { kind: 'ask', id, chosen: 'No' }, work);
  return { clock, questions, id, answer };
}

describe('a question before a run', () => {
  it('is answered once, also where two answers come at the same time', async () => {
    const { questions, id, answer } = stage();
    const both = await Promise.all([answer(async () => 'first'), answer(async () => 'second')]);
    expect(both).toEqual(['first', undefined]);
    expect(questions.chosen(ann, 'ask', id)).toBe('No');
  });

  it('is answered anew where its answer was refused', async () => {
    const { questions, id, answer } = stage();
    const refused = answer(() => Promise.reject(new EaselError({ code: 'not-taking-jobs' })));
    await expect(refused).rejects.toThrow(EaselError);
    expect(questions.chosen(ann, 'ask', id)).toBeUndefined();
    expect(await answer(async () => 'again')).toBe('again');
  });

  it('has its answer where that is another question', async () => {
    const { answer } = stage();
    const more = new EaselError({ code: 'form-expired' }, { ask: 'which/2' });
    await expect(answer(() => Promise.reject(more))).rejects.toBe(more);
    expect(await answer(async () => 'again')).toBeUndefined();
  });

  it('is open again where no job came of its answer, and for good once it is forgotten', async () => {
    const { clock, questions, id, answer } = stage();
    expect(await answer(async () => 'first')).toBe('first');
    questions.reopen(id);
    expect(questions.chosen(ann, 'ask', id)).toBeUndefined();
    expect(await answer(async () => 'again')).toBe('again');
    clock.advance(DAY_MS + 1000);
    questions.reopen(id);
  });

  it('is nobody else’s, of one kind, and forgotten after a day', () => {
    const { clock, questions, id } = stage();
    const expired = expect.objectContaining({ code: 'form-expired' });
    expect(() => questions.get({ ...ann, user: 'bob' }, 'ask', id)).toThrow(expired);
    expect(() => questions.get({ ...ann, guild: 'other' }, 'ask', id)).toThrow(expired);
    expect(() => questions.get(ann, 'which', id)).toThrow(expired);
    clock.advance(DAY_MS - 1000);
    expect(questions.get(ann, 'ask', id)).toBe(asked);
    clock.advance(2000);
    expect(() => questions.get(ann, 'ask', id)).toThrow(expired);
  });
});
