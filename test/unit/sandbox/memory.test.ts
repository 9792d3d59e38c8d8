import { describe, expect, it } from 'vitest';
import { FileStore } from '../../../src/sandbox/files.ts';
import { Counters } from '../../../src/sandbox/faults/stats.ts';

const MiB = 1024 * 1024;

describe("the sandbox's memory", () => {
  it('lets the oldest files go for new ones, and always keeps the last fifty', () => {
    const files = new FileStore();
    const save = (bytes: number) => files.save('output', 'a', 'png', new Uint8Array(bytes));
    for (let n = 0; n < 1000; n += 1) save(MiB / 8);
    expect(files.names('output')).toHaveLength(16 * 8);
    expect(files.names('output').at(-1)).toBe('a_01000_.png');
    for (let n = 0; n < 60; n += 1) save(MiB);
    expect(files.names('output')).toHaveLength(50);
    expect(files.get('output', '', 'a_01060_.png')?.bytes).toHaveLength(MiB);
    expect(files.get('output', '', 'a_01000_.png')).toBeUndefined();
  });

  it('counts a file once that is written again', () => {
    const files = new FileStore();
    for (let n = 0; n < 60; n += 1) files.putAt('input', `${n}.png`, new Uint8Array(1));
    for (let n = 0; n < 100; n += 1) files.putAt('input', 'mask.png', new Uint8Array(MiB));
    expect(files.names('input')).toHaveLength(61);
    files.clear('input');
    for (let n = 0; n < 60; n += 1) files.putAt('output', `${n}.png`, new Uint8Array(1));
    expect(files.names('output')).toHaveLength(60);
  });

  it('remembers the last runs only', () => {
    const stats = new Counters();
    for (let n = 0; n < 10_005; n += 1) stats.started(`${n}`, 1);
    stats.started('10004', 1);
    expect(Object.keys(stats.runs)).toHaveLength(10_000);
    expect(stats.runs['4']).toBeUndefined();
    expect(stats.runs['10004']).toBe(2);
  });
});
