/**
 * Who holds how much of the data folder, and who gives way. Bytes are counted as they come and go, so that a step costs
 * the same however much is there; a survey now and then corrects what was counted wrong.
 */
import { GOES, STAYS, type Kind } from '../core/disk.ts';
import { EaselError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';

export interface Holder {
  name: string;
  kind: Kind;
  /** Bytes that never go although their kind does. */
  pinned?: () => number;
  /** Lets go of the oldest, and counts that. False: nothing may go. */
  release?: () => Promise<boolean>;
}

export interface Account {
  readonly bytes: number;
  /** So many more are there, or fewer. */
  count(bytes: number): void;
  /**
   * Counts so many more; before that, what is less important goes until there is room. What is in flight is counted at
   * once and always. `moved`: so many of them are on the disk already, under another account that drops them soon.
   * Undefined: there was room. Rejects with EaselError `data-full`, and has then counted nothing. They are on their way
   * until they are settled.
   */
  reserve(bytes: number, moved?: number): Promise<void> | undefined;
  /** So many are on their way out, counted still. */
  leaving(bytes: number): void;
  /** So many that were on their way, in or out, have come or gone, and are counted so. */
  settle(bytes: number): void;
}

export interface Ledger {
  open(holder: Holder): Account;
  /** In bytes; Infinity: nothing goes and nothing is refused. */
  limit: number;
  used(): Record<Kind, number>;
  total(): number;
  /** What may not go, in bytes. */
  fixed(): number;
  /** What goes next. */
  next(): Kind | undefined;
  /** Lets go of what may until all is within the limit. Never rejects. */
  trim(): Promise<void>;
  /** Lets go of so many bytes of what may, whatever the limit says, unless there is none. Never rejects. */
  clear(bytes: number): Promise<void>;
  /**
   * `measure` says what it finds. What comes or goes meanwhile is in it or is not: so much it may be off, and no
   * correction is made within that. Rejects as `measure` does.
   */
  survey(
    accounts: readonly Account[],
    measure: (add: (account: Account, bytes: number) => void) => Promise<void>,
  ): Promise<void>;
}

interface Entry extends Holder {
  /** It never goes. */
  stays: boolean;
  bytes: number;
  /** What is on its way, in and out, together. */
  moving: number;
  /** What was so during a survey, and what came and went. */
  churn: number;
  isMeasured: boolean;
}

/** Told after each change of what may not go; it must be quick. */
export function createLedger(log: Log, changed: () => void = () => undefined): Ledger {
  const entries: Entry[] = [];
  const byAccount = new Map<Account, Entry>();
  /** One lets go at a time, so that two do not make room for the same bytes. */
  let queue: Promise<unknown> = Promise.resolve();

  const sum = (kinds: readonly Kind[], part = (entry: Entry) => entry.bytes): number =>
    entries.reduce((all, entry) => (kinds.includes(entry.kind) ? all + Math.max(0, part(entry)) : all), 0);
  // asked with every piece of every stream
  const total = (): number => entries.reduce((all, { bytes }) => all + Math.max(0, bytes), 0);
  const fixed = (): number =>
    entries.reduce((all, entry) => all + (entry.stays ? Math.max(0, entry.bytes) : pinned(entry)), 0);
  const pinned = ({ pinned: own }: Entry): number => own?.() ?? 0;
  const goable = (entry: Entry): number => entry.bytes - pinned(entry);

  /** Of those, the least important first; false when nothing of them could. */
  async function letGo(kinds: readonly Kind[], stuck: Set<Entry>): Promise<boolean> {
    for (const kind of kinds)
      for (const entry of entries) {
        if (entry.kind !== kind || stuck.has(entry) || goable(entry) <= 0) continue;
        const before = entry.bytes;
        try {
          if ((await entry.release?.()) === true && entry.bytes < before) return true;
        } catch (error) {
          log.warn({ holder: entry.name, err: error }, 'what should make room could not be removed');
        }
        stuck.add(entry);
      }
    return false;
  }

  async function letGoUntil(kinds: readonly Kind[], enough: () => boolean): Promise<void> {
    const stuck = new Set<Entry>();
    while (!enough() && (await letGo(kinds, stuck)));
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work);
    queue = result.catch(() => undefined); // whoever asked is told
    return result;
  }

  /** What may be pushed out: the same kind too where only the newest is of interest. */
  function below(kind: Kind): readonly Kind[] {
    if (kind === 'flight' || kind === 'records' || kind === 'pictures') return GOES;
    return GOES.slice(0, GOES.indexOf(kind));
  }

  async function makeRoom(entry: Entry, account: Account, bytes: number, moved: number): Promise<void> {
    const victims = below(entry.kind);
    const over = () => total() + bytes - moved - ledger.limit;
    const isLost = () => sum(victims, goable) < over();
    // it is there anyway, and what is older went
    const mayStay = entry.kind === 'pictures' && moved >= bytes;
    if (mayStay || !isLost()) await letGoUntil(victims, () => over() <= 0);
    if (over() > 0 && !mayStay) throw new EaselError({ code: 'data-full' });
    enter(entry, account, bytes);
  }

  function enter(entry: Entry, account: Account, bytes: number): void {
    entry.moving += bytes;
    account.count(bytes);
  }

  const ledger: Ledger = {
    limit: Infinity,
    open(holder) {
      const entry: Entry = {
        ...holder,
        stays: STAYS.some((kind) => kind === holder.kind),
        bytes: 0,
        moving: 0,
        churn: 0,
        isMeasured: false,
      };
      const account: Account = {
        get bytes() {
          return Math.max(0, entry.bytes);
        },
        count(bytes) {
          entry.bytes += bytes;
          entry.churn += Math.abs(bytes);
          changed();
        },
        leaving(bytes) {
          entry.moving += bytes;
          entry.churn += bytes;
        },
        settle(bytes) {
          entry.moving -= bytes;
        },
        reserve(bytes, moved = 0) {
          const hasRoom = total() + Math.max(0, bytes - moved) <= ledger.limit;
          const { stays } = entry;
          if (hasRoom || stays) enter(entry, account, bytes);
          if (hasRoom) return undefined;
          return inTurn(() =>
            stays ? letGoUntil(GOES, () => total() <= ledger.limit) : makeRoom(entry, account, bytes, moved),
          );
        },
      };
      entries.push(entry);
      byAccount.set(account, entry);
      return account;
    },
    used() {
      const kinds: [Kind, number][] = [...GOES, ...STAYS].map((kind) => [kind, sum([kind])]);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one a kind
      return Object.fromEntries(kinds) as Record<Kind, number>;
    },
    total,
    fixed,
    next: () => GOES.find((kind) => sum([kind], goable) > 0),
    trim: () => inTurn(() => letGoUntil(GOES, () => total() <= ledger.limit)),
    clear: (bytes) =>
      inTurn(async () => {
        const end = total() - bytes;
        if (ledger.limit !== Infinity) await letGoUntil(GOES, () => total() <= end);
      }),
    async survey(accounts, measure) {
      const found = new Map(accounts.map((account) => [account, 0]));
      for (const account of accounts) entryOf(account).churn = entryOf(account).moving;
      await measure((account, bytes) => found.set(account, (found.get(account) ?? 0) + bytes));
      for (const [account, bytes] of found) {
        const entry = entryOf(account);
        const [least, most] = entry.isMeasured ? [bytes - entry.churn, bytes + entry.churn] : [bytes, bytes];
        const corrected = Math.max(0, least, Math.min(most, entry.bytes));
        if (entry.isMeasured && corrected !== entry.bytes)
          log.debug(
            { holder: entry.name, bytes: entry.bytes, corrected },
            'the count of a folder was corrected',
          );
        entry.bytes = corrected;
        entry.isMeasured = true;
      }
      changed();
    },
  };

  function entryOf(account: Account): Entry {
    const entry = byAccount.get(account);
    if (!entry) throw new TypeError('an account of another ledger');
    return entry;
  }

  return ledger;
}
