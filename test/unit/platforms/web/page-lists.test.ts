/** What the page's scripts do without a browser. */
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../src/platforms/web/api.ts';
import { pageScript } from './page-script.ts';

interface List {
  messages: Message[];
  earlier: string | undefined;
}
interface Walk {
  at: number;
}
interface TypedLine {
  id: string;
}

const { MOST, withEarlier, withMessage, withNewest } = await pageScript<{
  MOST: number;
  withNewest: (list: List, fresh: { messages: Message[]; earlier?: string }) => List;
  withEarlier: (list: List, page: { messages: Message[]; earlier?: string }) => List;
  withMessage: (list: List, message: Message) => List;
}>('shared/message-list.js');
const { step, walkOf } = await pageScript<{
  walkOf: (entries: string[]) => Walk;
  step: (walk: Walk, by: number, current: string) => { walk: Walk; shown: string } | undefined;
}>('chat/walk.js');
const { MOST_LETTERS, MOST_LINES, readLines, withLine } = await pageScript<{
  MOST_LETTERS: number;
  MOST_LINES: number;
  readLines: (text: string | null) => TypedLine[];
  withLine: (lines: TypedLine[], line: TypedLine) => TypedLine[];
}>('shared/typed-lines.js');

const message = (at: number, more: Partial<Message> = {}): Message => ({ id: `m${at}`, at, ...more });
const messages = (...ats: number[]) => ats.map((at) => message(at));
const none = { messages: [], earlier: undefined };

describe('The list of messages on the page', () => {
  it('goes on from what was there when the line comes back, unless some were missed', () => {
    const list = { messages: messages(1, 2, 3, 4), earlier: '1_m1' };
    expect(withNewest(list, { messages: messages(3, 4, 5), earlier: '3_m3' })).toEqual({
      messages: messages(1, 2, 3, 4, 5),
      earlier: '1_m1',
    });
    const after = { messages: messages(8, 9), earlier: '8_m8' };
    expect(withNewest(list, after)).toEqual(after);
    expect(withNewest(none, after)).toEqual(after);
    // these are all that there are: what was above them is gone
    expect(withNewest(list, { messages: messages(3, 4) })).toMatchObject({ messages: messages(3, 4) });
  });

  it('has older ones in front, each once', () => {
    const list = { messages: messages(3, 4), earlier: '3_m3' };
    expect(withEarlier(list, { messages: messages(1, 2, 3) })).toEqual({
      messages: messages(1, 2, 3, 4),
      earlier: undefined,
    });
  });

  it('takes what is new and what has changed, and leaves what is further back where it is', () => {
    const list = { messages: messages(3, 4), earlier: '3_m3' };
    const changed = message(3, { lines: ['x'] });
    expect(withMessage(list, changed).messages).toEqual([changed, message(4)]);
    expect(withMessage(list, message(5)).messages).toEqual(messages(3, 4, 5));
    expect(withMessage(list, message(1))).toBe(list);
    expect(withMessage({ ...list, earlier: undefined }, message(1)).messages).toHaveLength(3);
  });

  it('stays within a bound, and says where older ones go on', () => {
    let list = withNewest(none, { messages: messages(1) });
    for (let at = 2; at <= MOST + 1; at += 1) list = withMessage(list, message(at));
    expect(list.messages).toHaveLength(MOST);
    expect(list.earlier).toBe('2_m2');
  });
});

describe('A walk through what was typed', () => {
  it('leads back and forth, and to what was being written', () => {
    const back = step(walkOf(['a', 'b']), -1, 'draft');
    expect(back?.shown).toBe('b');
    const further = back && step(back.walk, -1, 'b');
    expect(further?.shown).toBe('a');
    expect(further && step(further.walk, -1, 'a')).toBeUndefined();
    const forth = further && step(further.walk, 1, 'a');
    expect(forth?.shown).toBe('b');
    const end = forth && step(forth.walk, 1, 'b');
    expect(end?.shown).toBe('draft');
    expect(end && step(end.walk, 1, 'draft')).toBeUndefined();
  });

  it('keeps what was made of an entry on the way', () => {
    const back = step(walkOf(['a', 'b']), -1, '');
    const further = back && step(back.walk, -1, 'b, changed');
    expect(further && step(further.walk, 1, 'a')?.shown).toBe('b, changed');
  });

  it('leads nowhere where nothing was typed', () => {
    expect(step(walkOf([]), -1, '')).toBeUndefined();
    expect(step(walkOf([]), 1, '')).toBeUndefined();
  });
});

describe('What was typed in this browser', () => {
  const line = (text: string) => ({ id: crypto.randomUUID(), text });

  it('is bounded, and has no line twice in a row', () => {
    let lines = readLines(null);
    for (let n = 0; n < MOST_LINES + 5; n += 1) lines = withLine(lines, line(`${n}`));
    expect(lines).toHaveLength(MOST_LINES);
    const last = line(`${MOST_LINES + 4}`);
    expect(withLine(lines, last)).toEqual([...lines.slice(0, -1), last]);
    const long = 'x'.repeat(MOST_LETTERS / 2 - 100);
    expect(['1', '2', '3'].reduce((all, n) => withLine(all, line(n + long)), lines)).toHaveLength(2);
  });

  it.each([
    ['nonsense'],
    ['{}'],
    ['[1, null, {"id": 1}, {"id": "a"}, {"id": "a", "text": 5}, {"id": "a", "values": {}}]'],
  ])('is nothing where it says %s', (text) => {
    expect(readLines(text)).toEqual([]);
  });

  it('keeps the values of a form that are text', () => {
    const kept = { id: 'a', template: 'sketch', values: { prompt: 'x', steps: 3 } };
    expect(readLines(JSON.stringify([kept]))).toEqual([{ ...kept, values: { prompt: 'x' } }]);
    expect(readLines('[{"id": "a", "template": "x"}]')).toEqual([{ id: 'a', template: 'x', values: {} }]);
  });
});
