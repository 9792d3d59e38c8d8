/**
 * Why the connection to a backend does not work, by name: found out once (`comfy/wire/connection-faults.ts`), and worded once
 * (`i18n/sentences/connection-faults.ts`) for whoever runs Easel and for people.
 */
export type ConnectionFault =
  // no connection is made
  | 'nobody-listens'
  /** A loopback address from inside a container, which is the container itself. */
  | 'container-loopback'
  | 'no-such-host'
  /** The resolver itself does not answer. */
  | 'no-resolver'
  | 'no-route'
  /** Nothing comes back at all. */
  | 'no-connection'
  // it is made, and no answer comes of it
  | 'no-answer'
  | 'hung-up'
  | 'not-http'
  /** `http://` to a port that speaks TLS, and the other way round. */
  | 'plain-to-tls'
  | 'tls-to-plain'
  | 'tls-refused'
  | 'certificate-untrusted'
  | 'certificate-other-name'
  | 'certificate-expired'
  | 'certificate-early'
  // an answer, but not ComfyUI's
  | 'login-wanted'
  /** Of a user and password, or a header of one's own; a refused key is a problem of its own. */
  | 'login-refused'
  | 'key-wanted'
  | 'login-page'
  | 'moved'
  | 'wrong-path'
  | 'not-comfyui'
  | 'front-forbids'
  | 'nothing-behind'
  // ComfyUI's own
  | 'origin-guard'
  // ours
  | 'key-unsendable'
  /** Requests are answered, and the WebSocket alone is not opened. */
  | 'no-socket';

/** What is known of one. */
export interface FaultFound {
  fault: ConnectionFault;
  /** The address that would be right, for who runs Easel; it holds no secret. */
  to?: string;
}
