/** What is wrong with the messages of a language, held against the English ones. */
import type { Texts } from '../languages.ts';
import { argumentsOf, type Arguments } from './arguments.ts';

/** @returns sentences for whoever translates, each with its key; none when all is well */
export function faultsIn(tag: string, texts: Texts, english: Texts): string[] {
  const faults: string[] = [];
  for (const key of Object.keys(english))
    if (isMessage(key) && !Object.hasOwn(texts, key)) faults.push(`${key}: is missing`);
  for (const [key, text] of Object.entries(texts)) {
    const model = english[key];
    if (model === undefined) faults.push(`${key}: is not in en.json`);
    else if (isMessage(key)) faults.push(...faultsOf(tag, text, model).map((fault) => `${key}: ${fault}`));
  }
  return faults;
}

/** Other entries tell translators about the message that has the same key without the `@`. */
export function isMessage(key: string): boolean {
  return !key.startsWith('@');
}

function faultsOf(tag: string, text: string, model: string): string[] {
  const known = argumentsOf(model);
  let given: Arguments;
  try {
    given = argumentsOf(text);
  } catch (error) {
    return [`cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
  return [
    ...(text.trim() === '' && model.trim() !== '' ? ['has no words'] : []),
    ...unknownIn(given, known),
    ...leftOut(given, known),
    ...given.plurals.flatMap(({ argument, type, categories }) =>
      new Intl.PluralRules(tag, { type })
        .resolvedOptions()
        .pluralCategories.filter((category) => !categories.includes(category))
        .map((category) => `has no words for {${argument}} in the plural category "${category}"`),
    ),
  ];
}

function unknownIn(given: Arguments, known: Arguments): string[] {
  return [...given.kinds].flatMap(([name, kind]) => {
    const wanted = known.kinds.get(name);
    if (wanted === undefined) return [`takes {${name}}, which the English text does not have`];
    const fits = kind === wanted || kind === 'text' || (kind === 'select' && wanted === 'text');
    return fits ? [] : [`takes {${name}} as ${kind}, and it is ${wanted}`];
  });
}

/** What only decides between words may be left out where the language has one for all. */
function leftOut(given: Arguments, known: Arguments): string[] {
  return [...known.kinds]
    .filter(([name, kind]) => kind !== 'select' && !given.kinds.has(name))
    .map(([name]) => `does not say {${name}}`);
}
