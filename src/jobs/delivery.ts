/** The end of a job: fetch what was made, make the final reply, close the record. Repeatable until it is closed. */
import type { Delivery } from '../core/audience.ts';
import { problemOf } from '../core/errors.ts';
import { transition, type JobEnd } from '../core/job.ts';
import type { Output } from '../core/run.ts';
import { deadline } from '../core/time.ts';
import type { JobRoom, LiveJob } from './live-job.ts';
import { retry } from './retry.ts';
import { isPassing } from './runner.ts';

/** Rejects only when the process is stopping: the record then says `delivering`, and the next start goes on. */
export async function deliverJob(live: LiveJob, end: JobEnd, room: JobRoom): Promise<void> {
  const { job } = live;
  const { audience, clock, timing, kill, log, store, onEnd } = room;
  job.end = end;
  // one that was begun before a crash may have made its final reply: no live state may come after that
  const begun = job.state === 'delivering';
  if (!begun) transition(job, 'delivering');
  await live.trySave();
  if (end.kind === 'succeeded' && !begun) live.show({ kind: 'delivering' });

  const delivery = await gather(live, room);
  try {
    await retry(() => audience.deliver(job, delivery, deadline(timing.deliverMs, kill)), {
      tries: timing.deliverTries,
      timing,
      clock,
      signal: kill,
      retryable: () => true,
      onRetry: (error, attempt) =>
        log.warn({ ...live.facts(), attempt, err: error }, 'reply failed, trying again'),
    });
  } catch (error) {
    kill.throwIfAborted();
    log.error({ ...live.facts(), err: error }, 'the reply could not be delivered');
    job.end = { kind: 'failed', problem: { code: 'delivery-failed' } };
    await confess(live, delivery, room);
  }
  transition(job, job.end.kind);
  job.times.ended = clock.now();
  await live.trySave();
  log.info({ ...live.facts(), ms: job.times.ended - job.times.queued, ...problemFact(job.end) }, 'job ended');
  onEnd?.(job);
  await store.deleteInputs(
    job.id,
    job.images.map(({ slot }) => slot),
  );
}

/** The words without the files may still find their way. */
async function confess(
  live: LiveJob,
  delivery: Delivery,
  { audience, timing, kill, log }: JobRoom,
): Promise<void> {
  if (live.job.delivered > 0) return;
  const words: Delivery = { ...delivery, files: [], texts: [], missing: [] };
  try {
    await audience.deliver(live.job, words, deadline(timing.deliverMs, kill));
  } catch (error) {
    kill.throwIfAborted();
    log.error({ ...live.facts(), err: error }, 'not even that could be told');
  }
}

/** When nothing at all could be fetched, the job has failed and `job.end` says why. */
async function gather(live: LiveJob, room: JobRoom): Promise<Delivery> {
  const { job } = live;
  const delivery: Delivery = {
    files: [],
    texts: [],
    missing: [],
    sent: async (count) => {
      job.delivered = count;
      await live.trySave();
    },
  };
  if (job.end?.kind !== 'succeeded') return delivery;
  for (const output of job.end.outputs) {
    if (output.text !== undefined) delivery.texts.push(output.text);
    else await fetchInto(delivery, output, live, room);
  }
  const [missing] = delivery.missing;
  if (missing && delivery.files.length === 0 && delivery.texts.length === 0) {
    job.end = { kind: 'failed', problem: missing.problem };
    await live.trySave();
  }
  return delivery;
}

async function fetchInto(delivery: Delivery, output: Output, live: LiveJob, room: JobRoom): Promise<void> {
  const { backend, clock, timing, kill, log } = room;
  try {
    const file = await retry(() => backend.fetch(output, deadline(timing.fetchMs, kill)), {
      tries: timing.fetchTries,
      timing,
      clock,
      signal: kill,
      retryable: isPassing,
    });
    delivery.files.push(file);
  } catch (error) {
    kill.throwIfAborted();
    log.warn({ ...live.facts(), node: output.node, err: error }, 'an output could not be fetched');
    delivery.missing.push({ name: output.filename, problem: problemOf(error, live.job.id) });
  }
}

function problemFact(end: JobEnd): Record<string, unknown> {
  return end.kind === 'failed' ? { problem: end.problem.code } : {};
}
