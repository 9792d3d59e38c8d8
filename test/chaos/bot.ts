/** Easel as a process that may be killed: `src/main.ts` with the waits of tests, unless production's are asked for. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createApp } from '../../src/app/index.ts';
import { readConfig } from '../../src/config.ts';
import { QUICK } from '../world/easel.ts';

/** Asked for over standard input. */
const DELAYS = 'delays';

const timing =
  process.env['CHAOS_TIMING'] === 'production' ? {} : { ...QUICK, jobs: { ...QUICK?.jobs, suspectMs: 3000 } };
const delays = monitorEventLoopDelay({ resolution: 5 });
const app = createApp(readConfig(), { timing });
process.on('SIGTERM', () => void app.stop());
// whoever started us is gone
process.stdin.on('end', () => process.exit(1));
process.stdin.on('data', (chunk: Buffer) => {
  if (!chunk.toString().includes(DELAYS)) return;
  const ms = (nanoseconds: number) => Math.round(nanoseconds / 1e5) / 10;
  const { max, mean } = delays;
  const measured = { p50: ms(delays.percentile(50)), p99: ms(delays.percentile(99)), max: ms(max) };
  process.stdout.write(`${JSON.stringify({ ...measured, mean: ms(mean), delays: true })}\n`);
  delays.reset();
});
await app.start();
delays.enable();
process.exitCode = await app.over;
await app.stop();
process.stdin.destroy();
