/** What Discord shows of a template in another way than its admin may think; it takes them all. Pure. */
import type { Command, Finding } from '../../../core/finding.ts';
import { choicesOf } from '../../../templates/choices.ts';
import { COMMAND } from '../limits.ts';
import { menuEntry } from './entry.ts';

export function commandFindings(command: Command): Finding[] {
  const { name, description } = command;
  const { typedOnly, searched } = menuEntry(command);
  const { options: max } = COMMAND;
  return [
    ...described('description', description),
    ...cutWords(command),
    ...(typedOnly.length > 0
      ? [finding('workflow', { code: 'slots-typed-only', name, slots: typedOnly, max })]
      : []),
    ...Object.entries(command.slots).flatMap(([key, slot]) => {
      const count = choicesOf(slot).length;
      const choices = { code: 'many-choices', slot: key, count, max: COMMAND.choices } as const;
      return [
        ...described({ slot: key }, slot.description ?? ''),
        // without a list the backend decides, and has not been asked
        ...(count > 0 && searched.includes(key) ? [finding({ slot: key }, choices)] : []),
      ];
    }),
  ];
}

/** The same in each language. */
function cutWords({ name, languages = {} }: Command): Finding[] {
  return Object.entries(languages).flatMap(([language, { description = '', slots = {} }]) => {
    const cut = (at: Finding['at'], part: string, { length }: string) =>
      length > COMMAND.description
        ? [finding(at, { code: 'words-cut', language, part, length, max: COMMAND.description })]
        : [];
    return [
      ...cut('description', `/${name}`, description),
      ...Object.entries(slots).flatMap(([slot, said]) => cut({ slot }, slot, said.description ?? '')),
    ];
  });
}

function described(at: Finding['at'], { length }: string): Finding[] {
  if (length <= COMMAND.description) return [];
  return [finding(at, { code: 'description-cut', length, max: COMMAND.description })];
}

function finding(at: Finding['at'], problem: Finding['problem']): Finding {
  return { at, problem, blocking: false };
}
