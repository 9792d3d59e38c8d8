/** Bends right things: JSON at any place in it, bytes at any offset. */
import type { Random } from '../fakes/random.ts';

/** What programs trip over, wherever it turns up. */
const ODD: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  Number.MIN_VALUE,
  '',
  ' ',
  '0',
  '..',
  '../../x',
  '__proto__',
  'constructor',
  'toString',
  'null',
  '\u0000',
  '\ud800',
  '\udc00x',
  '\u202e\u2028\u200b',
  'ﷺ',
  '👩‍👩‍👧‍👦',
  '<!channel> <@U1> @everyone https://evil.example ```',
  '%ff%',
  'http://'.repeat(300),
  '1'.repeat(5000),
  'a:'.repeat(2000),
  'x'.repeat(20_000),
  '18446744073709551616',
  [],
  {},
  [[]],
  [null],
  [['a', 0], 'b'],
  { length: 5 },
  { length: { toString: 1, valueOf: null } },
  { toString: 1, valueOf: null },
  JSON.parse('{"__proto__":{"a":1}}'),
  JSON.parse('['.repeat(60) + ']'.repeat(60)),
];

/** JSON text of anything; the abyss can be read but not written, and is short to make. */
export function written(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch (error) {
    if (error instanceof RangeError) return '[{"a":'.repeat(20_000) + '1' + '}]'.repeat(20_000);
    throw error;
  }
}

/** JSON that nests deeper than any call stack; made on demand, since few can even print it. */
function abyss(): unknown {
  return JSON.parse('[{"a":'.repeat(20_000) + '1' + '}]'.repeat(20_000));
}

export function oddity(random: Random): unknown {
  return random.below(2000) === 0 ? abyss() : structuredClone(random.pick(ODD));
}

/** A copy of `value` with one to four things wrong, or none. */
export function bend(random: Random, value: unknown): unknown {
  let bent = structuredClone(value);
  for (let times = random.below(5); times > 0; times -= 1) bent = bendOnce(random, bent);
  return bent;
}

/** Walks to a random place and does something to what stands there. */
function bendOnce(random: Random, root: unknown): unknown {
  let parent: Record<string, unknown> | undefined;
  let key = '';
  let at: unknown = root;
  while (isObject(at) && random.below(8) !== 0) {
    const keys = Object.keys(at);
    if (keys.length === 0) break;
    parent = at;
    key = random.pick(keys);
    at = at[key];
  }
  if (!parent) return random.below(4) === 0 ? oddity(random) : root;
  change(random, parent, key);
  return root;
}

function change(random: Random, parent: Record<string, unknown>, key: string): void {
  const here = parent[key];
  switch (random.below(9)) {
    case 0:
      delete parent[key];
      break;
    case 1:
      put(parent, random.pick(['__proto__', 'constructor', '', 'id', `${key}x`]), here);
      break;
    case 2:
      if (Array.isArray(here))
        for (let n = random.below(40); n > 0; n -= 1) here.push(here[0] ?? oddity(random));
      else put(parent, key, [here]);
      break;
    case 3:
      put(
        parent,
        key,
        typeof here === 'string' ? bendText(random, here) : isObject(here) ? '[object]' : String(here),
      );
      break;
    case 4:
      put(parent, key, typeof here === 'string' ? Number(here) : { [key]: here });
      break;
    case 5: {
      // two places change their values
      const other = random.pick(Object.keys(parent));
      const there = parent[other];
      put(parent, other, here);
      put(parent, key, there);
      break;
    }
    default:
      put(parent, key, oddity(random));
  }
}

/** Names of what only a chat itself writes; so are long numbers, which are ids. */
const SHAPE = ['type', 'component_type', 'id', 'block_id', 'action_id'];

/** A copy in which one to three texts or numbers are others, as people can make them: the shape stays. */
export function bendValues(random: Random, value: unknown): unknown {
  const copy = structuredClone(value);
  const leaves: [parent: Record<string, unknown>, key: string][] = [];
  const walk = (at: unknown): void => {
    if (!isObject(at)) return;
    for (const key of Object.keys(at)) {
      const here = at[key];
      const isOurs = typeof here === 'number' || (typeof here === 'string' && !/^\d{17,20}$/.test(here));
      if (isObject(here)) walk(here);
      else if (isOurs && !SHAPE.includes(key)) leaves.push([at, key]);
    }
  };
  walk(copy);
  for (let times = 1 + random.below(3); times > 0 && leaves.length > 0; times -= 1) {
    const [parent, key] = random.pick(leaves);
    const here = parent[key];
    const same = ODD.filter((one) => typeof one === typeof here);
    parent[key] =
      typeof here === 'string' && random.below(2) === 0 ? bendText(random, here) : random.pick(same);
  }
  return copy;
}

export function bendText(random: Random, text: string): string {
  const at = random.below(text.length + 1);
  const odd = random.pick(ODD.filter((one) => typeof one === 'string'));
  switch (random.below(4)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + odd + text.slice(at);
    case 2:
      return text.slice(0, at) + String.fromCharCode(random.below(0x3000)) + text.slice(at + 1);
    default:
      return text.slice(0, at) + text.slice(0, 200) + text.slice(at);
  }
}

/** A copy of some bytes: cut, with wrong ones, with pieces twice, or all of them random. */
export function bendBytes(random: Random, bytes: Uint8Array): Uint8Array {
  if (random.below(20) === 0) return noise(random, random.below(300));
  let bent = Uint8Array.from(bytes);
  for (let times = 1 + random.below(4); times > 0 && bent.length > 0; times -= 1) {
    // what decides how the rest is read stands near the beginning
    const at = random.below(random.below(2) === 0 ? Math.min(64, bent.length) : bent.length);
    const size = random.below(12);
    switch (random.below(5)) {
      case 0:
        bent = bent.slice(0, at);
        break;
      case 1:
        bent = joined(bent.subarray(0, at), bent.subarray(at + size));
        break;
      case 2:
        bent = joined(bent.subarray(0, at), noise(random, size), bent.subarray(at));
        break;
      case 3:
        bent = joined(bent.subarray(0, at + size), bent.subarray(at));
        break;
      default:
        bent[at] = random.pick([0, 1, 0x7f, 0x80, 0xff, random.below(256)]);
    }
  }
  return bent;
}

function noise(random: Random, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, () => random.below(256));
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}

function put(target: Record<string, unknown>, key: string, value: unknown): void {
  // as JSON.parse does: `__proto__` is a name like any other
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
