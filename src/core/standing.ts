/** Where an unfinished job stands, as far as its reply shows it. */
import type { Problem } from './errors.ts';
import type { Progress } from './progress.ts';
import type { MediaFile } from './run.ts';

/** The backend takes nothing: nobody's job is to blame, and what waits goes on by itself when that is over. */
export interface Hold {
  /** Wall clock, in ms since 1970. */
  since: number;
  /** Not answering; refusing our account; or asking for a pause. */
  kind: 'away' | 'account' | 'busy';
  /** What the backend answered, or that it did not. */
  problem: Problem;
}

/** Place in line (1 is next in this guild), and what it waits for. */
export interface Place {
  position: number;
  reason: WaitReason;
}

export type WaitReason =
  | { kind: 'guild-limit'; used: number; limit: number }
  | { kind: 'user-limit'; used: number; limit: number }
  /** Over all guilds where they are. */
  | { kind: 'person-limit'; used: number; limit: number }
  | { kind: 'backend-busy'; used: number; limit: number }
  | { kind: 'backend-held'; hold: Hold }
  /** Another one takes its place, once it has finished what it has. */
  | { kind: 'backend-changing' }
  /** The data folder has no room for what it would make. */
  | { kind: 'data-full' };

/** What the backend says of a run in its own words, and who says it. */
export interface Said {
  backend: string;
  /** One line without secrets. */
  text: string;
}

export type Standing =
  | { kind: 'waiting'; place: Place }
  /** Handing images and graph to the backend; `retrying` when it did not answer. */
  | { kind: 'submitting'; retrying: boolean; said?: Said | undefined }
  /** Handed over or about to be, and the backend takes nothing or does not answer. */
  | { kind: 'held'; hold: Hold }
  /** In the backend's own line, behind so many others, who may be strangers. */
  | { kind: 'lined-up'; ahead: number; said?: Said | undefined }
  | { kind: 'running'; progress: Progress; preview?: MediaFile | undefined; said?: Said | undefined }
  /** `unstoppable`: the backend cannot stop this run alone; it ends unseen. */
  | { kind: 'cancelling'; unstoppable: boolean }
  /** `late`: the files could not be fetched, or not handed to the chat, since then (wall clock); it is tried again. */
  | { kind: 'delivering'; late?: number | undefined };
