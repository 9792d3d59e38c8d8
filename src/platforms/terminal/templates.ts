/** `/template …` at the terminal: a file becomes a draft, the draft is shown, tried and published. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EditorView } from '../../commands/editor.ts';
import type { Commands } from '../../commands/index.ts';
import type { ShelfEntry } from '../../commands/shelf.ts';
import type { Caller } from '../../core/chat.ts';
import { EaselError, type Problem } from '../../core/errors.ts';
import type { KeptFolder } from '../../core/disk.ts';
import type { Job } from '../../core/job.ts';
import { catalogue, sentence, type Catalogue } from '../../i18n/index.ts';
import { slotFacts } from '../../commands/screens/slot-facts.ts';
import { SHELF_USAGE, typedVerb } from '../kit/typed-verb.ts';
import { attachment, readWords } from './context.ts';

export interface TemplateOptions {
  commands: Commands;
  print: (lines: string[]) => void;
  signal: AbortSignal;
  /** Where exported files go: a folder a template. */
  directory: string;
  kept: KeptFolder;
}

export interface TemplateVerbs {
  /** Throws EaselError. Resolves to a job when one was begun. */
  run(caller: Caller, rest: string): Promise<Job | undefined>;
}

/** What is typed after each verb. */
const USAGE = {
  add: 'PATH [--name NAME] [--settings PATH]',
  test: '[DRAFT]',
  publish: '[DRAFT]',
  ...SHELF_USAGE,
} as const;
type VerbName = keyof typeof USAGE;

export function createTemplateVerbs(options: TemplateOptions): TemplateVerbs {
  const { commands, print, signal, directory, kept } = options;
  const { editor, shelf } = commands;
  /** The one that is meant when none is named. */
  let latest = '';

  const done = (words: Catalogue, line: string, problem?: Problem) =>
    print(problem ? [line, `⚠ ${sentence(words, problem)}`] : [line]);

  const verbs: Record<VerbName, (caller: Caller, args: string[]) => Promise<Job | void>> = {
    async add(caller, typed) {
      const words = catalogue(caller.locale);
      const { args, flags } = withFlags(typed, ['name', 'settings']);
      const [path = ''] = args;
      const { name, settings } = flags;
      const more = {
        ...(name !== undefined && { name }),
        ...(settings !== undefined && { settings: await attachment('settings', settings) }),
      };
      const view = await editor.add(caller, await attachment('file', path), more, signal);
      latest = view.draft.id;
      print(draftLines(view, words));
    },
    async test(caller, [draft = latest]) {
      return commands.run(await editor.prepareTest(caller, draft), null, signal);
    },
    async publish(caller, [draft = latest]) {
      const words = catalogue(caller.locale);
      const { name, version, problem } = await editor.publish(caller, draft);
      done(words, words.editor.published(name, version), problem);
    },
    async list(caller) {
      const words = catalogue(caller.locale);
      const entries = await shelf.list(caller);
      print([words.shelf.heading(entries.length), ...entries.map((entry) => entryLine(entry, words))]);
    },
    async show(caller, [name = '']) {
      const words = catalogue(caller.locale);
      const entry = await shelf.show(caller, name);
      const slots = Object.entries(entry.template?.slots ?? {}).map(
        ([slot, about]) => `  ${slot} — ${slotFacts(about, words).join(' · ')}`,
      );
      print([entryLine(entry, words), ...slots, ...entry.misfits.map((one) => `⚠ ${sentence(words, one)}`)]);
    },
    async rename(caller, [name = '', to = '']) {
      const words = catalogue(caller.locale);
      done(words, words.shelf.renamed(name, to), await shelf.rename(caller, name, to));
    },
    async disable(caller, [name = '']) {
      const words = catalogue(caller.locale);
      done(words, words.shelf.disabled(name), await shelf.switchOff(caller, name, true));
    },
    async enable(caller, [name = '']) {
      const words = catalogue(caller.locale);
      done(words, words.shelf.enabled(name), await shelf.switchOff(caller, name, false));
    },
    async remove(caller, [name = '']) {
      const words = catalogue(caller.locale);
      done(words, words.shelf.removed(name), await shelf.remove(caller, name));
    },
    async export(caller, [name = '', version]) {
      const files = await shelf.export(caller, name, version);
      const folder = join(directory, name);
      const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
      await kept.keep({ name, bytes }, async () => {
        await mkdir(folder, { recursive: true });
        for (const file of files) await writeFile(join(folder, file.name), file.bytes);
      });
      print(files.map((file) => join(folder, file.name)));
    },
    async history(caller, [name = '']) {
      const words = catalogue(caller.locale);
      const versions = await shelf.history(caller, name);
      const lines = versions.map(({ number, by, at, from }) => {
        const again = from === undefined ? [] : [words.shelf.broughtBack(from)];
        return `  ${[words.shelf.version(number), moment(at), by, ...again].join(' — ')}`;
      });
      print([lines.length === 0 ? words.shelf.noHistory(name) : words.shelf.historyHeading(name), ...lines]);
    },
    async rollback(caller, [name = '', from = '']) {
      const words = catalogue(caller.locale);
      const { version, problem } = await shelf.rollback(caller, name, from);
      done(words, words.shelf.rolledBack(name, from, version), problem);
    },
  };
  const names: VerbName[] = [
    'add',
    'test',
    'publish',
    'list',
    'show',
    'rename',
    'disable',
    'enable',
    'remove',
    'export',
    'history',
    'rollback',
  ];

  return {
    async run(caller, rest) {
      const [typed = '', ...args] = readWords(rest);
      const verb = typedVerb(USAGE, names, typed, args);
      if (verb === undefined)
        throw new EaselError({
          code: 'bad-command',
          detail: `/template ${names.map((name) => `${name} ${USAGE[name]}`.trim()).join(' | ')}`,
        });
      const named = verb === 'add' ? args : args.map((arg) => arg.replace(/^\//, ''));
      return (await verbs[verb](caller, named)) ?? undefined;
    },
  };
}

function draftLines({ draft, slots, findings }: EditorView, words: Catalogue): string[] {
  const { editor: say, terminal } = words;
  const blocking = findings.filter((finding) => finding.blocking).length;
  const lines = findings.map(({ at, problem, blocking: stops }) => ({
    at,
    line: `${stops ? '⛔' : '⚠'} ${sentence(words, problem)}`,
  }));
  return [
    say.heading(draft.name, draft.description),
    ...lines.filter(({ at }) => typeof at === 'string').map(({ line }) => line),
    ...(slots.length === 0 ? [say.noSlots()] : []),
    ...slots.flatMap(({ name, slot, into }) => [
      `  ${name} — ${[...slotFacts(slot, words), ...(into.length > 0 ? [say.fills(into)] : [])].join(' · ')}`,
      ...lines
        .filter(({ at }) => typeof at === 'object' && at.slot === name)
        .map(({ line }) => `    ${line}`),
    ]),
    blocking > 0 ? say.blocked(blocking) : say.ready(),
    terminal.drafted(draft.id),
  ];
}

function entryLine({ name, description, origin, off, version }: ShelfEntry, { shelf }: Catalogue): string {
  const facts = [
    origin === 'built-in' ? shelf.builtin() : version !== undefined && shelf.version(version),
    off && shelf.off(),
  ].filter((fact) => typeof fact === 'string');
  return `  ${shelf.entry(name, description)} (${facts.join(', ')})`;
}

function withFlags(
  typed: string[],
  known: readonly string[],
): { args: string[]; flags: Partial<Record<string, string>> } {
  const args: string[] = [];
  const flags: Partial<Record<string, string>> = {};
  const words = typed.values();
  for (const word of words) {
    const [, flag = '', value] = /^--([a-z]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (!known.includes(flag)) args.push(word);
    else flags[flag] = value ?? words.next().value;
  }
  return { args, flags };
}

/** The minute of a time in ms since 1970. */
export function moment(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
