/**
 * Reads a typed command: `/imagine a red fox --steps 30 size:wide negative:"blurry, dark"`. A text slot takes all
 * words up to the next slot; every other slot takes one word or one quoted text. Words before any slot belong to
 * the main text slot. Smart quotes, long dashes and wide colons, which phones insert, count as plain ones.
 */
import { EaselError } from '../../core/errors.ts';
import type { Slot } from '../../core/template.ts';
import { typeOf } from '../../templates/slots/index.ts';

export interface Typed {
  name: string;
  rest: string;
}

const COMMAND = /^\/([\p{L}\p{N}_-]+)(?:\s+([\s\S]*))?$/u;

/** `/name rest`; undefined when it is no command. */
export function parseCommand(line: string): Typed | undefined {
  const [, name, rest = ''] = COMMAND.exec(line.trim()) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), rest };
}

const SPACE = /\s+/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"(?=\s|$)/suy;
const WORD = /\S+/y;
const FLAG = /--([\p{L}_][\p{L}\p{N}_-]*)(?:=|\s+|$)/uy;
/** Not `http://…`. */
const KEY = /([\p{L}_][\p{L}\p{N}_-]*)[:：](?!\/\/)\s*/uy;
const SWITCH = /(?:true|false|yes|no|on|off)(?=\s|$)/iuy;

interface Named {
  name: string;
  slot: Slot;
  /** Written `--hires`: a switch needs no value then, and takes none but a clear yes or no. */
  bare: boolean;
}

interface Slots {
  slots: Record<string, Slot>;
  main?: string | undefined;
}

/** Values by slot, as text. Throws EaselError `unknown-slot`, or `bad-command` for words that no slot can take. */
export function parseValues(input: string, { slots, main }: Slots): Record<string, string> {
  const text = input.replaceAll(/[“”„＂]/g, '"').replaceAll(/(?<=^|\s)[—–]{1,2}(?=\p{L})/gu, '--');
  const known = Object.keys(slots);
  const values = new Map<string, string>();
  let at = 0;
  let open = main;

  const eat = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match;
  };
  /** The slot named at this place; moves past its name. Throws for a name that looks like a slot but is none. */
  const slotHere = (): Named | undefined => {
    const before = at;
    const flag = eat(FLAG);
    const key = flag ?? eat(KEY);
    const name = key?.[1]?.toLowerCase();
    if (!key || name === undefined) return undefined;
    const slot = Object.hasOwn(slots, name) ? slots[name] : undefined;
    if (slot) return { name, slot, bare: /^--[^=:]+$/.test(key[0]) };
    // "Note: a fox" is text, and so is whatever stands before a wide colon; `stepz:30` is a mistake
    if (flag || key[0].endsWith(':'))
      throw new EaselError({ code: 'unknown-slot', slot: name, known, typed: true });
    at = before;
    return undefined;
  };
  const word = (): string => {
    const quoted = eat(QUOTED)?.[1];
    return quoted === undefined ? (eat(WORD)?.[0] ?? '') : quoted.replaceAll(/\\(.)/gs, '$1');
  };

  for (eat(SPACE); at < text.length; eat(SPACE)) {
    const named = slotHere();
    if (!named) {
      const next = word();
      if (open === undefined) throw new EaselError({ code: 'bad-command', detail: next });
      const before = values.get(open);
      values.set(open, before ? `${before} ${next}` : next);
    } else if (typeOf(named.slot).words) {
      open = named.name;
      // its words follow; there may be none
      if (!values.has(open)) values.set(open, '');
    } else if (typeOf(named.slot).flag && named.bare) values.set(named.name, eat(SWITCH)?.[0] ?? 'true');
    else values.set(named.name, word());
  }
  return Object.fromEntries(values);
}
