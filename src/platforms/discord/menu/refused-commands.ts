/** Which commands of a list Discord does not take, and why. */
import { DiscordAPIError } from 'discord.js';
import { z } from 'zod';

/**
 * 50035, Invalid Form Body: a tree of errors by index and field
 * (https://docs.discord.com/developers/reference#error-messages).
 */
const Refused = z.object({ code: z.literal(50_035), errors: z.record(z.string(), z.unknown()) });
const Leaf = z.object({ _errors: z.array(z.object({ message: z.string() })).min(1) });
const Tree = z.record(z.string(), z.unknown());
const MAX_DEPTH = 10;

/** By index; empty where it is not about single ones. */
export function refusedAt(error: unknown): [index: number, words: string][] {
  const refused = error instanceof DiscordAPIError ? Refused.safeParse(error.rawError) : undefined;
  if (!refused?.success) return [];
  return Object.entries(refused.data.errors).flatMap(([key, tree]): [number, string][] =>
    /^\d+$/.test(key) ? [[Number(key), wordsIn(tree, '')]] : [],
  );
}

/** The first message, with the field that it is about. */
function wordsIn(tree: unknown, at: string, depth = 0): string {
  const leaf = Leaf.safeParse(tree);
  if (leaf.success) return [at, leaf.data._errors[0]?.message].filter(Boolean).join(': ');
  const branches = Tree.safeParse(tree);
  if (!branches.success || depth > MAX_DEPTH) return '';
  for (const [key, below] of Object.entries(branches.data)) {
    const words = wordsIn(below, at === '' ? key : `${at}.${key}`, depth + 1);
    if (words !== '') return words;
  }
  return '';
}
