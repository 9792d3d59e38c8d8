/** Bolt's listeners: acknowledge at once, see that nothing is handled twice, hand over to the verbs. */
import type { App, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Caller } from '../../../core/caller.ts';
import { spokenTo } from '../../../commands/typed/spoken.ts';
import { createTurns } from '../../../core/turns.ts';
import { handleCancel, handleTyped } from './commands.ts';
import { isDirect, SlackFile, type People, type Conversation } from './context.ts';
import { slackError } from '../errors.ts';
import { EASEL_COMMAND, USE_IMAGE } from '../manifest.ts';
import { privately } from '../replies/private.ts';
import { listenToScreens } from '../screens/listen-screens.ts';
import { listenToOldForms, OLD_BUTTONS } from '../screens/old-forms.ts';
import { createSettle, replacedBy } from '../screens/outcome.ts';
import { OPEN, showScreen, type ShowOptions } from '../screens/show-screen.ts';
import { acknowledging } from './acknowledge.ts';
import { memoryOf, PressedInMessage, teamOf, type Who } from './payload.ts';
import { ANSWERS, handleAnswer } from './question.ts';
import { handlePressed } from './run.ts';
import { CHOOSE, ChooseMemory, formForImage, offerTemplates } from './shortcut.ts';
import { answers } from './state.ts';
import { listenToTyping } from './suggest.ts';

export interface ListenOptions extends ShowOptions {
  people: People;
  /** The workspace that has installed Easel; undefined until it is known. */
  home: () => string | undefined;
  /** The user that Easel is; undefined until it is known. */
  me: () => string | undefined;
  /** The app was uninstalled or its tokens withdrawn. */
  revoked: () => void;
  uninstalled: () => void;
}

/** Parts of events that Bolt's types leave open. */
const WithFiles = z.object({ files: z.array(SlackFile).optional() });
/** `user_team`: of whoever speaks, in a channel that is shared. */
const Said = WithFiles.extend({
  user: z.string(),
  channel: z.string(),
  text: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  ts: z.string(),
  thread_ts: z.string().optional(),
  user_team: z.string().nullish(),
  team: z.string().nullish(),
});
type Said = z.infer<typeof Said>;
/**
 * https://docs.slack.dev/reference/events/message: changed and deleted messages, those of bots and what Slack tells by itself have
 * a `subtype`, and none of these two.
 */
const SaidDirectly = Said.extend({
  channel_type: z.literal('im'),
  subtype: z.enum(['file_share', 'thread_broadcast']).optional(),
  bot_id: z.undefined().optional(),
});
const Delivered = z.object({ event_id: z.string() });

/**
 * Deliveries remembered, so that Slack's retries and Socket Mode's repeats do nothing. Slack repeats within minutes; one that
 * has fallen out by then would be taken twice.
 */
const MAX_REMEMBERED = 2000;

export function listen(app: App, options: ListenOptions): void {
  const { people, commands, log } = options;
  const { screens } = commands;
  const isNew = createMemory();

  /** Who acts, as their guild sees them: asked once, where they come in. */
  async function recognised(who: Who, channel: string): Promise<Caller> {
    const team = who.view?.app_installed_team_id ?? options.home() ?? '';
    const caller = await people.caller({ team, user: who.user.id, from: teamOf(who) });
    const direct = isDirect(channel);
    return commands.recognise({ ...caller, channel: channel || undefined, direct });
  }

  app.command(/.*/, async ({ command, ack }) => {
    if (!isNew(command.trigger_id)) return ack();
    await acknowledging(ack, options.clock, (acknowledge) => commanded(command, acknowledge));
  });

  async function commanded(command: SlashCommand, acknowledge: () => Promise<void>): Promise<void> {
    const { team_id: from, user_id: user, channel_id: channel, trigger_id: trigger } = command;
    const caller = await recognised({ user: { id: user, team_id: from } }, channel);
    const name = command.command.slice(1).toLowerCase();
    const typed = { line: unescaped(command.text), command: name === EASEL_COMMAND ? undefined : name };
    await handleTyped({ caller, conversation: { channel }, trigger, acknowledge }, typed, options);
  }

  app.event('app_mention', async ({ event, body }) => {
    if (!isNew(Delivered.parse(body).event_id)) return;
    const said = Said.safeParse(event).data;
    // the reply stands in the thread where it was asked, or begins one
    if (said) await heard(said, { channel: said.channel, thread: said.thread_ts ?? said.ts });
  });

  app.event('message', async ({ event, body }) => {
    if (!isNew(Delivered.parse(body).event_id)) return;
    const said = SaidDirectly.safeParse(event).data;
    if (said && said.user !== options.me())
      await heard(said, { channel: said.channel, thread: said.thread_ts, direct: true });
  });

  async function heard(said: Said, conversation: Conversation): Promise<void> {
    const { user: id, user_team: shared, team, files, text } = said;
    const caller = await recognised({ user: { id, team_id: shared ?? team } }, said.channel);
    await handleTyped({ caller, conversation, files }, { line: saidTo(options.me(), text) }, options);
  }

  app.action('cancel', ({ body, ack }) =>
    pressed(body, ack, (caller, conversation, job) => handleCancel(caller, conversation, job, options)),
  );
  app.action('again', async ({ body, ack }) => {
    await acknowledging(ack, options.clock, (acknowledge) =>
      pressed(body, undefined, (caller, conversation, job, trigger) => {
        const asked = { caller, conversation, trigger, acknowledge };
        return handlePressed(asked, () => commands.prepareAgain(caller, job), options);
      }),
    );
  });
  app.action(ANSWERS, async ({ body, ack, respond }) => {
    await acknowledging(ack, options.clock, (acknowledge) =>
      pressed(body, undefined, (caller, conversation, value, trigger) =>
        handleAnswer({ caller, conversation, trigger, acknowledge }, value, respond, options),
      ),
    );
  });
  app.action('all', async ({ body, ack }) => {
    await acknowledging(ack, options.clock, (acknowledge) =>
      pressed(body, undefined, (caller, conversation, job, trigger, message) => {
        const inThread = { thread: message, ...conversation };
        const asked = { caller, conversation: inThread, trigger, acknowledge };
        return handlePressed(asked, () => commands.prepareAll(caller, job), options);
      }),
    );
  });
  for (const [action, screenOf] of Object.entries({ ...OLD_BUTTONS, [OPEN]: (at: string) => at }))
    app.action(action, ({ body, ack }) =>
      pressed(body, ack, (caller, conversation, value, trigger) =>
        privately(caller, conversation, options, async () =>
          showScreen({ caller, conversation, trigger }, screens.open(caller, screenOf(value)), options),
        ),
      ),
    );

  async function pressed(
    raw: unknown,
    ack: (() => Promise<void>) | undefined,
    work: (
      caller: Caller,
      conversation: Conversation,
      value: string,
      trigger: string,
      message?: string,
    ) => Promise<void>,
  ): Promise<void> {
    await ack?.();
    const body = PressedInMessage.parse(raw);
    if (!isNew(body.trigger_id)) return;
    const { message_ts: message, thread_ts: thread } = body.container;
    // a message whose thread has begun still stands in the channel itself
    const inThread = thread !== undefined && thread !== message;
    const conversation: Conversation = { channel: body.channel.id, ...(inThread && { thread }) };
    const caller = await recognised(body, conversation.channel);
    await work(caller, conversation, body.actions[0].value ?? '', body.trigger_id, message);
  }

  app.shortcut(USE_IMAGE, async ({ shortcut, ack }) => {
    await ack();
    if (shortcut.type !== 'message_action' || !isNew(shortcut.trigger_id)) return;
    const caller = await recognised(shortcut, shortcut.channel.id);
    const files = WithFiles.parse(shortcut.message).files ?? [];
    const file = files.find(({ mimetype }) => mimetype?.startsWith('image/'))?.id;
    const conversation = {
      channel: shortcut.channel.id,
      thread: shortcut.message.thread_ts ?? shortcut.message_ts,
    };
    await offerTemplates(caller, conversation, file, shortcut.trigger_id, options);
  });

  const settle = createSettle(options);
  app.view<ViewSubmitAction>(CHOOSE, async ({ view, body, ack }) => {
    const memory = memoryOf(ChooseMemory, view);
    const name = answers(view.state.values)(CHOOSE).option ?? '';
    const caller = await recognised(body, memory.channel);
    await settle({ view, ack, caller, title: view.title.text }, async () =>
      replacedBy(await formForImage(caller, name, memory, options)),
    );
  });

  const forms = { ...options, isNew, recognised, settle, inTurn: createTurns() };
  listenToScreens(app, forms);
  listenToOldForms(app, forms);
  listenToTyping(app, forms);

  for (const event of ['app_uninstalled', 'tokens_revoked'] as const)
    app.event(event, async () => {
      log.error({ event }, 'Easel was removed from the workspace');
      options.revoked();
      if (event === 'app_uninstalled') options.uninstalled();
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

/** What was said to Easel, with or without its name in it. */
function saidTo(me: string | undefined, text: string): string {
  const mention =
    me === undefined ? /<@[^<>]+>/ : new RegExp(String.raw`<@${RegExp.escape(me)}(?:\|[^<>]*)?>`);
  // of other people only a name is known, if that
  return spokenTo(text.split(mention).map((part) => unmarked(part.replaceAll(/<@[^<>|]+>/g, ' '))));
}

/** What was typed: links and channels that Slack marked up by itself, and the three characters that it escapes. */
function unmarked(text: string): string {
  return unescaped(text.replaceAll(/<(?:[^<>|]*)\|([^<>]*)>/g, '$1').replaceAll(/<[#!]?([^<>]*)>/g, '$1'));
}

/** Slack escapes them in slash commands too, where it marks up nothing: the manifest says so. */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function createMemory(): (id: string) => boolean {
  const seen = new LRUCache<string, true>({ max: MAX_REMEMBERED });
  return (id) => {
    if (seen.has(id)) return false;
    seen.set(id, true);
    return true;
  };
}
