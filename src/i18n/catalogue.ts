/** Everything that a person reads, said in one language. */
import type { Tag } from './languages.ts';
import { en, type Catalogue as Old } from './en.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import { zh } from './zh.ts';
import { bodies } from './sentences/bodies.ts';
import type { Speaker } from './speaker.ts';

const OLD: Record<Tag, Old> = { en, ja, ko, zh };

export type Catalogue = ReturnType<typeof catalogueOf>;

export function catalogueOf(speaker: Speaker) {
  return { ...OLD[speaker.tag], bodies: bodies(speaker) };
}
