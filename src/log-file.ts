/**
 * The log as files of a bounded size, written line by line at once: what is full becomes `easel.log.1`, and that one
 * `easel.log.2`. No trouble with it ends Easel: what cannot be written is counted, and said when it can be again.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, renameSync, writeSync } from 'node:fs';

export interface LogFileOptions {
  path: string;
  /** Of each file, in bytes: a longer line is a file of its own. */
  bytes?: number;
  /** How many older ones are kept. */
  older?: number;
  /** Told once when lines begin to be lost. */
  onTrouble?: (error: unknown) => void;
  /** Told of how many were, after the first that was written again. */
  onGap?: (lines: number) => void;
}

export interface LogFile {
  /** A line with its end. Never throws. */
  write(line: string): void;
}

interface Open {
  fd: number;
  size: number;
  /** At which size its turn is over. */
  until: number;
}

const BYTES = 10 * 1024 * 1024;
const OLDER = 2;
const NEWLINE = 0x0a;

/** Opens it with the first line. One process a file. */
export function createLogFile(options: LogFileOptions): LogFile {
  const { path, bytes = BYTES, older = OLDER, onTrouble, onGap } = options;
  let current: Open | undefined;
  let lost = 0;

  function open(at: string): Open {
    const fd = openSync(at, 'a+');
    try {
      const facts = fstatSync(fd);
      const file = { fd, size: facts.size, until: facts.isFile() ? bytes : Infinity };
      // of a machine that went down in the middle of a line
      const last = Buffer.alloc(1);
      if (
        facts.isFile() &&
        file.size > 0 &&
        readSync(fd, last, 0, 1, file.size - 1) > 0 &&
        last[0] !== NEWLINE
      )
        append(file, Buffer.from('\n'));
      return file;
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  /** Nothing is moved before the next one is open. */
  function rotate(full: Open): Open {
    const next = open(`${path}.new`);
    try {
      for (let age = older; age > 1; age -= 1) renameThere(`${path}.${age - 1}`, `${path}.${age}`);
      renameThere(path, `${path}.1`);
      renameSync(`${path}.new`, path);
    } catch (error) {
      closeSync(next.fd);
      throw error;
    }
    closeSync(full.fd);
    return next;
  }

  /** What nobody lets us rename, or is of an Easel whose log had no bound, keeps its end alone. */
  function cutDown(file: Open): void {
    const length = Math.min(file.size, Math.floor(bytes / 2));
    const tail = Buffer.alloc(length);
    const read = readSync(file.fd, tail, 0, length, file.size - length);
    ftruncateSync(file.fd, 0);
    file.size = 0;
    file.until = bytes;
    append(file, tail.subarray(tail.indexOf(NEWLINE) + 1, read));
  }

  function begin(): Open {
    const file = open(path);
    if (file.size > 2 * file.until) cutDown(file);
    return file;
  }

  function withRoom(length: number): Open {
    const file = (current ??= begin());
    if (file.size === 0 || file.size + length <= file.until) return file;
    try {
      current = rotate(file);
      return current;
    } catch {
      if (file.size > 2 * bytes) cutDown(file);
      else file.until = file.size + length + bytes / 10; // tried again then
      return file;
    }
  }

  function write(line: string): void {
    const piece = Buffer.from(line);
    try {
      append(withRoom(piece.length), piece);
    } catch (error) {
      lost += 1;
      if (lost === 1) onTrouble?.(error);
      return;
    }
    if (lost === 0) return;
    const lines = lost;
    lost = 0;
    onGap?.(lines);
  }

  return { write };
}

/** All of it or nothing. */
function append(file: Open, piece: Uint8Array): void {
  let done = 0;
  try {
    while (done < piece.length) done += writeSync(file.fd, piece, done);
    file.size += done;
  } catch (error) {
    if (done > 0) ftruncateSync(file.fd, file.size);
    throw error;
  }
}

function renameThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
