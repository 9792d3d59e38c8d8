/** What people do in the Slack client: each act checks what the client would check, then reaches the bot. */
import { FakeAct, type ActFacts } from './act.ts';
import type { Control } from './block-walk.ts';
import type { Courier } from './deliver.ts';
import { commandText, messageText } from './as-typed.ts';
import { FakeFile, process } from './file.ts';
import { hears, reachable } from './manifest.ts';
import type { FakeMessage } from './message.ts';
import { keep, threadRoot } from './messages.ts';
import {
  changeEvent,
  clickPayload,
  commandPayload,
  eventPayload,
  messageEvent,
  shortcutPayload,
  suggestionPayload,
  viewPayload,
} from './payloads.ts';
import type { Places } from './places.ts';
import { checkRequired, enter, type FormValues, offered, stateOf } from './view-values.ts';
import { close, type FakeView, isCovered } from './view.ts';
import { changed } from '../wait.ts';
import { known, type Channel, type User, type World } from './world.ts';

/** Who acts and where; an ordinary person in the ordinary channel unless told. Both are ids. */
interface Actor {
  readonly user?: string | undefined;
  readonly channel?: string | undefined;
}

interface Words extends Actor {
  readonly text: string;
  /** `text` is what they type, and the bot hears what Slack makes of it; else what it hears. */
  readonly asTyped?: boolean | undefined;
  /** A message that this answers in its thread. */
  readonly threadTs?: string | undefined;
  readonly files?: readonly FakeFile[] | undefined;
}

interface Click {
  readonly message?: FakeMessage;
  readonly view?: FakeView;
  readonly actionId: string;
  /** Where several controls have that action_id. */
  readonly blockId?: string | undefined;
  /** The value of the chosen option, for selects; several for checkboxes. A button has its own. */
  readonly value?: string | readonly string[];
  readonly user?: string;
  /** Not by Slack's client, which would not let this person do it. */
  readonly forged?: boolean;
}

interface Submission {
  readonly view: FakeView;
  /** What is filled in besides what was entered before. */
  readonly values?: FormValues;
  readonly user?: string;
  readonly forged?: boolean;
}

export interface People {
  command(input: Actor & { readonly command: string; readonly text?: string }): FakeAct;
  /** Says something with the bot's name in it; the name is put in front unless the text has it. */
  mention(input: Words): FakeAct;
  /** Says something that the bot is not told about. */
  say(input: Words): FakeMessage;
  /** Says something to the bot directly: a `message` event with channel_type `im`. */
  directMessage(input: Omit<Words, 'channel'>): FakeAct;
  /** Changes what they have said to the bot directly. */
  editDirectMessage(message: FakeMessage, text: string): FakeAct;
  /** Something else that appears there, as a workflow posts it. */
  postedByWorkflow(input: { text: string; user?: string }): FakeAct;
  messageShortcut(input: { callbackId: string; message: FakeMessage; user?: string }): FakeAct;
  click(input: Click): FakeAct;
  /** Enters something into a form; nobody is told of it yet. */
  fillIn(view: FakeView, values: FormValues): void;
  /** Types into a select that asks for its options; `select` is its block_id or action_id. */
  suggest(input: { view: FakeView; select: string; typed?: string }): FakeAct;
  submitView(input: Submission): FakeAct;
  /** The bot hears of it only if the view asked for that. */
  closeView(view: FakeView): FakeAct | undefined;
  /** A file that somebody has uploaded, to say something with or to put into a form. */
  addFile(input: { name: string; bytes: Uint8Array; user?: string }): FakeFile;
  /** The owner of the workspace removes the app: its bot token is dead, and the bot is told of both. */
  uninstall(): FakeAct;
}

export function createPeople(world: World, courier: Courier, places: Places): People {
  const userOf = (id: string | undefined): User => known(world.users, id ?? places.person.id, 'user');
  const channelOf = (id: string | undefined): Channel =>
    known(world.channels, id ?? places.channel.id, 'channel');

  const act = (facts: ActFacts, payload: (act: FakeAct) => Record<string, unknown>): FakeAct => {
    const one = new FakeAct(world, facts);
    courier.deliver(one, payload(one));
    changed(world);
    return one;
  };

  const say: People['say'] = ({ text, user, channel: channelId, threadTs, files = [] }) => {
    const channel = channelOf(channelId);
    if (channel.archived) throw new Error(`${channel.name} is archived`);
    if (threadTs !== undefined && !threadRoot(world, channel, threadTs))
      throw new Error(`there is no message ${threadTs} in ${channel.name}`);

    const thread = threadTs === undefined ? {} : { threadTs };
    const version = { at: Date.now(), text, blocks: [], images: [] };
    const message = keep(world, { channel, user: userOf(user), ...thread }, version);
    message.files.push(...files);
    for (const file of files) file.shares.push(message);
    return message;
  };

  const heardAs = ({ text, asTyped = false }: Omit<Words, 'channel'>) => (asTyped ? messageText(text) : text);

  const tell = (message: FakeMessage, type: 'app_mention' | 'message'): FakeAct => {
    const facts = { kind: 'event', label: `${type} "${message.text}"`, message } as const;
    const { user, channel } = message;
    return act({ ...facts, user, channel }, () =>
      eventPayload(world, messageEvent(world, message, type), channel),
    );
  };

  const heard = (message: FakeMessage, subtype: 'message_changed' | 'message_deleted'): FakeAct => {
    const { user, channel } = message;
    const facts = { kind: 'event', label: `${subtype} "${message.text}"`, user, channel, message } as const;
    return act(facts, () => eventPayload(world, changeEvent(world, message, subtype), channel));
  };
  // whoever hears of direct messages hears of their own ones, and of each edit
  world.changes.on('echo', (message: FakeMessage, subtype?: 'message_changed' | 'message_deleted') => {
    if (!world.manifest || message.channel.kind !== 'im' || !hears(world, 'message.im', 'im:history')) return;
    if (subtype) heard(message, subtype);
    else tell(message, 'message');
  });

  const clicked = (
    view: FakeView | undefined,
    control: Control,
    value: Click['value'],
  ): Record<string, unknown> => {
    const head = { type: control.type, action_id: control.action_id, block_id: control.blockId };
    if (control.type === 'button') {
      const { text, style } = control;
      return {
        ...head,
        text,
        ...(style ? { style } : {}),
        ...(control.value ? { value: control.value } : {}),
      };
    }
    const values = value === undefined ? [] : typeof value === 'string' ? [value] : value;
    const options = values.map((one) => offered(view, control, one));
    if (/^(?:multi_|checkboxes)/.test(control.type)) return { ...head, selected_options: options };
    if (!options[0]) throw new Error(`${control.action_id} needs a value`);
    return { ...head, selected_option: options[0] };
  };

  return {
    say,
    command({ command, text = '', user, channel }) {
      reachable.command(world, command);
      const facts = { kind: 'command', label: [command, text].join(' ').trim() } as const;
      const where = channelOf(channel);
      if (where.archived) throw new Error(`${where.name} is archived`);
      return act({ ...facts, user: userOf(user), channel: where }, (one) =>
        commandPayload(world, one, command, commandText(text.trim())),
      );
    },
    mention(input) {
      reachable.event(world, 'app_mention', 'app_mentions:read');
      const channel = channelOf(input.channel);
      if (!channel.botIsMember)
        throw new Error(`the bot is not in ${channel.name}, so it hears of no mentions`);
      const name = `<@${world.bot.id}>`;
      const said = heardAs(input);
      const text = said.includes(name) ? said : `${name} ${said}`;
      return tell(say({ ...input, text }), 'app_mention');
    },
    directMessage(input) {
      reachable.messagesTab(world);
      reachable.event(world, 'message.im', 'im:history');
      const { id } = places.directChannel(userOf(input.user).id);
      return tell(say({ ...input, text: heardAs(input), channel: id }), 'message');
    },
    editDirectMessage(message, text) {
      message.edits.push({ at: Date.now(), text, blocks: [], images: [] });
      return heard(message, 'message_changed');
    },
    postedByWorkflow({ text, user }) {
      const channel = places.directChannel(userOf(user).id);
      const facts = { kind: 'event', label: `workflow "${text}"`, user: userOf(user), channel } as const;
      const ts = world.nextTs();
      const event = {
        type: 'message',
        subtype: 'bot_message',
        bot_id: 'B0THER',
        text,
        channel: channel.id,
        channel_type: 'im',
        ts,
        event_ts: ts,
      };
      return act(facts, () => eventPayload(world, event, channel));
    },
    messageShortcut({ callbackId, message, user }) {
      reachable.shortcut(world, callbackId);
      if (message.deleted || message.ephemeral)
        throw new Error('shortcuts need a message that is there for all');
      const facts = { kind: 'message_action', label: `shortcut ${callbackId}`, message } as const;
      return act({ ...facts, user: userOf(user), channel: message.channel }, (one) =>
        shortcutPayload(world, one, callbackId, message),
      );
    },
    click({ message, view, actionId, blockId, value, user, forged = false }) {
      reachable.interactivity(world);
      const place = message ?? view;
      if (!place) throw new Error('a click needs a message or a view');
      const control = place.controls.find(
        (one) => one.action_id === actionId && (blockId === undefined || one.blockId === blockId),
      );
      if (!control) throw new Error(`there is no ${actionId}: ${place.describe()}`);
      if (control.silent) throw new Error(`nobody is told of ${actionId} before the form is submitted`);
      if (message?.deleted || view?.closed) throw new Error(`it is gone: ${place.describe()}`);
      if (view && isCovered(world, view)) throw new Error(`another form covers it: ${place.describe()}`);
      const who = userOf(user ?? message?.ephemeralTo ?? view?.user.id);
      const sees = message ? [undefined, who.id].includes(message.ephemeralTo) : view?.user === who;
      if (!sees && !forged) throw new Error(`${who.name} cannot see this: ${place.describe()}`);
      const action = clicked(view, control, value);
      if (view && value !== undefined && control.type !== 'overflow')
        enter(world, view, { [control.blockId]: value });
      const facts = { kind: 'block_actions', label: `${control.type} ${actionId}`, message, view } as const;
      return act({ ...facts, user: who, channel: message?.channel }, (one) =>
        clickPayload(world, one, action),
      );
    },
    fillIn(view, values) {
      enter(world, view, values);
    },
    suggest({ view, select, typed = '' }) {
      reachable.suggestions(world);
      const control = view.controls.find((one) => [one.blockId, one.action_id].includes(select));
      if (!control || !/^(?:multi_)?external_select$/.test(control.type))
        throw new Error(`${select} does not ask for its options`);
      if (typed.length < (control.min_query_length ?? 3))
        throw new Error(`${select} does not ask before more is typed`);
      const facts = { kind: 'block_suggestion', label: `typed "${typed}" in ${select}`, view } as const;
      const asked = act({ ...facts, user: view.user }, (one) =>
        suggestionPayload(world, one, view, { control, typed }),
      );
      asked.acknowledged.then(
        () => view.suggested.set(control.blockId, asked.options),
        () => undefined,
      );
      return asked;
    },
    submitView({ view, values = {}, user, forged = false }) {
      reachable.interactivity(world);
      const who = user === undefined ? view.user : userOf(user);
      if (view.closed) throw new Error(`it is closed: ${view.describe()}`);
      if (isCovered(world, view)) throw new Error(`another form covers it: ${view.describe()}`);
      if (who !== view.user && !forged) throw new Error(`${who.name} cannot see this: ${view.describe()}`);
      if (view.body.type !== 'modal' || !view.body.submit) throw new Error('only forms are submitted');
      enter(world, view, values);
      const state = stateOf(world, view);
      checkRequired(view, state);
      view.errors = {};
      const facts = {
        kind: 'view_submission',
        label: `view ${view.callbackId}`,
        user: who,
        view,
      } as const;
      return act(facts, (one) => viewPayload(world, one, view, state));
    },
    closeView(view) {
      if (view.closed) throw new Error(`it is closed: ${view.describe()}`);
      const { body } = view;
      close(world, view, body.type === 'modal' && body.clear_on_close === true);
      if (body.type !== 'modal' || !body.notify_on_close) return undefined;
      const facts = {
        kind: 'view_closed',
        label: `close ${view.callbackId}`,
        user: view.user,
        view,
      } as const;
      return act(facts, (one) => viewPayload(world, one, view, {}));
    },
    addFile({ name, bytes, user }) {
      const file = new FakeFile(world, {
        name,
        bytes: Buffer.from(bytes),
        userId: userOf(user).id,
        state: 'complete',
      });
      process(world, file);
      return file;
    },
    uninstall() {
      reachable.event(world, 'app_uninstalled');
      world.faults.revoked = 'account_inactive';
      const event = (type: string, more: object = {}): FakeAct => {
        const facts = { kind: 'event', label: type, user: userOf(undefined) } as const;
        return act(facts, () => eventPayload(world, { type, ...more, event_ts: world.nextTs() }));
      };
      event('tokens_revoked', { tokens: { oauth: [], bot: [world.bot.id] } });
      return event('app_uninstalled');
    },
  };
}
