import { describe, expect, it } from 'vitest';
import { createLifecycle } from '../../../src/app/lifecycle.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';

describe('starting and stopping', () => {
  const stage = () => {
    const log = createRecordingLog();
    const done: string[] = [];
    return {
      log,
      done,
      lifecycle: createLifecycle(() => log),
      note: (name: string) => () => void done.push(name),
    };
  };

  it('closes what was opened, last first, once', async () => {
    const { done, lifecycle, note } = stage();
    await lifecycle.start(async (opened) => {
      opened.add('store', note('store'));
      opened.add('chat', note('chat'));
    });
    await Promise.all([lifecycle.stop(), lifecycle.stop()]);
    expect(done).toEqual(['chat', 'store']);
  });

  it('ends a start that is under way, and closes what that opened in the end', async () => {
    const { done, lifecycle, note } = stage();
    const gate = Promise.withResolvers<void>();
    const started = lifecycle.start(async (opened) => {
      opened.add('store', note('store'));
      opened.interrupt('chat', async () => {
        note('interrupted')();
        gate.resolve();
      });
      await gate.promise;
      opened.add('late', note('late'));
      opened.signal.throwIfAborted();
      note('never')();
    });
    await lifecycle.stop();
    await started;
    expect(done).toEqual(['interrupted', 'late', 'store']);
  });

  it('closes everything when the start fails, and says why', async () => {
    const { done, lifecycle, note } = stage();
    const start = lifecycle.start(async (opened) => {
      opened.add('store', note('store'));
      throw new Error('no port');
    });
    await expect(start).rejects.toThrow('no port');
    expect(done).toEqual(['store']);
  });

  it('closes the rest when one part cannot be closed, and logs it', async () => {
    const { done, log, lifecycle, note } = stage();
    await lifecycle.start(async (opened) => {
      opened.add('store', note('store'));
      opened.add('chat', async () => {
        throw new Error('stuck');
      });
    });
    await lifecycle.stop();
    expect(done).toEqual(['store']);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'could not be closed' }),
    );
  });
});
