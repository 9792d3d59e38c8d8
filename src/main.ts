/** The process edge: environment, arguments, signals, exit code. */
import { createApp } from './app/index.ts';
import { lookAround } from './app/summary/look-around.ts';
import { readConfig, terminalLocale } from './config.ts';
import { loadDotEnv, startupSentence } from './startup.ts';

const words = process.argv.slice(2).join(' ');
const terminal = words === '--terminal' ? 'talk' : words === '' ? undefined : { line: words };

try {
  const inFile = loadDotEnv();
  const config = readConfig();
  const app = createApp(config, {
    terminal,
    start: await lookAround(config, inFile),
    locale: terminalLocale(),
  });
  let signalled = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (signalled) process.exit(1);
      signalled = true;
      void app.stop();
    });
  await app.start();
  try {
    process.exitCode = await app.over;
  } finally {
    await app.stop();
  }
} catch (error) {
  process.stderr.write(`${startupSentence(error)}\n`);
  process.exitCode = 1;
}
