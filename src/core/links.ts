/**
 * The port for files that are too large for a chat: kept on this machine, and fetched by whoever has their link. Whoever
 * has the link has the file, until its time is over. Implemented in `links/`.
 */
import type { StoredFile } from './files.ts';
import type { View } from './view.ts';

export type Offer =
  /** `until`: when it is over, in ms since 1970. */
  | { kind: 'link'; url: string; until: number }
  /** Who runs Easel has not said where the world reaches it. */
  | { kind: 'off' }
  /** There is no room for it, or the disk does not take it. */
  | { kind: 'unkept' };

export interface OfferFacts {
  /** Whose file it is: with what is stored of the guild it goes. */
  guild: string;
  job: string;
  /** Which of the job's files, the same at every try: `output-3`, `archive`. */
  name: string;
}

export interface Links {
  /**
   * A link to a file, which may go from where it is afterwards. The same facts get the same link as long as that is good
   * for something, also in the next process. Never rejects: what kept a file from being offered is logged.
   */
  offer(file: StoredFile, facts: OfferFacts): Promise<Offer>;
  /** Ends a guild's links at once, with their files. Never rejects. */
  forget(guild: string): Promise<void>;
}

/** With one more note, in which the offer's address can be followed. */
export function withOffer(view: View, note: string, offer: Offer): View {
  const links = offer.kind === 'link' ? [...(view.links ?? []), offer.url] : view.links;
  return { ...view, notes: [...view.notes, note], links };
}

/** The same link, without what the file is called: that may be the person's own words, and the route does not need it. */
export function nameless(url: string): string {
  return url.replace(/[^/]*$/, 'file');
}

/** A view's notes, those that hold a link before the others: where a message is full, the last ones are left away. */
export function parted({ notes, links = [] }: View): { linked: string[]; others: string[] } {
  const { true: linked = [], false: others = [] } = Object.groupBy(notes, (note) =>
    String(links.some((url) => note.includes(url))),
  );
  return { linked, others };
}

/**
 * A note, of which addresses among `links` go through `show`, and what stands between them through `plain`. They are known by
 * their whole text, so that nothing that somebody wrote can become a link to anywhere else.
 */
export function withLinks(
  note: string,
  links: readonly string[] | undefined,
  show: (url: string) => string,
  plain: (part: string) => string,
): string {
  if (!links || links.length === 0) return plain(note);
  const known = new RegExp(`(${links.map((link) => RegExp.escape(link)).join('|')})`);
  // every second part is an address
  return note
    .split(known)
    .map((part, index) => (index % 2 === 1 ? show(part) : plain(part)))
    .join('');
}
