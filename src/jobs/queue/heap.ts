/** Which of many comes first, while their order changes one by one: a binary heap that knows where each one is. */

export interface Heap<T> {
  /** Puts it in, or where it belongs now. At most one may be in the wrong place at a time. */
  set(item: T): void;
  delete(item: T): void;
  first(): T | undefined;
  readonly size: number;
}

/** `before`: whether `a` comes before `b`. */
export function createHeap<T>(before: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = [];
  const at = new Map<T, number>();

  function put(item: T, index: number): void {
    items[index] = item;
    at.set(item, index);
  }

  function rise(item: T, from: number): number {
    let index = from;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = items[above];
      if (parent === undefined || !before(item, parent)) break;
      put(parent, index);
      index = above;
    }
    put(item, index);
    return index;
  }

  function sink(item: T, from: number): void {
    let index = from;
    for (;;) {
      let below = 2 * index + 1;
      const [left, right] = [items[below], items[below + 1]];
      if (left === undefined) break;
      let child = left;
      if (right !== undefined && before(right, left)) {
        child = right;
        below += 1;
      }
      if (!before(child, item)) break;
      put(child, index);
      index = below;
    }
    put(item, index);
  }

  return {
    set(item) {
      const index = at.get(item) ?? items.length;
      sink(item, rise(item, index));
    },
    delete(item) {
      const index = at.get(item);
      if (index === undefined) return;
      at.delete(item);
      const last = items.pop();
      if (last === undefined || index === items.length) return;
      sink(last, rise(last, index));
    },
    first: () => items[0],
    get size() {
      return items.length;
    },
  };
}
