/** What is done in the template editor → the editor's verbs, and its form drawn anew. */
import type { App, types } from '@slack/bolt';
import type { EditorView } from '../../../commands/editor.ts';
import type { Caller } from '../../../core/chat.ts';
import { EaselError } from '../../../core/errors.ts';
import type { Turns } from '../../../core/turns.ts';
import { catalogue } from '../../../i18n/index.ts';
import { meant, optionValue, VALUE } from './blocks.ts';
import {
  candidateKey,
  DESCRIPTION,
  EditorMemory,
  editorView,
  NAME,
  OUTPUTS,
  PRESS,
  SLOT_MENU,
  slotAt,
} from './editor-view.ts';
import { message, replace, show, type Settle } from './outcome.ts';
import { memoryOf, PressedInForm, type Who } from '../events/payload.ts';
import { refused, tell, type CommandOptions } from '../replies/private.ts';
import { escape } from '../replies/render.ts';
import { replying } from '../events/run.ts';
import { SlotMemory, slotView, TYPE_FIELD, typeOf } from './slot-view.ts';
import { answers } from '../events/state.ts';

export interface FormListenOptions extends CommandOptions {
  /** Who does something, as their guild sees them. */
  recognised: (who: Who, channel: string) => Promise<Caller>;
  settle: Settle;
  /** False for what Slack has delivered before. */
  isNew: (id: string) => boolean;
  /** The channel of a person's direct messages with Easel. */
  direct: (user: string) => Promise<string>;
  /** One at a time for each draft, so that what is drawn last is the newest. */
  inDraftTurn: Turns;
}

interface Press {
  caller: Caller;
  memory: EditorMemory;
  body: PressedInForm;
  /** Writes down what was typed so far: drawing the form anew must not lose it, and findings are about it. */
  keep: () => Promise<EditorView>;
}

export function listenToEditor(app: App, options: FormListenOptions): void {
  const { commands, recognised, signal, inDraftTurn } = options;

  /** `work` resolves to what the editor shows then; undefined leaves it as it is. */
  async function pressed(
    raw: unknown,
    work: (press: Press) => Promise<types.ModalView | undefined>,
  ): Promise<void> {
    const body = PressedInForm.parse(raw);
    if (!options.isNew(body.trigger_id)) return;
    const memory = memoryOf(EditorMemory, body.view);
    const caller = await recognised(body, memory.channel);
    const keep = () => keepTyped(caller, memory.draft, body.view.state.values, options);
    await inDraftTurn(memory.draft, async () => {
      const drawn = await work({ caller, memory, body, keep }).catch((thrown: unknown) =>
        troubled(caller, memory, thrown, options),
      );
      if (drawn) await replace(body.view.id, drawn, options, caller.locale);
    });
  }

  const drawn = ({ caller, memory }: Press, view: EditorView, notice?: string) =>
    editorView(view, memory, caller.locale, notice);

  app.action(PRESS.slot, async ({ ack, body }) => {
    await ack();
    await pressed(body, async (press) => {
      const { caller, memory } = press;
      const [{ block_id: block, selected_option: picked }] = press.body.actions;
      const slot = slotAt(block);
      const chosen = SLOT_MENU.find((verb) => verb === picked?.value);
      switch (chosen) {
        case 'up':
        case 'down': {
          await press.keep();
          const edit = { kind: 'move', slot, by: chosen === 'up' ? -1 : 1 } as const;
          return drawn(press, await commands.editor.change(caller, memory.draft, edit));
        }
        case 'drop':
          await press.keep();
          return drawn(press, await commands.editor.change(caller, memory.draft, { kind: 'drop', slot }));
        case 'change':
        case undefined:
          await openSlot(press, slot);
          return undefined;
      }
    });
  });

  async function openSlot({ caller, memory, body, keep }: Press, name: string): Promise<void> {
    const title = catalogue(caller.locale).editor.slotForm(name);
    const making = keep().then(({ slots }) => {
      const found = slots.find((one) => one.name === name);
      if (!found)
        throw new EaselError({ code: 'unknown-slot', slot: name, known: slots.map((one) => one.name) });
      const { slot } = found;
      return slotView(slot, { ...memory, slot: name, type: slot.type }, caller.locale);
    });
    await show('push', body.trigger_id, { caller, title, making }, options);
  }

  app.action(PRESS.add, async ({ ack, body }) => {
    await ack();
    await pressed(body, async (press) => {
      const { caller, memory } = press;
      await press.keep();
      const [{ selected_option: picked }] = press.body.actions;
      const candidates = await commands.editor.candidates(caller, memory.draft);
      const found = meant(candidates, picked?.value, candidateKey);
      if (!found) return drawn(press, await commands.editor.open(caller, memory.draft));
      const { path } = found;
      return drawn(press, await commands.editor.change(caller, memory.draft, { kind: 'add', path }));
    });
  });

  app.action(PRESS.test, async ({ ack, body }) => {
    await ack();
    await pressed(body, async (press) => {
      const { caller, memory } = press;
      const { editor: say, slack } = catalogue(caller.locale);
      if (options.paused()) throw new EaselError({ code: 'shutting-down' });
      const view = await press.keep();
      const blocking = view.findings.filter((finding) => finding.blocking).length;
      if (blocking > 0) return drawn(press, view, escape(`⛔ ${say.blocked(blocking)}`));
      const place = { channel: await options.direct(caller.user) };
      await replying(caller, place, options, async (address) =>
        commands.run(await commands.editor.prepareTest(caller, memory.draft), address, signal),
      );
      return drawn(press, view, escape(slack.testing()));
    });
  });

  app.action(PRESS.discard, async ({ ack, body }) => {
    await ack();
    await pressed(body, async ({ caller, memory }) => {
      await commands.editor.discard(caller, memory.draft);
      const { editor: say, slack } = catalogue(caller.locale);
      return message(slack.editorForm(), [escape(say.discarded())], caller.locale);
    });
  });

  app.action({ block_id: TYPE_FIELD, action_id: VALUE }, async ({ ack, body }) => {
    await ack();
    await pressed(body, async (press) => {
      const { caller } = press;
      const memory = memoryOf(SlotMemory, press.body.view);
      const type = typeOf(press.body.actions[0].selected_option?.value) ?? memory.type;
      const { slots } = await commands.editor.open(caller, memory.draft);
      const found = slots.find(({ name }) => name === memory.slot);
      return found && slotView(found.slot, { ...memory, type }, caller.locale);
    });
  });
}

/** The draft with the name, the description and the outputs that stand in the form. Throws EaselError. */
export async function keepTyped(
  caller: Caller,
  draft: string,
  state: unknown,
  { commands: { editor } }: CommandOptions,
): Promise<EditorView> {
  const answer = answers(state);
  const before = await editor.open(caller, draft);
  const about = {
    name: answer(NAME).text ?? '',
    description: answer(DESCRIPTION).text ?? '',
  };
  const isSame = about.name === before.draft.name && about.description === before.draft.description;
  const view = isSame ? before : await editor.change(caller, draft, { kind: 'about', ...about });
  const { options: chosen } = answer(OUTPUTS);
  if (!chosen) return view;
  const picked = view.outputs.map(({ id }) => id).filter((id) => chosen.includes(optionValue(id)));
  // all of them is everything, also what a later version of the workflow adds
  const nodes = picked.length === view.outputs.length ? [] : picked;
  const now = view.draft.outputs ?? [];
  if (nodes.length === now.length && nodes.every((id) => now.includes(id))) return view;
  return editor.change(caller, draft, { kind: 'outputs', nodes });
}

/** What the editor shows when something went wrong: that, above the draft as it is. */
export async function troubled(
  caller: Caller,
  memory: EditorMemory,
  thrown: unknown,
  options: CommandOptions,
): Promise<types.ModalView | undefined> {
  const { locale } = caller;
  const text = `⛔ ${refused(caller, thrown, options)}`;
  try {
    return editorView(await options.commands.editor.open(caller, memory.draft), memory, locale, text);
  } catch (gone) {
    // whoever may not edit gets nothing drawn into a form
    if (gone instanceof EaselError && gone.code === 'not-an-admin') await tell(caller, memory, text, options);
    else return message(catalogue(locale).slack.editorForm(), [text], locale);
    return undefined;
  }
}
