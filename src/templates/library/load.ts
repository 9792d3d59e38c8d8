/** Reads the built-in templates, a folder each. A broken one is reported and never keeps the others from loading. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EaselError } from '../../core/errors.ts';
import type { Reason } from '../../core/reason.ts';
import type { Template } from '../../core/template.ts';
import { parseTemplate } from '../parse.ts';

export interface LoadedTemplates {
  templates: Template[];
  broken: EaselError[];
}

const VARIANT = /^workflow\.(.+)\.json$/;

/** Templates in alphabetical order. Throws only when `directory` itself cannot be read. */
export async function loadTemplates(directory: string): Promise<LoadedTemplates> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isSymbolicLink()))
    .map((entry) => entry.name);
  const loaded: LoadedTemplates = { templates: [], broken: [] };
  for (const name of names.toSorted())
    try {
      loaded.templates.push(await loadTemplate(directory, name));
    } catch (error) {
      loaded.broken.push(error instanceof EaselError ? error : unexpected(name, error));
    }

  return loaded;
}

async function loadTemplate(directory: string, name: string): Promise<Template> {
  const [template, workflow, files] = await Promise.all([
    document(directory, name, 'template.json'),
    document(directory, name, 'workflow.json'),
    readdir(join(directory, name)),
  ]);
  const named = files.toSorted().flatMap((file) => VARIANT.exec(file)?.slice(1, 2) ?? []);
  const variants = await Promise.all(
    named.map(async (one) => [one, await document(directory, name, `workflow.${one}.json`)] as const),
  );
  return parseTemplate({ name, template, workflow, variants: Object.fromEntries(variants) });
}

/** Anything else that a hostile or huge file can provoke, such as a stack overflow while it is checked. */
function unexpected(file: string, error: unknown): EaselError {
  return new EaselError(
    { code: 'template-broken', file, path: '', reason: { code: 'invalid' } },
    { cause: error },
  );
}

async function document(
  directory: string,
  name: string,
  base: string,
): Promise<{ text: string; file: string }> {
  const file = join(name, base);
  try {
    return { text: await readFile(join(directory, file), 'utf8'), file };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    const reason: Reason =
      code === 'ENOENT' ? { code: 'no-such-file' } : { code: 'unreadable', ...(code && { error: code }) };
    throw new EaselError({ code: 'template-broken', file, path: '', reason }, { cause: error });
  }
}
