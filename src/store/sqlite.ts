/**
 * SQLite in a thread of its own, as a driver for @keyv/sqlite. A commit waits until the disk has it; Discord's
 * heartbeat, Slack's acknowledgements and the backend's frames must not wait with it.
 */
import type { SQLInputValue } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import type { SqliteDriver } from '@keyv/sqlite';
import type { Answer, Request } from './thread.ts';

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never;

/** Rows, none for a statement without. Rejects with what SQLite says, or with why the thread ended. */
type Ask = (request: Unnumbered<Request>) => Promise<unknown[]>;

/** Connections to one file share what the thread has opened, always with a write-ahead log. */
export const threadedSqlite: SqliteDriver = {
  name: 'custom',
  async connect({ filename, busyTimeout = 0 }) {
    thread ??= startThread();
    const ask = thread;
    await ask({ kind: 'open', filename, busyTimeout });
    return {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keyv's adapter binds texts, numbers and null
      query: (sql, ...values) => ask({ kind: 'query', filename, sql, values: values as SQLInputValue[] }),
      close: async () => void (await ask({ kind: 'close', filename })),
    };
  },
};

/** One for the process: it ends with it, and keeps it alive only while an answer is awaited. */
let thread: Ask | undefined;

function startThread(): Ask {
  const worker = new Worker(new URL('thread.ts', import.meta.url), { name: 'sqlite' });
  const waiting = new Map<number, PromiseWithResolvers<unknown[]>>();
  let last = 0;
  let dead: Error | undefined;
  worker.on('message', (answers: Answer[]) => {
    for (const answer of answers) {
      const asker = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('rows' in answer) asker?.resolve(answer.rows);
      else asker?.reject(answer.error);
    }
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', (error) => (dead = new Error('the thread of SQLite failed', { cause: error })));
  worker.on('exit', (code) => {
    dead ??= new Error(`the thread of SQLite ended with code ${code}`);
    for (const asker of waiting.values()) asker.reject(dead);
  });

  return (request) => {
    if (dead) return Promise.reject(dead);
    const asker = Promise.withResolvers<unknown[]>();
    last += 1;
    waiting.set(last, asker);
    worker.ref();
    worker.postMessage({ ...request, id: last });
    return asker.promise;
  };
}
