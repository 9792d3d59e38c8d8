/** A draft as the server has it: changes go one after the other, and its answer is what is shown. */
/** @import { Change, Draft } from '../../studio-api.ts' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ask, place, Refused, sentenceOf } from '../shared/frame.js';

/** @param {string} id @param {string} [act] */
export function draftPath(id, act) {
  return `/api/studio/drafts/${encodeURIComponent(id)}${act === undefined ? '' : `/${act}`}?${place().query}`;
}

let lastKey = 0;
const newKey = () => `slot-${(lastKey += 1)}`;

/** Keys that stay with their slots, whatever these are called. @param {string[]} keys @param {Draft} before @param {Change} change */
function movedKeys(keys, before, change) {
  const at = 'slot' in change ? before.slots.findIndex(({ name }) => name === change.slot) : -1;
  switch (change.kind) {
    case 'drop':
      return keys.toSpliced(at, 1);
    case 'move': {
      const to = Math.max(0, Math.min(keys.length - 1, at + change.by));
      return keys.toSpliced(at, 1).toSpliced(to, 0, ...keys.slice(at, at + 1));
    }
    case 'add':
      return [...keys, newKey()];
    case 'about':
    case 'slot':
    case 'outputs':
    case 'words':
    case 'drop-language':
      return keys;
  }
}

/** @typedef {{ draft: Draft, keys: string[] }} Held */
/**
 * Resolves to the sentence when the server refuses; the draft is then as it was. A change may depend on what those before
 * it have made of the draft.
 *
 * @typedef {(change: Change | ((now: Held) => Change)) => Promise<string | undefined>} ChangeDraft
 */

/** @param {string} id @param {Draft} [begun] the same draft, when it was just made */
export function useDraft(id, begun) {
  const [held, setHeld] = useState(
    /** @type {() => Held | undefined} */ (() => begun && { draft: begun, keys: begun.slots.map(newKey) }),
  );
  const [saving, setSaving] = useState(0);
  const [problem, setProblem] = useState('');
  const latest = useRef(held);
  const line = useRef(/** @type {Promise<unknown>} */ (Promise.resolve()));
  const refusal = useRef(/** @type {unknown} */ (undefined));

  /** @param {Held} now */
  const hold = (now) => {
    latest.current = now;
    setHeld(now);
  };

  /** Runs after everything that was begun before. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  const inTurn = (work) => {
    const next = line.current.then(work);
    line.current = next.catch(() => undefined);
    setSaving((count) => count + 1);
    return next.finally(() => setSaving((count) => count - 1));
  };

  /** @type {ChangeDraft} */
  const change = (given) =>
    inTurn(async () => {
      const before = latest.current;
      if (!before) return undefined;
      const wanted = typeof given === 'function' ? given(before) : given;
      try {
        /** @type {Draft} */
        const draft = await ask(draftPath(id, 'change'), { json: wanted });
        hold({ draft, keys: movedKeys(before.keys, before.draft, wanted) });
        return undefined;
      } catch (error) {
        refusal.current = error;
        if (error instanceof Refused && error.status === 404 && error.field === undefined)
          setProblem(error.message);
        return sentenceOf(error);
      }
    });

  /**
   * For what makes use of the draft. Does not run while a field shows a refusal, which then gets the focus. Throws what
   * has refused a change that was still under way.
   *
   * @param {() => Promise<void>} work
   */
  const ifKept = (work) => {
    const before = refusal.current;
    return inTurn(async () => {
      // the fields show by then what became of their changes
      await new Promise((resolve) => setTimeout(resolve));
      const field = document.querySelector('.editor .field [aria-invalid="true"]');
      if (field instanceof HTMLElement) return field.focus();
      if (refusal.current !== before) throw refusal.current;
      await work();
    });
  };

  useEffect(() => {
    if (held) return;
    ask(draftPath(id)).then(
      (/** @type {Draft} */ draft) => hold({ draft, keys: draft.slots.map(newKey) }),
      (error) => setProblem(sentenceOf(error)),
    );
  }, [id]);

  /** As it is by now: something else than a change has happened to it. */
  const renew = () =>
    inTurn(async () => {
      /** @type {Draft} */
      const draft = await ask(draftPath(id));
      const keys = latest.current?.keys ?? [];
      hold({ draft, keys: draft.slots.map((_slot, index) => keys[index] ?? newKey()) });
    }).catch((error) => setProblem(sentenceOf(error)));

  /** Of the slot that was added last. */
  const newest = () => latest.current?.keys.at(-1);
  return { held, saving: saving > 0, problem, change, inTurn, ifKept, renew, newest };
}
