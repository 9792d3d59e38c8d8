/** Easel as a process of its own, for what only a process can show: exit codes, signals, and being killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PATIENCE_MS } from '../fakes/patience.ts';

export interface EaselProcess {
  /** Standard output and error so far. */
  output(): string;
  /** Resolves when the output has matched; rejects when the process has ended without it, or patience has. */
  says(pattern: RegExp): Promise<void>;
  /** Resolves to the link of its page. */
  link(): Promise<string>;
  write(line: string): void;
  signal(name: NodeJS.Signals): void;
  /** Resolves to the exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals>;
}

const LINK = /http:\/\/127\.0\.0\.1:\d+\/enter\?key=[\w-]+(?=\s)/;

export interface ProcessLimits {
  /** No file of its may grow larger, as on a full disk. */
  fileKb?: number;
  /** Files and connections that it may have open. */
  handles?: number;
  /** Where it is started; default: here. `entry` and folders are then named from the root. */
  cwd?: string;
  /** On a terminal of its own, by `script` of util-linux. */
  terminal?: boolean;
}

/** `entry`: another program around the same app. */
export function spawnEasel(
  environment: Record<string, string>,
  args: string[] = [],
  entry = 'src/main.ts',
  { fileKb, handles, cwd, terminal = false }: ProcessLimits = {},
): EaselProcess {
  const limits = [
    ...(fileKb === undefined ? [] : [`trap '' XFSZ; ulimit -f ${fileKb};`]),
    ...(handles === undefined ? [] : [`ulimit -n ${handles};`]),
  ];
  const command = limits.length === 0 ? [] : ['bash', '-c', `${limits.join(' ')} exec "$0" "$@"`];
  const plain = [...command, process.execPath, entry, ...args];
  const [program = '', ...rest] = terminal
    ? ['script', '-qefc', plain.map((word) => `'${word}'`).join(' '), '/dev/null']
    : plain;
  const child = spawn(program, rest, {
    ...(cwd !== undefined && { cwd }),
    env: { ...inherited(), PORT: '0', TEMPLATES_DIR: 'test/fixtures/templates', ...environment },
  });
  let output = '';
  const changed = new EventTarget();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      changed.dispatchEvent(new Event('change'));
    });
  const ended = (async () => {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return code ?? signal ?? 'SIGKILL';
  })();
  const easel: EaselProcess = {
    output: () => output,
    async link() {
      await easel.says(LINK);
      return LINK.exec(output)?.[0] ?? '';
    },
    async says(pattern) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const look = () => pattern.test(output) && resolve();
      changed.addEventListener('change', look);
      void ended.then((code) => reject(new Error(`ended (${code}) without ${pattern}: ${output}`)));
      const enough = setTimeout(() => reject(new Error(`never said ${pattern}: ${output}`)), PATIENCE_MS);
      look();
      try {
        await promise;
      } finally {
        clearTimeout(enough);
        changed.removeEventListener('change', look);
      }
    },
    write: (line) => void child.stdin.write(`${line}\n`),
    signal: (name) => void child.kill(name),
    ended,
  };
  return easel;
}

function inherited(): NodeJS.ProcessEnv {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  // wherever the tests run
  return { PATH, NODE_COMPILE_CACHE, EASEL_IN: 'shell' };
}
