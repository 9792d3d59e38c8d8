/** What a recipe of ARCHITECTURE ("How to add …") is, and what comes of doing it once. */
import type { Edits, Workspace } from './workspace.ts';

export interface Recipe {
  /** As ARCHITECTURE calls it: `a language`. */
  name: string;
  /** The first step, by whoever knows only the recipe. */
  begin(edits: Edits): Promise<void>;
  /** Where the compiler then asks for the rest, exactly. Absent: it asks for nothing. */
  asks?: readonly string[];
  /** The rest, where the compiler asked for it. */
  finish?(edits: Edits): Promise<void>;
  /** How many files of these kinds may have to be touched. More is a failure: the recipe has become longer. */
  most: { changed: number; added: number };
  /** Node's arguments for something that uses the new thing, and what that prints. */
  uses: { args: readonly string[]; environment?: Record<string, string>; prints: RegExp };
}

export interface Done {
  name: string;
  /** Files that were there before, and new ones. */
  changed: number;
  added: number;
  lines: number;
  ms: number;
}

/** Rejects, saying which step it was, where the recipe is not true any more. */
export async function doRecipe(recipe: Recipe, workspace: Workspace): Promise<Done> {
  const from = performance.now();
  const { name, asks = [] } = recipe;
  return workspace.trying(async (edits, touched) => {
    await recipe.begin(edits);
    if (asks.length > 0) {
      const asked = await workspace.compile();
      if (asked.files.join(' ') !== asks.toSorted().join(' '))
        throw new Error(
          `${name}: the compiler asks in ${asked.files.join(', ') || 'no file'}\n${asked.output}`,
        );
    }
    await recipe.finish?.(edits);
    const compiled = [...touched.keys()].some((file) => file.endsWith('.ts'));
    const left = compiled ? await workspace.compile() : undefined;
    if (left && left.files.length > 0) throw new Error(`${name}: it does not compile\n${left.output}`);
    const { args, environment, prints } = recipe.uses;
    const { code, output } = await workspace.node(args, environment);
    if (code !== 0 || !prints.test(output))
      throw new Error(`${name}: exit code ${code}, and it prints\n${output}`);
    const lines = [...touched.values()].reduce((sum, { lines: more }) => sum + more, 0);
    const added = [...touched.values()].filter(({ isNew }) => isNew).length;
    const changed = touched.size - added;
    const { most } = recipe;
    if (changed > most.changed || added > most.added)
      throw new Error(
        `${name}: ${changed} files changed and ${added} new, no more than ${most.changed} and ${most.added}`,
      );
    return { name, changed, added, lines, ms: performance.now() - from };
  });
}

/** Node's arguments to run an ES module that is given as text. */
export function script(text: string): string[] {
  return ['--input-type=module', '--eval', text];
}
