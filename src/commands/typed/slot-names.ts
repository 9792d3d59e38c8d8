/** What a word before a colon, or after two dashes, may name: a slot, or nearly one; some are called otherwise elsewhere. */
import type { ChoiceSlot, Slot } from '../../core/template.ts';
import { isNear } from '../../core/near.ts';
import { typeOf } from '../../templates/slots/index.ts';

type Slots = Readonly<Record<string, Slot>>;

const NEGATIVE = ['negative', 'negative_prompt', 'negative-prompt', 'neg'] as const;
/** `--no trees`, as Midjourney has it; the others are how tools around Stable Diffusion call it. */
const NEGATIVE_FLAGS: readonly string[] = ['no', ...NEGATIVE];
const NEGATIVE_KEYS: readonly string[] = ['negative_prompt', 'negative-prompt', 'negative prompt'];
const RATIO: readonly string[] = ['ar', 'aspect', 'aspect_ratio', 'aspect-ratio', 'ratio'];
/** What would have to be typed anew is asked, as any slip. */
const NEAR_NEGATIVE: readonly string[] = ['neg', 'negative'];

/** The slot that is called exactly so, or so elsewhere and never anything else. `name` is in lower case. */
export function slotCalled(name: string, slots: Slots, isFlag: boolean): string | undefined {
  if (Object.hasOwn(slots, name)) return name;
  const isNegative = isFlag ? NEGATIVE_FLAGS.includes(name) : NEGATIVE_KEYS.includes(name);
  return isNegative ? negativeSlot(slots) : undefined;
}

/** The slot that was probably meant. `name` is in lower case. */
export function slotNear(name: string, slots: Slots): string | undefined {
  const names = Object.keys(slots);
  const plain = (text: string) => text.replaceAll(/[_-]/g, '');
  return (
    names.find((one) => plain(one) === plain(name)) ??
    names.find((one) => isNear(name, one)) ??
    // `cfg_scale`, `steps-count`
    names.find((one) => name.startsWith(`${one}_`) || name.startsWith(`${one}-`)) ??
    (NEAR_NEGATIVE.includes(name) ? negativeSlot(slots) : undefined)
  );
}

function negativeSlot(slots: Slots): string | undefined {
  return NEGATIVE.find((name) => Object.hasOwn(slots, name) && slots[name] && typeOf(slots[name]).words);
}

/** Whether a flag stands for the shape of the picture, where no slot is called so. */
export function isRatio(name: string): boolean {
  return RATIO.includes(name);
}

/** What comes nearest to `width / height` in these slots; undefined where none of them is about it. */
export function shapedLike(ratio: number, slots: Slots): Record<string, string> | undefined {
  const own = RATIO.find((name) => Object.hasOwn(slots, name));
  if (own !== undefined) return undefined;
  for (const [name, slot] of Object.entries(slots)) {
    const shapes = slot.type === 'choice' ? shapesOf(slot) : [];
    const far = ([, shape]: (typeof shapes)[number]) => Math.abs(Math.log(shape / ratio));
    const [nearest] = shapes.toSorted((a, b) => far(a) - far(b));
    if (nearest) return { [name]: nearest[0] };
  }
  return sidesLike(ratio, slots);
}

/** Choices that set a width and a height. */
function shapesOf({ choices = [] }: ChoiceSlot): [string, number][] {
  if (Array.isArray(choices)) return [];
  return Object.entries(choices).flatMap(([name, sets]): [string, number][] => {
    const side = (which: string) => Number(sets.find(([[, input]]) => input === which)?.[1]);
    const shape = side('width') / side('height');
    return Number.isFinite(shape) && shape > 0 ? [[name, shape]] : [];
  });
}

/** Pixels of latents come in eights. */
const GRAIN = 8;

/** The usual area in another shape. */
function sidesLike(ratio: number, slots: Slots): Record<string, string> | undefined {
  const { width, height } = slots;
  if (width?.type !== 'integer' || height?.type !== 'integer') return undefined;
  if (width.default === undefined || height.default === undefined) return undefined;
  const area = width.default * height.default;
  const side = (
    pixels: number,
    { min = GRAIN, max = Infinity }: { min?: number | undefined; max?: number | undefined },
  ) => String(Math.min(max, Math.max(min, Math.round(pixels / GRAIN) * GRAIN)));
  return { width: side(Math.sqrt(area * ratio), width), height: side(Math.sqrt(area / ratio), height) };
}
