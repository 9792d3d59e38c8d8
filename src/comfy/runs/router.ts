/**
 * Brings each frame to whoever follows its run, and drops all others. A run's first frames can overtake the answer
 * to its `POST /prompt`, and following begins only after that answer; so frames for a run that is expected, or that
 * arrive while a submit is under way, are kept until somebody listens.
 */
import { LRUCache } from 'lru-cache';
import type { Frame } from '../wire/frames.ts';

export interface Listener {
  onFrame(frame: Frame): void;
  /**
   * Something happened that makes it worth asking the backend now; `gap`: the socket was lost, or is another one, so that
   * frames may have been missed.
   */
  onNudge(gap: boolean): void;
}

export interface Router {
  /** `isResult`: a picture that is nowhere else, and no preview. */
  deliver(frame: Frame, isResult?: boolean): void;
  /** Keeps this run's frames until `listen`. */
  expect(promptId: string): void;
  /** Keeps all frames until the returned function is called: the backend may choose the id itself. */
  hold(): () => void;
  /** First hands over the frames kept for it, in order. Returns the end of listening. */
  listen(promptId: string, listener: Listener): () => void;
  /** Nudges who follows this run; or everybody, when the socket is lost or opened. */
  nudge(promptId?: string): void;
}

/** Bounds for frames that nobody may ever ask for. The frames of a run that falls out cost smoothness only. */
const MAX_RUNS = 64;
const MAX_FRAMES = 200;
/** Of all the frames kept for one run together: each may name every node of its graph, or hold what one of them has left. */
const MAX_NODES = 5_000;
/** So much of what a node has left counts as another one. */
const BYTES_A_NODE = 256;

/** Of pictures that are results, of all runs together. */
const MAX_PICTURE_BYTES = 64 * 1024 * 1024;

interface Kept {
  frames: Frame[];
  nodes: number;
  /** There was no room for one of them. */
  gap: boolean;
}

export function createRouter(): Router {
  const listeners = new Map<string, Set<Listener>>();
  const kept = new LRUCache<string, Kept>({ max: MAX_RUNS });
  const expected = new LRUCache<string, true>({ max: MAX_RUNS });
  let holds = 0;

  /** Old previews are of no use, and large; a result is there only once. */
  function hasRoomFor(frame: Frame): boolean {
    const held = [...kept.values()].flatMap(({ frames }) => frames);
    const bytes = [frame, ...held].reduce((sum, one) => sum + pictureBytes(one), 0);
    return bytes <= MAX_PICTURE_BYTES;
  }

  function keep(frame: Frame, isResult: boolean): void {
    if (frame.events.some(({ kind }) => kind === 'preview') && !(isResult && hasRoomFor(frame))) return;
    const run = kept.get(frame.promptId) ?? { frames: [], nodes: 0, gap: false };
    kept.set(frame.promptId, run);
    const nodes = run.nodes + nodesOf(frame);
    if (run.frames.length < MAX_FRAMES && nodes <= MAX_NODES) {
      run.frames.push(frame);
      run.nodes = nodes;
    } else run.gap = true;
  }

  return {
    deliver(frame, isResult = false) {
      const found = listeners.get(frame.promptId);
      if (found) for (const listener of found) listener.onFrame(frame);
      else if (holds > 0 || expected.has(frame.promptId)) keep(frame, isResult);
    },
    expect: (promptId) => void expected.set(promptId, true),
    hold() {
      holds += 1;
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        holds -= 1;
        if (holds > 0) return;
        // a list of its own: a cache is not to be changed while it is walked through
        const unasked = [...kept.keys()].filter((promptId) => !expected.has(promptId));
        for (const promptId of unasked) kept.delete(promptId);
      };
    },
    listen(promptId, listener) {
      const all = listeners.get(promptId) ?? new Set<Listener>();
      listeners.set(promptId, all.add(listener));
      const { frames = [], gap = false } = kept.get(promptId) ?? {};
      kept.delete(promptId);
      expected.delete(promptId);
      for (const frame of frames) listener.onFrame(frame);
      if (gap) listener.onNudge(true);
      return () => {
        all.delete(listener);
        if (all.size === 0 && listeners.get(promptId) === all) listeners.delete(promptId);
      };
    },
    nudge(promptId) {
      const nudged = promptId === undefined ? [...listeners.values()] : [listeners.get(promptId) ?? []];
      for (const some of nudged) for (const listener of some) listener.onNudge(promptId === undefined);
    },
  };
}

function pictureBytes({ events }: Frame): number {
  return events.reduce((sum, event) => sum + (event.kind === 'preview' ? event.image.bytes.length : 0), 0);
}

function nodesOf({ events, executed }: Frame): number {
  const left = Math.ceil((executed?.bytes ?? 0) / BYTES_A_NODE);
  return events.reduce((count, event) => count + ('nodes' in event ? event.nodes.length : 1), left);
}
