/**
 * The embedded queue: in the memory of one process, which is the only worker. It is made anew at a start from the records
 * of unfinished jobs, those that had begun with the backend where they did; so a lease is lost with its process only.
 */
import type { Change, Lease, Queue, QueueLimits, Ticket } from '../../core/queue.ts';
import { createLines } from './lines.ts';
import { placesIn } from './places.ts';

interface Running {
  ticket: Ticket;
  backend: string;
  /** Undefined: it had begun before, and is not claimed yet. */
  token: string | undefined;
}

export function createQueue(limits: QueueLimits): Queue {
  const lines = createLines(limits);
  const running = new Map<string, Running>();
  /** Of those that run, the ones whose worker is gone. */
  const left = new Set<string>();
  const listeners = new Set<(change: Change) => void>();
  const self = crypto.randomUUID();
  let leases = 0;

  function changed(guilds: Change['guilds'], claimable: boolean): void {
    for (const listener of listeners) listener({ guilds, claimable });
  }

  function lease(one: Running, begun: boolean): Lease {
    const { ticket, backend } = one;
    leases += 1;
    one.token = `${self} ${leases}`;
    return { id: ticket.id, guild: ticket.guild, backend, begun, token: one.token };
  }

  /** What it is the lease of, as long as it holds. */
  function held({ id, token }: Lease): Running | undefined {
    const one = running.get(id);
    return one?.token === token ? one : undefined;
  }

  function begin(ticket: Ticket, backend: string): Running {
    const one = { ticket, backend, token: undefined };
    running.set(ticket.id, one);
    lines.run(ticket, backend);
    return one;
  }

  function claimLeft(): Lease | undefined {
    const [id] = left;
    const one = id === undefined ? undefined : running.get(id);
    if (!one) return undefined;
    left.delete(one.ticket.id);
    return lease(one, true);
  }

  function claimNext(free: readonly string[]): Lease | undefined {
    const next = lines.next(free);
    if (!next) return undefined;
    const { ticket } = next.entry;
    const claimed = lease(begin(ticket, next.backend), false);
    changed(lines.moved(ticket), false);
    return claimed;
  }

  function giveUp(id: string): boolean {
    const entry = lines.waiting.get(id);
    if (!entry) return false;
    lines.remove(entry);
    changed(lines.moved(entry.ticket), true);
    return true;
  }

  function end(given: Lease): boolean {
    const one = held(given);
    if (!one) return false;
    running.delete(given.id);
    lines.end(one.ticket, one.backend);
    changed(lines.moved(one.ticket), true);
    return true;
  }

  return {
    async submit(ticket, begunOn) {
      if (running.has(ticket.id)) return;
      const waits = lines.waiting.get(ticket.id);
      if (waits) lines.setNeeds(waits, ticket.needs);
      else if (begunOn === undefined) lines.add(ticket);
      else {
        begin(ticket, begunOn);
        left.add(ticket.id);
      }
      changed([ticket.guild], true);
    },
    claim: async (free) => claimLeft() ?? claimNext(free),
    renew: async (given) => held(given) !== undefined,
    release: async (what) => (typeof what === 'string' ? giveUp(what) : end(what)),
    async reconsider(guild) {
      lines.reconsider(guild);
      changed(guild === undefined ? undefined : [guild], true);
    },
    places: (guild, size) => slices(placesIn(guild, lines, limits), size),
    guilds: (size) => slices(guildsWaiting(lines.guilds), size),
    count: async () => ({ waiting: lines.waiting.size, running: running.size }),
    watch(listener) {
      // a function of its own, so that one listener can watch twice
      const registered = (change: Change): void => listener(change);
      listeners.add(registered);
      return () => void listeners.delete(registered);
    },
  };
}

function* guildsWaiting(guilds: ReadonlyMap<string, { waiting: number }>): Generator<string, void> {
  for (const [guild, { waiting }] of guilds) if (waiting > 0) yield guild;
}

/** Cheaper than an asynchronous generator: most guilds have one short slice. */
function slices<T>(items: Iterator<T, void>, size: number): AsyncIterableIterator<T[]> {
  let isOver = false;
  function read(): IteratorResult<T[], undefined> {
    const slice: T[] = [];
    while (!isOver && slice.length < size) {
      const { value, done } = items.next();
      if (done === true) isOver = true;
      else slice.push(value);
    }
    return slice.length > 0 ? { value: slice } : { value: undefined, done: true };
  }
  return {
    next: async () => read(),
    async return() {
      isOver = true;
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
