/**
 * Tells the pictures that are results from previews: those of nodes whose class sends its pictures over the socket, in runs
 * that were submitted here. A frame that does not say whose it is belongs to the node that our own run has just begun: a
 * ComfyUI runs one prompt at a time, and sends its frames in order.
 */
import { LRUCache } from 'lru-cache';
import { socketOutputs } from '../../core/socket-outputs.ts';
import type { NodeId, Workflow } from '../../core/workflow.ts';
import { barePicture } from '../wire/bare-picture.ts';
import type { Frame } from '../wire/frames.ts';

export interface SocketPictures {
  /** Before its submit; the returned function is called with the id that the backend uses, or none if it has not taken it. */
  expect(promptId: string, workflow: Workflow): (taken: string | undefined) => void;
  /** Hears every frame that names its run, in order. */
  hear(frame: Frame): void;
  /** A frame made of one that names none, if it is a result; undefined: nobody can say whose it is. */
  attribute(data: Uint8Array): Frame | undefined;
  /** Whether a frame brings a result. */
  isResult(frame: Frame): boolean;
  /** The socket is another one: what was running under the old one is not heard of any more. */
  reset(): void;
}

/** Runs whose nodes are remembered. */
const MAX_RUNS = 1_000;

export function createSocketPictures(): SocketPictures {
  const nodes = new LRUCache<string, ReadonlySet<NodeId>>({ max: MAX_RUNS });
  /** Of submits that are under way: the backend may choose another id, and its frames be here before that is known. */
  const underWay = new Set<ReadonlySet<NodeId>>();
  let running: { promptId: string; node: NodeId } | undefined;

  function sends(promptId: string, node: NodeId | undefined): boolean {
    if (node === undefined) return false;
    const known = nodes.get(promptId);
    return known ? known.has(node) : underWay.values().some((some) => some.has(node));
  }

  return {
    expect(promptId, workflow) {
      const own = new Set(socketOutputs(workflow));
      if (own.size === 0) return () => undefined;
      nodes.set(promptId, own);
      underWay.add(own);
      return (taken) => {
        underWay.delete(own);
        if (taken !== undefined) nodes.set(taken, own);
      };
    },
    hear({ promptId, events, ended }) {
      const begun = events.find(({ kind }) => kind === 'node');
      if (begun?.kind === 'node') running = { promptId, node: begun.node };
      else if (ended && running?.promptId === promptId) running = undefined;
    },
    attribute(data) {
      if (!running || !sends(running.promptId, running.node)) return undefined;
      const image = barePicture(data);
      if (!image) return undefined;
      const { promptId, node } = running;
      return { promptId, events: [{ kind: 'preview', image, node }], ended: false };
    },
    isResult: ({ promptId, events }) =>
      events.some((event) => event.kind === 'preview' && sends(promptId, event.node)),
    reset() {
      running = undefined;
    },
  };
}
