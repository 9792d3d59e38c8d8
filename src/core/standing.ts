/** Where an unfinished job stands, as far as its reply shows it. */
import type { Progress } from './progress.ts';
import type { MediaFile } from './run.ts';

/** Place in line (1 is next in this guild), and what it waits for. */
export interface Place {
  position: number;
  reason: WaitReason;
}

export type WaitReason =
  | { kind: 'guild-limit'; used: number; limit: number }
  | { kind: 'user-limit'; used: number; limit: number }
  | { kind: 'backend-busy'; used: number; limit: number };

export type Standing =
  | { kind: 'waiting'; place: Place }
  /** Handing images and graph to the backend; `retrying` when it did not answer. */
  | { kind: 'submitting'; retrying: boolean }
  | { kind: 'running'; progress: Progress; preview?: MediaFile | undefined }
  /** `unstoppable`: the backend cannot stop this run alone; it ends unseen. */
  | { kind: 'cancelling'; unstoppable: boolean }
  | { kind: 'delivering' };
