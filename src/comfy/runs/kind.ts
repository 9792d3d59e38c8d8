/** Which kind of server a backend is: said by who runs Easel, told by its host, or asked. */
import type { Dialect } from './dialect.ts';

export interface Kind {
  /** As last known; before it has answered: as its address suggests. */
  latest(): Dialect;
  /** Asks where it is not known; callers share the question. Rejects with EaselError, or the signal's reason. */
  known(signal: AbortSignal): Promise<Dialect>;
  /** Another server may answer there by now: asks in the background where the last answer is old. Never throws. */
  renew(): void;
}
