/** What became of a run, by the best route that its backend has. */
import { EaselError } from '../../core/errors.ts';
import type { RunDeps } from './deps.ts';
import type { Lookup } from './dialect.ts';
import type { RunStatus } from './run-status.ts';

export interface StatusReader {
  /** Throws EaselError when the backend does not answer, or not with an answer. */
  read(promptId: string, signal: AbortSignal): Promise<RunStatus>;
  /** Forgets which routes are missing: another server may answer from now on. */
  forget(): void;
}

export function createStatusReader(deps: RunDeps): StatusReader {
  const absent = new Set<Lookup>();

  return {
    async read(promptId, signal) {
      const { lookups, believesUnknown } = await deps.kind.known(signal);
      const missing: Lookup[] = [];
      let unknown: RunStatus | undefined;
      for (const lookup of lookups) {
        if (absent.has(lookup)) continue;
        const status = await lookup(deps.http, promptId, signal);
        if (status === 'no-route') {
          if (!unknown) missing.push(lookup);
          continue;
        }
        // believed only now that another route has answered sensibly: a proxy without its server says 404 to all
        for (const each of missing) absent.add(each);
        if (believesUnknown || status.state !== 'unknown') return status;
        unknown = status;
      }
      if (unknown) return unknown;
      absent.clear();
      throw new EaselError({ code: 'backend-broken', backend: deps.server.name, status: 404 });
    },
    forget: () => absent.clear(),
  };
}
