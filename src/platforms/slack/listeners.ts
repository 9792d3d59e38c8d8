/** Bolt's listeners: acknowledge at once, see that nothing is handled twice, hand over to the verbs. */
import type { App } from '@slack/bolt';
import { z } from 'zod';
import { EaselError } from '../../core/errors.ts';
import { catalogue, sentence } from '../../i18n/index.ts';
import {
  CHOOSE,
  formForImage,
  handleAsked,
  handleCancel,
  handleForm,
  offerTemplates,
  type CommandOptions,
} from './commands.ts';
import { SlackFile, type People } from './context.ts';
import { slackError } from './errors.ts';
import { blockOf, FORM, FormMemory, formValues } from './form.ts';
import { EASEL_COMMAND, USE_IMAGE } from './manifest.ts';

export interface ListenOptions extends CommandOptions {
  people: People;
  /** The app was uninstalled or its tokens withdrawn. */
  revoked: () => void;
}

const ChooseMemory = z.object({ channel: z.string(), thread: z.string().optional(), file: z.string() });
/** Parts of events that Bolt's types leave open. */
const WithFiles = z.object({
  files: z.array(SlackFile.extend({ mimetype: z.string().nullish() })).optional(),
});
const WithThread = z.object({ thread_ts: z.string().optional() });
const Delivered = z.object({ event_id: z.string() });

/** Deliveries remembered, so that Slack's retries and Socket Mode's repeats do nothing. */
const MAX_REMEMBERED = 2000;

export function listen(app: App, options: ListenOptions): void {
  const { people, commands, log, attachment } = options;
  const isNew = createMemory();

  app.command(/.*/, async ({ command, ack }) => {
    await ack();
    if (!isNew(command.trigger_id)) return;
    const person = { team: command.team_id, user: command.user_id };
    const caller = { ...(await people.caller(person)), place: command.channel_id };
    const typed = command.command.slice(1).toLowerCase();
    const asked = typed === EASEL_COMMAND ? firstWord(command.text) : { name: typed, rest: command.text };
    await handleAsked(
      { caller, place: { channel: command.channel_id }, ...asked, trigger: command.trigger_id },
      options,
    );
  });

  app.event('app_mention', async ({ event, body, context }) => {
    if (!isNew(Delivered.parse(body).event_id) || event.user === undefined) return;
    const person = { team: context.teamId ?? event.team ?? '', user: event.user };
    const caller = { ...(await people.caller(person)), place: event.channel };
    const files = WithFiles.parse(event).files?.filter(
      ({ mimetype }) => mimetype?.startsWith('image/') ?? true,
    );
    const text = event.text.replaceAll(/<@[^>]+>/g, ' ').trim();
    // the reply stands in the thread where it was asked, or begins one
    const place = { channel: event.channel, thread: event.thread_ts ?? event.ts };
    await handleAsked({ caller, place, ...firstWord(unmarked(text)), files }, options);
  });

  app.action('cancel', async ({ action, body, ack }) => {
    await ack();
    if (action.type !== 'button' || body.type !== 'block_actions') return;
    const caller = await people.caller({
      team: body.team?.id ?? body.user.team_id ?? '',
      user: body.user.id,
    });
    const thread = body.message && WithThread.parse(body.message).thread_ts;
    await handleCancel(caller, { channel: body.channel?.id ?? '', thread }, action.value ?? '', options);
  });

  app.shortcut(USE_IMAGE, async ({ shortcut, ack }) => {
    await ack();
    if (shortcut.type !== 'message_action' || !isNew(shortcut.trigger_id)) return;
    const caller = await people.caller({
      team: shortcut.team?.id ?? shortcut.user.team_id ?? '',
      user: shortcut.user.id,
    });
    const files = WithFiles.parse(shortcut.message).files ?? [];
    const file = files.find(({ mimetype }) => mimetype?.startsWith('image/'))?.id;
    const place = { channel: shortcut.channel.id, thread: shortcut.message.thread_ts ?? shortcut.message_ts };
    await offerTemplates(caller, place, file, shortcut.trigger_id, options);
  });

  app.view(CHOOSE, async ({ view, body, ack }) => {
    const { file, ...place } = ChooseMemory.parse(JSON.parse(view.private_metadata));
    const name = view.state.values[CHOOSE]?.[CHOOSE]?.selected_option?.value ?? '';
    const template = commands.template(name);
    const caller = await people.caller({ team: body.team?.id ?? '', user: body.user.id });
    if (!template) await ack();
    else await ack({ response_action: 'update', view: formForImage(template, place, file, caller.locale) });
  });

  app.view(FORM, async ({ view, body, ack }) => {
    const memory = FormMemory.parse(JSON.parse(view.private_metadata));
    const caller = await people.caller({ team: body.team?.id ?? '', user: body.user.id });
    const template = commands.template(memory.template);
    const raw = template ? formValues(template, view.state.values, attachment) : {};
    if (memory.file) raw[memory.file.slot] = attachment(memory.file.slot, memory.file);
    try {
      commands.prepare(caller, memory.template, raw);
    } catch (error) {
      if (!(error instanceof EaselError)) {
        await ack();
        throw error;
      }
      const slot = 'slot' in error.problem ? error.problem.slot : undefined;
      const shown = view.blocks.some(({ block_id: id }) => slot !== undefined && id === blockOf(slot));
      const message = sentence(catalogue(caller.locale), error.problem);
      if (slot !== undefined && shown)
        return ack({ response_action: 'errors', errors: { [blockOf(slot)]: message } });
    }
    await ack();
    if (isNew(`${view.id}/${view.hash}`))
      await handleForm({ ...caller, place: memory.channel }, memory, raw, options);
  });

  for (const event of ['app_uninstalled', 'tokens_revoked'] as const)
    app.event(event, async () => {
      log.error({ event }, 'Easel was removed from the workspace');
      options.revoked();
    });

  // Bolt would print the error with its whole payload
  app.error(async (error) => {
    const { code, revoked } = slackError(error.original ?? error);
    log.error(
      { slack: code, err: error },
      revoked ? 'slack refuses the token' : 'a slack event was not handled',
    );
  });
}

function firstWord(text: string): { name: string; rest: string } {
  const [, name = '', rest = ''] = /^\/?(\S*)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  return { name: name.toLowerCase(), rest };
}

/** What was typed: links and channels that Slack marked up by itself, and the three characters that it escapes. */
function unmarked(text: string): string {
  return text
    .replaceAll(/<(?:[^<>|]*)\|([^<>]*)>/g, '$1')
    .replaceAll(/<[#!]?([^<>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

function createMemory(): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    for (const oldest of seen) {
      if (seen.size <= MAX_REMEMBERED) break;
      seen.delete(oldest);
    }
    return true;
  };
}
