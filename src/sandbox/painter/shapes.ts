/** Everything that the painter can put into a landscape. */
import { ANIMALS } from './animals.ts';
import type { Shape } from './parts.ts';
import { THINGS } from './things.ts';

export type ShapeName = keyof typeof ANIMALS | keyof typeof THINGS;

export const SHAPES: Readonly<Record<ShapeName, Shape>> = { ...ANIMALS, ...THINGS };
