/**
 * What the ledger counts of each shelf: what has no time belongs to an unfinished job and never goes; what has one may
 * go before it is over, the oldest first.
 */
import type { Shelf } from '../core/files.ts';
import type { Account, Ledger } from './ledger.ts';
import { createTimed, type Timed } from './timed.ts';

export const SHELVES: readonly Shelf[] = ['inputs', 'outbox', 'links'];

interface ShelfAccounts {
  /** Without a time; of links there are none. */
  flight: Account;
  /** With one. */
  timed: Account;
  /** Their owners. */
  owners: Timed;
}

const MOST_TRIES = 100;

/** `drop`: forgets an owner, and counts that; it is then none of the timed. */
export function openShelves(
  ledger: Ledger,
  drop: (shelf: Shelf, owner: string) => Promise<void>,
): Record<Shelf, ShelfAccounts> {
  function open(shelf: Shelf): ShelfAccounts {
    const owners = createTimed();
    const kind = shelf === 'links' ? 'links' : 'retries';
    async function release(): Promise<boolean> {
      const before = timed.bytes;
      // one that has gone by itself, or cannot be removed, makes no room
      for (let tried = 0; tried < MOST_TRIES && timed.bytes >= before; tried += 1) {
        const owner = owners.first();
        if (owner === undefined) return false;
        await drop(shelf, owner);
      }
      return timed.bytes < before;
    }
    const timed = ledger.open({ name: shelf, kind, release });
    const flight = shelf === 'links' ? timed : ledger.open({ name: `${shelf} in flight`, kind: 'flight' });
    return { flight, timed, owners };
  }
  return { inputs: open('inputs'), outbox: open('outbox'), links: open('links') };
}
