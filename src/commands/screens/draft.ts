/** A draft that an admin is working on: the command as it will be, its slots, and what is wrong with it. */
import { EaselError } from '../../core/errors.ts';
import { CHOSEN, words as line, type Field, type Menu, type Screen } from '../../core/screen.ts';
import { clip } from '../../core/text.ts';
import type { InputPath } from '../../core/workflow.ts';
import { sentence, type Catalogue } from '../../i18n/index.ts';
import type { Finding } from '../../core/finding.ts';
import type { Candidate, EditorView } from '../verbs/editor.ts';
import { doneLines, findingLines, slotItem, stateLine } from './lines.ts';
import {
  again,
  listAfter,
  textOf,
  unknownAction,
  wordsOf,
  type Act,
  type GoTo,
  type Outcome,
  type ScreenDeps,
  type ScreenKind,
} from './kind.ts';

/** Of a node's title in a list. */
const MAX_TITLE = 48;
/** On top of the draft, and at a slot; a screen of their own has all of them. */
const MAX_FINDINGS = 8;
const MAX_AT_SLOT = 3;

export function draftScreens({ editor }: ScreenDeps, goTo: GoTo): Record<'draft' | 'discard', ScreenKind> {
  /** Takes over what stands in the form: drawing it anew must not lose it, and findings are about it. */
  async function keep(act: Act): Promise<EditorView> {
    const {
      caller,
      of: [id = ''],
      entered,
    } = act;
    const before = await editor.open(caller, id);
    const { name, description } = before.draft;
    const about = {
      name: textOf(entered, 'name') ?? name,
      description: textOf(entered, 'description') ?? description,
    };
    const isSame = about.name === name && about.description === description;
    const view = isSame ? before : await editor.change(caller, id, { kind: 'about', ...about });
    const nodes = outputsIn(act, view);
    return nodes ? editor.change(caller, id, { kind: 'outputs', nodes }) : view;
  }

  const ACTS: Record<string, (act: Act, draft: string) => Promise<Outcome>> = {
    keep: async (act) => {
      await keep(act);
      return again(draft, act);
    },
    change: async (act, id) => {
      await keep(act);
      return goTo(act.caller, `slot/${id}/${textOf(act.entered, CHOSEN) ?? ''}`);
    },
    up: (act, id) => moved(act, id, -1),
    down: (act, id) => moved(act, id, 1),
    drop: async (act, id) => {
      await keep(act);
      await editor.change(act.caller, id, { kind: 'drop', slot: textOf(act.entered, CHOSEN) ?? '' });
      return again(draft, act);
    },
    add: async (act, id) => {
      await keep(act);
      const wanted = textOf(act.entered, CHOSEN);
      const found = (await editor.candidates(act.caller, id)).find(({ path }) => inputKey(path) === wanted);
      // the input has its slot by now
      if (!found) return again(draft, act);
      const { slots } = await editor.change(act.caller, id, { kind: 'add', path: found.path });
      return goTo(act.caller, `slot/${id}/${slots.at(-1)?.name ?? ''}`);
    },
    test: async (act, id) => {
      await keep(act);
      const prepared = await editor.prepareTest(act.caller, id);
      return { ...(await again(draft, act)), done: [line(wordsOf(act.caller).editor.testing())], prepared };
    },
    publish: async (act, id) => {
      await keep(act);
      const { name, version, problem } = await editor.publish(act.caller, id);
      const words = wordsOf(act.caller);
      return { done: doneLines(words.editor.published(name, version), problem, words) };
    },
    findings: async (act, id) => {
      await keep(act);
      return goTo(act.caller, `findings/${id}`);
    },
    languages: async (act, id) => {
      await keep(act);
      return goTo(act.caller, `languages/${id}`);
    },
    discard: ({ caller }, id) => goTo(caller, `discard/${id}`),
  };

  async function moved(act: Act, id: string, by: -1 | 1): Promise<Outcome> {
    await keep(act);
    const slot = textOf(act.entered, CHOSEN) ?? '';
    await editor.change(act.caller, id, { kind: 'move', slot, by });
    return again(draft, act);
  }

  const draft: ScreenKind = {
    async open(caller, [id = '']) {
      const view = await editor.open(caller, id);
      return draftScreen(view, await editor.candidates(caller, id), wordsOf(caller));
    },
    async act(act) {
      const [id = ''] = act.of;
      const does = Object.hasOwn(ACTS, act.action) ? ACTS[act.action] : undefined;
      return does ? does(act, id) : unknownAction();
    },
  };

  const discard: ScreenKind = {
    async open(caller, [id = '']) {
      const { draft: about } = await editor.open(caller, id);
      const { editor: say } = wordsOf(caller);
      return {
        at: `discard/${id}`,
        title: `/${about.name}`,
        lines: [line(say.discardAsk())],
        fields: [],
        actions: [
          { key: 'discard', label: say.discard(), style: 'danger' },
          { key: 'back', label: say.back() },
        ],
        parent: `draft/${id}`,
      };
    },
    async act({ caller, of: [id = ''], action }) {
      if (action === 'back') return goTo(caller, `draft/${id}`);
      if (action !== 'discard') return unknownAction();
      await editor.discard(caller, id);
      return { done: [line(wordsOf(caller).editor.discarded())] };
    },
  };

  return { draft, discard };
}

function draftScreen(view: EditorView, candidates: readonly Candidate[], words: Catalogue): Screen {
  const { draft, slots, findings, testable } = view;
  const { editor: say } = words;
  const ofSlot = (slot: string) =>
    findingLines(
      findings.filter(({ at }) => slotOf(at) === slot),
      MAX_AT_SLOT,
      words,
    );
  const problemAt = (part: 'name' | 'description') => {
    const wrong = findings.find(({ at, blocking: stops }) => at === part && stops);
    return wrong && sentence(words, wrong.problem, 'admin');
  };
  const about = { kind: 'text', group: 'about', required: true } as const;
  const fields: Field[] = [
    {
      ...about,
      key: 'name',
      value: draft.name,
      label: say.commandName(),
      hint: say.commandNameHint(),
      problem: problemAt('name'),
    },
    {
      ...about,
      key: 'description',
      value: draft.description,
      label: say.commandDescription(),
      hint: say.commandDescriptionHint(),
      problem: problemAt('description'),
    },
    ...outputsField(view, words),
  ];
  const menus: Menu[] =
    candidates.length === 0
      ? []
      : [
          {
            action: 'add',
            label: say.add(),
            options: candidates.map(({ path, node, value }) => ({
              value: inputKey(path),
              label: `${clip(node, MAX_TITLE)} · ${path[1]}`,
              description: value,
            })),
          },
        ];
  return {
    at: `draft/${draft.id}`,
    title: say.aboutForm(),
    lines: [
      line(say.heading(draft.name, draft.description), 'heading'),
      line(draft.head === undefined ? say.newTemplate() : say.newVersion(), 'minor'),
      stateLine(findings, words),
      // a slot's too, which may be on another page
      ...findingLines(
        findings.filter((finding) => isElsewhere(finding) || stopsAtSlot(finding)),
        MAX_FINDINGS,
        words,
      ),
      ...(slots.length === 0 ? [line(say.noSlots())] : []),
    ],
    items: slots.map((slot) => slotItem(slot, words, ofSlot(slot.name))),
    itemsTitle: say.slots(),
    itemActions: {
      choose: say.changeSlot(),
      actions: [
        { key: 'change', label: say.change() },
        { key: 'up', label: say.up() },
        { key: 'down', label: say.down() },
        { key: 'drop', label: say.drop(), style: 'danger' },
      ],
    },
    menus,
    fields,
    groups: { about: say.about(), outputs: say.chooseOutputs() },
    save: 'keep',
    actions: [
      { key: 'publish', label: say.publish(), style: 'primary' },
      { key: 'test', label: say.test(), disabled: !testable },
      ...(findings.length > 0 ? [{ key: 'findings', label: say.findings() }] : []),
      { key: 'languages', label: words.templateWords.title() },
      { key: 'discard', label: say.discard(), style: 'danger' },
    ],
  };
}

/** An input as it is typed and picked; `pathKey` holds a character that no chat takes. */
function inputKey([node, input]: InputPath): string {
  return `${node}.${input}`;
}

function stopsAtSlot({ at, blocking }: Finding): boolean {
  return typeof at === 'object' && blocking;
}

/** Not at a slot, and not at a field that says it itself. */
function isElsewhere({ at, blocking }: Finding): boolean {
  return typeof at === 'string' && !(blocking && (at === 'name' || at === 'description'));
}

export function slotOf(at: Finding['at']): string | undefined {
  return typeof at === 'object' ? at.slot : undefined;
}

/** With one there is nothing to choose. */
function outputsField({ draft, outputs }: EditorView, { editor: say }: Catalogue): Field[] {
  if (outputs.length < 2) return [];
  const posted = outputs.filter((node) => node.posted);
  const all = draft.outputs === undefined;
  return [
    {
      key: 'outputs',
      kind: 'some-of',
      label: say.outputs(),
      hint: say.outputsHeading(),
      value: all ? [] : posted.map(({ id }) => id),
      options: outputs.map(({ id, title }) => ({ value: id, label: title, description: id })),
      applies: all ? say.outputsAll() : say.outputsSome(posted.map(({ title }) => title)),
      group: 'outputs',
    },
  ];
}

/** The nodes that shall be posted, where that is another choice than the draft's; none: all. */
function outputsIn(
  act: Pick<Act, 'entered' | 'shown'>,
  { draft, outputs }: EditorView,
): string[] | undefined {
  const posted = draft.outputs === undefined ? [] : outputs.filter((node) => node.posted);
  const chosen = listAfter(
    act,
    'outputs',
    posted.map(({ id }) => id),
  );
  if (!chosen) return undefined;
  const ids = outputs.map(({ id }) => id);
  const value = chosen.find((id) => !ids.includes(id));
  if (value !== undefined) throw new EaselError({ code: 'no-such-output', node: value, known: ids });
  const picked = ids.filter((id) => chosen.includes(id));
  // all of them is everything, also what a later version of the workflow adds
  const nodes = picked.length === outputs.length ? [] : picked;
  const now = draft.outputs ?? [];
  return nodes.length === now.length && nodes.every((id) => now.includes(id)) ? undefined : nodes;
}
