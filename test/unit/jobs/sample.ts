/** Jobs and requests for tests: small, complete, and different only where a test says so. */
import type { Caller } from '../../../src/core/caller.ts';
import type { Job } from '../../../src/core/job.ts';
import { graphKey } from '../../../src/jobs/store/graphs.ts';
import type { JobRequest } from '../../../src/jobs/intake/intake.ts';
import type { LiveJob } from '../../../src/jobs/live-job.ts';

export const WORKFLOW = {
  '3': { class_type: 'KSampler', inputs: { seed: 18446744073709551615n, steps: 4 } },
  '9': { class_type: 'SaveImage', inputs: { images: ['3', 0] } },
};

export function sampleCaller(given: Partial<Caller> = {}): Caller {
  return { platform: 'test', guild: 'guild-a', user: 'ann', locale: 'en', admin: false, ...given };
}

export function sampleRequest(caller: Partial<Caller> = {}, given: Partial<JobRequest> = {}): JobRequest {
  return {
    caller: sampleCaller(caller),
    template: { name: 'imagine', version: '1' },
    values: { prompt: 'a red fox', seed: 18446744073709551615n },
    mainSlot: 'prompt',
    graph: WORKFLOW,
    changes: [],
    images: [],
    files: {},
    reply: { channel: '1' },
    ...given,
  };
}

export function sampleJob(given: Partial<Job> = {}): Job {
  const { caller, files, graph, changes: _changes, ...request } = sampleRequest();
  return {
    ...request,
    graph: graphKey(graph),
    id: crypto.randomUUID(),
    guild: caller.guild,
    user: caller.user,
    platform: caller.platform,
    locale: caller.locale,
    backend: 'the test backend',
    state: 'queued',
    attempts: 0,
    delivered: Object.keys(files).length,
    times: { queued: 1 },
    ...given,
  };
}

/** One whose record is written nowhere and whose standings nobody sees. */
export function sampleLive(given: Partial<Job> = {}): LiveJob {
  return {
    job: sampleJob(given),
    standing: { kind: 'submitting', retrying: false },
    deaths: 0,
    cancelled: new AbortController(),
    expired: new AbortController(),
    undeliverable: new AbortController(),
    save: async () => undefined,
    trySave: async () => undefined,
    show: () => undefined,
    facts: () => ({}),
  };
}
