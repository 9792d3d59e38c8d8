/** Decides whether a status is a run's end, distrusting "no such run" and "done, but nothing there". */
import type { RunEnd } from '../../core/run.ts';
import type { RunStatus } from './run-status.ts';

export interface VerdictOptions {
  /** Answers "no such run" in a row before a run is lost. */
  unknownPolls: number;
  /** How often a finished run without outputs is asked again for them. */
  outputPolls: number;
  /** Whether we asked for the run to be stopped. */
  isCancelled: () => boolean;
  /** The end that the run's frames have announced, if that is sure; for a run that the backend has no record of. */
  announced: () => RunStatus | undefined;
}

/** Takes a run's statuses in the order in which they came; undefined: it goes on. */
export function createVerdict(options: VerdictOptions): (status: RunStatus) => RunEnd | undefined {
  const { unknownPolls, outputPolls, isCancelled, announced } = options;
  let unknown = 0;
  let bare = 0;
  return function verdict(status: RunStatus): RunEnd | undefined {
    unknown = status.state === 'unknown' ? unknown + 1 : 0;
    switch (status.state) {
      case 'unknown': {
        // ComfyUI tells the owner of a deleted pending run nothing: it is just not there any more.
        if (isCancelled() && unknown >= 2) return { kind: 'cancelled' };
        if (unknown < unknownPolls) return undefined;
        const end = announced();
        return end ? verdict(end) : { kind: 'lost' };
      }
      case 'pending':
      case 'running':
      case 'cancelling':
      case 'odd':
        return undefined;
      case 'cancelled':
        return { kind: 'cancelled', outputs: status.outputs };
      case 'failure': {
        const { problem, detail, outputs } = status;
        return { kind: 'failure', problem, detail, outputs };
      }
      case 'success':
        bare += 1;
        return status.settled || bare > outputPolls
          ? { kind: 'success', outputs: status.outputs }
          : undefined;
    }
  };
}
