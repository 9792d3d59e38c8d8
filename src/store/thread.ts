/**
 * The thread of `sqlite.ts`. What is asked while it works is done in one transaction and answered after its commit: a
 * hundred records wait for the disk once, and each is on it when its writer is told so.
 */
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { parentPort } from 'node:worker_threads';
import { sqliteCode } from './trouble.ts';

/** `busyTimeout` in ms. A file is open until it was closed as often as opened. */
export type Request = { id: number; filename: string } & (
  | { kind: 'open'; busyTimeout: number }
  | { kind: 'query'; sql: string; values: SQLInputValue[] }
  | { kind: 'close' }
);

export type Rows = Record<string, SQLOutputValue>[];

/** `code` is SQLite's: it would be lost with an error on its way. */
export type Answer = { id: number } & ({ rows: Rows } | { error: unknown; code: number | undefined });

interface Database {
  connection: DatabaseSync;
  statements: Map<string, StatementSync>;
  users: number;
}

/** Of the values in an answer: a page of large rows is a short one. */
const MOST_CHARACTERS = 1_000_000;

const databases = new Map<string, Database>();
let asked: Request[] = [];

parentPort?.on('message', (request: Request) => {
  // what has arrived already is delivered before it
  if (asked.length === 0) setImmediate(work);
  asked.push(request);
});

function work(): void {
  const requests = asked;
  asked = [];
  const answers: Answer[] = [];
  for (let at = 0; at < requests.length;) {
    const group = queriesFrom(requests, at);
    answers.push(...together(group));
    at += group.length;
  }
  parentPort?.postMessage(answers);
}

/** The request there, and the queries of the same file that follow it. */
function queriesFrom(requests: Request[], at: number): Request[] {
  const first = requests[at];
  const end = requests.findIndex(
    ({ kind, filename }, index) =>
      index > at && (first?.kind !== 'query' || kind !== 'query' || filename !== first.filename),
  );
  return requests.slice(at, end === -1 ? undefined : end);
}

/** In one transaction; where one of them fails nothing of it is kept, and each stands for itself. */
function together(group: Request[]): Answer[] {
  const connection = databases.get(group[0]?.filename ?? '')?.connection;
  if (group.length === 1 || !connection) return group.map(alone);
  try {
    connection.exec('BEGIN IMMEDIATE');
  } catch (error) {
    // somebody else writes, for longer than one waits: what only reads is answered all the same
    return group.map((request) =>
      request.kind === 'query' && isReading(request.sql) ? alone(request) : failed(request, error),
    );
  }
  try {
    const answers = group.map((request) => ({ id: request.id, rows: perform(request) }));
    connection.exec('COMMIT');
    return answers;
  } catch {
    // a full disk ends the transaction by itself
    if (connection.isTransaction) connection.exec('ROLLBACK');
    return group.map(alone);
  }
}

function alone(request: Request): Answer {
  try {
    return { id: request.id, rows: perform(request) };
  } catch (error) {
    return failed(request, error);
  }
}

function failed({ id }: Request, error: unknown): Answer {
  return { id, error, code: sqliteCode(error) };
}

function perform(request: Request): Rows {
  const { filename } = request;
  if (request.kind === 'open') {
    const database = databases.get(filename) ?? open(filename, request.busyTimeout);
    database.users += 1;
    databases.set(filename, database);
    return [];
  }
  const database = databases.get(filename);
  if (!database) throw new Error(`${filename} is not open`);
  if (request.kind === 'query') return query(database, request.sql, request.values);
  database.users -= 1;
  if (database.users > 0) return [];
  databases.delete(filename);
  database.connection.close();
  return [];
}

function open(filename: string, busyTimeout: number): Database {
  const connection = new DatabaseSync(filename, { timeout: busyTimeout });
  connection.exec('PRAGMA journal_mode = WAL');
  return { connection, statements: new Map(), users: 0 };
}

/** The adapter's statements are few, so that each is prepared once. */
function query({ connection, statements }: Database, sql: string, values: SQLInputValue[]): Rows {
  const statement = statements.get(sql) ?? connection.prepare(sql);
  statements.set(sql, statement);
  return isReading(sql) ? readSome(statement, values) : statement.all(...values);
}

function readSome(statement: StatementSync, values: SQLInputValue[]): Rows {
  const rows: Rows = [];
  let characters = 0;
  for (const row of statement.iterate(...values)) {
    rows.push(row);
    characters += typeof row['value'] === 'string' ? row['value'].length : 0;
    if (characters >= MOST_CHARACTERS) break;
  }
  return rows;
}

const isReading = (sql: string) => /^\s*select\b/i.test(sql);
