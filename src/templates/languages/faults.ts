/** What is wrong with the words of a template beside its slots: what none of them is called, or two are. Pure. */
import type { Reason } from '../../core/reason.ts';
import type { Slot, Template } from '../../core/template.ts';
import { RESERVED_NAMES } from '../names.ts';
import { typeOf } from '../slots/index.ts';
import { folded } from '../../core/text.ts';

export interface LanguageFault {
  /** Where it stands: `languages.ja.slots.prompt.name`. */
  path: string;
  reason: Reason;
}

/** The first of them. */
export function languageFault({
  slots,
  languages = {},
}: Pick<Template, 'slots' | 'languages'>): LanguageFault | undefined {
  for (const [tag, words] of Object.entries(languages)) {
    const path = `languages.${tag}`;
    if (words.name !== undefined && RESERVED_NAMES.includes(words.name))
      return { path: `${path}.name`, reason: { code: 'own-command', name: words.name } };
    const names = new Map(Object.keys(slots).map((name) => [folded(name), name]));
    for (const [name, said] of Object.entries(words.slots ?? {})) {
      const at = `${path}.slots.${name}`;
      const slot = Object.hasOwn(slots, name) ? slots[name] : undefined;
      if (!slot) return { path: at, reason: { code: 'no-such-slot' } };
      if (said.name !== undefined) {
        const taken = names.get(folded(said.name));
        if (taken !== undefined && taken !== name)
          return { path: `${at}.name`, reason: { code: 'slot-called', slot: taken } };
        names.set(folded(said.name), name);
      }
      const wrong = choiceFault(slot, said.choices ?? {});
      if (wrong) return { path: `${at}.choices`, reason: wrong };
    }
  }
  return undefined;
}

/** What is wrong with the names of a slot's choices, by choice. */
export function choiceFault(slot: Slot, called: Readonly<Record<string, string>>): Reason | undefined {
  const given = Object.entries(called);
  if (given.length === 0) return undefined;
  if (slot.type !== 'choice') return { code: 'no-choices' };
  // what the backend offers is not known here
  const own = typeOf(slot).choices?.(slot);
  const unknown = own && given.find(([value]) => !own.includes(value));
  if (unknown) return { code: 'no-such-choice', choice: unknown[0] };
  const names = new Map((own ?? []).map((value) => [folded(value), value]));
  for (const [value, label] of given) {
    const taken = names.get(folded(label));
    if (taken !== undefined && taken !== value) return { code: 'choice-called', choice: taken, label };
    names.set(folded(label), value);
  }
  return undefined;
}
