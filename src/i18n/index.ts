/** Picks the catalogue for a person's locale. English is the only one yet; every other gets it. */
import type { Problem } from '../core/errors.ts';
import { en, type Catalogue } from './en.ts';

export type { Catalogue };

/** `locale` is a BCP 47 tag as platforms send them: `en-US`, `ja`, `zh-CN`. */
export function catalogue(_locale: string): Catalogue {
  return en;
}

/** What a guild can choose from, with what each is called in itself. */
export function languages(): { tag: string; name: string }[] {
  return [{ tag: 'en', name: 'English' }];
}

/** The sentence for a problem. */
export function sentence({ problems }: Catalogue, problem: Problem): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- code and parameter belong together by construction
  const say = problems[problem.code] as (problem: Problem) => string;
  return say(problem);
}
