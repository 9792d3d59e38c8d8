/** One typed line → one verb. Resolves to whether it was understood and done. */
import type { Commands } from '../../commands/index.ts';
import { parseCommand } from '../../commands/parse.ts';
import { problemOf } from '../../core/errors.ts';
import type { Job } from '../../core/job.ts';
import type { Log } from '../../core/log.ts';
import { catalogue, sentence } from '../../i18n/index.ts';
import { TERMINAL_CALLER, terminalValues } from './context.ts';
import { plain } from './render.ts';

export interface LineOptions {
  commands: Commands;
  print: (lines: string[]) => void;
  log: Log;
  signal: AbortSignal;
}

export type LineResult = { kind: 'job'; job: Job } | { kind: 'done' } | { kind: 'failed' } | { kind: 'exit' };

const words = catalogue(TERMINAL_CALLER.locale);

/** Never throws: what goes wrong is printed, and logged with its cause. */
export async function runLine(line: string, options: LineOptions): Promise<LineResult> {
  const { commands, print, log, signal } = options;
  if (line.trim() === '') return { kind: 'done' };
  const typed = parseCommand(line);
  if (!typed) {
    print([words.terminal.notACommand()]);
    return { kind: 'failed' };
  }
  try {
    switch (typed.name) {
      case 'exit':
      case 'quit':
        return { kind: 'exit' };
      case 'help':
        print(commands.help(TERMINAL_CALLER));
        return { kind: 'done' };
      case 'queue': {
        const { heading, items } = commands.queue(TERMINAL_CALLER);
        print([
          heading,
          ...items.map(({ title, job, where }) => plain(words.queue.line(title, job.user, where))),
        ]);
        return { kind: 'done' };
      }
      case 'cancel':
        await commands.cancel(TERMINAL_CALLER, typed.rest.trim() || undefined);
        return { kind: 'done' };
      default:
        return { kind: 'job', job: await runTemplate(typed.name, typed.rest, commands, signal) };
    }
  } catch (error) {
    const ref = crypto.randomUUID();
    log.warn({ command: typed.name, ref, err: error }, 'command refused');
    print([plain(sentence(words, problemOf(error, ref)))]);
    return { kind: 'failed' };
  }
}

async function runTemplate(
  name: string,
  rest: string,
  commands: Commands,
  signal: AbortSignal,
): Promise<Job> {
  const template = commands.template(name);
  const raw = template ? await terminalValues(template, rest) : {};
  return commands.run(commands.prepare(TERMINAL_CALLER, name, raw), null, signal);
}
