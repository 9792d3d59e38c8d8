/** What Discord refuses for what it says: AutoMod's words, and whatever else a test wants refused by its content. */
import { flatten } from './component-walk.ts';
import type { MessageOrigin, MessageVersion } from './message.ts';
import { Refusal } from './refusal.ts';
import type { World } from './world.ts';

/** A message, or an edit of one, as a rule sees it. */
export interface Seen {
  /** All that people read: words, labels, the names and descriptions of files. */
  readonly text: string;
  readonly content: string;
  readonly hasComponents: boolean;
  readonly files: readonly string[];
  /** Said in a server, with an interaction's token, by an application whose bot is no member there. */
  readonly visiting: boolean;
  readonly direct: boolean;
}

export interface ContentRule {
  readonly when: (seen: Seen) => boolean;
  readonly status: number;
  readonly code: number;
  readonly message: string;
  /** For 50035: the field that is named, e.g. `components.0`. */
  readonly field?: string;
}

/** As on Discord: AutoMod overlooks the bots of a server, and not what people bring along for themselves. */
export function autoModRule(words: readonly string[]): ContentRule {
  const lower = words.map((word) => word.toLowerCase());
  return {
    when: ({ text, visiting }) => visiting && lower.some((word) => text.toLowerCase().includes(word)),
    status: 400,
    code: 200_000,
    message: 'Message was blocked by automatic moderation',
  };
}

/** Throws the refusal of the first rule that minds it. */
export function moderate(
  world: World,
  origin: Omit<MessageOrigin, 'id'>,
  version: MessageVersion,
  before: MessageVersion | undefined,
): void {
  if (world.faults.contentRules.length === 0) return;
  const seen = look(world, origin, version, before);
  const rule = world.faults.contentRules.find(({ when }) => when(seen));
  if (!rule) return;
  const { status, code, message, field } = rule;
  const errors = field === undefined ? undefined : nested(field.split('.'));
  throw new Refusal(status, code, message, { expected: true, ...(errors && { errors }) });
}

type Tree = NonNullable<Refusal['extras']['errors']>;

function nested([first, ...rest]: string[]): Tree {
  if (first === undefined) return { _errors: [{ code: 'BLOCKED', message: 'Not allowed' }] };
  return { [first]: nested(rest) };
}

function look(
  world: World,
  origin: Omit<MessageOrigin, 'id'>,
  version: MessageVersion,
  before: MessageVersion | undefined,
): Seen {
  const guild = origin.guildId === undefined ? undefined : world.guilds.get(origin.guildId);
  const added = version.attachments.filter((file) => !before?.attachments.includes(file));
  const labels = flatten(version.components).flatMap(({ label, content }) => [label, content]);
  const files = added.map(({ filename }) => filename);
  const texts = [version.content, JSON.stringify(version.embeds), ...labels, ...files];
  return {
    text: [...texts, ...added.map(({ description }) => description)].filter(Boolean).join('\n'),
    content: version.content,
    hasComponents: version.components.length > 0,
    files,
    visiting: origin.interaction !== undefined && guild !== undefined && !guild.installed,
    direct: origin.guildId === undefined,
  };
}
