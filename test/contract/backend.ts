/** What every `Backend` promises, whatever it speaks to. Run it on each implementation and dialect. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/core/backend.ts';
import { EaselError } from '../../src/core/errors.ts';
import type { RunEnd, RunEvent } from '../../src/core/run.ts';
import type { Workflow } from '../../src/core/workflow.ts';
import { fetchWhole, stored } from '../fakes/disk.ts';
import { PATIENCE_MS } from '../fakes/patience.ts';

export interface BackendFixture {
  backend: Backend;
  /** A workflow that takes this many steps of some milliseconds each and saves one picture; never cached. */
  slow: (steps: number) => Workflow;
  failing: () => Workflow;
  image: () => Uint8Array;
  /** Has these checkpoints from now on, and no other. */
  offer: (checkpoints: string[]) => void;
  /** Loses the saved files. */
  loseFiles: () => void;
  /** Nobody is there any more. */
  takeDown: () => Promise<void>;
  /** Forgets all runs, as a restart does. */
  restart: () => Promise<void>;
}

interface Following {
  events: RunEvent[];
  end: Promise<RunEnd>;
  /** Resolves with the first event of that kind. */
  saw: (kind: RunEvent['kind']) => Promise<void>;
}

const soon = (): AbortSignal => AbortSignal.timeout(PATIENCE_MS);

export function follow(backend: Backend, promptId: string, signal: AbortSignal = soon()): Following {
  const events: RunEvent[] = [];
  const waiting = new Map<RunEvent['kind'], PromiseWithResolvers<void>>();
  const waiter = (kind: RunEvent['kind']): PromiseWithResolvers<void> => {
    const one = waiting.get(kind) ?? Promise.withResolvers<void>();
    waiting.set(kind, one);
    return one;
  };
  const end = backend.follow(
    promptId,
    (event) => {
      events.push(event);
      waiter(event.kind).resolve();
    },
    signal,
  );
  return { events, end, saw: async (kind) => waiter(kind).promise };
}

async function submit(backend: Backend, workflow: Workflow): Promise<string> {
  const { promptId } = await backend.submit({ promptId: randomUUID(), workflow }, soon());
  return promptId;
}

export function backendContract(name: string, open: () => Promise<BackendFixture>): void {
  describe(`a backend: ${name}`, () => {
    it('answers a check', async () => {
      const { backend } = await open();
      await expect(backend.check(soon())).resolves.toBeUndefined();
    });

    it('tells its node classes, and anew when those known are older than wanted', async () => {
      const { backend, offer } = await open();
      const before = await backend.nodes(soon());
      expect(before.get('KSampler')?.inputs.get('seed')).toMatchObject({
        type: 'INT',
        required: true,
        min: 0,
        max: 18_446_744_073_709_551_615n,
      });
      offer(['other.safetensors']);
      expect(await backend.nodes(soon())).toBe(before);
      const after = await backend.nodes(soon(), 0);
      const { inputs } = after.get('CheckpointLoaderSimple')!;
      expect(inputs.get('ckpt_name')).toMatchObject({ type: 'COMBO', options: ['other.safetensors'] });
      expect(backend.knownNodes()).toBe(after);
    });

    it('tells what it knew when it is gone, and says so when asked anew', async () => {
      const { backend, takeDown } = await open();
      const known = await backend.nodes(soon());
      await takeDown();
      await expect(backend.nodes(soon(), 0)).rejects.toMatchObject({ code: 'backend-unreachable' });
      expect(backend.knownNodes()).toBe(known);
    });

    it('runs a workflow, tells its progress in order, and hands over the picture', async () => {
      const { backend, slow } = await open();
      const run = follow(backend, await submit(backend, slow(4)));
      const end = await run.end;
      if (end.kind !== 'success') throw new Error(`it ended as ${end.kind}`);
      const steps = run.events.flatMap((event) => (event.kind === 'step' ? [event] : []));
      expect(steps.map(({ value, max }) => `${value}/${max}`)).toEqual(['1/4', '2/4', '3/4', '4/4']);
      const kinds = run.events.map(({ kind }) => kind).filter((kind) => kind !== 'queued');
      expect(kinds[0]).toBe('started');
      expect(kinds.indexOf('node')).toBeLessThan(kinds.indexOf('step'));
      expect(kinds.lastIndexOf('finished')).toBeGreaterThan(kinds.lastIndexOf('step'));
      expect(kinds).toContain('preview');
      const [output] = end.outputs;
      expect(end.outputs).toHaveLength(1);
      const file = await fetchWhole(backend, output!, soon());
      expect(file.type).toBe('image/png');
      expect(Buffer.from(file.bytes.subarray(1, 4)).toString()).toBe('PNG');
    });

    it('says how a run failed', async () => {
      const { backend, failing } = await open();
      const end = await follow(backend, await submit(backend, failing())).end;
      expect(end).toMatchObject({ kind: 'failure', problem: { code: 'run-failed' } });
    });

    it('follows a run that ended long ago', async () => {
      const { backend, slow } = await open();
      const promptId = await submit(backend, slow(1));
      await follow(backend, promptId).end;
      expect(await follow(backend, promptId).end).toMatchObject({ kind: 'success' });
    });

    it('says that a run is lost when the backend has forgotten it', async () => {
      const { backend, restart, slow } = await open();
      const run = follow(backend, await submit(backend, slow(10_000)));
      await run.saw('step');
      await restart();
      expect(await run.end).toEqual({ kind: 'lost' });
    });

    it('stops following, not the run, when told to', async () => {
      const { backend, slow } = await open();
      const promptId = await submit(backend, slow(25));
      const control = new AbortController();
      const reason = new Error('enough');
      const run = follow(backend, promptId, control.signal);
      await run.saw('step');
      control.abort(reason);
      await expect(run.end).rejects.toBe(reason);
      expect(await follow(backend, promptId).end).toMatchObject({ kind: 'success' });
    });

    it('stores an image and names it', async () => {
      const { backend, image } = await open();
      const file = { name: 'fox.png', type: 'image/png', bytes: image() };
      const uploaded = await backend.upload(await stored(file), soon());
      expect(uploaded).toEqual({ name: expect.stringMatching(/\.png$/) as string });
    });

    it('finds a run, waiting or ended, and no other', async () => {
      const { backend, slow } = await open();
      const first = await submit(backend, slow(20));
      const second = await submit(backend, slow(1));
      expect(await backend.find(second, soon())).toEqual({ promptId: second });
      await follow(backend, first).end;
      expect(await backend.find(first, soon())).toEqual({ promptId: first });
      expect(await backend.find(randomUUID(), soon())).toBeUndefined();
    });

    it('cancels a run that waits, and only that', async () => {
      const { backend, slow } = await open();
      const running = follow(backend, await submit(backend, slow(30)));
      await running.saw('started');
      const waiting = await submit(backend, slow(1));
      const unwanted = follow(backend, waiting);
      await unwanted.saw('queued');
      expect(await backend.cancel(waiting, soon())).toBe('stopping');
      expect(await unwanted.end).toMatchObject({ kind: 'cancelled' });
      expect(await running.end).toMatchObject({ kind: 'success' });
    });

    it('cancels the run that runs', async () => {
      const { backend, slow } = await open();
      const promptId = await submit(backend, slow(10_000));
      const run = follow(backend, promptId);
      await run.saw('step');
      expect(await backend.cancel(promptId, soon())).toBe('stopping');
      expect(await run.end).toMatchObject({ kind: 'cancelled' });
      expect(await backend.cancel(promptId, soon())).toBe('gone');
    });

    it('knows that an unknown run cannot be cancelled', async () => {
      const { backend } = await open();
      expect(await backend.cancel(randomUUID(), soon())).toBe('gone');
    });

    it('says that an output is gone', async () => {
      const { backend, loseFiles, slow } = await open();
      const end = await follow(backend, await submit(backend, slow(1))).end;
      loseFiles();
      const output = end.kind === 'success' ? end.outputs[0]! : undefined;
      await expect(fetchWhole(backend, output!, soon())).rejects.toMatchObject({ code: 'output-gone' });
    });

    it('says that it is unreachable, soon, whatever it is asked', async () => {
      const { backend, image, slow, takeDown } = await open();
      await takeDown();
      const promptId = randomUUID();
      const png = await stored({ name: 'fox.png', type: 'image/png', bytes: image() });
      const output = { node: '1', kind: 'image', filename: 'a.png', subfolder: '', type: 'output' } as const;
      const asked = await Promise.allSettled([
        backend.check(soon()),
        backend.nodes(soon(), 0),
        backend.upload(png, soon()),
        backend.submit({ promptId, workflow: slow(1) }, soon()),
        backend.find(promptId, soon()),
        fetchWhole(backend, output, soon()),
        backend.cancel(promptId, soon()),
      ]);
      for (const answer of asked) {
        const reason: unknown = answer.status === 'rejected' ? answer.reason : undefined;
        expect(reason).toBeInstanceOf(EaselError);
        expect(reason).toMatchObject({ code: 'backend-unreachable' });
      }
    });

    it('goes on asking for a run while it is unreachable, and tells of each question in vain', async () => {
      const { backend, takeDown } = await open();
      await takeDown();
      const told = Promise.withResolvers<unknown>();
      const over = new AbortController();
      let silences = 0;
      const following = backend.follow(
        randomUUID(),
        (event) => {
          if (event.kind !== 'silent') return;
          silences += 1;
          if (silences === 3) told.resolve(event.error);
        },
        over.signal,
      );
      expect(await told.promise).toMatchObject({ code: 'backend-unreachable' });
      over.abort(new Error('enough'));
      await expect(following).rejects.toThrow('enough');
    });

    it('stops, also twice, and takes its followers with it', async () => {
      const { backend, slow } = await open();
      const run = follow(backend, await submit(backend, slow(10_000)));
      await run.saw('step');
      const [ended] = await Promise.allSettled([run.end, backend.stop(), backend.stop()]);
      expect(ended).toMatchObject({ status: 'rejected', reason: { code: 'shutting-down' } });
      await backend.stop();
    });
  });
}
