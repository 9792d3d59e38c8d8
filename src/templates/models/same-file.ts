/**
 * A model's file by the name that somebody wrote down: on a server with the other slash, in another folder of it, by hand
 * without its ending. What may mean two files is never decided here. Pure.
 */

const ENDING = /\.(safetensors|sft|ckpt|pth?|bin|gguf|onnx|engine)$/;

/** `one`: as the backend has it. `several`: all that are meant equally well, in its order. */
export type Match = { one: string } | { several: string[] } | undefined;

/**
 * The installed file that a written name stands for: the name itself, else the same but for slashes and case, else
 * without its ending or its folders, else in another folder.
 */
export function sameFile(written: string, installed: readonly string[]): Match {
  if (installed.includes(written)) return { one: written };
  const wanted = plain(written);
  if (wanted === '') return undefined;
  const known = installed.map((name) => ({ name, path: plain(name) }));
  const ways: ((path: string) => boolean)[] = [
    (path) => path === wanted,
    (path) => stem(path) === wanted,
    (path) => endsPath(path, wanted) || endsPath(wanted, path),
    (path) => endsPath(stem(path), wanted) || endsPath(wanted, stem(path)),
    (path) => base(path) === base(wanted),
  ];
  return first(ways, known);
}

/**
 * As `sameFile`, for what a person types: a beginning of the file's name is enough, or any part of it, where that is clear.
 */
export function meantFile(typed: string, installed: readonly string[]): Match {
  const same = sameFile(typed, installed);
  const wanted = plain(typed);
  if (same || wanted === '') return same;
  const known = installed.map((name) => ({ name, path: plain(name) }));
  return first(
    [
      (path) => path.startsWith(wanted),
      (path) => base(path).startsWith(base(wanted)) && path.includes(wanted),
      (path) => path.includes(wanted),
    ],
    known,
  );
}

/** The file's name without folders and ending, in lower case. */
export function stemOf(name: string): string {
  return stem(base(plain(name)));
}

/** Whether a value looks like a model's file. */
export function isModelFile(value: string): boolean {
  return ENDING.test(value.toLowerCase());
}

function first(ways: readonly ((path: string) => boolean)[], known: readonly Known[]): Match {
  for (const way of ways) {
    const found = known.filter(({ path }) => way(path)).map(({ name }) => name);
    const [one, ...more] = found;
    if (one !== undefined) return more.length === 0 ? { one } : { several: found };
  }
  return undefined;
}

interface Known {
  name: string;
  path: string;
}

function plain(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '');
}

function stem(path: string): string {
  return path.replace(ENDING, '');
}

function base(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether the last parts of a path are these. */
function endsPath(path: string, end: string): boolean {
  return path.endsWith(`/${end}`);
}
