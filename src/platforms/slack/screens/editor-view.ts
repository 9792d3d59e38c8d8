/** The template editor as a modal: the command as it will be, a section a slot, and what is wrong beside it. */
import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Candidate, EditorView } from '../../../commands/editor.ts';
import { clip } from '../../../core/text.ts';
import { catalogue, type Catalogue } from '../../../i18n/index.ts';
import type { Finding } from '../../../core/finding.ts';
import { slotFacts } from '../../../commands/screens/slot-facts.ts';
import { button, input, MAX_OPTIONS, modal, option, plain, section, textInput, VALUE } from './blocks.ts';
import { MOST_SLOTS } from '../findings.ts';
import { BLOCK, CONFIRM } from '../limits.ts';
import { said } from '../replies/private.ts';
import { escape } from '../replies/render.ts';

/** Comes back with everything that is done in an editor, also after a restart. */
export const EditorMemory = z.object({
  draft: z.string(),
  channel: z.string(),
  thread: z.string().optional(),
});
export type EditorMemory = z.infer<typeof EditorMemory>;

export const EDITOR = 'editor';
/** Blocks that an answer or an error belongs to. */
export const NAME = 'name';
export const DESCRIPTION = 'description';
export const OUTPUTS = 'outputs';
/** What is pressed, and what a slot's menu offers. */
export const PRESS = { slot: 'slot', add: 'add-slot', test: 'test', discard: 'discard' } as const;
export const SLOT_MENU = ['change', 'up', 'down', 'drop'] as const;
const SLOT_BLOCK = 'slot:';

/** Ours. */
const MAX_NAME = 32;
const MAX_DESCRIPTION = 200;
const MAX_FACTS = 500;
const MAX_FINDING = 400;
const MAX_FINDINGS = 5;

/** `notice`: mrkdwn about what was just done, or could not be. */
export function editorView(
  view: EditorView,
  memory: EditorMemory,
  locale: string,
  notice?: string,
): types.ModalView {
  const words = catalogue(locale);
  const { editor: say, slack } = words;
  const { draft, slots } = view;
  const { findings } = view;
  const at = (place: Finding['at']) => findingBlocks(findings, (finding) => finding.at === place, locale);
  const blocking = findings.filter((finding) => finding.blocking).length;
  const state = blocking > 0 ? `⛔ ${say.blocked(blocking)}` : `✅ ${say.ready()}`;
  return modal({
    title: slack.editorForm(),
    callback: EDITOR,
    memory,
    submit: say.publish(),
    close: words.form.close(),
    blocks: [
      ...(notice === undefined ? [] : [section(notice)]),
      section(
        [
          `*${escape(slack.heading(draft.name, clip(draft.description, MAX_DESCRIPTION)))}*`,
          escape(draft.head === undefined ? say.newTemplate() : say.newVersion()),
          escape(state),
        ].join('\n'),
      ),
      ...at('workflow'),
      input(NAME, say.commandName(), textInput({ value: draft.name, max: MAX_NAME }), {
        hint: say.commandNameHint(),
        required: true,
      }),
      ...at('name'),
      input(
        DESCRIPTION,
        say.commandDescription(),
        textInput({ value: draft.description, max: MAX_DESCRIPTION }),
        { hint: say.commandDescriptionHint(), required: true },
      ),
      ...at('description'),
      { type: 'divider' },
      ...(slots.length === 0 ? [section(escape(say.noSlots()))] : []),
      ...slots.slice(0, MOST_SLOTS).map((slot, index) => slotSection(slot, index, view, locale)),
      ...(slots.length > MOST_SLOTS ? [section(escape(slack.moreSlots(slots.length - MOST_SLOTS)))] : []),
      addSection(slots.length, words),
      { type: 'divider' },
      ...outputsInput(view, words),
      ...at('outputs'),
      actions(draft.id, words),
    ],
  });
}

/** The slot whose menu stands in this block. */
export function slotAt(block: string): string {
  return block.slice(SLOT_BLOCK.length);
}

function slotSection(
  { name, slot, into }: EditorView['slots'][number],
  index: number,
  { slots, findings }: EditorView,
  locale: string,
): types.SectionBlock {
  const words = catalogue(locale);
  const { editor: say } = words;
  const facts = [...slotFacts(slot, words), ...(into.length > 0 ? [say.fills(into)] : [])];
  const about = slot.description === undefined ? '' : ` — ${escape(clip(slot.description, MAX_DESCRIPTION))}`;
  const mine = findings.filter((finding) => typeof finding.at === 'object' && finding.at.slot === name);
  const lines = [
    `*${escape(name)}*${about}`,
    escape(clip(facts.join(' · '), MAX_FACTS)),
    ...mine.slice(0, MAX_FINDINGS).map((finding) => findingLine(finding, locale)),
  ];
  const labels = { change: words.slack.changeSlot(), up: say.up(), down: say.down(), drop: say.drop() };
  const possible = SLOT_MENU.filter(
    (verb) => !(verb === 'up' && index === 0) && !(verb === 'down' && index === slots.length - 1),
  );
  return {
    ...section(lines.join('\n')),
    block_id: `${SLOT_BLOCK}${name}`,
    accessory: {
      type: 'overflow',
      action_id: PRESS.slot,
      options: possible.map((verb) => option(labels[verb], verb)),
    },
  };
}

/** A new block_id after each new slot, so that the choice does not stay in the menu. */
function addSection(slots: number, { editor: say, slack }: Catalogue): types.SectionBlock {
  return {
    ...section(`*${escape(say.add())}*`),
    block_id: `${PRESS.add}:${slots}`,
    accessory: {
      type: 'external_select',
      action_id: PRESS.add,
      min_query_length: 0,
      placeholder: plain(slack.search(), BLOCK.placeholder),
    },
  };
}

/** A candidate as the search lists it. Its value is its path, since several nodes may have one title. */
export function candidateOption({ path, node, value }: Candidate): types.PlainTextOption {
  return option(`${clip(node, 40)} · ${path[1]} (${path[0]})`, candidateKey({ path }), value);
}

export function candidateKey({ path: [node, name] }: Pick<Candidate, 'path'>): string {
  return `${node} ${name}`;
}

function outputsInput({ draft, outputs }: EditorView, { editor: say, slack }: Catalogue): types.InputBlock[] {
  // with one there is nothing to choose
  if (outputs.length < 2) return [];
  const listed = outputs.slice(0, MAX_OPTIONS);
  const asOption = ({ id, title }: EditorView['outputs'][number]) => option(`${title} (${id})`, id);
  const chosen = draft.outputs === undefined ? [] : listed.filter(({ posted }) => posted).map(asOption);
  const element: types.MultiStaticSelect = {
    type: 'multi_static_select',
    action_id: VALUE,
    options: listed.map(asOption),
    ...(chosen.length > 0 && { initial_options: chosen }),
  };
  return [input(OUTPUTS, say.outputs(), element, { hint: slack.posts() })];
}

function actions(draft: string, { editor: say }: Catalogue): types.ActionsBlock {
  const discard: types.Button = {
    ...button(PRESS.discard, say.discard(), draft),
    style: 'danger',
    confirm: {
      title: plain(say.discard(), CONFIRM.title),
      text: plain(say.discardAsk(), CONFIRM.text),
      confirm: plain(say.discard(), CONFIRM.button),
      deny: plain(say.back(), CONFIRM.button),
    },
  };
  return { type: 'actions', elements: [button(PRESS.test, say.test(), draft), discard] };
}

function findingBlocks(
  findings: Finding[],
  isHere: (finding: Finding) => boolean,
  locale: string,
): types.SectionBlock[] {
  const lines = findings
    .filter(isHere)
    .slice(0, MAX_FINDINGS)
    .map((finding) => findingLine(finding, locale));
  return lines.length === 0 ? [] : [section(lines.join('\n'))];
}

function findingLine({ problem, blocking }: Finding, locale: string): string {
  return `${blocking ? '⛔' : '⚠'} ${clip(said(locale, problem), MAX_FINDING)}`;
}
