import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createHeap } from '../../../src/jobs/queue/heap.ts';

interface Item {
  id: number;
  key: number;
}

it('a heap has the smallest first, whatever comes, goes and changes', () => {
  const act = fc.record({
    what: fc.constantFrom('set', 'delete', 'change', 'pop'),
    id: fc.nat(20),
    key: fc.nat(50),
  });
  const property = fc.property(fc.array(act, { maxLength: 200, size: 'max' }), (acts) => {
    const heap = createHeap<Item>((a, b) => a.key < b.key);
    const items = new Map<number, Item>();
    for (const { what, id, key } of acts) {
      const item = what === 'pop' ? heap.first() : (items.get(id) ?? { id, key });
      if (!item) continue;
      if (what === 'delete' || what === 'pop') {
        heap.delete(item);
        items.delete(item.id);
      } else {
        item.key = key;
        heap.set(item);
        items.set(item.id, item);
      }
      expect(heap.size).toBe(items.size);
      const keys = [...items.values()].map((one) => one.key);
      expect(heap.first()?.key).toBe(keys.length > 0 ? Math.min(...keys) : undefined);
    }
  });
  fc.assert(property, { seed: 20261127, numRuns: 100 });
});
