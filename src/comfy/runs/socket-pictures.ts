/**
 * Tells the pictures that are results from previews: those of nodes whose class sends its pictures over the socket, in runs
 * that were submitted here. A frame that does not say whose it is belongs to the node that our own run has just begun: a
 * ComfyUI runs one prompt at a time, and sends its frames in order. Previews are JPEG, so that PNG is taken only, unless the node is
 * told to send the other.
 */
import { LRUCache } from 'lru-cache';
import { maySendJpeg, socketOutputs } from '../../core/socket-outputs.ts';
import { nodeAt, type NodeId, type Workflow } from '../../core/workflow.ts';
import { barePicture } from '../wire/nameless.ts';
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

interface Sender {
  jpeg: boolean;
}
type Senders = ReadonlyMap<NodeId, Sender>;

/** Runs whose nodes are remembered. */
const MAX_RUNS = 1_000;

export function createSocketPictures(): SocketPictures {
  const nodes = new LRUCache<string, Senders>({ max: MAX_RUNS });
  /** Of submits that are under way: the backend may choose another id, and its frames be here before that is known. */
  const underWay = new Set<Senders>();
  let running: { promptId: string; node: NodeId } | undefined;

  /** Undefined: it sends none. */
  function sender(promptId: string, node: NodeId): Sender | undefined {
    const known = nodes.get(promptId) ?? underWay.values().find((some) => some.has(node));
    return known?.get(node);
  }

  return {
    expect(promptId, workflow) {
      const own: Senders = new Map(
        socketOutputs(workflow).map((id) => {
          const node = nodeAt(workflow, id);
          return [id, { jpeg: node !== undefined && maySendJpeg(node) }];
        }),
      );
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
      if (!running) return undefined;
      const { promptId, node } = running;
      const by = sender(promptId, node);
      const image = by && barePicture(data);
      if (!image || !(image.type === 'image/png' || (image.type === 'image/jpeg' && by.jpeg)))
        return undefined;
      return { promptId, events: [{ kind: 'preview', image, node }], ended: false };
    },
    isResult: ({ promptId, events }) =>
      events.some(
        (event) =>
          event.kind === 'preview' && event.node !== undefined && sender(promptId, event.node) !== undefined,
      ),
    reset() {
      running = undefined;
    },
  };
}
