/** Files: uploads of the bot and of people, which Slack looks at for a while before they can be used. */
import { newId } from './ids.ts';
import type { FakeMessage } from './message.ts';
import { later } from './later.ts';
import { changed } from '../wait.ts';
import type { World } from './world.ts';

/** The moments of an upload: asked for, sent, completed; a person's file is complete at once. */
export type UploadState = 'promised' | 'received' | 'complete';

export class FakeFile {
  readonly id: string;
  readonly name: string;
  readonly userId: string;
  readonly urlPrivate: string;
  readonly permalink: string;
  readonly createdAt = Date.now();
  title: string;
  altText: string | undefined;
  bytes: Buffer;
  state: UploadState;
  /** What was promised for the upload. */
  readonly length: number;
  /** Empty until Slack has processed the file. */
  mimetype = '';
  processed = false;
  deleted = false;
  /** The messages that carry it. */
  readonly shares: FakeMessage[] = [];

  constructor(
    world: World,
    input: { name: string; userId: string; bytes?: Buffer; length?: number; state: UploadState },
  ) {
    this.id = newId('F');
    this.name = input.name;
    this.title = input.name;
    this.userId = input.userId;
    this.bytes = input.bytes ?? Buffer.alloc(0);
    this.length = input.length ?? this.bytes.length;
    this.state = input.state;
    const name = encodeURIComponent(input.name.toLowerCase().replaceAll(/\s/g, '_'));
    this.urlPrivate = `${world.origin}/files-pri/${world.teamId}-${this.id}/${name}`;
    this.permalink = `${world.origin}/files/${input.userId}/${this.id}/${name}`;
    world.files.set(this.id, this);
  }

  get size(): number {
    return this.bytes.length;
  }

  /** Its own, or shared where the bot is. */
  visibleToBot(world: World): boolean {
    if (this.userId === world.bot.id) return this.state === 'complete';
    return this.shares.length === 0 || this.shares.some((message) => message.channel.botIsMember);
  }

  describe(): string {
    const marks = [this.state, this.processed ? 'processed' : 'not processed', this.mimetype];
    return [this.id, this.name, ...marks, this.deleted ? 'deleted' : ''].filter((one) => one).join(' ');
  }
}

const TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  txt: 'text/plain',
  json: 'application/json',
};

function extension(file: FakeFile): string {
  return /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
}

/** Only these can be a picture in a block. */
export function isPicture(file: FakeFile): boolean {
  return ['image/png', 'image/jpeg', 'image/gif'].includes(file.mimetype);
}

export function process(world: World, file: FakeFile): void {
  file.processed = true;
  file.mimetype = TYPES[extension(file)] ?? 'application/octet-stream';
  changed(world);
}

/** Slack's malware scan and the making of thumbnails, after which `done` runs. */
export function startProcessing(world: World, file: FakeFile, done: () => void): void {
  const finish = (): void => {
    // a change that this very processing makes wakes the listener again
    if (file.processed) return;
    process(world, file);
    done();
  };
  if (!world.faults.holdFiles) {
    later(world, world.settings.fileProcessingMs, finish);
    return;
  }
  const released = (): void => {
    if (world.faults.holdFiles) return;
    world.changes.off('change', released);
    finish();
  };
  world.changes.on('change', released);
}

export function fileJson(world: World, file: FakeFile): Record<string, unknown> {
  const type = extension(file);
  const isImage = file.mimetype.startsWith('image/');
  const shares = (kind: 'public' | 'private'): Record<string, unknown> =>
    Object.fromEntries(
      file.shares
        .filter((message) => (message.channel.kind === 'public') === (kind === 'public'))
        .map((message) => [
          message.channel.id,
          [{ ts: message.ts, ...(message.threadTs ? { thread_ts: message.threadTs } : {}) }],
        ]),
    );
  return {
    id: file.id,
    created: Math.floor(file.createdAt / 1000),
    timestamp: Math.floor(file.createdAt / 1000),
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.processed ? type : '',
    pretty_type: file.processed ? type.toUpperCase() : '',
    user: file.userId,
    user_team: world.users.get(file.userId)?.teamId ?? world.teamId,
    editable: false,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: file.shares.some((message) => message.channel.kind === 'public'),
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: file.urlPrivate,
    url_private_download: file.urlPrivate.replace('/files-pri/', '/files-pri/download/'),
    permalink: file.permalink,
    has_rich_preview: false,
    file_access: 'visible',
    comments_count: 0,
    channels: file.shares.flatMap(({ channel }) => (channel.kind === 'public' ? [channel.id] : [])),
    groups: file.shares.flatMap(({ channel }) => (channel.kind === 'private' ? [channel.id] : [])),
    ims: file.shares.flatMap(({ channel }) => (channel.kind === 'im' ? [channel.id] : [])),
    shares: { public: shares('public'), private: shares('private') },
    ...(file.altText ? { alt_txt: file.altText } : {}),
    ...(file.processed && isImage
      ? {
          thumb_64: `${file.urlPrivate}?thumb=64`,
          thumb_360: `${file.urlPrivate}?thumb=360`,
          original_w: 64,
          original_h: 64,
        }
      : {}),
  };
}
