/** How the sandbox can be told to misbehave. Everything is off at first and may be changed at any time. */
import type { Json, JsonObject } from '../../core/json.ts';
import type { Folder } from '../files.ts';

/**
 * A request's name: method and path without `/api`, ids as `{id}`: `POST /prompt`, `GET /jobs/{id}`, `GET /view`,
 * `GET /ws`; the files origin of the cloud dialect is `GET /files/{name}`.
 */
export type Route = string;

export type BadAnswer =
  /** This answer instead of the real one; the request has no effect. */
  | { status: number; body?: string; contentType?: string; headers?: Record<string, string> }
  /** The connection is reset; the request has no effect. */
  | 'reset'
  /** The request takes effect, then the connection is reset: the answer is lost. */
  | 'lose'
  /** The request takes effect; half of the body is sent under the full content-length. */
  | 'truncate'
  /** The request has no effect and is never answered. */
  | 'hang';

/** Applies to requests that match; the first fault that applies wins. */
export interface HttpFault {
  route: Route | RegExp;
  /** How many requests it applies to; counts down to 0. Left out: all. */
  times?: number;
  /** Of matching requests, the share that it applies to, evenly spread: 0.5 is every second. Left out: all. */
  share?: number;
  /** Milliseconds before the request is looked at. */
  delayMs?: number;
  answer?: BadAnswer;
}

/** What a route says of every run instead of what it is, which may be no word at all. */
interface StatusWords {
  /** `status` of `GET /jobs/{id}`. */
  job?: Json;
  /** `status` of Comfy Cloud's `GET /job/{id}/status`. */
  status?: Json;
  /** `status_str` of `GET /history/{id}`, and of Comfy Cloud's `/history_v2/{id}`. */
  history?: Json;
}

interface SocketFaults {
  /** Handshakes are answered 503. */
  refuse: boolean;
  /** Sockets stay open, but nothing is sent, not even pongs of ours. */
  silent: boolean;
  /** Each socket is torn down (1006) this long after it opened. */
  dropAfterMs: number | undefined;
  /** A text frame that is no JSON goes before every message. */
  garbage: boolean;
  /** Binary frames end in the middle. */
  cutBinary: boolean;
  /** Binary frames that are still to be lost; counts down to 0. */
  loseBinary: number;
  /** Before every message there is one of somebody else's run, and pictures and words that do not say whose they are. */
  strangers: boolean;
  /** What the metadata of previews says that they are; null: nothing. Left out: what they are. */
  imageType: string | null | undefined;
  /** Told of each run while it waits, as Comfy Cloud does with `notification`; to all of the account. */
  notification: string | undefined;
}

export interface Faults {
  http: HttpFault[];
  socket: SocketFaults;
  /** Milliseconds after its last event during which history and jobs still show a run as running. */
  settleMs: number;
  statusWords: StatusWords;
  /**
   * Every node of a new run has an IS_CHANGED that answers NaN, and its `extra_data` an Infinity: as Python does, records
   * and events say so in words that are no JSON.
   */
  notNumbers: boolean;
  /** Node classes that the account may not use: a prompt with one of them is refused with 403. May be changed at any time. */
  forbiddenClasses: Set<string>;
  /** A run's record is gone when its end is told, as after somebody's `POST /history {"clear": true}` just then. */
  forgetHistory: boolean;
  /** Every `/view` of an output answers 404. */
  forgetFiles: boolean;
  /**
   * So many of the next runs end because the server itself breaks down, whatever they are: counts down. Comfy Cloud calls that
   * PanicError, and says so in the job's status only.
   */
  panics: number;
  /**
   * The folder that uploads are put into and answered with, whatever was asked for. On Cloud the answer only says so, since
   * it has no folders: its documents give `output` as the example.
   */
  uploadsTo: Folder | undefined;
  /** ComfyUI's `--max-upload-size`, in bytes: of any body, and what its features say. May be changed at any time. */
  maxUploadBytes: number;
  /** Cloud: what `/user` says of the account; its documents know of `status` alone. */
  account: JsonObject;
  /**
   * Cloud: what else its own clients ask for the account's plan, `/billing/status` and `/billing/balance`; left out: no such
   * route. `features` is said besides what else the features are.
   */
  billing: { status?: JsonObject; balance?: JsonObject; features?: JsonObject };
  /** Cloud: how long a signed URL is good for. */
  signedUrlMs: number;
}

export function noFaults(): Faults {
  return {
    http: [],
    socket: {
      refuse: false,
      silent: false,
      dropAfterMs: undefined,
      garbage: false,
      cutBinary: false,
      loseBinary: 0,
      strangers: false,
      imageType: undefined,
      notification: undefined,
    },
    settleMs: 0,
    statusWords: {},
    notNumbers: false,
    forbiddenClasses: new Set(),
    forgetHistory: false,
    forgetFiles: false,
    uploadsTo: undefined,
    maxUploadBytes: 104_857_600,
    account: { status: 'active' },
    billing: {},
    panics: 0,
    signedUrlMs: 60_000,
  };
}

const shares = new WeakMap<HttpFault, number>();

/** The fault for this request, counted as used. */
export function takeFault(faults: Faults, route: Route): HttpFault | undefined {
  return faults.http.find((fault) => {
    const matches = typeof fault.route === 'string' ? fault.route === route : fault.route.test(route);
    if (!matches || fault.times === 0) return false;
    if (fault.share !== undefined) {
      const owed = (shares.get(fault) ?? 0) + fault.share;
      shares.set(fault, owed >= 1 ? owed - 1 : owed);
      if (owed < 1) return false;
    }
    if (fault.times !== undefined) fault.times -= 1;
    return true;
  });
}
