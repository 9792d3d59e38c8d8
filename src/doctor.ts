/** `npm run doctor`: says what a start would, without one. Exit code 0: nothing asks for attention; 1: something does. */
import { openErrorLog } from './app/data.ts';
import { examine } from './app/summary/examine.ts';
import { lookAround } from './app/summary/look-around.ts';
import { inColour, summaryLines } from './app/summary/render.ts';
import { readConfig, secretsOf, terminalLocale } from './config.ts';
import { createSecretBook } from './core/secrets.ts';
import { isWhole } from './core/summary.ts';
import { catalogue } from './i18n/index.ts';
import { loadDotEnv, startupSentence } from './startup.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => stop.abort(new Error(`stopped by ${signal}`)));

try {
  const inFile = loadDotEnv();
  const config = readConfig();
  const secrets = createSecretBook(secretsOf(config));
  const log = openErrorLog(config, secrets, process.stderr.isTTY);
  const start = await lookAround(config, inFile);
  const summary = await examine(config, start, { secrets, log }, stop.signal);
  const { stdout } = process;
  const paint = stdout.isTTY && stdout.hasColors() ? inColour : undefined;
  const lines = summaryLines(summary, { words: catalogue(terminalLocale()), heading: 'doctor', paint });
  stdout.write(lines.map((line) => `${line}\n`).join(''));
  process.exitCode = isWhole(summary) ? 0 : 1;
} catch (error) {
  if (!stop.signal.aborted) process.stderr.write(`${startupSentence(error)}\n`);
  process.exitCode = 1;
}
