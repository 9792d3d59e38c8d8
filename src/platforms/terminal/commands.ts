/** One typed line → one verb. Resolves to whether it was understood and done. */
import type { Commands } from '../../commands/index.ts';
import { parseCommand } from '../../commands/parse.ts';
import type { Caller } from '../../core/chat.ts';
import { EaselError, problemOf } from '../../core/errors.ts';
import type { Job } from '../../core/job.ts';
import type { Log } from '../../core/log.ts';
import { catalogue, sentence } from '../../i18n/index.ts';
import { TERMINAL_CALLER, terminalValues } from './context.ts';
import { plain } from './render.ts';
import { settingsLines } from './settings.ts';
import type { TemplateVerbs } from './templates.ts';

export interface LineOptions {
  commands: Commands;
  templates: TemplateVerbs;
  print: (lines: string[]) => void;
  /** The job that was done last. */
  last: () => string | undefined;
  log: Log;
  signal: AbortSignal;
}

export type LineResult = { kind: 'job'; job: Job } | { kind: 'done' } | { kind: 'failed' } | { kind: 'exit' };

/** Never throws: what goes wrong is printed, and logged with its cause. */
export async function runLine(line: string, options: LineOptions): Promise<LineResult> {
  const { commands, templates, print, log } = options;
  if (line.trim() === '') return { kind: 'done' };
  const caller = commands.recognise(TERMINAL_CALLER);
  const words = catalogue(caller.locale);
  const typed = parseCommand(line);
  try {
    if (!typed) {
      const standard = await commands.defaultTemplate(caller);
      if (standard) return await begun(caller, { name: standard.name, rest: line }, options);
      print([words.terminal.notACommand()]);
      return { kind: 'failed' };
    }
    switch (typed.name) {
      case 'exit':
      case 'quit':
        return { kind: 'exit' };
      case 'help':
        print(await commands.help(caller));
        return { kind: 'done' };
      case 'queue': {
        const { heading, items } = await commands.queue(caller);
        print([
          heading,
          ...items.map(({ title, job, where }) => plain(words.queue.line(title, job.user, where))),
        ]);
        return { kind: 'done' };
      }
      case 'cancel':
        await commands.cancel(caller, typed.rest.trim() || undefined);
        return { kind: 'done' };
      case 'again':
        return await repeated(caller, options);
      case 'template': {
        const job = await templates.run(caller, typed.rest);
        return job ? { kind: 'job', job } : { kind: 'done' };
      }
      case 'settings':
        print((await settingsLines(caller, typed.rest, commands)).map(plain));
        return { kind: 'done' };
      default:
        return await begun(caller, typed, options);
    }
  } catch (error) {
    const ref = crypto.randomUUID();
    log.warn({ command: typed?.name, ref, err: error }, 'command refused');
    print([plain(sentence(words, problemOf(error, ref)))]);
    return { kind: 'failed' };
  }
}

async function begun(
  caller: Caller,
  { name, rest }: { name: string; rest: string },
  { commands, signal }: LineOptions,
): Promise<LineResult> {
  const template = await commands.template(caller, name);
  const raw = template ? await terminalValues(template, rest) : {};
  const job = await commands.run(await commands.prepare(caller, name, raw), null, signal);
  return { kind: 'job', job };
}

async function repeated(caller: Caller, { commands, last, signal }: LineOptions): Promise<LineResult> {
  const done = last();
  if (done === undefined) throw new EaselError({ code: 'no-such-job' });
  const job = await commands.run(await commands.prepareAgain(caller, done), null, signal);
  return { kind: 'job', job };
}
