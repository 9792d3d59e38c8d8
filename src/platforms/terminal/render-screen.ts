/** Screen → lines of text, with what is typed to do something in it. */
import { possibleActs, type PossibleAct } from '../../commands/typed/act-line.ts';
import type { Item, Screen } from '../../core/screen.ts';
import { catalogue, type Catalogue } from '../../i18n/index.ts';
import { fieldLines, firstOptions, lineText } from '../kit/screen-text.ts';

/** `acts`: somebody can do something in it. */
export function screenLines(screen: Screen, locale: string, acts = true): string[] {
  const { title, lines, items = [], fields, save } = screen;
  const words = catalogue(locale);
  const possible = acts ? possibleActs(screen).filter(({ disabled }) => disabled !== true) : [];
  return [
    title,
    ...lines.map((line) => lineText(line)),
    ...items.flatMap(itemLines),
    ...fields.flatMap((field) => fieldLines(field, words)).map(indented),
    ...possible.flatMap((act) => actLines(act, words, act.key === save && fields.length > 0)).map(indented),
  ];
}

/** What stood in the way of something that was not done. */
export function problemLines({ lines, fields }: Screen): string[] {
  const [first] = lines;
  return [
    ...(first?.tone === 'blocked' ? [lineText(first)] : []),
    ...fields.flatMap(({ problem }) => (problem === undefined ? [] : [`⛔ ${problem}`])),
  ];
}

/** Its key in front, where that is not what it is called. */
function itemLines({ key, lines }: Item): string[] {
  const [first = '', ...rest] = lines.map((line) => lineText(line));
  const name = key;
  return [`  ${first.includes(name) ? first : `${name}: ${first}`}`, ...rest.map((line) => `    ${line}`)];
}

function actLines({ key, label, of }: PossibleAct, words: Catalogue, takesFields: boolean): string[] {
  const { commandNames, usage: say } = words;
  const taken = [...(of ? [say.item()] : []), ...(takesFields ? [say.fields()] : [])];
  const usage = [`/${commandNames.called('command', 'do')}`, key, ...taken].join(' ');
  // items are shown above
  const options = of && of.choose === label ? of.options : [];
  const choices = options.map(({ value, label: name }) => `  ${value} — ${name}`);
  return [label ? `${usage} — ${label}` : usage, ...firstOptions(choices)];
}

function indented(line: string): string {
  return `  ${line}`;
}
