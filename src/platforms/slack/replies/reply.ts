/**
 * Replies in Slack: one message per job, updated in place. The final one has the pictures in it, or beside it when they
 * are no pictures, Slack takes too long with them, or does not let them stand in a block.
 */
import { beginningAfter, bodyNamed, ORDERS, type Body } from '../../../core/bodies.ts';
import type { Job } from '../../../core/job.ts';
import type { StoredFile } from '../../../core/files.ts';
import type { View } from '../../../core/view.ts';
import { catalogue } from '../../../i18n/index.ts';
import { altTexts } from '../../kit/alt-text.ts';
import { withNotes } from '../../kit/fit-files.ts';
import { firstAccepted, type Refusal } from '../../kit/tries.ts';
import { shareBeside, type Item } from './beside.ts';
import { ReplyAddress, type Conversation } from '../events/context.ts';
import { blameOf, slackError } from '../errors.ts';
import { BLOCK, FILE_BYTES } from '../limits.ts';
import type { Described, UploadOptions } from './files.ts';
import { messageOf, type Contents } from './message.ts';
import { PICTURES, REFUSED, uploadPictures } from './pictures.ts';
import type { SlackMessage } from './render.ts';
import { anew, edit, settleFirst, type ReplyOptions, type Stands, type Way } from './ways.ts';

/** A message shows this many pictures; the rest goes into its thread. */
const MAX_PICTURES = 10;
/** What `job.delivered` begins to count from, once the reply is said: what is shared beside it is counted on top. */
const PICTURES_SHOWN = 1;
const ALL_BESIDE = 1000;

/** The first message of a reply. In a channel that is closed to Easel, it goes to the person directly, saying why. */
export async function postReply(
  { channel, thread = null }: Omit<Conversation, 'thread'> & { thread?: string | null | undefined },
  user: string,
  message: SlackMessage,
  locale: string,
  signal: AbortSignal,
  options: ReplyOptions,
): Promise<ReplyAddress> {
  const { result } = await firstAccepted({
    ways: anew({ channel, thread, user }, locale, signal, options),
    order: ORDERS.plainly,
    first: () => 'full',
    attempt: (way, { name }) => way.send(name === 'full' ? message : { text: message.text }),
    blame: (error) => blameOf(error),
    refused: (refusal) => tell(options, refusal),
  });
  return { ...result, user };
}

/** What Slack does not let be said of this job is not said again in the next edit. */
export async function editLive(
  job: Job,
  view: View,
  signal: AbortSignal,
  options: ReplyOptions,
): Promise<void> {
  const { client, budget } = options;
  signal.throwIfAborted();
  const address = ReplyAddress.parse(job.reply);
  const { channel, ts, body: first = 'full' } = address;
  if (first === 'last') return;
  const contents = { view, images: [], beside: 0 };
  try {
    const { body } = await firstAccepted({
      ways: ['edit'] as const,
      order: ORDERS.wordsAlone,
      first: () => first,
      attempt: (_, each) => client.chat.update({ channel, ts, ...messageOf(each, contents, job.locale) }),
      blame: (error) => blameOf(error),
      refused: (refusal) => {
        tell(options, { ...refusal, way: { name: refusal.way } });
        if (refusal.body.name === 'last') job.reply = { ...address, body: 'last' };
      },
    });
    if (body.name !== first) job.reply = { ...address, body: body.name };
  } catch (error) {
    const { retryAfterMs } = slackError(error);
    if (retryAfterMs !== undefined) budget.hold(retryAfterMs);
    throw error;
  }
}

/**
 * The final reply. What `sent` is told says whether the pictures stand in it or beside it, and how much was shared there;
 * what Slack has already is in `job.reply`, and is not uploaded again for another body, try or process.
 */
export async function deliver(
  job: Job,
  view: View,
  made: readonly StoredFile[],
  sent: (count: number) => Promise<void>,
  signal: AbortSignal,
  options: ReplyOptions,
): Promise<void> {
  const upload: UploadOptions = { ...options, signal };
  // Slack takes no empty file
  const sentences = catalogue(job.locale).files;
  const wanted = { job, limit: FILE_BYTES, words: sentences, signal };
  const fitted = await options.fitter.fit(
    made.filter(({ size }) => size > 0),
    wanted,
  );
  const files = describedFiles(job, view, fitted.files);
  const pictures = files.filter(({ type }) => PICTURES.includes(type)).slice(0, MAX_PICTURES);
  const others = files.filter((file) => !pictures.includes(file));
  if (job.delivered === 0) {
    const remember = () => sent(job.delivered);
    const { images, slow, refused } = await uploadPictures(job, pictures, remember, upload, options);
    const { slack: words } = catalogue(job.locale);
    const empty = made.filter(({ size }) => size === 0);
    const notes = [...fitted.notes, ...empty.map(({ name }) => ({ text: words.notUploaded(name, 'empty') }))];
    for (const { file, text } of refused)
      notes.push(
        ...[{ text }, await options.fitter.linkTo(file, job, sentences)].filter((note) => note !== undefined),
      );
    const noBlocks = slow || view.plain === true;
    const contents: Contents = {
      view: withNotes(view, notes),
      images: noBlocks ? [] : images,
      beside: noBlocks ? files.length - refused.length : others.length,
    };
    const { stands, body } = await sayFinally(job, contents, signal, options);
    const hasThem = contents.images.length > 0 && body.has.includes('files');
    const before = ReplyAddress.parse(job.reply);
    job.reply = { ...before, ...stands, ...(body.name !== 'full' && { body: body.name }) };
    await sent(hasThem || images.length === 0 ? PICTURES_SHOWN : ALL_BESIDE);
  }
  const isShown = job.delivered < ALL_BESIDE;
  const { uploaded = {} } = ReplyAddress.parse(job.reply);
  const ids = Object.values(uploaded).filter((id) => !id.startsWith(REFUSED));
  const left = pictures.filter((_, index) => uploaded[String(index)] === undefined);
  const all: Item[] = isShown ? others : [...(ids.length > 0 ? [{ ids }] : []), ...left, ...others];
  await shareBeside(job, all, isShown ? PICTURES_SHOWN : ALL_BESIDE, sent, signal, options);
}

/** With what stands for each where nobody sees it; without the person's words where they may not be said. */
function describedFiles(job: Job, { title }: View, files: readonly StoredFile[]): Described[] {
  const { body = 'full' } = ReplyAddress.parse(job.reply);
  const asked = bodyNamed(body).has.includes('words') ? title : '';
  const alts = altTexts(files, asked, catalogue(job.locale).files, { max: BLOCK.fileAlt });
  return files.map((file, index) => ({ ...file, alt: alts[index] }));
}

/** Over every way and with every body that Slack may take. Resolves to where it stands, and what of it. */
async function sayFinally(
  { reply, locale }: Job,
  contents: Contents,
  signal: AbortSignal,
  options: ReplyOptions,
): Promise<{ stands: Stands; body: Body }> {
  const address = ReplyAddress.parse(reply);
  const { bodies } = catalogue(locale);
  const refused: Refusal<Way>[] = [];
  const settle = (text: string) => settleFirst(address, { text, refused }, signal, options);
  const accepted = firstAccepted({
    ways: [edit(address, signal, options), ...anew(address, locale, signal, options)],
    order: contents.images.length > 0 ? ORDERS.beside : ORDERS.wordsAlone,
    // another place may take what this one does not
    first: ({ name }: Way) => (name === 'direct' ? 'full' : beginningAfter(address.body, name === 'anew')),
    attempt: (each, of) => each.send(messageOf(of, contents, locale)),
    blame: (error) => blameOf(error, contents.images.length > 0),
    refused: (refusal) => {
      tell(options, refusal);
      refused.push(refusal);
    },
  });
  const { way, body, result } = await accepted.catch(async (error: unknown) => {
    // nothing is taken anywhere: at least it does not go on waiting
    if (blameOf(error) !== undefined) await settle(bodies.last());
    throw error;
  });
  if (way.name !== 'edit') await settle(way.name === 'direct' ? bodies.direct() : bodies.beside());
  return { stands: result, body };
}

function tell({ log, lacking }: ReplyOptions, { way, body, blame, error }: Refusal<{ name: string }>): void {
  lacking(error);
  const level = slackError(error).next === 'account' ? 'error' : 'info';
  log[level]({ way: way.name, body: body.name, blame, err: error }, 'not contents in this way');
}
