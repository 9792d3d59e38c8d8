/**
 * What a schema of ours minds in a document, as a reason: zod's own sentences are English, and reach nobody. A refinement
 * says its reason itself (`because`).
 */
import type { z } from 'zod';
import type { JsonKind, Reason } from '../core/reason.ts';

/** For a refinement. */
export function because(reason: Reason): { params: { reason: Reason } } {
  return { params: { reason } };
}

export interface Minded {
  /** Where in the document, by keys. */
  path: PropertyKey[];
  reason: Reason;
}

type Issue = z.core.$ZodIssue;

/** As many tell what is meant; a file may have thousands. */
const MAX_KEYS = 12;

const KINDS: Readonly<Record<string, JsonKind>> = {
  string: 'text',
  number: 'number',
  int: 'number',
  boolean: 'boolean',
  array: 'list',
  tuple: 'list',
  object: 'object',
  record: 'object',
};

/** The first issue of a document that was refused. */
export function mindedIn({ issues }: z.core.$ZodError, document: unknown): Minded {
  const [issue] = issues;
  return issue ? minded(issue, document) : { path: [], reason: { code: 'invalid' } };
}

function minded(issue: Issue, document: unknown): Minded {
  const { path } = issue;
  const value = valueAt(document, path);
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return mindedInUnion(issue, value);
  // a key is judged by itself
  const [ofKey] = issue.code === 'invalid_key' ? issue.issues : [];
  if (ofKey) return { path, reason: reasonOf(ofKey, path.at(-1)) };
  return {
    path,
    reason: reasonOf(issue, value),
  };
}

function reasonOf(issue: Issue, value: unknown): Reason {
  if (issue.code === 'custom')
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only `because` sets it
    return (issue.params?.['reason'] as Reason | undefined) ?? { code: 'invalid' };
  if (value === undefined && issue.path.length > 0) return { code: 'missing' };
  switch (issue.code) {
    case 'invalid_type': {
      if (issue.expected === 'int' && typeof value === 'number') return { code: 'not-whole' };
      const kind = KINDS[issue.expected];
      return kind ? { code: 'wrong-kind', wanted: [kind] } : { code: 'invalid' };
    }
    case 'invalid_value':
      return { code: 'not-one-of', values: issue.values.map(String) };
    case 'invalid_union':
      return 'options' in issue && issue.options
        ? { code: 'not-one-of', values: issue.options.map(String) }
        : { code: 'invalid' };
    case 'unrecognized_keys':
      return { code: 'unknown-keys', keys: issue.keys.slice(0, MAX_KEYS) };
    case 'too_small':
      return bounded(issue.origin, { min: issue.minimum });
    case 'too_big':
      return bounded(issue.origin, { max: issue.maximum });
    case 'invalid_format':
      return 'includes' in issue ? { code: 'lacks-text', text: String(issue.includes) } : { code: 'invalid' };
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
      return { code: 'invalid' };
  }
}

function bounded(origin: string, { min, max }: { min?: number | bigint; max?: number | bigint }): Reason {
  if (origin === 'string')
    return max === undefined ? { code: 'empty' } : { code: 'text-too-long', max: Number(max) };
  if (origin === 'array')
    return {
      code: 'item-count',
      ...(min !== undefined && { min: Number(min) }),
      ...(max !== undefined && { max: Number(max) }),
    };
  return {
    code: 'out-of-range',
    ...(min !== undefined && { min: String(min) }),
    ...(max !== undefined && { max: String(max) }),
  };
}

/** Of several shapes the one that was meant: whose kind it is. Where it is of none, all kinds are said. */
function mindedInUnion({ path, errors }: Extract<Issue, { code: 'invalid_union' }>, value: unknown): Minded {
  const firsts = errors.flatMap(([first]) => first ?? []);
  const meant = firsts.find((one) => one.code !== 'invalid_type' || one.path.length > 0);
  if (meant) {
    const inside = minded(meant, value);
    return { path: [...path, ...inside.path], reason: inside.reason };
  }
  if (value === undefined) return { path, reason: { code: 'missing' } };
  const wanted = firsts.flatMap((one) => (one.code === 'invalid_type' ? (KINDS[one.expected] ?? []) : []));
  return { path, reason: wanted.length > 0 ? { code: 'wrong-kind', wanted } : { code: 'invalid' } };
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
