import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { PATIENCE_MS } from './test/fakes/patience.ts';

/** For workers and the processes that tests start: half of a start is compiling. */
process.env['NODE_COMPILE_CACHE'] ??= resolve('node_modules/.cache/compiled');

/**
 * Those of `fakes/discord/real-client.ts`: a plain discord.js uploads a form of its own undici only, while ours may have
 * replaced what is global. Easel sends its forms itself.
 */
const APART = ['test/unit/fakes/discord*.test.ts'];

/** What takes a minute for itself: `npm run test:long`. */
const LONG = 'test/**/*.long.test.ts';

export default defineConfig({
  test: {
    // these end what hangs: a machine that is busy elsewhere takes many times as long as a quiet one
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: PATIENCE_MS, interval: 20 } },
    // most tests wait for a server or a process more than they compute
    maxWorkers: 4,
    projects: [
      // loading what is tested takes longer than most tests: a worker loads it once
      {
        extends: true,
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: [...APART, LONG], isolate: false },
      },
      { extends: true, test: { name: 'apart', include: APART, isolate: false } },
      { extends: true, test: { name: 'long', include: [LONG], isolate: false } },
    ],
  },
});
