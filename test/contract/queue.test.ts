import type { Queue, Ticket } from '../../src/core/queue.ts';
import { createQueue } from '../../src/jobs/queue/index.ts';
import { queueContract } from './queue.ts';
import type { QueueWorld } from './queue-stage.ts';

interface Record {
  ticket: Ticket;
  /** Where it runs. */
  backend?: string;
}

/** Writes down what the store does. */
function recorded(queue: Queue, records: Map<string, Record>): Queue {
  return {
    ...queue,
    async submit(ticket, begunOn) {
      const known = records.get(ticket.id);
      records.set(ticket.id, { ...known, ticket, ...(begunOn !== undefined && { backend: begunOn }) });
      await queue.submit(ticket, begunOn);
    },
    async claim(free) {
      const lease = await queue.claim(free);
      const record = lease && records.get(lease.id);
      if (record) record.backend = lease.backend;
      return lease;
    },
    async release(what) {
      const released = await queue.release(what);
      if (released) records.delete(typeof what === 'string' ? what : what.id);
      return released;
    },
  };
}

queueContract('in memory, made anew from the records', async (limits): Promise<QueueWorld> => {
  const records = new Map<string, Record>();
  const open = (): Queue => recorded(createQueue(limits), records);
  return {
    queue: open(),
    async crash() {
      const next = open();
      for (const { ticket, backend } of records.values()) await next.submit(ticket, backend);
      return next;
    },
  };
});
