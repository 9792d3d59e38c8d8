/** Names that people chose, within a sentence. */
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';

/** As items of a list: each in the language's quotation marks, at most `max` UTF-16 units. */
export function quoted({ say }: Speaker, names: readonly string[], max?: number): string[] {
  return names.map((name) => say('quoted', { name: clip(name, max) }));
}
