/**
 * What the frames of one run have announced: what its output nodes left, and how it ended. It counts only where the
 * backend has no record of the run any more (ComfyUI's `POST /history {"clear": true}`, by whoever uses that server), and
 * only when all frames from its start on were heard.
 */
import type { Output } from '../../core/run.ts';
import type { Frame } from '../wire/frames.ts';
import type { Secrets } from '../wire/clean.ts';
import { readOutputs } from './outputs.ts';
import { isInterrupt, problemOfRun } from './run-errors.ts';
import type { RunStatus } from './run-status.ts';

export interface Announced {
  hear(frame: Frame): void;
  /** Frames may have been missed. */
  gap(): void;
  /** How it ended; undefined: that was not heard, or not all before it. */
  status(): RunStatus | undefined;
}

/** Of what a run's nodes have left, in bytes of the frames that say so: beyond it nothing counts as announced. */
const MAX_BYTES = 8 * 1024 * 1024;

export function createAnnounced(server: Secrets & { name: string }): Announced {
  let outputs = new Map<string, Output[]>();
  let bytes = 0;
  let end: Frame['end'];
  let whole = false;

  return {
    hear({ events, executed, end: said }) {
      // also of a run that is made anew under the same id
      if (events.some(({ kind }) => kind === 'started')) {
        outputs = new Map();
        bytes = 0;
        end = undefined;
        whole = true;
      }
      if (executed) {
        bytes += executed.bytes;
        whole &&= bytes <= MAX_BYTES;
        if (whole) outputs.set(executed.node, readOutputs({ [executed.node]: executed.output }));
      }
      end ??= said;
    },
    gap() {
      whole = false;
    },
    status() {
      if (!whole || !end) return undefined;
      const left = [...outputs.values()].flat();
      switch (end.kind) {
        case 'success':
          return { state: 'success', outputs: left, settled: true };
        case 'cancelled':
          return { state: 'cancelled', outputs: left };
        case 'failure':
          if (isInterrupt(end.error)) return { state: 'cancelled', outputs: left };
          return { state: 'failure', ...problemOfRun(server, end.error), outputs: left };
      }
    },
  };
}
