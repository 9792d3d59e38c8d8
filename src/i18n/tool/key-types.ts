/** TypeScript's view of the English messages: their keys, and what each takes. */
import type { Texts } from '../languages.ts';
import { argumentsOf, type Kind } from './arguments.ts';
import { isMessage } from './faults.ts';

const TYPES: Record<Kind, string> = {
  text: 'string | number',
  number: 'number',
  date: 'number | Date',
  select: 'string | boolean',
};

/** The text of `keys.ts`. */
export function keyTypes(english: Texts): string {
  const lines = Object.entries(english)
    .filter(([key]) => isMessage(key))
    .map(([key, text]) => `  '${key}': ${typeOf(text)};\n`);
  return `/** Every message and what it takes. Made of \`languages/en.json\` by \`npm run words\`. */\nexport interface Messages {\n${lines.join('')}}\n`;
}

function typeOf(text: string): string {
  const taken = [...argumentsOf(text).kinds].map(([name, kind]) => `${name}: ${TYPES[kind]}`);
  return taken.length === 0 ? 'undefined' : `{ ${taken.join('; ')} }`;
}
