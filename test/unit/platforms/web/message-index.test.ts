import { describe, expect, it } from 'vitest';
import { measured } from '../../../fakes/cpu-time.ts';
import {
  createMessageIndex,
  MAX_LINES,
  MAX_PICTURES,
  type Entry,
} from '../../../../src/platforms/web/message-index.ts';

const entry = (at: number, more: Partial<Entry> = {}): Entry => ({
  id: `m${String(at).padStart(6, '0')}`,
  at,
  kept: at,
  draft: undefined,
  hasFiles: false,
  isStarred: false,
  isRepeatable: false,
  ...more,
});
const ats = (entries: readonly Entry[]) => entries.map(({ at }) => at);

describe('The index of messages', () => {
  it('finds those before any place, whatever order they came in', () => {
    const index = createMessageIndex();
    for (const at of [5, 1, 4, 2, 3]) index.put(entry(at, { hasFiles: at % 2 === 1 }));
    const page = (before?: number, only?: 'pictures') => {
      const { entries, isMore } = index.page(
        { draft: undefined, only, before: before === undefined ? undefined : entry(before) },
        2,
      );
      return [ats(entries), isMore];
    };
    expect(page()).toEqual([[4, 5], true]);
    expect(page(4)).toEqual([[2, 3], true]);
    expect(page(2)).toEqual([[1], false]);
    expect(page(undefined, 'pictures')).toEqual([[3, 5], true]);
    index.delete(entry(3).id);
    index.put(entry(4, { draft: 'd' }));
    expect(page()).toEqual([[2, 5], true]);
    expect(page(3)).toEqual([[1, 2], false]);
  });

  it('has words go by their number, and pictures by theirs, but for those with a star', () => {
    const index = createMessageIndex();
    for (let at = 1; at <= MAX_LINES + 2; at += 1) index.put(entry(at));
    expect(ats(index.surplus())).toEqual([1, 2]);
    expect(ats(index.surplus(1))).toEqual([1, 2, 3]);
    for (let at = 1; at <= MAX_PICTURES; at += 1)
      index.put(entry(1000 + at, { hasFiles: true, isStarred: at <= 2 }));
    expect(ats(index.surplus(1, true))).toEqual([1, 2, 1003]);
    expect(index.starred).toBe(2);
  });

  it('takes what has lost its files for words', () => {
    const index = createMessageIndex();
    for (let at = 1; at <= MAX_LINES; at += 1) index.put(entry(at));
    index.put(entry(0, { hasFiles: true }));
    expect(index.surplus()).toEqual([]);
    index.put(entry(0));
    expect(ats(index.surplus())).toEqual([0]);
  });

  it('answers quickly however many there are', () => {
    const index = createMessageIndex();
    for (let at = 0; at < MAX_PICTURES; at += 1) index.put(entry(at, { hasFiles: true }));
    const pages = measured(() => {
      for (let n = 0; n < 1000; n += 1)
        index.page({ draft: undefined, before: entry((n * 7919) % MAX_PICTURES) }, 40);
    });
    expect(pages.cpuMs).toBeLessThan(500);
  });
});
