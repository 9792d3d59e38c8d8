/** The forms of `/easel template add` and `limit`, and the buttons that open forms where nothing else can. */
import type { App, types, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import type { EditorView } from '../../../commands/editor.ts';
import type { Caller } from '../../../core/chat.ts';
import { EaselError, type Problem } from '../../../core/errors.ts';
import { catalogue } from '../../../i18n/index.ts';
import { input, modal, section, textInput, VALUE } from './blocks.ts';
import type { Place, SlackFile } from '../events/context.ts';
import type { FormListenOptions } from './editor.ts';
import { editorView } from './editor-view.ts';
import { errorsAt, message, replacedBy, show, type Outcome } from './outcome.ts';
import { memoryOf, PressedInMessage } from '../events/payload.ts';
import { plainly, privately, said, tell, type CommandOptions } from '../replies/private.ts';
import { escape } from '../replies/render.ts';
import { answers } from '../events/state.ts';

const ADD = 'add';
const FILE = 'file';
const SETTINGS = 'settings';
const NAME = 'name';
const LIMIT = 'limit';
const CHANNELS = 'channels';

/** Buttons in messages; a button's value is the draft's id, or the template's name. */
export const OPEN = { add: 'open-add', draft: 'open-draft', limit: 'open-limit', settings: 'open-settings' };

const PlaceMemory = z.object({ channel: z.string(), thread: z.string().optional() });
const LimitMemory = PlaceMemory.extend({ template: z.string() });

/** `notice`: mrkdwn about a file that was of no use. */
export function addView(place: Place, name: string, locale: string, notice?: string): types.ModalView {
  const { shelf, slack, form } = catalogue(locale);
  const file = (filetypes: string[]): types.InputBlock['element'] => ({
    type: 'file_input',
    action_id: VALUE,
    filetypes,
    max_files: 1,
  });
  const { options: hints } = shelf;
  return modal({
    title: slack.addForm(),
    callback: ADD,
    memory: PlaceMemory.parse(place),
    submit: slack.addSubmit(),
    close: form.close(),
    blocks: [
      ...(notice === undefined ? [] : [section(notice)]),
      input(FILE, slack.addFile(), file(['json', 'png']), { hint: hints.file(), required: true }),
      input(SETTINGS, slack.addSettings(), file(['json']), { hint: hints.settings() }),
      input(NAME, slack.addName(), textInput({ value: name }), { hint: hints.newName() }),
    ],
  });
}

/** Reads the file, and makes a draft of it. Throws EaselError. */
export function draftOf(
  caller: Caller,
  file: SlackFile,
  { settings, name }: { settings?: SlackFile | undefined; name?: string | undefined },
  { commands, attachment, signal }: CommandOptions,
): Promise<EditorView> {
  const more = {
    ...(name && { name }),
    ...(settings && { settings: attachment(SETTINGS, settings) }),
  };
  return commands.editor.add(caller, attachment(FILE, file), more, signal);
}

export async function limitView(
  caller: Caller,
  place: Place,
  name: string,
  { commands }: CommandOptions,
): Promise<types.ModalView> {
  const { slack, form, shelf } = catalogue(caller.locale);
  if (!caller.admin) throw new EaselError({ code: 'not-an-admin' });
  const { access } = await commands.shelf.show(caller, name);
  return modal({
    title: slack.limitForm(name),
    callback: LIMIT,
    memory: LimitMemory.parse({ ...place, template: name }),
    submit: slack.settingsSubmit(),
    close: form.close(),
    blocks: [
      section(escape(shelf.accessHeading(name))),
      input(CHANNELS, slack.channels(), channelSelect(access.channels), { hint: slack.noRoles() }),
    ],
  });
}

/** Direct messages are nobody's channel. */
export function channelSelect(chosen: readonly string[]): types.MultiConversationsSelect {
  return {
    type: 'multi_conversations_select',
    action_id: VALUE,
    filter: { include: ['public', 'private'] },
    ...(chosen.length > 0 && { initial_conversations: [...chosen] }),
  };
}

export function listenToTemplateForms(app: App, options: FormListenOptions): void {
  const { commands, recognised, settle } = options;

  app.view<ViewSubmitAction>(ADD, async ({ view, body, ack }) => {
    const place = memoryOf(PlaceMemory, view);
    const caller = await recognised(body, place.channel);
    const answer = answers(view.state.values);
    const { file } = answer(FILE);
    const { text: name } = answer(NAME);
    const { file: settings } = answer(SETTINGS);
    const title = catalogue(caller.locale).slack.addForm();
    await settle({ view, ack, caller, title }, async (): Promise<Outcome> => {
      try {
        if (!file) throw new EaselError({ code: 'empty-file', file: '' });
        const made = await draftOf(caller, file, { settings, name }, options);
        return replacedBy(editorView(made, { ...place, draft: made.draft.id }, caller.locale));
      } catch (error) {
        if (!(error instanceof EaselError) || error.code === 'not-an-admin') throw error;
        const { problem } = error;
        // what the template.json says is judged by its schema
        const field = settings && aboutSettings(problem, settings) ? SETTINGS : FILE;
        const late = addView(place, name ?? '', caller.locale, `⛔ ${said(caller.locale, problem)}`);
        return errorsAt({ [field]: plainly(caller.locale, problem) }, late);
      }
    });
  });

  app.view<ViewSubmitAction>(LIMIT, async ({ view, body, ack }) => {
    const { template, ...place } = memoryOf(LimitMemory, view);
    const caller = await recognised(body, place.channel);
    const { shelf, slack } = catalogue(caller.locale);
    const { channels = [] } = answers(view.state.values)(CHANNELS);
    await settle({ view, ack, caller, title: slack.limitForm(template) }, async () => {
      const { access } = await commands.shelf.show(caller, template);
      const problem = await commands.shelf.limit(caller, template, { ...access, channels });
      const lines = [escape(slack.limited(template, channels.length))];
      if (problem) lines.push(said(caller.locale, problem));
      await tell(caller, place, lines.join('\n'), options);
      return { answer: undefined, late: message(shelf.accessHeading(template), lines, caller.locale) };
    });
  });

  app.action(OPEN.add, ({ ack, body }) =>
    opened(ack, body, ({ caller, place, value }) => {
      if (!caller.admin) throw new EaselError({ code: 'not-an-admin' });
      return {
        title: catalogue(caller.locale).slack.addForm(),
        making: Promise.resolve(addView(place, value, caller.locale)),
      };
    }),
  );

  app.action(OPEN.draft, ({ ack, body }) =>
    opened(ack, body, ({ caller, place, value }) => ({
      title: catalogue(caller.locale).slack.editorForm(),
      making: commands.editor
        .open(caller, value)
        .then((view) => editorView(view, { ...place, draft: value }, caller.locale)),
    })),
  );

  app.action(OPEN.limit, ({ ack, body }) =>
    opened(ack, body, ({ caller, place, value }) => ({
      title: catalogue(caller.locale).slack.limitForm(value),
      making: limitView(caller, place, value, options),
    })),
  );

  async function opened(
    ack: () => Promise<void>,
    raw: unknown,
    form: (pressed: { caller: Caller; place: Place; value: string }) => {
      title: string;
      making: Promise<types.ModalView>;
    },
  ): Promise<void> {
    await ack();
    const body = PressedInMessage.parse(raw);
    if (!options.isNew(body.trigger_id)) return;
    const place = { channel: body.channel.id, thread: body.container.thread_ts };
    const caller = await recognised(body, place.channel);
    const [{ value = '' }] = body.actions;
    await privately(caller, place, options, async () =>
      show('open', body.trigger_id, { caller, ...form({ caller, place, value }) }, options),
    );
  }
}

function aboutSettings(problem: Problem, { name }: SlackFile): boolean {
  return 'file' in problem && (problem.file === name || problem.file.endsWith('/template.json'));
}
