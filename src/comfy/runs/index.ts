/** The runs of one backend: what is remembered of them between their submit, their end and a cancel, and their events. */
import { LRUCache } from 'lru-cache';
import type { Backend } from '../../core/backend.ts';
import { parseFrame } from '../wire/frames.ts';
import { cancelRun } from './cancel.ts';
import type { RunDeps } from './deps.ts';
import { createEventSocket } from './event-socket.ts';
import { findRun } from './find.ts';
import { followRun } from './follow.ts';
import type { KnownNodes } from './known-nodes.ts';
import { createRouter } from './router.ts';
import { createSocketPictures } from './socket-pictures.ts';
import { createSoleRun } from './sole-run.ts';
import { createStatusReader } from './status-reader.ts';

/** As the port says. */
export interface Runs extends Pick<Backend, 'submit' | 'find' | 'follow' | 'cancel'> {
  /** Opens the socket in the background. */
  start(): void;
  /** Closes it. */
  stop(): Promise<void>;
}

/** Runs whose client id or cancellation is remembered; what falls out costs polls only. */
const MAX_REMEMBERED = 1_000;

export function createRuns(deps: RunDeps, nodes: KnownNodes): Runs {
  const { kind } = deps;
  const router = createRouter();
  const statuses = createStatusReader(deps);
  const submittedUnder = new LRUCache<string, string>({ max: MAX_REMEMBERED });
  const cancelled = new LRUCache<string, true>({ max: MAX_REMEMBERED });
  const stopped = new AbortController();
  const pictures = createSocketPictures();
  const sole = createSoleRun(deps, stopped.signal);
  const socket = createEventSocket(deps, {
    onMessage(data, isBinary) {
      const named = parseFrame(data, isBinary);
      if (named) sole.hear(named);
      // a result first: where a socket gets the frames of others too, nobody knows whose one is that does not say so
      const isOurs = kind.latest().events === 'client-id';
      const result = !named && isBinary && isOurs ? pictures.attribute(data) : undefined;
      const frame = named ?? result ?? sole.attribute(data, isBinary);
      if (!frame) return;
      pictures.hear(frame);
      router.deliver(frame, pictures.isResult(frame));
    },
    onOpen() {
      pictures.reset();
      sole.reset();
      statuses.forget();
      nodes.serverBack();
      // it was away, and is there again
      router.nudge();
    },
    onLost() {
      sole.reset();
      if (kind.latest().restartsWithSocket) nodes.serverAway();
      router.nudge();
    },
  });
  const followDeps = {
    ...deps,
    statuses,
    router,
    getsFrames: (id: string) =>
      socket.isOpen() && (kind.latest().events === 'account' || submittedUnder.get(id) === socket.clientId()),
    isCancelled: (id: string) => cancelled.has(id),
  };

  return {
    start: () => socket.start(),
    async stop() {
      stopped.abort();
      await socket.stop();
    },
    async submit({ promptId, workflow }, signal) {
      const dialect = await kind.known(signal);
      const clientId = socket.clientId();
      const release = router.hold();
      router.expect(promptId);
      const expected = pictures.expect(promptId, workflow);
      let id: string | undefined;
      try {
        const taken = await dialect.submit(deps, nodes, { promptId, workflow, clientId }, signal);
        id = taken.promptId;
        router.expect(id);
        submittedUnder.set(id, clientId);
        return taken;
      } finally {
        expected(id);
        release();
      }
    },
    async find(promptId, signal) {
      const id = await findRun(deps, statuses, promptId, signal);
      return id === undefined ? undefined : { promptId: id };
    },
    async follow(promptId, onEvent, signal) {
      const left = sole.follows(promptId);
      const end = await followRun(followDeps, promptId, onEvent, signal).finally(left);
      submittedUnder.delete(promptId);
      cancelled.delete(promptId);
      return end;
    },
    async cancel(promptId, signal) {
      // remembered first: a deleted run may be missed by its follower before the answer is here. An error leaves it
      // remembered, since the request may have taken effect.
      cancelled.set(promptId, true);
      const result = await cancelRun(deps, statuses, promptId, signal);
      if (result === 'stopping') router.nudge(promptId);
      else cancelled.delete(promptId);
      return result;
    },
  };
}
