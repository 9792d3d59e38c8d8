/**
 * `npm run words`: says what is missing or wrong in each language, and writes the types of the messages. With `--check`
 * it writes nothing, and types that are not those of `en.json` are a fault too. Ends with 1 where there is a fault.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { readTexts, TAGS } from '../languages.ts';
import { commandFaults } from './command-faults.ts';
import { faultsIn } from './faults.ts';
import { keyTypes } from './key-types.ts';

const KEYS = new URL('../keys.ts', import.meta.url);

const texts = TAGS.map((tag) => [tag, readTexts(tag)] as const);
const english = readTexts('en');
const types = keyTypes(english);
const only = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const tags = TAGS.filter((tag) => only.length === 0 || only.includes(tag));
const faults = texts.flatMap(([tag, own]) => {
  if (!tags.includes(tag)) return [];
  const found = [...faultsIn(tag, own, english), ...commandFaults(tag, Object.fromEntries(texts))];
  return found.map((fault) => `${tag}.json  ${fault}`);
});
if (!process.argv.includes('--check')) await writeFile(KEYS, types);
else if ((await readFile(KEYS, 'utf8')) !== types)
  faults.push('keys.ts is not that of en.json: run `npm run words`');
process.stdout.write(
  faults.length === 0 ? `${tags.join(', ')}: every message is there.\n` : `${faults.join('\n')}\n`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
