/** The process edge: environment, arguments, signals, exit code. */
import { createApp } from './app/index.ts';
import { readConfig } from './config.ts';
import { loadDotEnv, startupSentence } from './startup.ts';

const words = process.argv.slice(2).join(' ');
const terminal = words === '--terminal' ? 'talk' : words === '' ? undefined : { line: words };

try {
  loadDotEnv();
  const app = createApp(readConfig(), { terminal });
  let signalled = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (signalled) process.exit(1);
      signalled = true;
      void app.stop();
    });
  await app.start();
  process.exitCode = await app.over;
  await app.stop();
} catch (error) {
  process.stderr.write(`${startupSentence(error)}\n`);
  process.exitCode = 1;
}
