/** What a start knows of itself before it begins: its version, where it runs, and what is odd about its environment. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { allVariables, type Config } from '../../config.ts';
import { parseJson } from '../../core/json.ts';
import { surroundingsOf } from '../../surroundings.ts';
import type { Start } from './gather.ts';
import { warningsOf } from './warnings.ts';

/** `inFile`: names that `.env` has. */
export async function lookAround(config: Config, inFile: ReadonlySet<string>): Promise<Start> {
  const variables = allVariables();
  const surroundings = surroundingsOf(variables);
  return {
    version: await ownVersion(),
    surroundings,
    warnings: warningsOf(config, { variables, inFile, surroundings }),
  };
}

const About = z.object({ version: z.string() });

export async function ownVersion(): Promise<string> {
  const about = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  return About.parse(parseJson(about)).version;
}
