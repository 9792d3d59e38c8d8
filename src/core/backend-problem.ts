/** What can be wrong with the backend, with what it was given, or with a run. */
import type { ConnectionFault } from './connection-fault.ts';
import type { UploadLimit } from './upload-limits.ts';

export type BackendProblem =
  // the backend; `fault`: why, where that is known; `to`: which address would be right, for who runs Easel
  | { code: 'backend-unreachable'; backend: string; fault?: ConnectionFault }
  | { code: 'backend-timeout'; backend: string; fault?: ConnectionFault }
  // `words`: the backend's own, for who runs Easel; people get a short sentence
  | {
      code: 'backend-broken';
      backend: string;
      status?: number;
      words?: string;
      fault?: ConnectionFault;
      to?: string;
    }
  | { code: 'wrong-api-key'; backend: string; words?: string }
  | { code: 'login-refused'; backend: string; fault: ConnectionFault; words?: string }
  | { code: 'no-credits'; backend: string; words?: string }
  | { code: 'subscription-inactive'; backend: string; words?: string }
  | { code: 'backend-forbids'; backend: string; words?: string; fault?: ConnectionFault }
  | { code: 'backend-busy'; backend: string; words?: string }
  | { code: 'held-too-long'; backend: string; hours: number }
  // `limit`: which of its limits, and `max` what it is (UploadLimits); absent: it only said that it is too large
  | { code: 'too-large-for-backend'; backend: string; limit?: UploadLimit; max?: number }
  // `node`: the title of what can't read it where the backend has put it; `name`: how it would have to be named there
  | { code: 'upload-misplaced'; slot: string; node: string; name: string }
  // `node`: its class; `id`: in the graph; `title`: what its person called it
  | { code: 'missing-node'; node: string; id?: string; title?: string }
  // `node`: its id in the graph; `title`: its name; `slot`: whose input it is; `choices`: the nearest that there are
  | {
      code: 'model-missing';
      input: string;
      value: string;
      node?: string;
      title?: string;
      slot?: string;
      choices?: string[];
    }
  // the same; `detail`: the backend's own words, empty: none; `others`: how much else it minds; `why`: ComfyUI's type of the
  // error, of one input of a node; `value`: what it was given
  | {
      code: 'workflow-refused';
      detail: string;
      others?: number;
      node?: string;
      title?: string;
      input?: string;
      why?: string;
      value?: string;
      slot?: string;
    }
  // several of them, as they are told together
  | { code: 'missing-nodes'; nodes: string[] }
  | { code: 'values-unavailable'; values: { slot?: string; node: string; input: string; value: string }[] }
  // `node`: its title, or its class; `id`: in the graph; `detail`: the backend's own words, empty: none
  | { code: 'run-failed'; node: string; id?: string; detail: string }
  | { code: 'out-of-memory'; node: string; id?: string }
  | { code: 'model-download-failed'; detail: string }
  | { code: 'image-download-failed'; detail: string }
  | { code: 'interrupted' }
  | { code: 'run-lost'; backend: string }
  // `word`: the backend's, of how the run is, which we do not know
  | { code: 'run-untold'; backend: string; word: string }
  // it took the run and broke down over it; `words`: its own, for who runs Easel
  | { code: 'backend-crashed'; backend: string; words?: string }
  | { code: 'run-too-long'; minutes: number }
  | { code: 'no-outputs' }
  // `again`: also when it was made anew
  | { code: 'output-gone'; name: string; again?: true }
  | { code: 'output-too-large'; name: string; maxSize: number };
