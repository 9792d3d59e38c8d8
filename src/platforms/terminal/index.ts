/** The terminal as a chat: the same templates, queue and replies, for one person at a keyboard. */
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Commands } from '../../commands/index.ts';
import type { Chat } from '../../core/chat.ts';
import type { Job, JobEnd } from '../../core/job.ts';
import { Refused } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { createLines } from './commands.ts';
import { TERMINAL } from './context.ts';
import { plain, renderLines } from './render.ts';
import { saveAndTell, saveExport, type OutputFolder } from './reply.ts';
import { createSurface, type TerminalOutput } from './surface.ts';

export interface TerminalOptions extends OutputFolder {
  commands: Commands;
  input: Readable;
  output: TerminalOutput;
  /** Printed at start, unless a single command is run. */
  welcome: () => Promise<string[]>;
  /** Run this line, then be over. */
  once?: string | undefined;
  log: Log;
}

export interface Terminal extends Chat {
  /** Resolves to the exit code when the person has left, or when the one command is done. */
  readonly over: Promise<number>;
}

export function createTerminal(options: TerminalOptions): Terminal {
  const { commands, input, output, directory, kept, welcome, once, log } = options;
  const surface = createSurface(output);
  const over = Promise.withResolvers<number>();
  const closing = new AbortController();
  /** How each job ended, once its reply is final. */
  const ends = new Map<string, PromiseWithResolvers<JobEnd | undefined>>();
  let last: string | undefined;
  let prompt: Interface | undefined;
  let paused = false;

  const print = (lines: string[]) => surface.print(lines.map(plain));
  const runLine = createLines({
    commands,
    print,
    save: (name, files) => saveExport({ directory, kept }, name, files),
    last: () => last,
    once: once !== undefined,
    log,
    signal: closing.signal,
  });

  function end({ id }: Job): PromiseWithResolvers<JobEnd | undefined> {
    const known = ends.get(id) ?? Promise.withResolvers<JobEnd | undefined>();
    ends.set(id, known);
    return known;
  }

  async function runOnce(line: string): Promise<number> {
    const result = await runLine(line);
    if (result.kind === 'job') return (await end(result.job).promise)?.kind === 'succeeded' ? 0 : 1;
    return result.kind === 'failed' ? 1 : 0;
  }

  async function converse(reader: Interface): Promise<number> {
    const jobs: Job[] = [];
    // piped input may end long before its last line is done, and a closed reader takes no prompt
    const closed = new AbortController();
    reader.once('close', () => closed.abort());
    reader.prompt();
    for await (const line of reader) {
      if (paused) break;
      surface.entered(line);
      const result = await runLine(line);
      if (result.kind === 'exit') return 0;
      if (result.kind === 'job') jobs.push(result.job);
      if (!closed.signal.aborted) reader.prompt();
    }
    surface.attach(undefined);
    // piped input has ended: what it asked for is still done
    if (!paused) await Promise.all(jobs.map((job) => end(job).promise));
    return 0;
  }

  function open(): Interface {
    const reader = createInterface({
      input,
      output,
      terminal: output.isTTY === true,
      prompt: output.isTTY ? '> ' : '',
    });
    reader.on('SIGINT', () => {
      paused = true;
      reader.close();
      // readline has eaten the signal; the process counts it, so that a second one ends it at once
      process.kill(process.pid, 'SIGINT');
    });
    surface.attach(reader);
    return reader;
  }

  return {
    platform: TERMINAL,
    features: new Set(),
    takesAll: true,
    over: over.promise,
    async start() {
      if (once === undefined) {
        surface.print(await welcome());
        prompt = open();
      }
      const talk = prompt ? converse(prompt) : runOnce(once ?? '');
      talk.then(over.resolve, over.reject);
    },
    pause() {
      paused = true;
      prompt?.close();
    },
    async stop() {
      paused = true;
      surface.attach(undefined);
      prompt?.close();
      closing.abort();
      over.resolve(0);
    },
    ready: () => true,
    check: async () => undefined,
    reaches: () => true,
    isPrivate: () => true,
    show(job, render) {
      const view = render();
      const stage = `${view.tone} ${view.fraction === undefined ? view.status : view.status.split(' · ')[1]}`;
      // said at the end: where lines are only added it would stand under each of them
      surface.update(job.id, renderLines({ ...view, demo: undefined }), stage);
    },
    async deliver(job, view, files, sent) {
      // printed before a restart, and only not recorded as ended
      if (job.delivered > 0) return end(job).resolve(job.end);
      if (job.end?.kind === 'succeeded' && job.trial !== true) last = job.id;
      const save = () => saveAndTell(join(directory, job.id), files);
      const bytes = files.reduce((sum, { size }) => sum + size, 0);
      const entry = { name: job.id, bytes, moved: bytes };
      const saved = await (files.length > 0 ? kept.keep(entry, save) : save()).catch((error: unknown) => {
        throw new Refused(error); // a disk is no network: trying for hours would only keep its person waiting
      });
      surface.finish(job.id, renderLines({ ...view, notes: [...saved, ...view.notes] }));
      await sent(1);
      end(job).resolve(job.end);
    },
    findings: () => [],
    // the terminal takes every template's name as it is typed
    offer: async () => undefined,
    tell: async (_user, lines) => print(lines),
  };
}
