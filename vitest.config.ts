import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** For workers and the processes that tests start: half of a start is compiling. */
process.env['NODE_COMPILE_CACHE'] ??= resolve('node_modules/.cache/compiled');

/** undici and discord.js replace what is global: where both upload, a file gets a worker of its own. */
const APART = ['test/unit/fakes/**', 'test/unit/platforms/discord/**'];

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // most tests wait for a server or a process more than they compute
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], exclude: APART, isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          exclude: [
            'test/unit/!(fakes|platforms)/**',
            'test/unit/platforms/!(discord)/**',
            'test/unit/platforms/*.test.ts',
            'test/unit/*.test.ts',
          ],
        },
      },
    ],
  },
});
