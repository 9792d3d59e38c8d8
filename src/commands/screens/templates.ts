/** What a guild has published: the list, one of them, its versions, who may use it where, and whether it shall go. */
import type { Caller } from '../../core/caller.ts';
import { EaselError, fieldOf, type Problem, type ProblemCode } from '../../core/errors.ts';
import { CHOSEN, words as line, type Action, type Field, type Line, type Screen } from '../../core/screen.ts';
import { requireAdmin } from '../../guilds/policy.ts';
import { wordsFor } from '../../templates/languages/words.ts';
import { unlistedProblems } from '../offers.ts';
import { doneLines, entryItem, findingLine, slotItem } from './lines.ts';
import {
  again,
  listAfter,
  textOf,
  unknownAction,
  wordsOf,
  yesOf,
  type Act,
  type GoTo,
  type Outcome,
  type ScreenDeps,
  type ScreenKind,
} from './kind.ts';

type Shown = Awaited<ReturnType<ScreenDeps['shelf']['show']>>;
/** Of a platform's findings, what people miss who look at a published template. */
const TOLD: readonly ProblemCode[] = ['slots-typed-only', 'description-cut'];

type Kinds = 'templates' | 'template' | 'history' | 'access' | 'remove';

export function templateScreens({ shelf, editor, chats }: ScreenDeps, goTo: GoTo): Record<Kinds, ScreenKind> {
  const templates: ScreenKind = {
    async open(caller) {
      const words = wordsOf(caller);
      const entries = await shelf.list(caller);
      return {
        at: 'templates',
        title: words.shelf.title(),
        lines: [line(words.shelf.heading(entries.length), 'heading')],
        items: entries.map((entry) => entryItem(entry, words)),
        // whoever can only look has seen it all
        ...(caller.admin && {
          itemActions: {
            choose: words.shelf.options.name(),
            actions: [{ key: 'show', label: words.shelf.look() }],
          },
        }),
        fields: [],
        actions: caller.admin ? [{ key: 'add', label: words.shelf.add() }] : [],
      };
    },
    async act({ caller, action, entered }) {
      if (action === 'show') return goTo(caller, `template/${textOf(entered, CHOSEN) ?? ''}`);
      return action === 'add' ? goTo(caller, 'add') : unknownAction();
    },
  };

  /** A template's own screens do what was typed at once, too: `/template rename fox wolf`. */
  const ACTS: Record<string, (act: Act, name: string) => Promise<Outcome>> = {
    edit: async ({ caller }, name) => {
      const { draft } = await editor.edit(caller, name);
      return goTo(caller, `draft/${draft.id}`);
    },
    access: ({ caller }, name) => goTo(caller, `access/${name}`),
    history: ({ caller }, name) => goTo(caller, `history/${name}`),
    remove: ({ caller }, name) => goTo(caller, `remove/${name}`),
    rename: async (act, name) => {
      const to = (textOf(act.entered, 'to') ?? '').trim().replace(/^\//, '').toLowerCase();
      const problem = await shelf.rename(act.caller, name, to);
      return done(act, to, wordsOf(act.caller).shelf.renamed(name, to), problem);
    },
    disable: async (act, name) => {
      const problem = await shelf.switchOff(act.caller, name, true);
      return done(act, name, wordsOf(act.caller).shelf.disabled(name), problem);
    },
    enable: async (act, name) => {
      const problem = await shelf.switchOff(act.caller, name, false);
      return done(act, name, wordsOf(act.caller).shelf.enabled(name), problem);
    },
    export: async ({ caller, entered }, name) => {
      const version = textOf(entered, 'version')?.trim();
      const files = await shelf.export(caller, name, version || undefined);
      return { done: [line(wordsOf(caller).shelf.exported(name))], files };
    },
    back: ({ caller }) => goTo(caller, 'templates'),
  };

  const template: ScreenKind = {
    async open(caller, [name = '']) {
      const words = wordsOf(caller);
      const entry = await shelf.show(caller, name);
      const item = entryItem(entry, words);
      const slots = Object.entries(entry.template?.slots ?? {});
      const said = entry.template && wordsFor(entry.template, caller.locale);
      return {
        at: `template/${name}`,
        title: `/${name}`,
        lines: [
          ...item.lines,
          ...[...entry.misfits, ...notesOf(entry, caller)].map((problem) =>
            findingLine({ problem, blocking: false }, words),
          ),
        ],
        items: slots.map(([slot, about]) =>
          slotItem({ name: slot, slot: about, ...(said && { said: said.slot(slot, about) }) }, words),
        ),
        fields: [],
        ...(caller.admin && entry.origin === 'own' && renaming()),
        actions: [...(caller.admin ? actions() : []), { key: 'back', label: words.editor.back() }],
        parent: 'templates',
      };

      function renaming(): Pick<Screen, 'fields' | 'groups' | 'save'> {
        const about = { label: words.shelf.options.to(), applies: '', group: 'rename' };
        const field: Field = { key: 'to', kind: 'text', value: name, ...about };
        return { fields: [field], groups: { rename: words.shelf.actions.rename() }, save: 'rename' };
      }
      function actions(): Action[] {
        const { actions: say } = words.shelf;
        const own = entry.origin === 'own';
        return [
          { key: 'edit', label: say.edit() },
          { key: 'access', label: say.access() },
          entry.off ? { key: 'enable', label: say.enable() } : { key: 'disable', label: say.disable() },
          ...(own ? [{ key: 'history', label: say.history() }] : []),
          { key: 'export', label: say.export() },
          ...(own ? [{ key: 'remove', label: words.shelf.remove(), style: 'danger' } as const] : []),
        ];
      }
    },
    async act(act) {
      const { of, action } = act;
      const [name = ''] = of;
      const does = Object.hasOwn(ACTS, action) ? ACTS[action] : undefined;
      return does ? does(act, name) : unknownAction();
    },
    fieldOf: (problem, { action }) => (action === 'rename' && fieldOf(problem) === 'name' ? 'to' : undefined),
  };

  /** What the platform shows in another way than people may think. */
  function notesOf({ template: found, unlisted }: Shown, { platform }: Caller): Problem[] {
    const findings = found ? (chats.get(platform)?.findings(found) ?? []) : [];
    return [
      ...(unlisted ? unlistedProblems(platform, [unlisted]) : []),
      ...findings.map(({ problem }) => problem).filter(({ code }) => TOLD.includes(code)),
    ];
  }

  const history: ScreenKind = {
    async open(caller, [name = '']) {
      const { shelf: say, editor: words } = wordsOf(caller);
      const versions = await shelf.history(caller, name);
      return {
        at: `history/${name}`,
        title: `/${name}`,
        lines: [line(versions.length === 0 ? say.noHistory(name) : say.historyHeading(name), 'heading')],
        items: versions.map(({ number, by, at, from }) => ({
          key: String(number),
          label: say.version(number),
          lines: [
            {
              parts: [
                { kind: 'strong', text: say.version(number) },
                ' — ',
                { kind: 'date', at },
                ' — ',
                { kind: 'person', id: by },
                ...(from === undefined ? [] : [` — ${say.broughtBack(from)}`]),
              ],
            },
          ],
        })),
        itemActions: {
          choose: say.options.rollbackVersion(),
          actions: [{ key: 'rollback', label: say.actions.rollback() }],
        },
        fields: [],
        actions: [{ key: 'back', label: words.back() }],
        parent: `template/${name}`,
      };
    },
    async act(act) {
      const { caller, of, action, entered } = act;
      const [name = ''] = of;
      if (action === 'back') return goTo(caller, `template/${name}`);
      if (action !== 'rollback') return unknownAction();
      const from = textOf(entered, CHOSEN) ?? '';
      const { version, problem } = await shelf.rollback(caller, name, from);
      const words = wordsOf(caller);
      return again(history, act, doneLines(words.shelf.rolledBack(name, from, version), problem, words));
    },
  };

  const access: ScreenKind = {
    async open(caller, [name = '']) {
      requireAdmin(caller);
      const { shelf: say, editor: words, settings } = wordsOf(caller);
      const { access: now } = await shelf.show(caller, name);
      const features = chats.get(caller.platform)?.features;
      const fields: Field[] = [];
      if (features?.has('roles')) {
        const applies = now.roles.length === 0 ? say.everybody() : undefined;
        const about = { label: say.roles(), hint: say.accessRoles(), applies, group: 'roles' };
        fields.push({ key: 'roles', kind: 'roles', value: now.roles, ...about });
      }
      if (features?.has('channels')) {
        const applies = now.channels.length === 0 ? say.everywhere() : undefined;
        const about = { label: say.channels(), hint: say.accessChannels(), applies, group: 'channels' };
        fields.push({ key: 'channels', kind: 'channels', value: now.channels, ...about });
      }
      if (features?.has('age-restricted')) {
        const about = { label: say.accessAge(), group: 'age' };
        fields.push({ key: 'ageRestricted', kind: 'yes-no', value: now.ageRestricted, ...about });
      }
      return {
        at: `access/${name}`,
        title: `/${name}`,
        lines: [
          line(say.accessHeading(name), 'heading'),
          ...(features?.has('roles') ? [] : [line(settings.noRoles(), 'minor')]),
        ],
        fields,
        groups: Object.fromEntries(fields.map(({ group, label }) => [group, label])),
        save: 'save',
        actions: [
          { key: 'save', label: settings.save(), style: 'primary' },
          { key: 'back', label: words.back() },
        ],
        parent: `template/${name}`,
      };
    },
    async act(act) {
      const { caller, of, action, entered } = act;
      const [name = ''] = of;
      if (action === 'back') return goTo(caller, `template/${name}`);
      if (action !== 'save') return unknownAction();
      requireAdmin(caller);
      const { access: before } = await shelf.show(caller, name);
      const problem = await shelf.limit(caller, name, {
        roles: listAfter(act, 'roles', before.roles) ?? before.roles,
        channels: listAfter(act, 'channels', before.channels) ?? before.channels,
        ageRestricted: yesOf(entered, 'ageRestricted') ?? before.ageRestricted,
      });
      const words = wordsOf(caller);
      return again(access, act, doneLines(words.settings.saved(), problem, words));
    },
  };

  const remove: ScreenKind = {
    async open(caller, [name = '']) {
      requireAdmin(caller);
      const { shelf: say } = wordsOf(caller);
      const { origin } = await shelf.show(caller, name);
      if (origin === 'built-in') throw new EaselError({ code: 'builtin-template', name });
      return {
        at: `remove/${name}`,
        title: `/${name}`,
        lines: [line(say.removeAsk(name))],
        fields: [],
        actions: [
          { key: 'remove', label: say.remove(), style: 'danger' },
          { key: 'keep', label: say.keep() },
        ],
        parent: `template/${name}`,
      };
    },
    async act({ caller, of, action }) {
      const [name = ''] = of;
      const words = wordsOf(caller);
      requireAdmin(caller);
      await shelf.show(caller, name);
      if (action === 'keep') return { done: [line(words.shelf.kept(name))] };
      if (action !== 'remove') return unknownAction();
      const problem = await shelf.remove(caller, name);
      return { done: doneLines(words.shelf.removed(name), problem, words) };
    },
  };

  async function done(
    { caller }: Act,
    name: string,
    text: string,
    problem: Problem | undefined,
  ): Promise<Outcome> {
    const lines: Line[] = doneLines(text, problem, wordsOf(caller));
    return { ...(await goTo(caller, `template/${name}`)), done: lines };
  }

  return { templates, template, history, access, remove };
}
