/**
 * What of a final reply stands beside its message: in its thread; where that takes none, in the person's direct messages;
 * and where neither does, its name with Slack's reason.
 */
import { bodyNamed, withNeutralNames } from '../../../core/bodies.ts';
import type { Job } from '../../../core/job.ts';
import { catalogue } from '../../../i18n/index.ts';
import { ReplyAddress } from '../events/context.ts';
import { blameOf, slackError } from '../errors.ts';
import { isShared, shareFile, type Beside, type Described, type UploadOptions } from './files.ts';
import { directChannel, post } from './message.ts';
import { escape, unlinked } from './render.ts';
import type { ReplyOptions } from './ways.ts';

/** A file that is shared as a message of its own; or pictures that Slack has already, hung on one message together. */
export type Item = Described | { ids: string[] };

/** `from`: what `job.delivered` is before the first of them. Rejects with what may pass; the record says where to go on. */
export async function shareBeside(
  job: Job,
  items: readonly Item[],
  from: number,
  sent: (count: number) => Promise<void>,
  signal: AbortSignal,
  options: ReplyOptions,
): Promise<void> {
  const upload: UploadOptions = { ...options, signal };
  const { client, budget, log, lacking } = options;
  const words = catalogue(job.locale);

  for (const [index, item] of named(items, job).entries()) {
    if (index < job.delivered - from) continue;
    const note = async (change: Partial<ReplyAddress>): Promise<void> => {
      const { sharing: _sharing, hanging: _hanging, ...conversation } = ReplyAddress.parse(job.reply);
      job.reply = { ...conversation, ...change };
      await sent(from + index);
    };
    await anywhere(
      (conversation) =>
        'ids' in item ? hang(item.ids, conversation, note) : share(item, conversation, note),
      item,
    );
    const { sharing: _sharing, hanging: _hanging, ...conversation } = ReplyAddress.parse(job.reply);
    job.reply = conversation;
    await sent(from + index + 1);
  }

  type Note = (change: Partial<ReplyAddress>) => Promise<void>;

  async function anywhere(put: (conversation: Beside) => Promise<void>, item: Item): Promise<void> {
    const { channel, ts, thread, user, direct: known } = ReplyAddress.parse(job.reply);
    const inThread = { channel, thread: thread ?? ts };
    try {
      return await put(known === undefined ? inThread : { channel: known });
    } catch (error) {
      if (blameOf(error) === undefined) throw error;
      lacking(error);
      log.warn({ slack: slackError(error).code, err: error }, 'slack did not take a file');
      if (known !== undefined) return tell(item, error, { channel: known });
    }
    try {
      const direct = await directChannel(user, signal, options);
      await put({ channel: direct });
      const { sharing: _sharing, hanging: _hanging, ...conversation } = ReplyAddress.parse(job.reply);
      job.reply = { ...conversation, direct };
    } catch (error) {
      if (blameOf(error) === undefined) throw error;
      log.error({ slack: slackError(error).code, err: error }, 'slack took a file nowhere');
      await tell(item, error, inThread);
    }
  }

  /** What its person is told instead; when that is refused too, the log has it. */
  async function tell(item: Item, error: unknown, conversation: Beside): Promise<void> {
    const { code = '' } = slackError(error);
    const text =
      'ids' in item ? words.bodies.filesLeftOut(item.ids.length) : words.slack.notUploaded(item.name, code);
    try {
      const link = 'ids' in item ? undefined : await options.fitter.linkTo(item, job, words.files);
      const address = link?.offer?.kind === 'link' ? ` <${link.offer.url}>` : '';
      await post(conversation, { text: unlinked(escape(text)) + address }, signal, options);
    } catch (failure) {
      if (blameOf(failure) === undefined) throw failure;
      log.error({ slack: slackError(failure).code, err: failure }, 'nor could that be told');
    }
  }

  async function share(file: Described, conversation: Beside, note: Note): Promise<void> {
    const { sharing } = ReplyAddress.parse(job.reply);
    if (sharing !== undefined && (await isShared(sharing, upload))) return;
    const before = (id: string) => note({ sharing: id });
    try {
      await shareFile(file, conversation, before, upload, sharing);
    } catch (error) {
      // Slack forgets what was sent and never completed
      if (sharing === undefined || slackError(error).code !== 'file_not_found') throw error;
      await shareFile(file, conversation, before, upload);
    }
  }

  /** Uploaded for a block in which they may not stand. */
  async function hang(ids: string[], conversation: Beside, note: Note): Promise<void> {
    const text = words.bodies.pictures(ids.length);
    const { hanging } = ReplyAddress.parse(job.reply);
    const known = hanging?.startsWith(`${conversation.channel}/`)
      ? hanging.slice(conversation.channel.length + 1)
      : undefined;
    const ts = known ?? (await post(conversation, { text }, signal, options)).ts;
    if (known === undefined) await note({ hanging: `${conversation.channel}/${ts}` });
    await budget.turn('final', signal);
    await client.chat.update({ channel: conversation.channel, ts, text, file_ids: ids });
  }
}

/** Where the person's words may not be said, files have no name that holds them. */
function named(items: readonly Item[], { reply }: Job): Item[] {
  const { body } = ReplyAddress.parse(reply);
  if (body === undefined || bodyNamed(body).has.includes('words')) return [...items];
  const files = withNeutralNames(items.filter((item) => 'path' in item));
  return [...items.filter((item) => 'ids' in item), ...files];
}
