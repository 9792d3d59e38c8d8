/**
 * `npm run fuzz -- --seed N --count N --only NAME --at INPUT`: every border, and what came of it. Two at a time, each in
 * a process of its own; exits with 1 when anything crashed.
 */
// oxlint-disable no-console -- it is a command line
import { execFile } from 'node:child_process';
import { parseArgs } from 'node:util';
import { BORDERS } from './borders.ts';
import { fuzz, type Report } from './harness.ts';

const AT_ONCE = 2;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    count: { type: 'string', default: '100000' },
    only: { type: 'string' },
    at: { type: 'string' },
  },
});
const { seed, count, only, at } = values;

function line({ name, inputs, accepted, refused, crashes, slowest, seconds }: Report): string {
  const counts = [inputs, accepted, refused, crashes].map((n) => String(n).padStart(8));
  return [
    name.padEnd(8),
    ...counts,
    `${slowest.toFixed(0)} ms`.padStart(8),
    seconds.toFixed(1).padStart(8),
  ].join('  ');
}

async function one(name: string): Promise<void> {
  const border = BORDERS.find((each) => each.name === name);
  if (!border) throw new Error(`no border ${name}; there are ${BORDERS.map((each) => each.name).join(', ')}`);
  const input = at === undefined ? undefined : Number(at);
  const report = await fuzz(border, { seed: Number(seed), count: Number(count), at: input });
  console.log(line(report));
  for (const crash of report.first)
    console.log(
      `\ncrash at --seed ${seed} --only ${name} --at ${crash.input}\n${crash.error}\n${crash.shown}\n`,
    );
  if (report.crashes > 0) process.exitCode = 1;
}

/** In a process of its own, whose exit code is ours. */
async function apart(name: string): Promise<void> {
  const args = [import.meta.filename, '--only', name, '--seed', seed, '--count', count];
  await new Promise<void>((resolve) => {
    execFile(process.execPath, args, (error, told, failed) => {
      process.stdout.write(told + failed);
      if (error) process.exitCode = 1;
      resolve();
    });
  });
}

if (only !== undefined) {
  await one(only);
  // what a border left open must not keep it from ending
  process.exit();
}
const begin = performance.now();
console.log(`seed ${seed}\nborder      inputs  accepted   refused   crashes   slowest   seconds`);
// those that take the longest begin first
const names = BORDERS.map(({ name }) => name).toReversed();
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let name = names.shift(); name !== undefined; name = names.shift()) await apart(name);
  }),
);
console.log(`${((performance.now() - begin) / 1000).toFixed(0)} s in all`);
