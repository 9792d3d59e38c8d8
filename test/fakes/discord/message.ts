/** A message as it stands, with everything that it has been: tests hold on to it while the bot edits it. */
import type { Components } from './component-schema.ts';
import { flatten, type FlatComponent } from './component-walk.ts';
import { type Embed, MessageFlag } from './message-schema.ts';
import type { FakeFile, User } from './world.ts';

export interface MessageVersion {
  /** `Date.now()` of this version. */
  readonly at: number;
  readonly content: string;
  readonly embeds: readonly Embed[];
  readonly components: Components;
  readonly attachments: readonly FakeFile[];
  readonly flags: number;
}

export interface MessageOrigin {
  readonly id: string;
  readonly channelId: string;
  readonly guildId: string | undefined;
  readonly author: User;
  /** 0 plain, 19 a reply, 20 the answer to a slash command. */
  readonly type: number;
  /** Set on everything that was sent with an interaction's token. */
  readonly interaction?: { readonly id: string; readonly type: number; readonly user: User };
  readonly replyTo?: string;
  /** Told apart by it: posted again with `enforce_nonce` it is the same message, for some minutes. */
  readonly nonce?: string;
}

export class FakeMessage {
  readonly origin: MessageOrigin;
  /** Every version, the first included; the last one is the present. */
  readonly edits: MessageVersion[];
  deleted = false;
  /** What these words and these allowed mentions would have pinged, over the whole life of the message. */
  readonly pings: string[] = [];

  constructor(origin: MessageOrigin, first: MessageVersion) {
    this.origin = origin;
    this.edits = [first];
  }

  get id(): string {
    return this.origin.id;
  }

  get channelId(): string {
    return this.origin.channelId;
  }

  get now(): MessageVersion {
    const last = this.edits.at(-1);
    if (!last) throw new Error('a message has at least one version');
    return last;
  }

  get content(): string {
    return this.now.content;
  }

  get embeds(): readonly Embed[] {
    return this.now.embeds;
  }

  get components(): Components {
    return this.now.components;
  }

  get attachments(): readonly FakeFile[] {
    return this.now.attachments;
  }

  get flags(): number {
    return this.now.flags;
  }

  get ephemeral(): boolean {
    return (this.flags & MessageFlag.ephemeral) !== 0;
  }

  /** Still "thinking…": deferred and not yet filled in. */
  get loading(): boolean {
    return (this.flags & MessageFlag.loading) !== 0;
  }

  get componentsV2(): boolean {
    return (this.flags & MessageFlag.componentsV2) !== 0;
  }

  /** Everything that a person can read: content, embeds and text displays, one per line. */
  get text(): string {
    return visibleText(this.now);
  }

  /** Every component, nested ones included. */
  get flatComponents(): readonly FlatComponent[] {
    return flatten(this.components);
  }

  get buttons(): readonly FlatComponent[] {
    return this.flatComponents.filter((component) => component.type === 2);
  }

  /** The message as a test's error should show it. */
  describe(): string {
    const start = this.edits[0]?.at ?? 0;
    const versions = this.edits.map((version) => {
      const buttons = flatten(version.components).filter((component) => component.type === 2);
      const files = version.attachments.map((file) => `${file.filename} (${file.size} B)`);
      return [
        `  +${version.at - start} ms`,
        JSON.stringify(visibleText(version)),
        buttons.length > 0 ? `buttons ${buttons.map((one) => one.label ?? one.custom_id).join(', ')}` : '',
        files.length > 0 ? `files ${files.join(', ')}` : '',
        (version.flags & MessageFlag.loading) === 0 ? '' : '(thinking)',
      ]
        .filter((part) => part !== '')
        .join(' ');
    });
    return [`message ${this.id}${this.deleted ? ' (deleted)' : ''}`, ...versions].join('\n');
  }
}

function visibleText(version: MessageVersion): string {
  const embeds = version.embeds.flatMap((embed) => [
    embed.author?.name,
    embed.title,
    embed.description,
    ...(embed.fields ?? []).flatMap((field) => [field.name, field.value]),
    embed.footer?.text,
  ]);
  const displays = flatten(version.components).map((component) => component.content);
  return [version.content, ...embeds, ...displays].filter((part) => part).join('\n');
}
