/**
 * What is known of every message without reading it: in which order they stand, and which of them are to go. Words are
 * trimmed by their number; messages with pictures go by the disk's budget, and by a number that is only there to bound
 * what a list of them costs.
 */

/** Of messages that have no files, or have lost them. */
export const MAX_LINES = 200;
/** Of messages whose files are there. */
export const MAX_PICTURES = 10_000;
/** Of those, with a star. */
export const MAX_STARRED = MAX_PICTURES / 2;

export interface Entry {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  /** When it became final. */
  kept: number;
  draft: string | undefined;
  /** It has files, and they are on the disk. */
  hasFiles: boolean;
  isStarred: boolean;
  /** It can be asked for once more. */
  isRepeatable: boolean;
}

/** Which messages; `draft` undefined: those of no draft. */
export interface Wanted {
  draft: string | undefined;
  only?: 'pictures' | 'starred' | undefined;
  /** Older than the message with this place; absent: the newest ones. */
  before?: Spot | undefined;
}

/** Where a message stands among all: messages of one moment stand by their ids. */
export type Spot = Pick<Entry, 'at' | 'id'>;

export interface MessageIndex {
  get(id: string): Entry | undefined;
  put(entry: Entry): void;
  delete(id: string): void;
  /** So many at most, the oldest first, and whether there are older ones. */
  page(wanted: Wanted, most: number): { entries: Entry[]; isMore: boolean };
  newest(fits: (entry: Entry) => boolean): Entry | undefined;
  /** Of messages with a star. */
  readonly starred: number;
  /** Those that are too many, once so many more messages have come; `files`: with files. */
  surplus(more?: number, files?: boolean): Entry[];
}

export function createMessageIndex(): MessageIndex {
  const byId = new Map<string, Entry>();
  /** In the order of their time. */
  const line: Entry[] = [];
  /** Those without files are few, and those with files are only gone through where there are too many. */
  const words = new Set<Entry>();
  const pictures = new Set<Entry>();
  let starred = 0;

  /** How many stand before it. */
  function countBefore(spot: Spot): number {
    let [from, to] = [0, line.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      const entry = line[middle];
      if (entry && compare(entry, spot) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  function remove(id: string): void {
    const entry = byId.get(id);
    if (!entry) return;
    line.splice(countBefore(entry), 1);
    byId.delete(id);
    words.delete(entry);
    if (pictures.delete(entry) && entry.isStarred) starred -= 1;
  }

  function fits({ draft, only }: Wanted, entry: Entry): boolean {
    if (entry.draft !== draft) return false;
    if (only === 'starred') return entry.isStarred && entry.hasFiles;
    return only === undefined || entry.hasFiles;
  }

  function oldest(of: ReadonlySet<Entry>, over: number): Entry[] {
    return over <= 0 ? [] : [...of].toSorted((a, b) => a.kept - b.kept).slice(0, over);
  }

  return {
    get: (id) => byId.get(id),
    put(entry) {
      remove(entry.id);
      byId.set(entry.id, entry);
      (entry.hasFiles ? pictures : words).add(entry);
      if (entry.hasFiles && entry.isStarred) starred += 1;
      line.splice(countBefore(entry), 0, entry);
    },
    delete: remove,
    page(wanted, most) {
      const entries: Entry[] = [];
      for (let at = wanted.before ? countBefore(wanted.before) : line.length; at > 0; at -= 1) {
        const entry = line[at - 1];
        if (!entry || !fits(wanted, entry)) continue;
        if (entries.length === most) return { entries: entries.toReversed(), isMore: true };
        entries.push(entry);
      }
      return { entries: entries.toReversed(), isMore: false };
    },
    newest: (wanted) => line.findLast(wanted),
    get starred() {
      return starred;
    },
    surplus(more = 0, files = false) {
      const [moreWords, morePictures] = files ? [0, more] : [more, 0];
      const over = pictures.size + morePictures - MAX_PICTURES;
      const plain = over > 0 ? new Set([...pictures].filter(({ isStarred }) => !isStarred)) : pictures;
      return [...oldest(words, words.size + moreWords - MAX_LINES), ...oldest(plain, over)];
    },
  };
}

function compare(a: Spot, b: Spot): number {
  return a.at - b.at || (a.id < b.id ? -1 : Number(a.id > b.id));
}
