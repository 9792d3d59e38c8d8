/** What runs need of their one backend. */
import type { Connection } from './connection.ts';
import type { Kind } from './kind.ts';

export interface RunDeps extends Connection {
  readonly kind: Kind;
}
