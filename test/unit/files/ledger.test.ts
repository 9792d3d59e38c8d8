import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../src/core/disk.ts';
import { createLedger, type Account, type Ledger } from '../../../src/files/ledger.ts';
import { createRandom } from '../../fakes/random.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';

/** What somebody holds: so many bytes each, the oldest first. */
interface Heap {
  account: Account;
  items: number[];
  put: (bytes: number, moved?: number) => Promise<void>;
}

function heap(ledger: Ledger, kind: Kind, more: { pinned?: () => number } = {}): Heap {
  const items: number[] = [];
  const stays = kind === 'flight' || kind === 'records';
  const release = async () => {
    const first = items.shift();
    account.count(-(first ?? 0));
    return first !== undefined;
  };
  const account = ledger.open({ name: kind, kind, ...(!stays && { release }), ...more });
  return {
    account,
    items,
    async put(bytes, moved) {
      await account.reserve(bytes, moved);
      items.push(bytes);
    },
  };
}

function stage(limit = 100) {
  const log = createRecordingLog();
  const ledger = createLedger(log);
  ledger.limit = limit;
  const newestBackup: () => number = () => heaps.backups.items.at(-1) ?? 0;
  const heaps = {
    backups: heap(ledger, 'backups', { pinned: newestBackup }),
    retries: heap(ledger, 'retries'),
    links: heap(ledger, 'links'),
    pictures: heap(ledger, 'pictures'),
    flight: heap(ledger, 'flight'),
    records: heap(ledger, 'records'),
  };
  const items = () => Object.fromEntries(Object.entries(heaps).map(([kind, { items: all }]) => [kind, all]));
  return { log, ledger, items, ...heaps };
}

describe('the ledger', () => {
  it('takes what fits at once', () => {
    const { pictures, ledger } = stage();
    expect(pictures.account.reserve(100)).toBeUndefined();
    expect(ledger.total()).toBe(100);
  });

  it('lets the least important go for what is in flight, the oldest first, and never the newest backup', async () => {
    const { backups, retries, links, pictures, flight, items, ledger } = stage();
    for (const one of [backups, backups, retries, links, pictures, pictures]) await one.put(15);
    expect(ledger.next()).toBe('backups');
    await flight.put(20);
    expect(items()).toMatchObject({ backups: [15], retries: [15], links: [15], pictures: [15, 15] });
    expect(ledger.next()).toBe('retries');
    await flight.put(35);
    expect(items()).toMatchObject({ backups: [15], retries: [], links: [], pictures: [15, 15] });
    await flight.put(500);
    expect(items()).toMatchObject({ backups: [15], pictures: [], flight: [20, 35, 500] });
    expect(ledger.next()).toBeUndefined();
    expect(ledger.fixed()).toBe(570);
  });

  it('refuses a link where nothing less important could make its room, and lets nothing go in vain', async () => {
    const { backups, links, pictures, items } = stage();
    await backups.put(10);
    await backups.put(10);
    await links.put(30);
    await pictures.put(40);
    await expect(links.put(21)).rejects.toMatchObject({ code: 'data-full' });
    expect(items()).toMatchObject({ backups: [10, 10], links: [30], pictures: [40] });
    await links.put(20);
    expect(items()).toMatchObject({ backups: [10], links: [30, 20], pictures: [40] });
  });

  it('lets older pictures go for newer ones', async () => {
    const { pictures, links, items } = stage();
    await links.put(30);
    for (const bytes of [20, 25, 25]) await pictures.put(bytes);
    await pictures.put(30);
    expect(items()).toMatchObject({ links: [], pictures: [20, 25, 25, 30] });
    await pictures.put(40);
    expect(items()).toMatchObject({ pictures: [25, 30, 40] });
    await expect(pictures.put(101)).rejects.toMatchObject({ code: 'data-full' });
    expect(items()).toMatchObject({ pictures: [25, 30, 40] });
  });

  it('keeps what is on the disk already, since refusing it would free nothing', async () => {
    const { pictures, flight, items, ledger } = stage();
    await pictures.put(30);
    await flight.put(90);
    await pictures.put(90, 90);
    expect(items()).toMatchObject({ pictures: [90], flight: [90] });
    flight.account.count(-90);
    expect(ledger.total()).toBe(90);
  });

  it('has no limit before it is told one', async () => {
    const { ledger, links, pictures } = stage(Infinity);
    await links.put(1e15);
    await pictures.put(1e15);
    await ledger.clear(1e15);
    expect(links.items).toEqual([1e15]);
    ledger.limit = 1;
    await ledger.trim();
    expect(ledger.total()).toBe(0);
  });

  it('passes over what cannot be removed, or was not what it was counted as', async () => {
    const { ledger, log, flight, pictures } = stage();
    const stuck = ledger.open({
      name: 'stuck',
      kind: 'backups',
      release: () => Promise.reject(new Error('EIO')),
    });
    const wrong = ledger.open({ name: 'wrong', kind: 'links', release: async () => true });
    stuck.count(40);
    wrong.count(40);
    await pictures.put(20);
    await flight.put(10);
    expect(pictures.items).toEqual([]);
    expect(log.lines.map(({ message }) => message)).toEqual(['what should make room could not be removed']);
  });

  it('corrects its count by a survey, but not for what came and went meanwhile', async () => {
    const {
      ledger,
      pictures: { account },
    } = stage();
    account.count(50);
    await ledger.survey([account], async (add) => add(account, 30));
    expect(account.bytes).toBe(30);
    await ledger.survey([account], async (add) => {
      add(account, 20);
      account.count(10);
      add(account, 5);
    });
    // between 15 and 35 is as likely
    expect(account.bytes).toBe(35);
    await expect(
      ledger.survey([account], async (add) => {
        add(account, 1);
        throw new Error('EIO');
      }),
    ).rejects.toThrow('EIO');
    expect(account.bytes).toBe(35);
    account.count(-1000);
    expect(account.bytes).toBe(0);
  });

  it('does not take for missing what is on its way', async () => {
    const { ledger, pictures, links } = stage();
    await ledger.survey([pictures.account, links.account], async () => undefined);
    await pictures.account.reserve(50);
    links.account.count(30);
    links.account.leaving(30);
    // nothing of the one is written yet, and nothing of the other there any more
    await ledger.survey([pictures.account, links.account], async () => undefined);
    expect([pictures.account.bytes, links.account.bytes]).toEqual([50, 30]);
    pictures.account.settle(50);
    links.account.count(-30);
    links.account.settle(30);
    await ledger.survey([pictures.account, links.account], async (add) => add(pictures.account, 40));
    expect([pictures.account.bytes, links.account.bytes]).toEqual([40, 0]);
  });

  it('holds its budget whatever comes, and never touches what is in flight', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = createRandom(seed);
      const { ledger, flight, records, ...may } = stage(1000);
      const list = Object.values(may).filter((one): one is Heap => 'put' in one);
      let inFlight: number[] = [];
      for (let step = 0; step < 200; step += 1) {
        const bytes = 1 + random.below(150);
        const one = list[random.below(list.length)];
        const tasks: Promise<unknown>[] = [];
        switch (random.below(6)) {
          case 0:
            inFlight.push(bytes);
            tasks.push(flight.put(bytes));
            break;
          case 1: {
            const [first = 0] = inFlight.splice(0, 1);
            flight.items.shift();
            flight.account.count(-first);
            break;
          }
          case 2:
            records.account.count(random.below(3));
            tasks.push(ledger.trim());
            break;
          case 3: {
            const gone = one?.items.pop();
            one?.account.count(-(gone ?? 0));
            break;
          }
          default:
            // two at once, as two deliveries are
            tasks.push(one?.put(bytes) ?? Promise.resolve(), may.pictures.put(bytes));
        }
        const reasons = (await Promise.allSettled(tasks)).flatMap((task) =>
          task.status === 'rejected' ? [String(task.reason)] : [],
        );
        expect(reasons.filter((reason) => !reason.includes('data-full'))).toEqual([]);
        expect(flight.items).toEqual(inFlight);
        const heaps = [...list, flight];
        for (const { account, items } of heaps)
          expect(account.bytes).toBe(items.reduce((sum, each) => sum + each, 0));
        expect(ledger.total()).toBeLessThanOrEqual(Math.max(1000, ledger.fixed()));
      }
    }
  });
});
