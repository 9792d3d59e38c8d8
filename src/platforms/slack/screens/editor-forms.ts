/** The editor's and a slot's form, submitted: checked at their fields, published, and drawn anew. */
import type { App, ViewSubmitAction } from '@slack/bolt';
import type { EditorView } from '../../../commands/editor.ts';
import type { Caller } from '../../../core/chat.ts';
import { EaselError, type Problem } from '../../../core/errors.ts';
import { catalogue } from '../../../i18n/index.ts';
import { keepTyped, troubled, type FormListenOptions } from './editor.ts';
import { DESCRIPTION, EDITOR, EditorMemory, editorView, NAME } from './editor-view.ts';
import { errorsAt, message, replace, replacedBy, type Outcome } from './outcome.ts';
import { memoryOf } from '../events/payload.ts';
import { plainly, said, spoken } from '../replies/private.ts';
import { escape } from '../replies/render.ts';
import { SLOT, slotBlock, slotChange, SlotMemory } from './slot-view.ts';
import { answers } from '../events/state.ts';

export function listenToEditorForms(app: App, options: FormListenOptions): void {
  const { commands, recognised, settle, inDraftTurn } = options;

  app.view<ViewSubmitAction>(EDITOR, async ({ view, body, ack }) => {
    const memory = memoryOf(EditorMemory, view);
    const caller = await recognised(body, memory.channel);
    const title = catalogue(caller.locale).slack.editorForm();
    await settle({ view, ack, caller, title }, () =>
      inDraftTurn(memory.draft, async () => {
        try {
          if (options.paused()) throw new EaselError({ code: 'shutting-down' });
          const kept = await keepTyped(caller, memory.draft, view.state.values, options);
          return refusedAtFields(kept, memory, caller) ?? (await publish(caller, memory));
        } catch (error) {
          return notPublished(error, caller, memory);
        }
      }),
    );
  });

  async function publish(caller: Caller, memory: EditorMemory): Promise<Outcome> {
    const { name, version, problem } = await commands.editor.publish(caller, memory.draft);
    const { slack } = catalogue(caller.locale);
    const lines = [escape(slack.published(name, version))];
    if (problem) lines.push(`⚠ ${said(caller.locale, problem)}`);
    return replacedBy(message(slack.editorForm(), lines, caller.locale));
  }

  async function notPublished(error: unknown, caller: Caller, memory: EditorMemory): Promise<Outcome> {
    const drawn = await troubled(caller, memory, error, options);
    const { locale } = caller;
    const late = drawn ?? message(catalogue(locale).slack.editorForm(), ['⛔'], locale);
    const field = error instanceof EaselError ? fieldOf(error.problem) : undefined;
    if (error instanceof EaselError && field !== undefined && drawn)
      return errorsAt({ [field]: plainly(locale, error.problem) }, late);
    return drawn ? replacedBy(drawn, true) : { answer: undefined, late };
  }

  app.view<ViewSubmitAction>(SLOT, async ({ view, body, ack }) => {
    const memory = memoryOf(SlotMemory, view);
    const caller = await recognised(body, memory.channel);
    const { editor: say, slack } = catalogue(caller.locale);
    const title = say.slotForm(memory.slot);
    const answer = answers(view.state.values);
    let changed: EditorView | undefined;
    await settle({ view, ack, caller, title }, () =>
      inDraftTurn(memory.draft, async () => {
        const edit = { kind: 'slot', slot: memory.slot, change: slotChange(answer, memory) } as const;
        try {
          changed = await commands.editor.change(caller, memory.draft, edit);
        } catch (error) {
          const wrong = error instanceof EaselError ? slotError(error.problem, caller.locale) : undefined;
          if (!wrong) throw error;
          const at = slotBlock(wrong.field, (block) => answer(block).asked);
          return errorsAt({ [at]: wrong.text }, message(title, [escape(`⛔ ${wrong.text}`)], caller.locale));
        }
        return { answer: undefined, late: message(title, [escape(slack.slotDone())], caller.locale) };
      }),
    );
    if (!changed) return;
    const root = editorView(changed, memoryOf(EditorMemory, view), caller.locale);
    await replace(view.root_view_id ?? '', root, options, caller.locale);
  });
}

/** What blocks: at the name and the description if it is about those, else above everything. */
function refusedAtFields(view: EditorView, memory: EditorMemory, { locale }: Caller): Outcome | undefined {
  const blocking = view.findings.filter((finding) => finding.blocking);
  if (blocking.length === 0) return undefined;
  const notice = escape(`⛔ ${catalogue(locale).editor.blocked(blocking.length)}`);
  const drawn = editorView(view, memory, locale, notice);
  const errors = blocking.flatMap(({ at, problem }) =>
    at === 'name' || at === 'description'
      ? [[at === 'name' ? NAME : DESCRIPTION, plainly(locale, problem)] as const]
      : [],
  );
  return errors.length > 0 ? errorsAt(Object.fromEntries(errors), drawn) : replacedBy(drawn, true);
}

/** Somebody else took the name in the very moment. */
function fieldOf({ code }: Problem): string | undefined {
  if (code === 'bad-description') return DESCRIPTION;
  return ['name-taken', 'bad-name', 'reserved-name'].includes(code) ? NAME : undefined;
}

function slotError(problem: Problem, locale: string): { field: string; text: string } | undefined {
  if (problem.code === 'slot-broken') return { field: problem.field, text: spoken(problem.detail) };
  return problem.code === 'slot-exists' ? { field: NAME, text: plainly(locale, problem) } : undefined;
}
