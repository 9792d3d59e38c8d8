/** What a message takes, read from its text. */
import {
  isDateElement,
  isNumberElement,
  isPluralElement,
  isPoundElement,
  isLiteralElement,
  isSelectElement,
  isTagElement,
  isTimeElement,
  parse,
  type MessageFormatElement,
} from '@formatjs/icu-messageformat-parser';

/** `select`: it only decides between words, and is not said itself. */
export type Kind = 'text' | 'number' | 'date' | 'select';

/** A `plural` or `selectordinal`, with the categories that it has words for. */
export interface Plural {
  argument: string;
  type: 'cardinal' | 'ordinal';
  categories: string[];
}

export interface Arguments {
  kinds: Map<string, Kind>;
  plurals: Plural[];
}

/** @throws a SyntaxError that says what is wrong with the text, and where */
export function argumentsOf(text: string): Arguments {
  const found: Arguments = { kinds: new Map(), plurals: [] };
  collect(parse(text, { ignoreTag: true, requiresOtherClause: true }), found);
  return found;
}

function collect(elements: MessageFormatElement[], found: Arguments): void {
  for (const element of elements) {
    if (isLiteralElement(element) || isPoundElement(element) || isTagElement(element)) continue;
    const { value: name } = element;
    if (isPluralElement(element)) {
      note(found, name, 'number');
      const categories = Object.keys(element.options);
      found.plurals.push({ argument: name, type: element.pluralType ?? 'cardinal', categories });
    } else if (isSelectElement(element)) note(found, name, 'select');
    else if (isNumberElement(element)) note(found, name, 'number');
    else if (isDateElement(element) || isTimeElement(element)) note(found, name, 'date');
    else note(found, name, 'text');
    if (isPluralElement(element) || isSelectElement(element))
      for (const { value } of Object.values(element.options)) collect(value, found);
  }
}

/** Of what is said in two ways, the narrower one holds: a number may also be said as it is. */
function note({ kinds }: Arguments, name: string, kind: Kind): void {
  const known = kinds.get(name);
  if (known === undefined || known === 'select' || (known === 'text' && kind !== 'select'))
    kinds.set(name, kind);
}
