/**
 * What can still be read of a damaged record, each field by itself: as long as it says where its reply is, its person is
 * told that the job can't go on. One that had ended already ends as it would have.
 */
import { z } from 'zod';
import type { Job, JobEnd } from '../../core/job.ts';
import { isJsonObject } from '../../core/json.ts';
import { JobRecord } from './schema.ts';

const { shape } = JobRecord;
const Slot = shape.images.element;
const Value = shape.values.valueType;
const Moment = shape.times.shape.queued;

/** A job with nothing to do but its final reply. Undefined where it does not say whose reply that is. */
export function salvaged(id: string, record: unknown): Job | undefined {
  if (!isJsonObject(record) || !z.uuid().safeParse(id).success) return undefined;
  const read = <T>(schema: z.ZodType<T>, name: string): T | undefined => schema.safeParse(record[name]).data;
  const platform = read(shape.platform, 'platform');
  const reply = record['reply'];
  if (platform === undefined || reply === undefined) return undefined;
  const times = isJsonObject(record['times']) ? record['times'] : {};
  const cancelledBy = read(shape.cancelledBy, 'cancelledBy');
  return {
    id,
    platform,
    reply,
    guild: read(shape.guild, 'guild') ?? '',
    user: read(shape.user, 'user') ?? '',
    locale: read(shape.locale, 'locale') ?? 'en',
    place: read(shape.place, 'place'),
    template: read(shape.template, 'template') ?? { name: '…', version: '' },
    values: Object.fromEntries(entries(record['values'], Value)),
    mainSlot: read(shape.mainSlot, 'mainSlot'),
    graph: '',
    images: entries(record['images'], Slot).map(([, image]) => image),
    all: read(shape.all, 'all'),
    trial: read(shape.trial, 'trial'),
    unclaimed: read(shape.unclaimed, 'unclaimed'),
    backend: read(shape.backend, 'backend') ?? '',
    promptId: read(shape.promptId, 'promptId'),
    state: 'delivering',
    heavy: read(shape.heavy, 'heavy'),
    attempts: 0,
    cancelledBy,
    end: endOf(record, cancelledBy),
    delivered: read(shape.delivered, 'delivered') ?? 0,
    times: {
      queued: Moment.safeParse(times['queued']).data ?? 0,
      started: Moment.safeParse(times['started']).data,
      done: Moment.safeParse(times['done']).data,
    },
  };
}

function endOf({ state, end }: Record<string, unknown>, cancelledBy: string | undefined): JobEnd {
  const known = state === 'delivering' ? shape.end.safeParse(end).data : undefined;
  if (known) return known;
  return cancelledBy === undefined
    ? { kind: 'failed', problem: { code: 'record-unreadable' } }
    : { kind: 'cancelled' };
}

/** Those of a list or an object that can be read. */
function entries<T>(all: unknown, schema: z.ZodType<T>): [string, T][] {
  if (typeof all !== 'object' || all === null) return [];
  return Object.entries(all).flatMap(([name, one]): [string, T][] => {
    const read = schema.safeParse(one);
    return read.success ? [[name, read.data]] : [];
  });
}
