/**
 * Whose a frame is that names no run: ours, when exactly one run is at work there and it is one of ours; else nobody can say, and
 * it is dropped, since it may show a stranger's picture. That it is the only one its frames say (those of a stranger's run would
 * say so too) and a look at the queue: once for a run on a ComfyUI, which runs one at a time and sends its frames in order;
 * not older than `soleMs` where an account runs several.
 */
import { LRUCache } from 'lru-cache';
import { parseNameless } from '../wire/nameless.ts';
import { getQueue } from '../wire/queue.ts';
import type { Frame } from '../wire/frames.ts';
import type { RunDeps } from './deps.ts';

export interface SoleRun {
  /** Hears every frame that names its run, in order. */
  hear(frame: Frame): void;
  /** A frame that names none as one of the run that it must be of. Undefined where that is not sure, or it means nothing. */
  attribute(data: Uint8Array, isBinary: boolean): Frame | undefined;
  /** This run is followed here, until the returned function is called. */
  follows(promptId: string): () => void;
  /** The socket is another one: what was at work is not known any more. */
  reset(): void;
}

/** Runs at work of which frames tell. One more is as good as several. */
const MAX_RUNS = 64;

/** `signal` ends the looks that are under way. */
export function createSoleRun(deps: RunDeps, signal: AbortSignal): SoleRun {
  const { clock, timing, kind, http, log, server } = deps;
  const ours = new Set<string>();
  const atWork = new LRUCache<string, true>({ max: MAX_RUNS });
  let verified: { promptId: string; at: number } | undefined;
  let looking = false;
  let lookedAt = -Infinity;
  /** Counts what makes a look that is under way worthless. */
  let changes = 0;

  function changed(): void {
    changes += 1;
    verified = undefined;
  }

  function ended(promptId: string): void {
    if (atWork.delete(promptId)) changed();
  }

  /** Ours, if frames show it and no other at work. */
  function only(): string | undefined {
    const [promptId, another] = atWork.keys();
    return promptId !== undefined && another === undefined && ours.has(promptId) ? promptId : undefined;
  }

  async function look(): Promise<void> {
    const at = clock.monotonic();
    if (looking || at - lookedAt < timing.soleLookMs) return;
    looking = true;
    lookedAt = at;
    const before = changes;
    try {
      const running = new Set((await getQueue(http, signal)).running.map(({ id }) => id));
      if (changes !== before) return;
      // a run of somebody who has no socket: its end is told to nobody
      const over = [...atWork.keys()].filter((each) => !ours.has(each) && !running.has(each));
      for (const each of over) atWork.delete(each);
      const promptId = only();
      verified =
        promptId !== undefined && running.size === 1 && running.has(promptId) ? { promptId, at } : undefined;
    } catch (error) {
      log.debug({ backend: server.address, err: error }, 'not known who else runs there');
    } finally {
      looking = false;
    }
  }

  function owner(): string | undefined {
    if (![...atWork.keys()].some((promptId) => ours.has(promptId))) return undefined;
    const known = verified?.promptId === only() ? verified : undefined;
    const age = known ? clock.monotonic() - known.at : Infinity;
    const fresh = kind.latest().events === 'account' ? timing.soleMs : Infinity;
    // looked again before it is too old, so that nothing is missed meanwhile
    if (!known || age > fresh / 2) void look();
    return age <= fresh ? known?.promptId : undefined;
  }

  return {
    hear({ promptId, events, ended: over }) {
      if (over) return ended(promptId);
      // a word may be about one that is still waiting
      if (atWork.has(promptId) || events.every((event) => event.kind === 'said')) return;
      atWork.set(promptId, true);
      changed();
    },
    attribute(data, isBinary) {
      const event = parseNameless(data, isBinary);
      if (!event) return undefined;
      const promptId = owner();
      return promptId === undefined ? undefined : { promptId, events: [event], ended: false };
    },
    follows(promptId) {
      ours.add(promptId);
      return () => {
        ours.delete(promptId);
        ended(promptId);
      };
    },
    reset() {
      atWork.clear();
      changed();
    },
  };
}
