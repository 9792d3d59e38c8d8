/** What people ask of a bot that may die at any moment, and what they get to see: the fakes' own records decide. */
import type { Random } from '../fakes/random.ts';
import { pngText } from '../../src/templates/files/png-text.ts';
import type { Servers } from './servers.ts';

/** One message of the bot, in the same words for both chats. */
export interface Seen {
  id: string;
  channel: string;
  /** The text of every version, oldest first. */
  texts: string[];
  /** Pictures of the present version. */
  pictures: Uint8Array[];
  waits: boolean;
  private: boolean;
  /** When the present version was made, in ms since 1970. */
  endedAt: number;
}

export interface Order {
  /** Unique, and in the prompt, so that messages and pictures say whose they are. */
  key: string;
  chat: 'discord' | 'slack';
  template: 'sketch' | 'many';
  /** `unheard`: the chat told its person that the bot did not answer. */
  heard: 'not yet' | 'acknowledged' | 'unheard';
  /** In ms since 1970. */
  askedAt: number;
  /** Every message that belongs to it, deleted ones not. */
  messages: () => Seen[];
}

export interface Orders {
  readonly all: readonly Order[];
  /** Asks for a picture, somewhere; undefined when no bot is there to hear it. */
  ask(): Order | undefined;
  /** Asked, perhaps acknowledged, and without an end. */
  open(): Order[];
}

export interface Crowd {
  guilds: number;
  people: number;
  /** The share that asks for more pictures than fit into a message. */
  many?: number;
  steps?: () => number;
  chats?: readonly Order['chat'][];
}

export const PICTURES = { sketch: 1, many: 12 } as const;
const MAX_TEXT = 1_000_000;

export function createOrders(servers: Servers, random: Random, crowd: Crowd): Orders {
  const { discord, slack } = servers;
  const guilds = Array.from({ length: crowd.guilds }, () => {
    const { id } = discord.addGuild();
    return { guild: id, channel: discord.addChannel({ guild: id }).id };
  });
  const users = Array.from({ length: crowd.people }, () => discord.addUser().id);
  const members = Array.from({ length: crowd.people }, () => slack.addUser().id);
  const all: Order[] = [];
  const unfinished = new Set<Order>();

  function add(chat: Order['chat'], template: Order['template'], key: string, messages: () => Seen[]): Order {
    const order: Order = { key, chat, template, heard: 'not yet', askedAt: Date.now(), messages };
    all.push(order);
    unfinished.add(order);
    return order;
  }

  function listen(order: Order, acknowledged: Promise<void>): void {
    acknowledged.then(
      () => (order.heard = 'acknowledged'),
      () => (order.heard = 'unheard'),
    );
  }

  function onDiscord(key: string, template: Order['template'], steps: number): Order | undefined {
    if (discord.gateway.connected === 0) return undefined;
    const place = random.pick(guilds);
    const user = random.pick(users);
    // the options are checked before anything is sent, so that this is heard or throws
    const order = add('discord', template, key, () =>
      discord
        .messagesIn(place.channel)
        .concat(discord.directMessages(user))
        .filter(
          (message) => message.edits.some(({ content }) => content.includes(key)) || belongs(message.origin),
        )
        .map((message) => ({
          id: message.id,
          channel: message.channelId,
          texts: message.edits.map(({ content }) => content),
          pictures: message.attachments.map(({ bytes }) => bytes),
          waits: message.loading || message.buttons.some(({ label }) => label === 'Cancel'),
          private: message.ephemeral,
          endedAt: message.now.at,
        })),
    );
    let interaction: string | undefined;
    const belongs = (origin: { interaction?: { id: string } }) =>
      interaction !== undefined && origin.interaction?.id === interaction;
    discord.slash({ name: template, options: { prompt: key, steps }, user, ...place }).then(
      (asked) => {
        interaction = asked.id;
        return listen(order, asked.acknowledged);
      },
      () => forget(order),
    );
    return order;
  }

  function onSlack(key: string, template: Order['template'], steps: number): Order | undefined {
    const user = random.pick(members);
    const since = slack.messages.length;
    const order = add('slack', template, key, () => {
      const mine = slack.messages.filter(
        ({ deleted, edits }) => !deleted && edits.some(({ text }) => text.includes(key)),
      );
      // a refusal does not say of what
      if (mine.length === 0)
        mine.push(
          ...slack.messages
            .slice(since)
            .filter(({ ephemeralTo }) => ephemeralTo === user)
            .slice(0, 1),
        );
      const roots = new Set(mine.map(({ ts }) => ts));
      const answers = slack.messages.filter(
        (message) => !message.deleted && message.threadTs !== undefined && roots.has(message.threadTs),
      );
      return [...mine, ...answers.filter((message) => !mine.includes(message))].map((message) => ({
        id: message.ts,
        channel: message.channel.id,
        texts: message.edits.map(({ text }) => text),
        pictures: [...message.images, ...message.files].map(({ bytes }) => bytes),
        waits: message.buttons.some(({ text }) => text?.text === 'Cancel') || message.text === 'Got it…',
        private: message.ephemeral,
        endedAt: message.now.at,
      }));
    });
    try {
      const text = `${key} --steps ${steps}`;
      listen(order, slack.command({ command: `/${template}`, text, user }).acknowledged);
      return order;
    } catch {
      return forget(order);
    }
  }

  function forget(order: Order): undefined {
    unfinished.delete(order);
    all.splice(all.indexOf(order), 1);
  }

  return {
    all,
    ask() {
      const key = `order${all.length + 1}x${random.below(1e6)}`;
      const template = random.next() < (crowd.many ?? 0) ? 'many' : 'sketch';
      const steps = crowd.steps?.() ?? 2 + random.below(6);
      return random.pick(crowd.chats ?? ['discord', 'slack']) === 'discord'
        ? onDiscord(key, template, steps)
        : onSlack(key, template, steps);
    },
    open() {
      for (const order of unfinished)
        if (order.heard === 'unheard' || isOver(order)) unfinished.delete(order);
      return [...unfinished];
    },
  };
}

/** Its reply shows an end, in all its parts, or it was taken away with a private word. */
export function isOver(order: Order): boolean {
  const messages = order.messages();
  if (!messages.some(isFinal)) return false;
  const failed = messages.some((message) => isFinal(message) && !succeeded(message));
  return failed || picturesOf(messages).length >= PICTURES[order.template];
}

const LIVE =
  /^$|^Got it…$|in line: |in the backend’s own queue|Starting…|trying again…|\d+ %|fetching the result…|I(?:’ll|’ve been) (?:keep )?trying\.|Cancelling…/;

export function isFinal(message: Seen): boolean {
  return !message.waits && isFinalText(message.texts.at(-1) ?? '');
}

export function isFinalText(text: string): boolean {
  return text.includes('Done in') || !LIVE.test(text);
}

export function succeeded({ texts }: Seen): boolean {
  return texts.at(-1)?.includes('Done in') ?? false;
}

export function picturesOf(messages: Seen[]): Uint8Array[] {
  return messages.flatMap(({ pictures }) => pictures);
}

/** The picture was made for this order: its graph, which ComfyUI writes into it, says so. One made smaller has lost it. */
export function isOf({ key }: Order, picture: Uint8Array): boolean {
  if (Buffer.from(picture).toString('latin1', 0, 4) === 'RIFF') return true;
  try {
    return pngText({ name: key, bytes: picture }, 'prompt', MAX_TEXT)?.includes(key) ?? false;
  } catch {
    // not whole
    return false;
  }
}
