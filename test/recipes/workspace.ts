/** A copy of the repository that a recipe may change: what it touches is counted, and undone afterwards. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** Of one compilation or one assertion; a busy machine takes many times as long as a quiet one. */
const PATIENCE_MS = 180_000;
const LEFT_OUT = new Set(['.git', 'node_modules', 'data', 'coverage', '.vitest', '.env']);
const TSC = 'node_modules/typescript/bin/tsc';
const BUILT = '.built.tsbuildinfo';
/** What the compiler knew before any recipe, so that what it looks at again is what this recipe changed. */
const BUILT_FIRST = '.built-first.tsbuildinfo';

export interface Edits {
  /** The text of a file as it is now. Rejects where it is not there. */
  read(file: string): Promise<string>;
  /** The names in a folder, in alphabetical order. */
  list(folder: string): Promise<string[]>;
  /** A new file. Rejects where there is one. */
  create(file: string, text: string): Promise<void>;
  /** Whole lines before or after the only line that contains `anchor`. Rejects where there is none, or several. */
  insert(file: string, where: { before: string } | { after: string }, lines: string): Promise<void>;
}

/** By file: how many lines it has more than before, and whether it was there at all. */
export type Touched = ReadonlyMap<string, { lines: number; isNew: boolean }>;

export interface Outcome {
  code: number;
  output: string;
}

export interface Workspace {
  /** Lets `work` change files, and undoes that whatever comes of it. `touched` grows as it does. */
  trying<T>(work: (edits: Edits, touched: Touched) => Promise<T>): Promise<T>;
  /** The files in which the compiler finds something wrong, in alphabetical order, and what it says. */
  compile(): Promise<{ files: string[]; output: string }>;
  /** Node with these arguments, in the copy; what it printed on both streams. */
  node(args: readonly string[], environment?: Record<string, string>): Promise<Outcome>;
  remove(): Promise<void>;
}

/** `from`: the root of the repository. Rejects where it does not compile as it is. */
export async function openWorkspace(from: string): Promise<Workspace> {
  const root = await mkdtemp(join(tmpdir(), 'easel-recipes-'));
  try {
    for (const name of await readdir(from))
      if (!LEFT_OUT.has(name)) await cp(join(from, name), join(root, name), { recursive: true });
    // nothing is written there
    await symlink(resolve(from, 'node_modules'), join(root, 'node_modules'));
    const workspace = workspaceAt(root);
    const { files, output } = await workspace.compile();
    if (files.length > 0) throw new Error(`it does not compile before any recipe:\n${output}`);
    await cp(join(root, BUILT), join(root, BUILT_FIRST));
    return workspace;
  } catch (error) {
    await rm(root, { recursive: true, force: true });
    throw error;
  }
}

/** Of a copy that is there already. */
export function workspaceAt(root: string): Workspace {
  const at = (file: string): string => join(root, file);

  const workspace: Workspace = {
    async trying(work) {
      /** What each touched file was; undefined: nothing. */
      const before = new Map<string, string | undefined>();
      const touched = new Map<string, { lines: number; isNew: boolean }>();
      const write = async (file: string, text: string, was: string | undefined): Promise<void> => {
        if (!before.has(file)) before.set(file, was);
        await mkdir(dirname(at(file)), { recursive: true });
        await writeFile(at(file), text);
        const first = before.get(file);
        touched.set(file, { lines: linesOf(text) - linesOf(first ?? ''), isNew: first === undefined });
      };
      const edits: Edits = {
        read: (file) => readFile(at(file), 'utf8'),
        list: async (folder) => (await readdir(at(folder))).toSorted(),
        async create(file, text) {
          const there = await readFile(at(file), 'utf8').catch(() => undefined);
          if (there !== undefined) throw new Error(`${file} is there already`);
          await write(file, text, undefined);
        },
        async insert(file, where, lines) {
          const text = await readFile(at(file), 'utf8');
          await write(file, inserted(text, where, lines, file), text);
        },
      };
      try {
        return await work(edits, touched);
      } finally {
        await cp(at(BUILT_FIRST), at(BUILT));
        for (const [file, was] of before) await (was === undefined ? rm(at(file)) : writeFile(at(file), was));
      }
    },
    async compile() {
      const { code, output } = await workspace.node([
        TSC,
        '--incremental',
        '--tsBuildInfoFile',
        BUILT,
        '--pretty',
        'false',
      ]);
      const files = [...output.matchAll(/^(\S+?)\(\d+,\d+\): error/gm)].map(([, file = '']) => file);
      if (code !== 0 && files.length === 0) throw new Error(`the compiler failed: ${output}`);
      return { files: [...new Set(files)].toSorted(), output };
    },
    node: (args, environment = {}) =>
      new Promise((done) => {
        const options = { cwd: root, timeout: PATIENCE_MS, env: { ...process.env, ...environment } };
        execFile(process.execPath, args, options, (error, told, complained) => {
          const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
          done({ code, output: `${told}${complained}` });
        });
      }),
    remove: () => rm(root, { recursive: true, force: true }),
  };
  return workspace;
}

function inserted(
  text: string,
  where: { before: string } | { after: string },
  lines: string,
  file: string,
): string {
  const anchor = 'before' in where ? where.before : where.after;
  const all = text.split('\n');
  const [found, ...others] = all.flatMap((line, at) => (line.includes(anchor) ? [at] : []));
  if (found === undefined || others.length > 0)
    throw new Error(`${file} has ${found === undefined ? 'no line' : 'several lines'} with ${anchor}`);
  return all.toSpliced('before' in where ? found : found + 1, 0, ...lines.split('\n')).join('\n');
}

function linesOf(text: string): number {
  return text.split('\n').length - 1;
}
