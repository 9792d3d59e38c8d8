/** What became of a run, by the best route that its backend has; by the others too where that one's word is not known. */
import { LRUCache } from 'lru-cache';
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

/** Words that are not known and were logged; one that falls out may be logged again. */
const MAX_WORDS = 100;

export function createStatusReader(deps: RunDeps): StatusReader {
  const absent = new Set<Lookup>();
  const words = new LRUCache<string, true>({ max: MAX_WORDS });

  /** Once for each word. */
  function tell(word: string, promptId: string): void {
    if (words.has(word)) return;
    words.set(word, true);
    const { server, log } = deps;
    log.warn({ backend: server.address, promptId, word: server.blot(word) }, 'a status word never seen');
  }

  return {
    async read(promptId, signal) {
      const { lookups, believesUnknown } = await deps.kind.known(signal);
      const missing: Lookup[] = [];
      let unknown: RunStatus | undefined;
      let odd: RunStatus | undefined;
      for (const lookup of lookups) {
        if (absent.has(lookup)) continue;
        const status = await lookup(deps.http, promptId, signal);
        if (status === 'no-route') {
          if (!unknown && !odd) missing.push(lookup);
          continue;
        }
        // believed only now that another route has answered sensibly: a proxy without its server says 404 to all
        for (const each of missing) absent.add(each);
        if (status.state === 'odd') {
          tell(status.word, promptId);
          odd ??= status;
        } else if (status.state === 'unknown') {
          if (believesUnknown && !odd) return status;
          unknown = status;
        } else return status;
      }
      // a route that has a word for it has it
      const answer = odd ?? unknown;
      if (answer) return answer;
      absent.clear();
      throw new EaselError({ code: 'backend-broken', backend: deps.server.name, status: 404 });
    },
    forget: () => absent.clear(),
  };
}
