/** files.*: the upload in three steps, each in its turn, and what Slack knows about a file. */
import { z } from 'zod';
import { checkBlocks } from './block-rules.ts';
import { FakeFile, fileJson, startProcessing } from './file.ts';
import { keep, threadRoot, writableChannel } from './messages.ts';
import { count, id, json, method, type MethodTable, text, ts } from './method.ts';
import { Refusal } from './refusal.ts';
import { changed } from '../wait.ts';
import type { World } from './world.ts';

const MAX_FILE = 1024 ** 3;
/** Characters: https://docs.slack.dev/reference/methods/files.getUploadURLExternal, `alt_txt_too_large`. */
const MAX_ALT = 1000;
const completed = z
  .array(
    z.strictObject({ id: z.string(), title: z.string().optional(), highlight_type: z.string().optional() }),
  )
  .min(1);

/** A file that a person or Slack removed is gone without the bot's fault. */
function findFile(world: World, fileId: string): FakeFile {
  const file = world.files.get(fileId);
  if (file && !file.deleted && file.state === 'complete') return file;
  // so is one that was never completed, which a bot that was restarted may ask for
  throw new Refusal(file?.deleted ? 'file_deleted' : 'file_not_found', { expected: file !== undefined });
}

export const fileMethods: MethodTable = {
  ...method(
    'files.getUploadURLExternal',
    ['files:write'],
    { filename: id, length: count, alt_txt: text, alt_text: text, snippet_type: text },
    (world, args) => {
      const { length } = args;
      if (length === undefined || length === 0 || length > MAX_FILE)
        throw new Refusal('invalid_arguments', {
          messages: [`length ${length} is not between 1 and ${MAX_FILE}`],
        });

      if ((args.alt_txt?.length ?? 0) > MAX_ALT) throw new Refusal('alt_txt_too_large');
      const file = new FakeFile(world, {
        name: args.filename,
        userId: world.bot.id,
        length,
        state: 'promised',
      });
      // its reference says alt_txt; its library's types say alt_text, of which Slack knows nothing
      file.altText = args.alt_txt;
      return { upload_url: `${world.origin}/upload/v1/${file.id}`, file_id: file.id };
    },
  ),
  ...method(
    'files.completeUploadExternal',
    ['files:write'],
    {
      files: json,
      channel_id: text,
      channels: text,
      thread_ts: ts.optional(),
      initial_comment: text,
      blocks: json,
    },
    (world, args) => {
      const list = completed.safeParse(args.files);
      if (!list.success)
        throw new Refusal('invalid_arguments', { messages: ['files must be a list of {id, title}'] });
      const channelId = args.channel_id ?? args.channels;
      const channel = channelId === undefined ? undefined : shareChannel(world, channelId, args.thread_ts);
      const files = list.data.map((one) => ready(world, one.id, one.title));
      const { blocks, images } =
        args.blocks === undefined ? { blocks: [], images: [] } : checkBlocks(world, args.blocks);
      for (const file of files) file.state = 'complete';
      let left = files.length;
      const share = (): void => {
        left -= 1;
        if (left > 0 || !channel) return;
        const version = { at: Date.now(), text: args.initial_comment ?? '', blocks, images };
        const thread = args.thread_ts === undefined ? {} : { threadTs: args.thread_ts };
        const message = keep(world, { channel, user: world.bot, ...thread }, version);
        message.files.push(...files);
        for (const file of files) file.shares.push(message);
        changed(world);
      };
      for (const file of files) startProcessing(world, file, share);
      return { files: files.map((file) => fileJson(world, file)) };
    },
  ),
  ...method(
    'files.info',
    ['files:read'],
    { file: id, count, page: count, limit: count, cursor: text },
    (world, args) => {
      const file = findFile(world, args.file);
      if (!file.visibleToBot(world)) throw new Refusal('file_not_found', { expected: true });
      return { file: fileJson(world, file), comments: [] };
    },
  ),
  ...method('files.delete', ['files:write'], { file: id }, (world, args) => {
    const file = findFile(world, args.file);
    if (file.userId !== world.bot.id) throw new Refusal('cant_delete_file');
    file.deleted = true;
    changed(world);
    return {};
  }),
  ...method('files.sharedPublicURL', [], { file: id }, () => ({}), 'user'),
};

function shareChannel(world: World, channelId: string, threadTs: string | undefined) {
  const channel = writableChannel(world, channelId);
  if (channelId !== channel.id)
    throw new Refusal('channel_not_found', { messages: ['not a user: open a DM first'] });
  if (threadTs !== undefined && !threadRoot(world, channel, threadTs))
    world.violations.push(
      `files.completeUploadExternal: there is no message ${threadTs} to answer in a thread`,
    );

  return channel;
}

function ready(world: World, fileId: string, title: string | undefined): FakeFile {
  const file = world.files.get(fileId);
  if (!file || file.userId !== world.bot.id) throw new Refusal('file_not_found');
  if (file.state === 'promised')
    throw new Refusal('file_not_found', { messages: [`${fileId} was not uploaded yet`] });
  if (file.state === 'complete')
    throw new Refusal('file_update_failed', { messages: [`${fileId} is complete already`] });
  if (title !== undefined) file.title = title;
  return file;
}
