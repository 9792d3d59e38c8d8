/** What Discord would refuse of a template's command, or shows in another way. Pure. */
import type { Command, Finding } from '../../../core/finding.ts';
import type { Slot } from '../../../core/template.ts';
import { choicesOf } from '../../../templates/choices.ts';
import { COMMAND } from '../limits.ts';
import { slotOptions } from './options.ts';

export function commandFindings(command: Command): Finding[] {
  const slots = Object.entries(command.slots);
  return [
    ...described('description', command.description),
    ...slots.slice(COMMAND.options).map(([slot]): Finding => {
      const problem = { code: 'too-many-slots', count: slots.length, max: COMMAND.options } as const;
      return { at: { slot }, problem, blocking: true };
    }),
    ...slots.flatMap(([name, slot]) => [
      ...described({ slot: name }, slot.description ?? ''),
      ...searched(name, slot),
    ]),
    ...sized(command),
  ];
}

function described(at: Finding['at'], { length }: string): Finding[] {
  if (length <= COMMAND.description) return [];
  return [{ at, problem: { code: 'bad-description', length, max: COMMAND.description }, blocking: true }];
}

/** What is not listed is searched for, which people should know. */
function searched(name: string, slot: Slot): Finding[] {
  const count = choicesOf(slot).length;
  if (count <= COMMAND.choices) return [];
  const problem = { code: 'many-choices', slot: name, count, max: COMMAND.choices } as const;
  return [{ at: { slot: name }, problem, blocking: false }];
}

function sized({ name, description, slots }: Command): Finding[] {
  const size = slotOptions(slots).reduce((sum, option) => {
    const choices = option.choices?.reduce(
      (all, choice) => all + choice.name.length + choice.value.length,
      0,
    );
    return sum + option.name.length + option.description.length + (choices ?? 0);
  }, name.length + description.length);
  if (size <= COMMAND.all) return [];
  return [{ at: 'workflow', problem: { code: 'command-too-large', size, max: COMMAND.all }, blocking: true }];
}
