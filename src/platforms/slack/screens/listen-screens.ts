/** What is done in forms → the screens' actions, and what is seen then: the form drawn anew, another one on it, or words. */
import type { App, types, ViewSubmitAction } from '@slack/bolt';
import type { Outcome } from '../../../commands/index.ts';
import type { Caller } from '../../../core/caller.ts';
import { EaselError } from '../../../core/errors.ts';
import { CHOSEN, words, type Line, type Screen } from '../../../core/screen.ts';
import type { Turns } from '../../../core/turns.ts';
import { catalogue } from '../../../i18n/index.ts';
import { memoryOf, PressedInForm, SeenView, type Who } from '../events/payload.ts';
import { begin, begun } from '../events/run.ts';
import { inputsIn } from '../events/state.ts';
import { MODAL } from '../limits.ts';
import { lineText } from '../replies/lines.ts';
import { refusal, refused, tell, tellLines } from '../replies/private.ts';
import { escape } from '../replies/render.ts';
import { withEaselCommand } from '../replies/easel-command.ts';
import { errorsAt, message, replace, replacedBy, type Settle, type Settled } from './outcome.ts';
import { enteredIn, hasMarks, shownIn, withoutMarks } from './read-screen.ts';
import { REDRAW } from './render-field.ts';
import { itemOf, PRESS, renderScreen, SCREEN, ScreenMemory } from './render-screen.ts';
import { doneLines, type ShowOptions } from './show-screen.ts';

export interface FormListenOptions extends ShowOptions {
  /** Who does something, as their guild sees them. */
  recognised: (who: Who, channel: string) => Promise<Caller>;
  settle: Settle;
  /** False for what Slack has delivered before. */
  isNew: (id: string) => boolean;
  /** One at a time for each person and what they work on, so that what is drawn last is the newest. */
  inTurn: Turns;
}

interface Form {
  caller: Caller;
  view: SeenView;
  memory: ScreenMemory;
}

/** What is pressed or picked in any form. */
const PRESSES = /^(?:act|menu):|^(?:item|redraw)$/;

export function listenToScreens(app: App, options: FormListenOptions): void {
  const { commands, client, log, attachment, signal, settle, inTurn } = options;
  const { screens } = commands;

  async function formOf(who: Who, raw: unknown): Promise<Form> {
    const view = SeenView.parse(raw);
    const memory = memoryOf(ScreenMemory, view);
    return { caller: await options.recognised(who, memory.channel), view, memory };
  }

  /** With what stands in the form: nothing that was typed is lost. */
  async function acted(form: Form, action: string, chosen?: string): Promise<Outcome> {
    if (options.paused()) throw new EaselError({ code: 'shutting-down' });
    const { caller, view, memory } = form;
    const { at, file } = memory;
    let entered = { ...enteredIn(view, attachment), ...(chosen !== undefined && { [CHOSEN]: chosen }) };
    let shown = shownIn(view);
    if (hasMarks(entered)) {
      const screen = await screens.open(caller, at);
      [entered, shown] = [withoutMarks(entered, screen), withoutMarks(shown, screen)];
    }
    const given = file ? { ...entered, [file.slot]: attachment(file.slot, file) } : entered;
    return screens.act(caller, at, action, given, { shown, signal });
  }

  const drawn = ({ caller, memory }: Pick<Form, 'caller' | 'memory'>, screen: Screen, notice: Line[] = []) =>
    renderScreen(screen, memory, caller.locale, notice);

  app.view<ViewSubmitAction>(SCREEN, async ({ view: raw, body, ack }) => {
    const form = await formOf(body, raw);
    const { caller, view, memory } = form;
    let after: (() => Promise<void>) | undefined;
    await settle({ view, ack, caller, title: view.title.text }, () =>
      inTurn(turnOf(form), async () => {
        try {
          const outcome = await acted(form, memory.submit ?? '');
          if (!outcome.failed) after = () => redrawBeneath(form, outcome.done);
          return await settled(form, outcome);
        } catch (error) {
          if (!isNoAdmin(error)) throw error;
          // who may not edit gets nothing drawn into a form
          const text = refused(caller, error, options);
          await tell(caller, memory, text, options);
          return { answer: undefined, late: message(view.title.text, [text], caller.locale) };
        }
      }),
    );
    await after?.();
  });

  async function settled(form: Form, outcome: Outcome): Promise<Settled> {
    const { caller, view, memory } = form;
    const { locale } = caller;
    const { failed, screen, prepared } = outcome;
    if (failed && screen) return refusedIn(form, screen);
    const title = view.title.text;
    if (prepared && !prepared.trial) {
      const late = message(title, [escape(catalogue(locale).status.accepted())], locale);
      return {
        answer: undefined,
        late,
        begin: (acknowledge) => begin(caller, memory, prepared, acknowledge, options),
      };
    }
    if (prepared) await begunDirectly(form, prepared);
    const lines = await doneLines(form, outcome, options);
    if (!screen) return replacedBy(message(title, lines, locale));
    const below = memory.under.at(-1);
    const isDone = screen.at === memory.at && (lines.length > 0 || screen.parent === undefined);
    if (isDone || (below !== undefined && [screen.at, screen.parent].includes(below))) {
      if (lines.length > 0) await tellLines({ caller, conversation: memory }, lines, options);
      const late = lines.length > 0 ? lines : [escape(catalogue(locale).slack.closeForm())];
      return { answer: undefined, late: message(title, late, locale) };
    }
    const { parent } = screen;
    const isSaved = screen.at === memory.at && parent !== undefined;
    return replacedBy(drawn(form, isSaved ? await screens.open(caller, parent) : screen, [...outcome.done]));
  }

  /** What is wrong with a field stands there, as long as the form has it. */
  function refusedIn(form: Form, screen: Screen): Settled {
    const has = new Set(inputsIn(form.view.blocks).map(({ block_id: block }) => block));
    const wrong = screen.fields.flatMap(({ key, problem }) =>
      problem !== undefined && has.has(key) ? [[key, withEaselCommand(problem)] as const] : [],
    );
    const late = drawn(form, screen);
    return wrong.length > 0 ? errorsAt(Object.fromEntries(wrong), late) : replacedBy(late, true);
  }

  app.action(PRESSES, async ({ ack, body }) => {
    await ack();
    const pressed = PressedInForm.parse(body);
    if (!options.isNew(pressed.trigger_id)) return;
    const form = await formOf(pressed, pressed.view);
    await inTurn(turnOf(form), () => done(form, pressed).catch((thrown: unknown) => troubled(form, thrown)));
  });

  async function done(form: Form, { actions: [pressed], trigger_id: trigger }: PressedInForm): Promise<void> {
    const { caller, view, memory } = form;
    const { action, chosen } = meantBy(pressed);
    const outcome = await acted(form, action, chosen);
    const { prepared } = outcome;
    if (prepared?.trial) await begunDirectly(form, prepared);
    else if (prepared) await begun(caller, memory, prepared, options);
    const lines = await doneLines(form, outcome, options);
    const { failed, screen, done: notice } = outcome;
    const below = memory.under.at(-1);
    if (screen?.parent === memory.at && !failed && memory.under.length < MODAL.views - 1) {
      await push(form, screen, trigger);
      // what was chosen in a menu is to go out of it
      if (pressed.action_id.startsWith(PRESS.menu)) await redraw(view.id, form, memory);
      return;
    }
    if (screen && screen.at !== below)
      await replace(view.id, drawn(form, screen, [...notice]), options, caller);
    else {
      const left = lines.length > 0 ? lines : [escape(catalogue(caller.locale).slack.closeForm())];
      await replace(view.id, message(view.title.text, left, caller.locale), options, caller);
    }
    const isElsewhere = screen !== undefined && ![memory.at, below].includes(screen.at);
    if (!failed && !(isElsewhere && lines.length === 0)) await redrawBeneath(form, notice);
  }

  /** Onto the form; where Slack does not take it any more, in its place. */
  async function push({ caller, view, memory }: Form, screen: Screen, trigger: string): Promise<void> {
    const under = [...memory.under, memory.at];
    try {
      const on = renderScreen(screen, { ...memory, under }, caller.locale);
      await client.views.push({ trigger_id: trigger, view: on });
    } catch (error) {
      log.info(
        { at: screen.at, err: error },
        'a form is put in the conversation of the one that it belongs on',
      );
      await replace(view.id, renderScreen(screen, memory, caller.locale), options, caller);
    }
  }

  /** What lies beneath shows what has become of it; `notice`: why it may be gone. */
  async function redrawBeneath(form: Form, notice: readonly Line[]): Promise<void> {
    const { view, memory } = form;
    const { under } = memory;
    for (const [index, at] of under.entries()) {
      const id = index === under.length - 1 ? view.previous_view_id : view.root_view_id;
      const beneath = { ...memory, at, under: under.slice(0, index) };
      await redraw(id ?? '', form, beneath, notice);
    }
  }

  async function redraw(
    id: string,
    { caller, view }: Form,
    memory: ScreenMemory,
    notice: readonly Line[] = [],
  ): Promise<void> {
    const now = await screens.open(caller, memory.at).then(
      (screen) => drawn({ caller, memory }, screen),
      (error: unknown): types.ModalView => {
        const why = notice.length > 0 ? notice.map(lineText) : [refused(caller, error, options)];
        return message(view.title.text, why, caller.locale);
      },
    );
    await replace(id, now, options, caller);
  }

  /** What a form shows when something went wrong: that, above what there is now. */
  async function troubled(form: Form, thrown: unknown): Promise<void> {
    const { caller, view, memory } = form;
    const text = refusal(caller, thrown, options);
    // who may not edit gets nothing drawn into a form
    if (isNoAdmin(thrown)) return tell(caller, memory, escape(text), options);
    const now = await screens.open(caller, memory.at).then(
      (screen) => drawn(form, screen, [words(text, 'blocked')]),
      () => message(view.title.text, [escape(text)], caller.locale),
    );
    await replace(view.id, now, options, caller);
  }

  /** A test run is nobody else's: its reply comes as a direct message. */
  async function begunDirectly({ caller }: Form, prepared: NonNullable<Outcome['prepared']>): Promise<void> {
    await begun(caller, { channel: await options.direct(caller.user) }, prepared, options);
  }
}

function turnOf({ caller: { guild, user }, memory: { at } }: Form): string {
  const [kind = '', subject = kind] = at.split('/');
  return [guild, user, subject].join('/');
}

function meantBy(pressed: PressedInForm['actions'][0]): { action: string; chosen?: string | undefined } {
  const { action_id: id, block_id: block, value, selected_option: picked } = pressed;
  if (id === REDRAW) return { action: REDRAW };
  if (id === PRESS.item) return { action: picked?.value ?? value ?? '', chosen: itemOf(block) };
  if (id.startsWith(PRESS.menu)) return { action: id.slice(PRESS.menu.length), chosen: picked?.value };
  return { action: id.slice(PRESS.act.length) };
}

function isNoAdmin(error: unknown): boolean {
  return error instanceof EaselError && error.code === 'not-an-admin';
}
