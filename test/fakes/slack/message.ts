/** A message as it stands, with everything that it has been: tests hold on to it while the bot changes it. */
import type { Block } from './block-schema.ts';
import { controlsIn, type Control, textsIn } from './block-walk.ts';
import type { FakeFile } from './file.ts';
import type { Channel, User } from './world.ts';

export interface MessageVersion {
  /** `Date.now()` of this version. */
  readonly at: number;
  /** The top-level text: the whole message, or what notifications and screen readers get when there are blocks. */
  readonly text: string;
  readonly blocks: readonly Block[];
  /** Slack files shown by the blocks. */
  readonly images: readonly FakeFile[];
}

export interface MessageOrigin {
  readonly ts: string;
  readonly channel: Channel;
  readonly user: User;
  readonly threadTs?: string;
  /** Only this person sees it. */
  readonly ephemeralTo?: string;
}

export class FakeMessage {
  readonly origin: MessageOrigin;
  /** Every version, the first included; the last one is the present. */
  readonly edits: MessageVersion[];
  /** Files that hang on the message, as an upload to a channel makes it. */
  readonly files: FakeFile[] = [];
  readonly reactions: string[] = [];
  /** Whom these words would have notified, over the whole life of the message. */
  readonly pings: string[] = [];
  deleted = false;

  constructor(origin: MessageOrigin, first: MessageVersion) {
    this.origin = origin;
    this.edits = [first];
  }

  get ts(): string {
    return this.origin.ts;
  }

  get channel(): Channel {
    return this.origin.channel;
  }

  get user(): User {
    return this.origin.user;
  }

  get threadTs(): string | undefined {
    return this.origin.threadTs;
  }

  get ephemeralTo(): string | undefined {
    return this.origin.ephemeralTo;
  }

  get ephemeral(): boolean {
    return this.origin.ephemeralTo !== undefined;
  }

  get now(): MessageVersion {
    const last = this.edits.at(-1);
    if (!last) throw new Error('a message has at least one version');
    return last;
  }

  get text(): string {
    return this.now.text;
  }

  get blocks(): readonly Block[] {
    return this.now.blocks;
  }

  /** Slack files shown by the blocks, in order. */
  get images(): readonly FakeFile[] {
    return this.now.images;
  }

  /** Everything that a person can read: the blocks' words, or the text where there are no blocks. */
  get visible(): string {
    return visibleText(this.now);
  }

  get controls(): readonly Control[] {
    return controlsIn(this.blocks);
  }

  get buttons(): readonly Control[] {
    return this.controls.filter((control) => control.type === 'button');
  }

  /** The message as a test's error should show it. */
  describe(): string {
    const start = this.edits[0]?.at ?? 0;
    const versions = this.edits.map((version) => {
      const buttons = controlsIn(version.blocks).map((one) => one.text?.text ?? one.action_id);
      return [
        `  +${version.at - start} ms`,
        JSON.stringify(visibleText(version)),
        buttons.length > 0 ? `controls ${buttons.join(', ')}` : '',
        version.images.length > 0 ? `images ${version.images.map((one) => one.name).join(', ')}` : '',
      ]
        .filter((part) => part !== '')
        .join(' ');
    });
    const marks = [
      this.deleted ? '(deleted)' : '',
      this.ephemeral ? `(only ${this.ephemeralTo} sees it)` : '',
      this.threadTs ? `(in thread ${this.threadTs})` : '',
      this.files.length > 0 ? `files ${this.files.map((one) => one.name).join(', ')}` : '',
    ].filter((mark) => mark !== '');
    const head = `message ${this.ts} of ${this.user.name} in ${this.channel.name}`;
    return [[head, ...marks].join(' '), ...versions].join('\n');
  }
}

function visibleText(version: MessageVersion): string {
  if (version.blocks.length === 0) return version.text;
  return textsIn(version.blocks)
    .map((one) => one.text)
    .join('\n');
}
