/**
 * All types of slots. Whatever depends on a slot's type asks its definition here; where that cannot be, as in a language's
 * words, it is a `Record<SlotType, …>` that the compiler checks.
 */
import { z } from 'zod';
import type { Slot, SlotType, SlotTypes, Template } from '../../core/template.ts';
import type { InputPath } from '../../core/workflow.ts';
import { audio } from './audio.ts';
import { boolean } from './boolean.ts';
import { choice } from './choice.ts';
import type { FileRule, SlotTypeDefinition } from './definition.ts';
import { image } from './image.ts';
import { integer, number } from './number.ts';
import { seed } from './seed.ts';
import { text } from './text.ts';
import { video } from './video.ts';

type Definitions = { [T in SlotType]: SlotTypeDefinition<SlotTypes[T]> };

/** In the order in which they are offered. */
export const SLOT_TYPES = {
  text,
  integer,
  number,
  boolean,
  choice,
  seed,
  image,
  video,
  audio,
} satisfies Definitions;

/** Their names, in that order. */
export const SLOT_TYPE_NAMES: readonly SlotType[] = Object.keys(SLOT_TYPES).filter(isSlotType);

export function isSlotType(name: string): name is SlotType {
  return Object.hasOwn(SLOT_TYPES, name);
}

/** What there is to know of a type; its functions take slots of that type only. */
export function definitionOf(type: SlotType): SlotTypeDefinition {
  return SLOT_TYPES[type];
}

/** What there is to know of this slot's type. */
export function typeOf(slot: Slot): SlotTypeDefinition {
  return definitionOf(slot.type);
}

/**
 * The first slot for a file of this media type, whatever its format: what cannot be read is said. Of a file of unknown
 * type, the first one for any.
 */
export function slotTaking({ slots }: Pick<Template, 'slots'>, mediaType = ''): string | undefined {
  const kind = mediaType.replace(/\/.*/s, '/');
  const found = Object.entries(slots).find(([, slot]) =>
    typeOf(slot).file?.formats.some(({ type }) => type.startsWith(kind)),
  );
  return found?.[0];
}

/** What is said of a file that a slot of this type does not take. Jobs from before name no type: it was a picture. */
export function fileProblems(type: SlotType = 'image'): FileRule['problems'] {
  return (definitionOf(type).file ?? image.file).problems;
}

const { text: first, ...others } = SLOT_TYPES;
export const SlotSchema = z.discriminatedUnion('type', [
  first.schema,
  ...Object.values(others).map(({ schema }) => schema),
]) satisfies z.ZodType<Slot>;

/** Every node input that a slot may write. */
export function inputsOf(slot: Slot): InputPath[] {
  return [...(slot.into ?? []), ...(typeOf(slot).alsoWrites?.(slot) ?? [])];
}

/** The slot that free text belongs to: `prompt`, else the first required text, else the first text. */
export function mainTextSlot({ slots }: Pick<Template, 'slots'>): string | undefined {
  const texts = Object.entries(slots).filter(([, slot]) => typeOf(slot).words);
  const main =
    texts.find(([name]) => name === 'prompt') ?? texts.find(([, slot]) => slot.required) ?? texts[0];
  return main?.[0];
}
