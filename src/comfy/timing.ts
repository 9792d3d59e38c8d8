/** Every delay and bound of the client in one table, so that production has one place to tune and tests can scale it. */
export interface Timing {
  /** TCP and TLS. */
  connectMs: number;
  /** A small request from start to end: states, queue, cancel. */
  requestMs: number;
  /** `POST /prompt`: the server validates the graph before it answers. */
  submitMs: number;
  uploadMs: number;
  /** One attempt at one output, but for the time that its bytes buy; for each of its redirects again. */
  fetchMs: number;
  /** Between two bytes of an output, and before the first. */
  fetchIdleMs: number;
  /** An output that comes at this pace or a faster one takes as long as it takes. */
  fetchBytesPerSecond: number;
  /** Attempts at one output while the backend is unreachable or broken. */
  fetchAttempts: number;
  /** The WebSocket's upgrade. */
  handshakeMs: number;
  /** Between pings; a socket that gave no sign of life from one ping to the next is dropped. */
  pingMs: number;
  reconnectBaseMs: number;
  reconnectCapMs: number;
  /** A connection that lived this long was a good one: the next backoff starts again from the base. */
  stableMs: number;
  /** Between polls of a run while the socket speaks about it. */
  pollMs: number;
  /** Between polls of a run while the socket is lost, silent or not hearing this run. */
  pollLostMs: number;
  /** The first poll after an announced end; doubled from there up to `pollLostMs`. */
  confirmMs: number;
  /** A running run without a frame for this long counts as silent. */
  silenceMs: number;
  /** The most between polls of a run while the backend does not answer. */
  awayMs: number;
  /** Answers "no such run" in a row before a run is lost. */
  unknownPolls: number;
  /**
   * For so long a run may be in a state that no route has a word for that we know, without any other sign of it, or be said to be
   * in the course of being cancelled. Only time between two such answers counts.
   */
  limboMs: number;
  /** How old a look at the queue may be that tells whose a frame is which names no run, where several run at once. */
  soleMs: number;
  /** The least between two such looks. */
  soleLookMs: number;
  /** Between two things that a run says in words, as far as they are shown; of `saidBurst` that come at once all are. */
  saidMs: number;
  saidBurst: number;
  /** How often a finished run without outputs is asked again for them. */
  outputPolls: number;
  /** Reading the node classes: megabytes, from a server that looks through its model folders first. */
  nodesMs: number;
  /** How old the answer may be to what it is, when its socket is opened anew. */
  kindAgeMs: number;
  /** How old node classes may be when somebody looks at them; older ones are read again in the background. */
  nodesAgeMs: number;
  /** The same where only partner nodes matter, which change with the server's version. */
  catalogueMs: number;
  /** An output is a stream onto the disk, whose budget is what bounds it; this ends one that never ends. */
  maxFileBytes: number;
  maxJsonBytes: number;
  /** Node classes: 1 MB on a bare server, 5 to 20 MB with many custom nodes and models. */
  maxNodesBytes: number;
  /** The largest is a picture that comes over the socket; a longer frame ends the connection. */
  maxFrameBytes: number;
}

const MiB = 1024 * 1024;

export const defaultTiming: Timing = {
  connectMs: 10_000,
  requestMs: 20_000,
  submitMs: 60_000,
  uploadMs: 120_000,
  fetchMs: 60_000,
  fetchIdleMs: 30_000,
  fetchBytesPerSecond: 32 * 1024,
  fetchAttempts: 3,
  handshakeMs: 10_000,
  pingMs: 15_000,
  reconnectBaseMs: 1_000,
  reconnectCapMs: 30_000,
  stableMs: 20_000,
  pollMs: 5_000,
  pollLostMs: 2_000,
  confirmMs: 50,
  silenceMs: 15_000,
  awayMs: 15_000,
  unknownPolls: 4,
  limboMs: 10 * 60_000,
  soleMs: 5_000,
  soleLookMs: 1_000,
  saidMs: 500,
  saidBurst: 5,
  outputPolls: 6,
  nodesMs: 60_000,
  kindAgeMs: 60_000,
  nodesAgeMs: 60_000,
  catalogueMs: 60 * 60_000,
  maxFileBytes: 4096 * MiB,
  maxJsonBytes: 64 * MiB,
  maxNodesBytes: 64 * MiB,
  maxFrameBytes: 64 * MiB,
};
