/**
 * The graphs that unfinished jobs were begun with, whatever becomes of their templates. A template's graph is stored, and
 * held in memory, once for all jobs of its version; beside it lies what each job writes into it.
 */
import { createHash } from 'node:crypto';
import { EaselError } from '../../core/errors.ts';
import { writeJson } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import { createTurns } from '../../core/turns.ts';
import { changed, type Workflow } from '../../core/workflow.ts';
import type { Table } from '../../store/index.ts';
import type { Filled, Filling } from '../../templates/fill.ts';
import { FillingRecord, StoredWorkflow } from './schema.ts';

interface Begun {
  id: string;
  /** As `graphKey` has it. */
  graph: string;
}

export interface Graphs {
  /** Resolves once both are durable: a record may name them from then on. Rejects with `store-failed`. */
  keep(job: Begun, graph: Workflow, filling: Filling): Promise<void>;
  /** A record was found that names them. */
  need(job: Begun): void;
  /** There is no such record any more. What cannot be deleted is logged, and swept at the next start. */
  release(id: string): Promise<void>;
  /** Rejects with `record-unreadable` when it is not there or damaged, else with `store-failed`. */
  of(job: Begun): Promise<Pick<Filled, 'workflow' | 'images' | 'inputs'>>;
  /** Forgets what processes before this one have left and no job needs. Rejects with `store-failed`. */
  sweep(): Promise<void>;
}

interface Kept {
  key: string;
  users: number;
  /** Undefined: it was found there. */
  written: Promise<void> | undefined;
  /** For as long as anybody works with it, be it a job or the library. */
  graph: WeakRef<Workflow> | undefined;
}

/**
 * Those that no job needs just now, and the next one may. No `lru-cache`: what goes is also deleted in the store, and whoever
 * made it go waits for that. It is then stored anew for the next job.
 */
const MAX_IDLE = 100;

const keys = new WeakMap<Workflow, string>();

/** The same for graphs that are the same, and for no others. A graph is not changed once it was asked for. */
export function graphKey(graph: Workflow): string {
  const key = keys.get(graph) ?? createHash('sha256').update(writeJson(graph)).digest('base64url');
  keys.set(graph, key);
  return key;
}

export function createGraphs(graphs: Table, fillings: Table, log: Log): Graphs {
  const kept = new Map<string, Kept>();
  /** By job. */
  const needed = new Map<string, Kept>();
  /** Least lately needed first. */
  const idle = new Set<Kept>();
  const inTurn = createTurns();

  function use({ id, graph: key }: Begun): Kept {
    const one = kept.get(key) ?? { key, users: 0, written: undefined, graph: undefined };
    kept.set(key, one);
    if (needed.has(id)) return one;
    needed.set(id, one);
    one.users += 1;
    idle.delete(one);
    return one;
  }

  /** Unless somebody needs it meanwhile. */
  function forget(key: string): Promise<void> {
    return inTurn(key, async () => {
      if (!kept.has(key)) await graphs.delete(key);
    });
  }

  async function release(id: string): Promise<void> {
    const one = needed.get(id);
    if (!needed.delete(id) || !one) return;
    one.users -= 1;
    if (one.users === 0) idle.add(one);
    const [oldest] = idle;
    if (oldest && idle.size > MAX_IDLE) {
      idle.delete(oldest);
      kept.delete(oldest.key);
      await forget(oldest.key);
    }
    await fillings.delete(id);
  }

  async function graphOf(key: string): Promise<Workflow> {
    const one = kept.get(key);
    const held = one?.graph?.deref();
    if (held) return held;
    const found = StoredWorkflow.safeParse(await graphs.get(key));
    if (!found.success) throw unreadable(found.error, `graph ${key}`);
    if (one) one.graph = new WeakRef(found.data);
    return found.data;
  }

  return {
    async keep(job, graph, filling) {
      const one = use(job);
      if (!one.graph?.deref()) one.graph = new WeakRef(graph);
      one.written ??= inTurn(one.key, () => graphs.set(one.key, graph));
      try {
        await Promise.all([one.written, fillings.set(job.id, filling)]);
      } catch (error) {
        one.written = undefined;
        await release(job.id);
        throw error;
      }
    },
    need: (job) => void use(job),
    release,
    async of({ id, graph }) {
      const [base, stored] = await Promise.all([graphOf(graph), fillings.get(id)]);
      const filling = FillingRecord.safeParse(stored);
      if (!filling.success) throw unreadable(filling.error, 'what fills its graph');
      const { changes, images, inputs } = filling.data;
      try {
        return { workflow: changed(base, changes), images, inputs };
      } catch (error) {
        throw unreadable(error, 'what fills its graph');
      }
    },
    async sweep() {
      const stray: string[] = [];
      for await (const [key] of graphs.entries()) if (!kept.has(key)) stray.push(key);
      const strayFillings: string[] = [];
      for await (const [id] of fillings.entries()) if (!needed.has(id)) strayFillings.push(id);
      await Promise.all(stray.map(forget));
      // a job that has come meanwhile has another id
      for (const id of strayFillings) await fillings.delete(id);
      const counts = { graphs: stray.length, fillings: strayFillings.length };
      if (counts.graphs + counts.fillings > 0) log.info(counts, 'what no job needs any more is forgotten');
    },
  };
}

function unreadable(cause: unknown, detail: string): EaselError {
  return new EaselError({ code: 'record-unreadable' }, { cause, detail });
}
