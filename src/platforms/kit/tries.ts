/**
 * Every way to a person, with every body that the platform may take there, in one order: while it minds the content,
 * plainer bodies are tried before worse ways; where the place is refused, the next way begins with the fullest body.
 */
import { bodyNamed, isFuller, type Body, type BodyName, type Part } from '../../core/bodies.ts';
import { Refused } from '../../core/errors.ts';

/** What a refusal is about: the place; a part of the content; or the content, and it is not known what of it. */
export type Blame = 'place' | 'content' | Part;

export interface Tries<W, T> {
  ways: readonly W[];
  /** One of `ORDERS` (core/bodies.ts). */
  order: readonly (readonly BodyName[])[];
  /** Where to begin: plainer than `full` where something like it was refused before. */
  first: (way: W) => BodyName;
  attempt: (way: W, body: Body) => Promise<T>;
  /** Undefined: no other way or body would help, or trying again may; it is thrown on. */
  blame: (error: unknown) => Blame | undefined;
  /** Told of what is not taken, for its content or for the place. */
  refused: (refusal: Refusal<W>) => void;
}

export interface Accepted<W, T> {
  way: W;
  body: Body;
  /** What the attempt came to. */
  result: T;
}

export interface Refusal<W> {
  way: W;
  body: Body;
  blame: Blame;
  error: unknown;
}

/** Of one message with each list of bodies, over all ways: whoever refuses so many is asked for something else. */
export const MAX_TRIES = 8;

/** Resolves to what was accepted. Rejects with the last refusal when nothing was, and at once with what is none. */
export async function firstAccepted<W, T>(tries: Tries<W, T>): Promise<Accepted<W, T>> {
  const { ways, order, attempt, blame: blameOf, refused } = tries;
  const courses = ways.map((way) => ({ way, course: createCourse(tries.first(way)) }));
  let last: unknown = new Refused('no way to the person is left');
  for (const bodies of order) {
    let made = 0;
    for (const { way, course } of courses)
      for (const name of bodies) {
        const body = bodyNamed(name);
        if (made >= MAX_TRIES || !course.allows(body)) continue;
        made += 1;
        try {
          return { way, body, result: await attempt(way, body) };
        } catch (error) {
          const blame = blameOf(error);
          if (blame === undefined) throw error;
          refused({ way, body, blame, error });
          course.refuse(body, blame);
          last = error;
        }
      }
  }
  throw last;
}

/** What was learnt on one way of what may be said there. */
function createCourse(first: BodyName) {
  const blamed = new Set<Part>();
  let closed = false;
  return {
    allows({ name, has }: Body): boolean {
      return !closed && !isFuller(name, first) && !has.some((part) => blamed.has(part));
    },
    refuse({ has }: Body, blame: Blame): void {
      if (blame === 'place') closed = true;
      else if (blame === 'content') return;
      else if (has.includes(blame)) blamed.add(blame);
      // without the person's words it can only be ours
      else if (blame === 'words') blamed.add('text');
    },
  };
}
