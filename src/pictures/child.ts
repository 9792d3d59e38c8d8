/**
 * The process in which pictures of strangers are decoded: with a memory limit of its own, in a group of its own so that
 * what it has started ends with it, and with nothing of our environment.
 */
import { execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Log } from '../core/log.ts';
import type { Kind, Refusal } from './tasks.ts';

export interface ChildOptions {
  /** In bytes. */
  memory: number;
  /** As `kernelReserve` says; undefined: the kernel does not limit it, it is only watched. */
  reserve: number | undefined;
  log: Log;
}

export interface Child {
  readonly pid: number | undefined;
  readonly ended: boolean;
  /** Resolves when it has ended. */
  readonly end: Promise<void>;
  /** One at a time. Resolves to what it answers, or to why it ended instead. */
  ask(task: { kind: Kind }): Promise<unknown>;
  kill(): void;
  /** Ends by itself. */
  leave(): void;
}

/** Threads that compile reserve memory too, and there is little to compile. */
const NODE_FLAGS = ['--v8-pool-size=0'];
/** `$1`: the limit in KB; what follows it is what is run. */
const LIMITED = 'ulimit -d "$1" 2>/dev/null; shift; exec "$@"';
/** glibc and libuv reserve for every thread. */
const ENVIRONMENT = { UV_THREADPOOL_SIZE: '2', MALLOC_ARENA_MAX: '2' };
const SHELL = '/bin/sh';
const PROBE_MS = 10_000;
const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));

/** Between two looks at its memory, in ms; it takes about 1 GB a second at most. */
const WATCH_MS = 50;
/** Libraries are seen as memory, but are no data. */
const MAPPED = 64 * 1024 ** 2;
/** Of what it writes, the end is kept. */
const MAX_STDERR = 4096;

/**
 * What a process has of RLIMIT_DATA's kind of memory before it has done anything, in bytes: V8 reserves half a gigabyte
 * for compiled code. Undefined where there is no such limit: it counts native memory on Linux only (since 4.7), where what
 * fails then is one allocation. Never rejects.
 */
export async function kernelReserve(): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  const look = ['-p', "fs.readFileSync('/proc/self/status', 'latin1')"];
  const node = [process.execPath, ...NODE_FLAGS, ...look];
  try {
    const limited = ['-c', LIMITED, 'sh', 'unlimited', ...node];
    const { stdout } = await promisify(execFile)(SHELL, limited, { env: ENVIRONMENT, timeout: PROBE_MS });
    const kilobytes = /^VmData:\s+(\d+) kB$/m.exec(stdout)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined; // no shell, or no /proc
  }
}

export function startChild({ memory, reserve, log }: ChildOptions): Child {
  const node = [process.execPath, ...NODE_FLAGS, WORKER];
  const kilobytes = Math.ceil((memory + (reserve ?? 0)) / 1024);
  const [command = '', ...args] =
    reserve === undefined ? node : [SHELL, '-c', LIMITED, 'sh', `${kilobytes}`, ...node];
  const child = spawn(command, args, {
    detached: true,
    windowsHide: true,
    env: ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const end = Promise.withResolvers<void>();
  let ended = false;
  let stderr = '';
  let peak = 0;
  let killedFor: 'us' | 'memory' | undefined;
  let asked: { kind: Kind; answer: (args: unknown) => void; watching: NodeJS.Timeout } | undefined;

  function killGroup(): void {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      child.kill('SIGKILL'); // no groups here, or it has gone
    }
  }

  function settle(answer: unknown): void {
    const { kind, watching, answer: tell } = asked ?? {};
    asked = undefined;
    clearInterval(watching);
    child.unref();
    child.channel?.unref();
    if (kind !== undefined) log.debug({ kind, peak }, 'pictures: a task has ended');
    tell?.(answer);
  }

  function die(facts: Record<string, unknown>, signal: NodeJS.Signals | null): void {
    if (ended) return;
    ended = true;
    killGroup();
    const outOfMemory = killedFor === 'memory' || signal === 'SIGKILL' || /memory|alloc/i.test(stderr);
    const refusal: Refusal = { trouble: outOfMemory ? 'no-memory' : 'cannot' };
    if (asked && killedFor !== 'us')
      log.warn(
        { kind: asked.kind, ...refusal, ...facts, peak, limit: memory, stderr },
        'the process for pictures has died',
      );
    settle(refusal);
    end.resolve();
  }

  /**
   * Where the limit does not hold, or does not count what a library maps. As the kernel's it is each process's own: ours,
   * and the program that it runs.
   */
  async function watch(): Promise<void> {
    const resident = await mostResident(child.pid);
    peak = Math.max(peak, resident);
    if (resident <= memory + MAPPED || ended) return;
    killedFor ??= 'memory';
    killGroup();
  }

  child.on('message', settle);
  child.on('exit', (code, signal) => die({ code, signal }, signal));
  child.on('error', (error) => {
    // it could not be started; a message that cannot be sent is followed by its exit
    if (child.pid === undefined) die({ err: error }, null);
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-MAX_STDERR);
  });
  for (const part of [child, child.channel]) part?.unref();
  unrefPipe(child.stderr);

  return {
    pid: child.pid,
    get ended() {
      return ended;
    },
    end: end.promise,
    ask(task) {
      return new Promise((answer) => {
        if (ended) return answer({ trouble: 'cannot' } satisfies Refusal);
        peak = 0;
        asked = { kind: task.kind, answer, watching: setInterval(() => void watch(), WATCH_MS) };
        child.ref();
        child.channel?.ref();
        child.send(task, (error) => {
          if (error) killGroup();
        });
      });
    },
    kill() {
      killedFor ??= 'us';
      killGroup();
    },
    leave() {
      killedFor ??= 'us';
      if (child.connected) child.disconnect();
    },
  };
}

/** A pipe is a socket, which the types of `stderr` do not say. */
function unrefPipe(pipe: unknown): void {
  if (typeof pipe === 'object' && pipe && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
}

/** Of a process or one that it has started, in bytes; 0 where nobody can tell. */
async function mostResident(pid: number | undefined): Promise<number> {
  const all = await Promise.all([pid, ...(await childrenOf(pid))].map(residentMemory));
  return Math.max(...all);
}

/** Whom its first thread has started: Node starts programs there. */
async function childrenOf(pid: number | undefined): Promise<number[]> {
  const listed = await readProc(`${pid}/task/${pid}/children`);
  return (listed.match(/\d+/g) ?? []).map(Number);
}

async function residentMemory(pid: number | undefined): Promise<number> {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(await readProc(`${pid}/status`))?.[1] ?? 0) * 1024;
}

/** Empty where there is no such file: no /proc here, an old kernel's, or the process has just ended. */
async function readProc(name: string): Promise<string> {
  try {
    return await readFile(`/proc/${name}`, 'latin1');
  } catch {
    return '';
  }
}
