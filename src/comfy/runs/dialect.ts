/**
 * What runs need to be told of the kind of server that they are on: tables, and the functions in which kinds differ.
 * Whatever all do alike is not here: every route is asked for under `/api`, which all have (ComfyUI since 2024; its
 * `/api/jobs` exists only there).
 */
import type { Account } from '../../core/account.ts';
import type { CancelResult } from '../../core/backend.ts';
import type { UploadLimits } from '../../core/upload-limits.ts';
import type { Http } from '../wire/http.ts';
import type { Refusals } from '../wire/refusals.ts';
import type { RunStatus } from './run-status.ts';
import type { Submit } from './submit.ts';
import type { Upload } from './upload.ts';

/** Asks by one route what became of a run. Rejects with EaselError. */
export type Lookup = (http: Http, promptId: string, signal: AbortSignal) => Promise<RunStatus | 'no-route'>;

export interface Dialect {
  /** For people: what the server is. */
  title: string;
  /** A path that answers 200 to a good key only, or to anybody where there are no keys. */
  check: string;
  /** Ways to ask what became of a run, best first. */
  lookups: readonly Lookup[];
  /** Whether "no such run" by one of them is believed, or the next one is asked too. */
  believesUnknown: boolean;
  /** Recently ended runs, the first route that exists: with `extra_data`, or as a list of ids. */
  recent: readonly string[];
  /** Which runs' events come to a socket: all of the account, or those submitted under its client id. */
  events: 'account' | 'client-id';
  /** Where the socket takes the key: in its headers, as every request has it, or in its address too. */
  socketKey: 'query' | 'header';
  /** Whether a lost socket may mean that the server was restarted, with other nodes. */
  restartsWithSocket: boolean;
  /** Whether what it remembers of an earlier run may name files that are gone since. Default: it keeps what it names. */
  cachesFiles?: true;
  refusals: Refusals;
  /** What it says of the account; absent: it has none. Rejects with EaselError. */
  account?: (http: Http, signal: AbortSignal) => Promise<Account>;
  submit: Submit;
  upload: Upload;
  /** What it takes as one upload; or it says so itself, in `/api/features`. */
  uploadLimits: UploadLimits | 'features';
  /** Takes a run that waits out of the queue; does nothing to one that is running. Rejects with EaselError. */
  deletePending(http: Http, promptId: string, signal: AbortSignal): Promise<void>;
  /** Stops a run that is running, and no other. Rejects with EaselError. */
  stopRunning(http: Http, promptId: string, signal: AbortSignal): Promise<CancelResult>;
}
