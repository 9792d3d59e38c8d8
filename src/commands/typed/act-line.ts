/**
 * `do publish`, `do change prompt`, `do save guildJobs:3`: what is done in a screen, typed where there is nothing to
 * press.
 */
import { EaselError } from '../../core/errors.ts';
import { CHOSEN, type Option, type Screen } from '../../core/screen.ts';
import type { Entered } from '../screens/index.ts';
import { chosenOf } from '../screens/typed.ts';
import { fieldEntry, readFields, readWords } from './typed-words.ts';

export interface PossibleAct {
  key: string;
  label: string;
  /** It is done with one of these; `choose`: what a list of them is called. */
  of?: { choose: string; options: readonly Option[] } | undefined;
  /** Not now; whoever tries is told why. */
  disabled?: boolean | undefined;
}

/** Everything that can be done in a screen. */
export function possibleActs({
  actions,
  itemActions,
  items = [],
  menus = [],
  ...screen
}: Screen): PossibleAct[] {
  const options = items.map(({ key, label, description }) => ({ value: key, label, description }));
  const acts: PossibleAct[] = [
    ...actions,
    ...(itemActions?.actions ?? []).map(({ key, label }) => {
      return { key, label, of: { choose: itemActions?.choose ?? '', options } };
    }),
    ...menus.map(({ action, ...of }) => ({ key: action, label: of.label, of: { ...of, choose: of.label } })),
  ];
  const { save, fields, groups = {} } = screen;
  if (save !== undefined && !acts.some(({ key }) => key === save)) {
    const [field] = fields;
    acts.push({ key: save, label: groups[field?.group ?? ''] ?? field?.label ?? '' });
  }
  // what a form does by itself when such a field is changed
  const redrawn = fields.find(({ redraws }) => redraws);
  if (redrawn) acts.push({ key: 'redraw', label: redrawn.label });
  return acts;
}

/**
 * `rest`: what stands after `do`. Values alone are saved. Throws EaselError `not-a-choice` for what cannot be done there,
 * `unknown-slot` for a field that it does not have.
 */
export function readAct(rest: string, screen: Screen): { action: string; entered: Entered } {
  const [first = '', ...words] = readWords(rest);
  if (screen.save !== undefined && fieldEntry(first, screen.fields))
    return { action: screen.save, entered: readFields([first, ...words], screen.fields) };
  const acts = possibleActs(screen);
  const act = pick(
    acts.map((one) => ({ ...one, value: one.key })),
    first,
    '/do',
  );
  if (!act.of) return { action: act.key, entered: readFields(words, screen.fields) };
  const [wanted = '', ...more] = words;
  const { value } = pick(act.of.options, wanted.replace(/^\//, ''), act.key);
  return { action: act.key, entered: { ...readFields(more, screen.fields), [CHOSEN]: value } };
}

function pick<T extends Pick<Option, 'value' | 'label'>>(
  options: readonly T[],
  typed: string,
  slot: string,
): T {
  const found = chosenOf(options, typed);
  if (found) return found;
  const choices = options.map(({ value }) => value);
  throw new EaselError({ code: 'not-a-choice', slot, value: typed, choices });
}
