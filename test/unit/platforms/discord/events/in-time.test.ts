import { describe, expect, it } from 'vitest';
import { inTime, settlesWithin } from '../../../../../src/platforms/discord/events/in-time.ts';

const never = new Promise<never>(() => undefined);

describe('what Discord waits for', () => {
  it('comes in time, or is a problem', async () => {
    await expect(inTime(Promise.resolve('form'))).resolves.toBe('form');
    await expect(inTime(Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(inTime(never, 1)).rejects.toMatchObject({ code: 'form-expired' });
  });

  it('has settled, well or badly, or is still going on', async () => {
    expect(await settlesWithin(Promise.resolve(), 1000)).toBe(true);
    expect(await settlesWithin(Promise.reject(new Error('no')), 1000)).toBe(true);
    expect(await settlesWithin(never, 1)).toBe(false);
  });
});
