/** Screen → lines of text, with what is typed to do something in it. */
import { possibleActs, type PossibleAct } from '../../commands/act-line.ts';
import { typableKey } from '../../commands/screens/typed.ts';
import { plainMoment } from '../../core/moment.ts';
import type { Item, Line, Part, Screen } from '../../core/screen.ts';
import { catalogue } from '../../i18n/index.ts';
import { fieldLines, firstOptions, lineText } from '../kit/screen-text.ts';

/** `acts`: somebody can do something in it. */
export function screenLines(screen: Screen, locale: string, acts = true): string[] {
  const { title, lines, items = [], fields, actions, save } = screen;
  const words = catalogue(locale);
  const isOff = (key: string) => actions.some((action) => action.key === key && action.disabled === true);
  const possible = acts ? possibleActs(screen).filter(({ key }) => !isOff(key)) : [];
  return [
    title,
    ...lines.map(sayLine),
    ...items.flatMap(itemLines),
    ...fields.flatMap((field) => fieldLines(field, words)).map(indented),
    ...possible.flatMap((act) => actLines(act, act.key === save && fields.length > 0)).map(indented),
  ];
}

/** What stood in the way of something that was not done. */
export function problemLines({ lines, fields }: Screen): string[] {
  const [first] = lines;
  return [
    ...(first?.tone === 'blocked' ? [sayLine(first)] : []),
    ...fields.flatMap(({ problem }) => (problem === undefined ? [] : [`⛔ ${problem}`])),
  ];
}

export function sayLine(line: Line): string {
  return lineText(line, sayPart);
}

function sayPart(part: Exclude<Part, string>): string {
  switch (part.kind) {
    case 'strong':
    case 'code':
      return part.text;
    case 'person':
    case 'role':
    case 'channel':
      return part.id;
    case 'date':
      // with its day, also today's
      return plainMoment(part.at, 0);
    case 'picture':
      return part.file;
  }
}

/** Its key in front, where that is not what it is called. */
function itemLines({ key, lines }: Item): string[] {
  const [first = '', ...rest] = lines.map(sayLine);
  const name = typableKey(key);
  return [`  ${first.includes(name) ? first : `${name}: ${first}`}`, ...rest.map((line) => `    ${line}`)];
}

function actLines({ key, label, of }: PossibleAct, takesFields: boolean): string[] {
  const usage = ['/do', key, ...(of ? ['ITEM'] : []), ...(takesFields ? ['KEY:VALUE …'] : [])].join(' ');
  // items are shown above
  const options = of && of.choose === label ? of.options : [];
  const choices = options.map(({ value, label: name }) => `  ${typableKey(value)} — ${name}`);
  return [label ? `${usage} — ${label}` : usage, ...firstOptions(choices)];
}

function indented(line: string): string {
  return `  ${line}`;
}
