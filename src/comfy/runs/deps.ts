/** What runs need of their one backend. */
import type { Connection } from './connection.ts';
import type { Dialect } from './dialect.ts';

export interface RunDeps extends Connection {
  readonly dialect: Dialect;
}
