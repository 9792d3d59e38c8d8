/** What an admin presses, picks and writes in the template editor's panels. */
import {
  MessageFlags,
  type ButtonInteraction,
  type ModalMessageModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { EditorView } from '../../../commands/editor.ts';
import type { Commands } from '../../../commands/index.ts';
import type { Caller } from '../../../core/chat.ts';
import { EaselError, type Problem } from '../../../core/errors.ts';
import { catalogue, sentence, type Catalogue } from '../../../i18n/index.ts';
import { cleanName, type Edit } from '../../../templates/draft.ts';
import { slotFields, type SlotChange } from '../../../templates/slot-change.ts';
import { addressOf } from '../events/context.ts';
import {
  addPanel,
  discardPanel,
  draftPanel,
  editorId,
  fieldsOf,
  outputsOn,
  outputsPanel,
  pageOf,
  slotPanel,
  tagOf,
  TYPES,
} from './editor-view.ts';
import { form, MAX_WRITTEN, written, type Field } from './form.ts';
import { MAX_OPTIONS, panel, type Panel } from './layout.ts';
import { inTime } from '../events/in-time.ts';
import { escape } from '../replies/render.ts';

export type PanelInteraction =
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalMessageModalSubmitInteraction;

export interface EditorOptions {
  commands: Commands;
  signal: AbortSignal;
}

/** One thing that was done with a draft. */
interface Act {
  commands: Commands;
  caller: Caller;
  words: Catalogue;
  draft: string;
  /** A slot's name, or a page. */
  more: string;
  /** What was picked in a menu. */
  picked: readonly string[];
  /** What was written into a form. */
  texts: Readonly<Record<string, string>>;
}

const FORMS: Record<string, (act: Act) => Promise<Parameters<typeof form>>> = {
  about: async ({ commands, caller, words, draft }) => {
    const { name, description } = (await commands.editor.open(caller, draft)).draft;
    const { editor: say } = words;
    return [
      editorId('described', draft),
      say.aboutForm(),
      [
        { id: 'name', label: say.commandName(), hint: say.commandNameHint(), value: name },
        {
          id: 'description',
          label: say.commandDescription(),
          hint: say.commandDescriptionHint(),
          value: description,
        },
      ],
    ];
  },
  change: async ({ commands, caller, words, draft, more }) => {
    const { slots } = await commands.editor.open(caller, draft);
    const found = slots.find(({ name }) => name === more);
    if (!found)
      throw new EaselError({ code: 'unknown-slot', slot: more, known: slots.map(({ name }) => name) });
    return [editorId('changed', draft, more), words.editor.slotForm(more), fieldsOfForm(found, words)];
  },
  find: async ({ commands, caller, words, draft }) => {
    await commands.editor.open(caller, draft);
    return [
      editorId('found', draft),
      words.editor.findForm(),
      [{ id: 'words', label: words.editor.findWords() }],
    ];
  },
};

const ACTS: Record<string, (act: Act) => Promise<Panel>> = {
  page: async (act) => draftPanel(await open(act), Number(act.more), act.words),
  described: (act) => {
    const { name = '', description = '' } = act.texts;
    return edited(act, { kind: 'about', name, description });
  },
  pick: async (act) => showSlot(await open(act), act.picked[0] ?? '', act.words),
  changed: async (act) => {
    const name = act.texts['name']?.trim() ? cleanName(act.texts['name']) : act.more;
    return editedSlot(act, { ...act.texts, name }, name);
  },
  type: (act) => {
    const type = TYPES.find((one) => one === act.picked[0]);
    return editedSlot(act, type === undefined ? {} : { type });
  },
  required: (act) => editedSlot(act, { required: true }),
  optional: (act) => editedSlot(act, { required: false }),
  up: (act) => moved(act, -1),
  down: (act) => moved(act, 1),
  drop: (act) => edited(act, { kind: 'drop', slot: act.more }),
  add: async (act) => {
    const candidates = await act.commands.editor.candidates(act.caller, act.draft);
    const heading = act.words.editor.addHeading(candidates.length);
    return addPanel(act.draft, candidates, { heading, page: Number(act.more) }, act.words);
  },
  found: async (act) => {
    const wanted = (act.texts['words'] ?? '').trim();
    const all = await act.commands.editor.candidates(act.caller, act.draft);
    const parts = wanted.toLowerCase().split(/\s+/);
    const hits = all.filter(({ node, path, value }) => {
      const said = `${node} ${path[1]} ${value}`.toLowerCase();
      return parts.every((part) => said.includes(part));
    });
    const shown = hits.slice(0, MAX_OPTIONS);
    const heading = act.words.editor.found(wanted, shown.length, hits.length);
    return addPanel(act.draft, shown, { heading }, act.words);
  },
  fill: async (act) => {
    const candidates = await act.commands.editor.candidates(act.caller, act.draft);
    const found = candidates.find(({ path }) => tagOf(...path) === act.picked[0]);
    if (!found) return draftPanel(await open(act), 0, act.words);
    const view = await act.commands.editor.change(act.caller, act.draft, { kind: 'add', path: found.path });
    return showSlot(view, view.slots.at(-1)?.name ?? '', act.words);
  },
  outputs: async (act) => outputsPanel(await open(act), Number(act.more), act.words),
  post: async (act) => {
    const before = await open(act);
    const page = Number(act.more);
    const here = outputsOn(before, page);
    const elsewhere = before.outputs.filter((node) => node.posted && !here.includes(node));
    const kept = before.draft.outputs === undefined ? [] : elsewhere;
    const chosen = [...kept, ...here.filter(({ id }) => act.picked.includes(tagOf(id)))];
    const nodes = chosen.map(({ id }) => id);
    const view = await act.commands.editor.change(act.caller, act.draft, { kind: 'outputs', nodes });
    return outputsPanel(view, page, act.words);
  },
  publish: async (act) => {
    const { commands, caller, words, draft } = act;
    try {
      const { name, version, problem } = await commands.editor.publish(caller, draft);
      const said = [`✅ ${escape(words.editor.published(name, version))}`];
      return panel(problem ? [...said, `⚠ ${escape(sentence(words, problem))}`] : said);
    } catch (error) {
      if (!(error instanceof EaselError) || error.code !== 'not-publishable') throw error;
      return draftPanel(await open(act), 0, words, [`⛔ ${escape(sentence(words, error.problem))}`]);
    }
  },
  ask: async (act) => {
    await open(act);
    return discardPanel(act.draft, act.words);
  },
  discard: async ({ commands, caller, draft, words }) => {
    await commands.editor.discard(caller, draft);
    return panel([escape(words.editor.discarded())]);
  },
};

/** Rejects with what `commands/` says; what is wrong with one field stands in the panel instead. */
export async function handleEditor(
  interaction: PanelInteraction,
  caller: Caller,
  { commands, signal }: EditorOptions,
): Promise<void> {
  const [, action = '', draft = '', more = ''] = interaction.customId.split(':');
  const act: Act = {
    commands,
    caller,
    words: catalogue(caller.locale),
    draft,
    more,
    picked: interaction.isStringSelectMenu() ? interaction.values : [],
    texts: interaction.isModalSubmit() ? written(interaction) : {},
  };
  const opened = Object.hasOwn(FORMS, action) ? FORMS[action] : undefined;
  if (opened && !interaction.isModalSubmit()) {
    // a form must be the first answer, so it cannot wait for a slow backend
    await interaction.showModal(form(...(await inTime(opened(act)))));
    return;
  }
  await interaction.deferUpdate();
  if (action === 'test') return test(interaction, act, signal);
  const work = Object.hasOwn(ACTS, action) ? ACTS[action] : undefined;
  if (!work) throw new EaselError({ code: 'no-such-draft' });
  await interaction.editReply(await work(act));
}

/** The job's reply is a message of its own, which only the admin sees. */
async function test(interaction: PanelInteraction, act: Act, signal: AbortSignal): Promise<void> {
  const { commands, caller, words, draft } = act;
  const message = await interaction.followUp({
    content: escape(words.editor.testing()),
    flags: MessageFlags.Ephemeral,
    allowedMentions: { parse: [] },
  });
  try {
    await commands.run(
      await commands.editor.prepareTest(caller, draft),
      addressOf(interaction, message.id, true),
      signal,
    );
  } catch (error) {
    await interaction.deleteReply(message.id);
    throw error;
  }
}

function open({ commands, caller, draft }: Act): Promise<EditorView> {
  return commands.editor.open(caller, draft);
}

/** Changes the draft and shows it; what could not be changed is told in the panel. */
async function edited(act: Act, edit: Edit): Promise<Panel> {
  try {
    const view = await act.commands.editor.change(act.caller, act.draft, edit);
    return draftPanel(view, 'slot' in edit ? pageOf(view, edit.slot) : 0, act.words);
  } catch (error) {
    const { problem } = aboutDraft(error);
    const { words } = act;
    return draftPanel(await open(act), 0, words, [`⛔ ${escape(sentence(words, problem))}`]);
  }
}

/** Changes the slot `act.more`, which is called `name` afterwards. */
async function editedSlot(act: Act, change: SlotChange, name = act.more): Promise<Panel> {
  const edit: Edit = { kind: 'slot', slot: act.more, change };
  try {
    return showSlot(await act.commands.editor.change(act.caller, act.draft, edit), name, act.words);
  } catch (error) {
    const { problem } = aboutDraft(error);
    const at = { field: fieldOf(problem), text: sentence(act.words, problem) };
    return showSlot(await open(act), act.more, act.words, at);
  }
}

async function moved(act: Act, by: -1 | 1): Promise<Panel> {
  const edit: Edit = { kind: 'move', slot: act.more, by };
  return showSlot(await act.commands.editor.change(act.caller, act.draft, edit), act.more, act.words);
}

/** The draft as a whole where the slot is gone. */
function showSlot(
  view: EditorView,
  name: string,
  words: Catalogue,
  problem?: { field: string | undefined; text: string },
): Panel {
  return slotPanel(view, name, words, problem) ?? draftPanel(view, 0, words);
}

/** Problems of a slot or a field; throws every other error on. */
function aboutDraft(error: unknown): EaselError {
  const codes: Problem['code'][] = ['slot-broken', 'slot-exists', 'unknown-slot', 'not-an-input', 'bad-name'];
  if (error instanceof EaselError && codes.includes(error.code)) return error;
  throw error;
}

function fieldOf(problem: Problem): string | undefined {
  if (problem.code === 'slot-broken') return problem.field;
  return problem.code === 'slot-exists' ? 'name' : undefined;
}

/** What is too long for a form is left out, and so stays as it is. */
function fieldsOfForm({ name, slot }: EditorView['slots'][number], { editor: say }: Catalogue): Field[] {
  const values = slotFields(slot);
  const fields = fieldsOf(slot).map((field): Field => {
    const long = field === 'choices' || field === 'format' || (field === 'default' && slot.type === 'text');
    return { id: field, label: say.field(field), hint: say.hint(field), value: values[field], long };
  });
  return [
    { id: 'name', label: say.field('name'), hint: say.hint('name'), value: name },
    ...fields.filter(({ value = '' }) => value.length <= MAX_WRITTEN),
  ];
}
