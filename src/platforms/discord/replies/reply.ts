/** Live edits and the final reply on Discord: as many messages as the files need, each as Discord takes it. */
import { beginningAfter, withNeutralNames } from '../../../core/bodies.ts';
import type { StoredFile } from '../../../core/files.ts';
import type { Job } from '../../../core/job.ts';
import type { View } from '../../../core/view.ts';
import { catalogue } from '../../../i18n/index.ts';
import type { Accepted, Refusal } from '../../kit/tries.ts';
import { ReplyAddress } from '../events/context.ts';
import { settleFirst } from './first-reply.ts';
import { creations, edits, followUps, type LadderOptions, type Way } from './ways.ts';
import { blameOf } from './refusals.ts';
import { MESSAGE } from '../limits.ts';
import { wasSaid } from './sent-already.ts';
import { say, type Contents, type Saying } from './say.ts';
import type { Attached } from '../../kit/fit-files.ts';

/** More text than this goes into a file. */
const MAX_NOTE = 800;

/**
 * A live edit: the preview replaces the one before; without one, the last one stays. What Discord does not let be said of
 * this job is not said again in the next one.
 */
export async function editLive(
  job: Job,
  view: View,
  signal: AbortSignal,
  options: LadderOptions,
): Promise<void> {
  const address = ReplyAddress.parse(job.reply);
  const ways = edits(address, options);
  // a private reply is out of reach once its token has expired; its end goes another way
  if (ways.length === 0 || address.body === 'last') return;
  const { locale } = job;
  const files = view.preview ? [view.preview] : [];
  // who has cancelled does not want to see how far it was
  const replacesFiles = view.preview !== undefined || view.tone === 'cancelled';
  const first = address.body ?? 'full';
  const saying: Saying = {
    ways,
    order: 'live',
    first: () => first,
    limit: address.fileLimit,
    replacesFiles,
    locale,
    refused: (refusal) => {
      if (isMute(refusal)) job.reply = { ...address, body: 'last' };
    },
    signal,
    options,
  };
  const { body } = await say({ view, files }, saying);
  if (body.name !== first) job.reply = { ...address, body: body.name };
}

/** The final reply; `sent` is told after each of its messages. */
export async function deliver(
  job: Job,
  view: View,
  files: readonly StoredFile[],
  sent: (count: number) => Promise<void>,
  signal: AbortSignal,
  options: LadderOptions,
): Promise<void> {
  const all = withLongNotes(view, files);
  // a message of several may have to be found again by its files' names
  const mark = all.files.length > MESSAGE.files ? `-${job.id.slice(0, 4)}` : '';
  const neutral = chunks(withNeutralNames(all.files, mark), MESSAGE.files);
  const before = job.delivered;
  for (const [index, group] of chunks(all.files, MESSAGE.files).entries()) {
    if (index < before) continue;
    const address = ReplyAddress.parse(job.reply);
    const renamed = neutral[index] ?? [];
    // an earlier try may have come so far without knowing
    const inDoubt = index > 0 && index === before;
    if (inDoubt && (await wasSaid(address, [group, renamed], signal, options))) {
      await sent(index + 1);
      continue;
    }
    const shown =
      index === 0 ? all.view : { ...all.view, facts: [], notes: [], demo: undefined, buttons: [] };
    const { body, way } = await sayPart(
      job,
      index,
      { view: shown, files: group, neutral: renamed },
      signal,
      options,
    );
    if (way.elsewhere !== 'direct' && body.name !== 'full') job.reply = { ...address, body: body.name };
    await sent(index + 1);
  }
}

/** One of its messages; the first one is the reply itself, which is not left thinking when it had to go elsewhere. */
async function sayPart(
  job: Job,
  index: number,
  contents: Contents,
  signal: AbortSignal,
  options: LadderOptions,
): Promise<Accepted<Way, void>> {
  const { id, locale } = job;
  const address = ReplyAddress.parse(job.reply);
  const nonce = `${index}-${id.replaceAll('-', '')}`;
  const refused: Refusal<Way>[] = [];
  const saying: Saying = {
    ways:
      index === 0
        ? [...edits(address, options), ...creations(address, nonce, locale, options)]
        : followUps(address, nonce, locale, options),
    order: contents.files.length > 0 ? 'attached' : 'wordsAlone',
    first: (isNew) => beginningAfter(address.body, isNew),
    limit: address.fileLimit,
    fit: (files, limit) =>
      options.fitter.fit(files, { job, limit, most: MESSAGE.files, words: catalogue(locale).files, signal }),
    linkTo: async (file) => options.fitter.linkTo(file, job, catalogue(locale).files),
    locale,
    refused: (refusal) => refused.push(refusal),
    signal,
    options,
  };
  try {
    const accepted = await say(contents, saying);
    const to = accepted.way.elsewhere;
    if (index === 0 && to) await settleFirst(address, { to, locale, refused }, signal, options);
    return accepted;
  } catch (error) {
    // nothing is taken anywhere: at least it does not go on thinking
    if (index === 0 && blameOf(error) !== undefined)
      await settleFirst(address, { to: undefined, locale, refused }, signal, options);
    throw error;
  }
}

/** Not even the last sentence is taken where it was asked. */
function isMute({ way, body, blame }: Refusal<Way>): boolean {
  return way.elsewhere === undefined && body.name === 'last' && blame !== 'place';
}

/** Texts that would crowd the message become a file. */
function withLongNotes(view: View, files: readonly Attached[]): { view: View; files: readonly Attached[] } {
  const text = view.notes.join('\n');
  if (text.length <= MAX_NOTE) return { view, files };
  const file = { name: 'text.txt', type: 'text/plain', bytes: Buffer.from(text) };
  return { view: { ...view, notes: [] }, files: [...files, file] };
}

/** At least one group, so that a reply without files is a message too. */
function chunks<T>(items: readonly T[], size: number): T[][] {
  const groups: T[][] = [];
  for (let at = 0; at < items.length; at += size) groups.push(items.slice(at, at + size));
  return groups.length > 0 ? groups : [[]];
}
