/** `/easel template …`: what admins do with templates outside of the editor. */
import type { ShelfEntry } from '../../../commands/shelf.ts';
import { EaselError, type Problem } from '../../../core/errors.ts';
import { catalogue } from '../../../i18n/index.ts';
import { slotFacts } from '../../../commands/screens/slot-facts.ts';
import { SHELF_USAGE, typedVerb } from '../../kit/typed-verb.ts';
import type { SlackFile } from '../events/context.ts';
import { editorView } from './editor-view.ts';
import { sendFiles } from '../replies/files.ts';
import { show } from './outcome.ts';
import { ask, said, spoken, tell, type Asked, type CommandOptions } from '../replies/private.ts';
import { channel as mention, date, escape, person } from '../replies/render.ts';
import { addView, draftOf, limitView, OPEN } from './template-forms.ts';

/** The button of the question whether a template shall go. */
export const REMOVE = 'remove-template';

export interface VerbOptions extends CommandOptions {
  /** The channel of a person's direct messages with Easel. */
  direct: (user: string) => Promise<string>;
}

type Verb = (asked: Asked, args: string[], options: VerbOptions) => Promise<void>;

/** What is typed after each verb, for those who ask. */
const USAGE = {
  ...SHELF_USAGE,
  add: '[NAME]',
  edit: 'NAME',
  limit: 'NAME',
} as const;
type VerbName = keyof typeof USAGE;

/** Rejects with what is to be told. */
export async function templateVerb(asked: Asked, options: VerbOptions): Promise<void> {
  const [typed = '', ...args] = asked.rest.trim().split(/\s+/);
  const verb = typedVerb(USAGE, VERB_NAMES, typed, args);
  if (verb === undefined) return usage(asked, options);
  // names as they are spoken of: /Fox is fox
  const named = args.map((arg) => arg.replace(/^\//, '').toLowerCase());
  return VERBS[verb](asked, named, options);
}

const VERBS: Record<VerbName, Verb> = {
  add,
  async list({ caller, place }, _args, options) {
    const { shelf } = catalogue(caller.locale);
    const entries = await options.commands.shelf.list(caller);
    const lines = entries.map((entry) => `• ${entryLine(entry, caller.locale)}`);
    await tell(caller, place, [escape(shelf.heading(entries.length)), ...lines].join('\n'), options);
  },
  async show({ caller, place }, [name = ''], options) {
    const words = catalogue(caller.locale);
    const entry = await options.commands.shelf.show(caller, name);
    const slots = Object.entries(entry.template?.slots ?? {}).map(
      ([slot, about]) => `• *${escape(slot)}* — ${escape(slotFacts(about, words).join(' · '))}`,
    );
    const misfits = entry.misfits.map((problem) => `⚠ ${said(caller.locale, problem)}`);
    await tell(caller, place, [entryLine(entry, caller.locale), ...slots, ...misfits].join('\n'), options);
  },
  async edit(asked, [name = ''], options) {
    const { caller, place, trigger } = asked;
    const { slack } = catalogue(caller.locale);
    const making = options.commands.editor.edit(caller, name);
    if (trigger === undefined) return drafted(asked, await making, options);
    const view = making.then((made) => editorView(made, { ...place, draft: made.draft.id }, caller.locale));
    return show('open', trigger, { caller, title: slack.editorForm(), making: view }, options);
  },
  async rename(asked, [name = '', to = ''], options) {
    const problem = await options.commands.shelf.rename(asked.caller, name, to);
    await done(asked, catalogue(asked.caller.locale).shelf.renamed(name, to), problem, options);
  },
  async disable(asked, [name = ''], options) {
    const problem = await options.commands.shelf.switchOff(asked.caller, name, true);
    await done(asked, catalogue(asked.caller.locale).shelf.disabled(name), problem, options);
  },
  async enable(asked, [name = ''], options) {
    const problem = await options.commands.shelf.switchOff(asked.caller, name, false);
    await done(asked, catalogue(asked.caller.locale).shelf.enabled(name), problem, options);
  },
  async remove(asked, [name = ''], options) {
    const { caller } = asked;
    requireAdmin(asked);
    const { origin } = await options.commands.shelf.show(caller, name);
    if (origin === 'built-in') throw new EaselError({ code: 'builtin-template', name });
    const { shelf } = catalogue(caller.locale);
    const press = { action: REMOVE, label: shelf.remove(), value: name, style: 'danger' } as const;
    await ask(asked, escape(spoken(shelf.removeAsk(name))), press, options);
  },
  async export({ caller, place }, [name = '', version], options) {
    const { shelf, slack } = catalogue(caller.locale);
    const files = await options.commands.shelf.export(caller, name, version);
    const to = { channel: await options.direct(caller.user), comment: escape(spoken(shelf.exported(name))) };
    await sendFiles(files, to, options.upload);
    await tell(caller, place, escape(slack.sentDirectly(name)), options);
  },
  async history({ caller, place }, [name = ''], options) {
    const { shelf } = catalogue(caller.locale);
    const versions = await options.commands.shelf.history(caller, name);
    const lines = versions.map(({ number, by, at, from }) => {
      const again = from === undefined ? [] : [escape(shelf.broughtBack(from))];
      return `• ${[escape(shelf.version(number)), date(at), person(by), ...again].join(' — ')}`;
    });
    const text = lines.length === 0 ? [shelf.noHistory(name)] : [shelf.historyHeading(name)];
    await tell(caller, place, [...text.map(escape), ...lines].join('\n'), options);
  },
  async rollback(asked, [name = '', from = ''], options) {
    const { version, problem } = await options.commands.shelf.rollback(asked.caller, name, from);
    await done(asked, catalogue(asked.caller.locale).shelf.rolledBack(name, from, version), problem, options);
  },
  async limit(asked, [name = ''], options) {
    const { caller, place, trigger } = asked;
    const { slack } = catalogue(caller.locale);
    const making = limitView(caller, place, name, options);
    if (trigger !== undefined)
      return show('open', trigger, { caller, title: slack.limitForm(name), making }, options);
    await making; // who may not, or a name that is none, is told now
    const press = { action: OPEN.limit, label: slack.openLimit(), value: name };
    return ask(asked, escape(slack.askLimit(name)), press, options);
  },
};

const VERB_NAMES: VerbName[] = [
  'add',
  'list',
  'show',
  'edit',
  'rename',
  'disable',
  'enable',
  'remove',
  'export',
  'history',
  'rollback',
  'limit',
];

/** With files, as a mention has them, a draft of them; else the form that asks for one. */
async function add(asked: Asked, [name = '']: string[], options: VerbOptions): Promise<void> {
  const { caller, place, trigger, files = [] } = asked;
  const { slack } = catalogue(caller.locale);
  requireAdmin(asked);
  const settings = files.length > 1 ? files.find(isSettings) : undefined;
  const file = files.find((one) => one !== settings);
  if (file) return drafted(asked, await draftOf(caller, file, { settings, name }, options), options);
  if (trigger !== undefined) {
    const making = Promise.resolve(addView(place, name, caller.locale));
    return show('open', trigger, { caller, title: slack.addForm(), making }, options);
  }
  return ask(
    asked,
    escape(slack.askAdd()),
    { action: OPEN.add, label: slack.openAdd(), value: name },
    options,
  );
}

/** As an export calls it, perhaps with something in front. */
function isSettings({ name }: SlackFile): boolean {
  return /template\.json$/i.test(name ?? '');
}

async function drafted(
  asked: Asked,
  { draft }: Awaited<ReturnType<typeof draftOf>>,
  options: VerbOptions,
): Promise<void> {
  const { slack } = catalogue(asked.caller.locale);
  const press = { action: OPEN.draft, label: slack.openDraft(), value: draft.id };
  await ask(asked, escape(slack.drafted(draft.name)), press, options);
}

/** The button of the question was pressed. */
export async function removeTemplate(asked: Asked, options: VerbOptions): Promise<void> {
  const problem = await options.commands.shelf.remove(asked.caller, asked.name);
  await done(asked, catalogue(asked.caller.locale).shelf.removed(asked.name), problem, options);
}

function entryLine(
  { name, description, origin, off, version, access, misfits }: ShelfEntry,
  locale: string,
): string {
  const { shelf } = catalogue(locale);
  const facts = [
    origin === 'built-in' ? shelf.builtin() : version !== undefined && shelf.version(version),
    off && shelf.off(),
    access.roles.length > 0 && shelf.limited(access.roles.length, 0),
  ].filter((fact) => typeof fact === 'string');
  const where = access.channels.map(mention).join(' ');
  const marks = [...facts.map(escape), ...(where ? [where] : []), ...(misfits.length > 0 ? ['⚠'] : [])].join(
    ' · ',
  );
  return `*${escape(`/${name}`)}* — ${escape(description)} (${marks})`;
}

async function usage({ caller, place }: Asked, options: VerbOptions): Promise<void> {
  const { shelf, slack } = catalogue(caller.locale);
  const lines = VERB_NAMES.map((verb) =>
    slack.usage(['template', verb, USAGE[verb]].filter(Boolean).join(' '), shelf.verbs[verb]()),
  );
  await tell(caller, place, lines.map(escape).join('\n'), options);
}

async function done(
  { caller, place }: Asked,
  sentence: string,
  problem: Problem | undefined,
  options: VerbOptions,
): Promise<void> {
  const lines = [escape(sentence), ...(problem ? [`⚠ ${said(caller.locale, problem)}`] : [])];
  await tell(caller, place, lines.join('\n'), options);
}

function requireAdmin({ caller }: Asked): void {
  if (!caller.admin) throw new EaselError({ code: 'not-an-admin' });
}
