/**
 * Reads a typed command: `/imagine a red fox --steps 30 size:wide negative:"blurry, dark"`. A text slot takes all
 * words up to the next slot; every other slot takes one word or one quoted text. Words before any slot belong to
 * the main text slot. Smart quotes and long dashes, which phones insert, count as plain ones.
 */
import { EaselError } from '../core/errors.ts';
import type { Slot } from '../core/template.ts';

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
const KEY = /([\p{L}_][\p{L}\p{N}_-]*):(?!\/\/)\s*/uy;
const SWITCH = /(?:true|false|yes|no|on|off)(?=\s|$)/iuy;

interface Slots {
  slots: Record<string, Slot>;
  main?: string | undefined;
}

/** Values by slot, as text. Throws EaselError `unknown-slot`, or `bad-command` for words that no slot can take. */
export function parseValues(input: string, { slots, main }: Slots): Record<string, string> {
  const text = input.replaceAll(/[“”„]/g, '"').replaceAll(/(?<=^|\s)[—–](?=\p{L})/gu, '--');
  const known = Object.keys(slots);
  const values: Record<string, string> = {};
  let at = 0;
  let open = main;

  const eat = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match;
  };
  /** A slot's name at this place; moves past it. Throws for a name that looks like a slot but is none. */
  const slotHere = (): string | undefined => {
    const before = at;
    const flag = eat(FLAG);
    const key = flag ?? eat(KEY);
    const name = key?.[1]?.toLowerCase();
    if (!key || name === undefined) return undefined;
    if (Object.hasOwn(slots, name)) return name;
    // "Note: a fox" is text, `stepz:30` is a mistake
    if (flag || !/\s$/.test(key[0])) throw new EaselError({ code: 'unknown-slot', slot: name, known });
    at = before;
    return undefined;
  };
  const word = (): string => {
    const quoted = eat(QUOTED)?.[1];
    return quoted === undefined ? (eat(WORD)?.[0] ?? '') : quoted.replaceAll(/\\(.)/gs, '$1');
  };

  for (eat(SPACE); at < text.length; eat(SPACE)) {
    const name = slotHere();
    const slot = name === undefined ? undefined : slots[name];
    if (name === undefined || slot === undefined) {
      const next = word();
      if (open === undefined) throw new EaselError({ code: 'bad-command', detail: next });
      values[open] = values[open] === undefined ? next : `${values[open]} ${next}`;
    } else if (slot.type === 'text') {
      open = name;
      values[name] ??= word();
    } else {
      values[name] = slot.type === 'boolean' ? (eat(SWITCH)?.[0] ?? 'true') : word();
    }
  }
  return values;
}
