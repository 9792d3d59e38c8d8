/** What can be wrong with what a workflow leaves: in its nodes, in a test run, or in what came of a run. */
export type OutputProblem =
  | { code: 'no-output-nodes' }
  // nodes that leave nothing in the record of a run, or save what is no file of `/view`; `all`: there are no others
  | { code: 'outputs-unseen'; nodes: string[]; all: boolean }
  // a test run of the draft as it is went well, and there was nothing to post
  | { code: 'trial-bare' }
  | PicturesMissed;

/** A node's that come over the socket only; `of`: how many there were, where that is known; `again`: after a second run. */
interface PicturesMissed {
  code: 'pictures-missed';
  node: string;
  got: number;
  of?: number;
  why: 'lost' | 'limit' | 'disk';
  again?: true;
}
