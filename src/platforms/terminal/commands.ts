/** One typed line → a run, a screen, or something done in one. Resolves to whether it was understood and done. */
import type { Press } from '../../commands/typed/carry-out.ts';
import type { Commands, Intent } from '../../commands/index.ts';
import { parseCommand } from '../../commands/typed/parse.ts';
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import type { Job } from '../../core/job.ts';
import type { Log } from '../../core/log.ts';
import type { MediaFile } from '../../core/run.ts';
import type { Screen } from '../../core/screen.ts';
import { meantBy } from '../../i18n/command-names.ts';
import { catalogue } from '../../i18n/index.ts';
import { refusalText } from '../kit/refusal-text.ts';
import { lineText } from '../kit/screen-text.ts';
import { TERMINAL_CALLER, withFiles } from './context.ts';
import { readOwnLine } from './own-line.ts';
import { problemLines, screenLines } from './render-screen.ts';

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

  async function carriedOut(caller: Caller, intent: Intent | Press): Promise<LineResult> {
    const at = intent.kind === 'act' ? intent.at : undefined;
    const isHere = at !== undefined && shown?.at === at;
    const outcome = await commands.carryOut(caller, intent, { attach: withFiles, formless: once, signal });
    const { failed, done, screen, files = [], prepared } = outcome;
    // of what was typed at once, somewhere else, nothing is seen but that it is done
    if (isHere && !failed) look(screen);
    const paths = files.length > 0 ? await save(at?.split('/')[1] ?? '', files) : [];
    print([
      ...done.map((each) => lineText(each)),
      ...paths,
      ...(failed && screen ? problemLines(screen) : []),
    ]);
    if (failed) return { kind: 'failed' };
    if (prepared) return { kind: 'job', job: await commands.run(prepared, null, signal) };
    // there is no next line in which it could be chosen
    if (once && screen && intent.kind === 'run') {
      print(screen.lines.slice(0, 1).map((each) => lineText(each)));
      return { kind: 'failed' };
    }
    return screen && done.length === 0 ? show(screen, caller) : { kind: 'done' };
  }

  async function carryOut(caller: Caller, line: string): Promise<LineResult> {
    // what a keyboard is used to, without a slash too: there is nothing to draw in it
    const name = parseCommand(line)?.name ?? line.trim();
    const verb = meantBy('command', name);
    if (verb === 'exit' || name.toLowerCase() === 'quit') return { kind: 'exit' };
    if (verb === 'again') return carriedOut(caller, { kind: 'press', action: 'again', job: last() ?? '' });
    const usage = { add: catalogue(caller.locale).usage.addFile() };
    const reading = { slashes: true, usage, ...(!once && { acts: { in: shown } }) };
    const own = readOwnLine(line, { draft, once });
    const intent = own ?? (await commands.understand(caller, line, reading));
    if (once && intent.kind === 'ask') throw unanswerable(intent);
    return carriedOut(caller, intent);
  }

  return async (line) => {
    if (line.trim() === '') return { kind: 'done' };
    const caller = commands.recognise(TERMINAL_CALLER);
    try {
      return await carryOut(caller, line);
    } catch (error) {
      print([refusalText(error, caller, log, { command: parseCommand(line)?.name })]);
      return { kind: 'failed' };
    }
  };
}

/** Where nobody is there to say what was meant. */
function unanswerable({ template, doubts }: Extract<Intent, { kind: 'ask' }>): EaselError {
  const [first] = doubts;
  const { written, problem } = first ?? { written: '', problem: undefined };
  const slot = /^(?:--)?([^:：=\s]*)/u.exec(written)?.[1] ?? written;
  return new EaselError(
    problem ?? { code: 'unknown-slot', slot, known: Object.keys(template.slots), typed: true },
  );
}
