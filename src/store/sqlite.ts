/**
 * SQLite in a thread of its own. A commit waits until the disk has it; Discord's heartbeat, Slack's acknowledgements and
 * the backend's frames must not wait with it.
 */
import type { SQLInputValue } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import type { Answer, Request, Rows } from './thread.ts';

/** Connections to one file share what the thread has opened, always with a write-ahead log. */
export interface Connection {
  /**
   * Rows, none for a statement without. Those of a `value` column of a million characters together are the last ones of
   * an answer. Rejects with what SQLite says (its code is `errcode`), or with why the thread ended.
   */
  query: (sql: string, ...values: SQLInputValue[]) => Promise<Rows>;
  /** Idempotent. */
  close: () => Promise<void>;
}

/** `busyTimeout`: how long another process may keep the file to itself, in ms. Rejects as `query` does. */
export async function connect(filename: string, busyTimeout: number): Promise<Connection> {
  let closed: Promise<void> | undefined;
  let opening = openIn(livingThread());

  async function openIn(thread: Thread): Promise<Thread> {
    await thread.ask({ kind: 'open', filename, busyTimeout });
    return thread;
  }

  /**
   * When the thread has died, what it had not answered is lost; what comes later goes to another one, and where that could
   * not open the file whoever comes next has it tried again.
   */
  async function opened(): Promise<Thread> {
    const before = opening;
    const thread = await before.catch(() => undefined); // whoever began it was told
    if (thread?.dead === false) return thread;
    if (opening === before) opening = openIn(livingThread());
    return opening;
  }

  await opening;
  return {
    query: async (sql, ...values) => (await opened()).ask({ kind: 'query', filename, sql, values }),
    close() {
      closed ??= (async () => void (await (await opened()).ask({ kind: 'close', filename })))();
      return closed;
    },
  };
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

interface Thread {
  ask(request: Unnumbered<Request>): Promise<Rows>;
  readonly dead: boolean;
}

/** One for the process: it ends with it, and keeps it alive only while an answer is awaited. */
let current: Thread | undefined;

function livingThread(): Thread {
  if (!current || current.dead) current = startThread();
  return current;
}

function startThread(): Thread {
  const worker = new Worker(new URL('thread.ts', import.meta.url), { name: 'sqlite', execArgv: [] });
  const waiting = new Map<number, PromiseWithResolvers<Rows>>();
  let last = 0;
  let dead: Error | undefined;

  function die(cause: unknown): void {
    dead ??= new Error('the thread of SQLite ended', { cause });
    for (const asker of waiting.values()) asker.reject(dead);
    waiting.clear();
  }

  worker.on('message', (answers: Answer[]) => {
    for (const answer of answers) {
      const asker = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('rows' in answer) asker?.resolve(answer.rows);
      else asker?.reject(withCode(answer));
    }
    if (waiting.size === 0) worker.unref();
  });
  // whose answer it was is not known
  worker.on('messageerror', () => void worker.terminate());
  worker.on('error', die);
  worker.on('exit', die);

  return {
    get dead() {
      return dead !== undefined;
    },
    ask(request) {
      if (dead) return Promise.reject(dead);
      const asker = Promise.withResolvers<Rows>();
      last += 1;
      waiting.set(last, asker);
      worker.ref();
      worker.postMessage({ ...request, id: last });
      return asker.promise;
    },
  };
}

function withCode({ error, code }: { error: unknown; code: number | undefined }): unknown {
  return error instanceof Error && code !== undefined ? Object.assign(error, { errcode: code }) : error;
}
