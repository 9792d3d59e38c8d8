/** One typed line → a run, a screen, or something done in one. Resolves to whether it was understood and done. */
import type { Commands, Entered, Intent, Outcome } from '../../commands/index.ts';
import { parseCommand } from '../../commands/parse.ts';
import type { Caller } from '../../core/chat.ts';
import { EaselError, problemOf } from '../../core/errors.ts';
import type { Job } from '../../core/job.ts';
import type { Log } from '../../core/log.ts';
import type { MediaFile } from '../../core/run.ts';
import type { Screen } from '../../core/screen.ts';
import { catalogue, sentence } from '../../i18n/index.ts';
import { TERMINAL_CALLER, withFiles } from './context.ts';
import { ADD_USAGE, readOwnLine } from './own-line.ts';
import { problemLines, sayLine, screenLines } from './render-screen.ts';

export interface LineOptions {
  commands: Commands;
  print: (lines: string[]) => void;
  /** Keeps files that were asked for, a folder a name; resolves to where they are. */
  save: (name: string, files: readonly MediaFile[]) => Promise<string[]>;
  /** The job that was done last. */
  last: () => string | undefined;
  /** There is no next line, in which something could be done in a screen. */
  once: boolean;
  log: Log;
  signal: AbortSignal;
}

export type LineResult = { kind: 'job'; job: Job } | { kind: 'done' } | { kind: 'failed' } | { kind: 'exit' };

/** Never rejects: what goes wrong is printed, and logged with its cause. */
export function createLines(options: LineOptions): (line: string) => Promise<LineResult> {
  const { commands, print, save, last, once, log, signal } = options;
  const { screens } = commands;
  let shown: Screen | undefined;
  /** The one that is meant when none is named. */
  let draft = '';

  /** It is what `/do` is about from now on. */
  function look(screen: Screen | undefined): void {
    shown = screen;
    draft = /^(?:draft|slot|findings|discard)\/([^/]+)/.exec(screen?.at ?? '')?.[1] ?? draft;
  }

  function show(screen: Screen, { locale }: Caller): LineResult {
    look(screen);
    print(screenLines(screen, locale, !once));
    return { kind: 'done' };
  }

  async function began(prepared: NonNullable<Outcome['prepared']>): Promise<LineResult> {
    return { kind: 'job', job: await commands.run(prepared, null, signal) };
  }

  async function run(
    caller: Caller,
    { template, values, bare }: Extract<Intent, { kind: 'run' }>,
  ): Promise<LineResult> {
    const form = await screens.open(caller, `run/${template.name}`);
    const isAsked = bare && form.fields.some(({ required }) => required);
    if (isAsked && !once) return show(form, caller);
    return began(await commands.prepare(caller, template.name, await withFiles(values, form.fields)));
  }

  async function act(
    caller: Caller,
    { at, action, entered: typed }: Extract<Intent, { kind: 'act' }>,
  ): Promise<LineResult> {
    const isHere = shown?.at === at;
    const outcome = await screens.act(caller, at, action, await entered(caller, at, typed), { signal });
    const { failed, done, screen, files = [], prepared } = outcome;
    if (failed) {
      print(screen ? problemLines(screen) : []);
      return { kind: 'failed' };
    }
    // of what was typed at once, somewhere else, nothing is seen but that it is done
    if (isHere) look(screen);
    const paths = files.length > 0 ? await save(at.split('/')[1] ?? '', files) : [];
    print([...done.map(sayLine), ...paths]);
    if (prepared) return began(prepared);
    return screen && done.length === 0 ? show(screen, caller) : { kind: 'done' };
  }

  async function entered(caller: Caller, at: string, typed: Entered): Promise<Entered> {
    if (Object.keys(typed).length === 0) return typed;
    return withFiles(typed, (await screens.open(caller, at)).fields);
  }

  async function again(caller: Caller): Promise<LineResult> {
    const job = last();
    if (job === undefined) throw new EaselError({ code: 'no-such-job' });
    return began(await commands.prepareAgain(caller, job));
  }

  async function carryOut(caller: Caller, line: string): Promise<LineResult> {
    const { name } = parseCommand(line) ?? {};
    if (name === 'exit' || name === 'quit') return { kind: 'exit' };
    if (name === 'again') return again(caller);
    const reading = { slashes: true, usage: { add: ADD_USAGE }, ...(!once && { acts: { in: shown } }) };
    const intent = readOwnLine(line, { draft, once }) ?? (await commands.understand(caller, line, reading));
    switch (intent.kind) {
      case 'run':
        return run(caller, intent);
      case 'open':
        return show(await screens.open(caller, intent.at), caller);
      case 'act':
        return act(caller, intent);
      case 'answer':
        print((await intent.answer()).map(sayLine));
        return { kind: intent.failed ? 'failed' : 'done' };
    }
  }

  return async (line) => {
    if (line.trim() === '') return { kind: 'done' };
    const caller = commands.recognise(TERMINAL_CALLER);
    try {
      return await carryOut(caller, line);
    } catch (error) {
      const ref = crypto.randomUUID();
      log.warn({ command: parseCommand(line)?.name, ref, err: error }, 'command refused');
      print([sentence(catalogue(caller.locale), problemOf(error, ref))]);
      return { kind: 'failed' };
    }
  };
}
