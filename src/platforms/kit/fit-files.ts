/**
 * Makes files fit a chat. A picture that is too large is encoded anew, a video too where nobody can be given a link;
 * anything else comes as a link that Easel serves. Nothing is lost silently.
 */
import { basename } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { FileKey, StoredFile } from '../../core/files.ts';
import { goesPlain, type Job } from '../../core/job.ts';
import { withOffer, type Links, type Offer } from '../../core/links.ts';
import type { Log } from '../../core/log.ts';
import { withMoments } from '../../core/moment.ts';
import { bytesOf, sizeOf } from '../../core/multipart.ts';
import type { PictureMaker } from '../../core/pictures.ts';
import type { MediaFile } from '../../core/run.ts';
import { orAborted } from '../../core/time.ts';
import type { View } from '../../core/view.ts';
import type { Catalogue } from '../../i18n/index.ts';
import { madeOnce, type Workshop } from '../../jobs/delivery/made-files.ts';

/** More text than this, in characters, is more than a message has room for beside its own. */
const MAX_NOTES = 1200;
/** Files of which it is remembered that they could not be made smaller; one that falls out is tried once more. */
const MAX_VAIN = 1000;

export type Attached = StoredFile | MediaFile;

export interface FitterOptions extends Workshop {
  maker: Pick<PictureMaker, 'shrink' | 'fitVideo'>;
  links: Pick<Links, 'offer'>;
  log: Log;
}

export interface Wanted {
  job: Job;
  /** In bytes, for each file; 0: none goes. */
  limit: number;
  words: Catalogue['files'];
  /** Files in one message; default: any number. */
  most?: number | undefined;
  signal: AbortSignal;
}

export interface Fitted<F extends Attached = Attached> {
  /** What is attached. */
  files: (F | StoredFile)[];
  /** For each that is not as it was made, or not there; the offer is in its words. */
  notes: { text: string; offer?: Offer }[];
}

export interface Fitter {
  /** Rejects with the signal's reason. */
  fit<F extends Attached>(files: readonly F[], wanted: Wanted): Promise<Fitted<F>>;
  /** A note with a link to what the chat did not take for another reason; undefined: there is none. Never rejects. */
  linkTo(file: StoredFile, job: Job, words: Catalogue['files']): Promise<Fitted['notes'][number] | undefined>;
}

export function createFitter(options: FitterOptions): Fitter {
  const { maker, links, files, log } = options;

  /** What is too large is on disk already, but for a text. */
  async function onDisk(file: Attached, { job }: Wanted): Promise<StoredFile> {
    if ('path' in file) return file;
    const key: FileKey = { shelf: 'outbox', owner: job.id, name: 'text' };
    return files.put(key, { name: file.name, type: file.type }, bytesOf(file));
  }

  /** One at a time of each file: a try at the reply that was given up leaves it to the next one. */
  const making = new Map<string, Promise<StoredFile | 'never' | undefined>>();
  const vain = new LRUCache<string, true>({ max: MAX_VAIN });

  /** Undefined: it cannot be made small enough, or it may be what ended Easel before. */
  async function smaller(file: StoredFile, { job, limit, signal }: Wanted): Promise<StoredFile | undefined> {
    if (limit === 0 || goesPlain(job)) return undefined;
    const key: FileKey = { shelf: 'outbox', owner: job.id, name: `${stem(file)}-in-${limit}` };
    const id = `${key.owner}/${key.name}`;
    if (vain.has(id)) return undefined;
    const begun = making.get(id) ?? make(file, key, limit).finally(() => making.delete(id));
    making.set(id, begun);
    const made = await orAborted(begun, signal);
    if (made === 'never') vain.set(id, true);
    if (made === 'never' || made === undefined) return undefined;
    // under the name that it goes by here
    return { ...made, name: `${withoutEnding(file.name)}${/\.\w+$/.exec(made.name)?.[0] ?? ''}` };
  }

  /** Has a deadline of its own. Never rejects. Undefined: it failed for a reason that may pass, such as a full disk. */
  async function make(
    file: StoredFile,
    key: FileKey,
    limit: number,
  ): Promise<StoredFile | 'never' | undefined> {
    const facts = { job: key.owner, size: file.size, limit };
    try {
      const made = await madeOnce(options, key, async (folder) => {
        const isPicture = file.type.startsWith('image/');
        const answer = await (isPicture ? maker.shrink : maker.fitVideo)(file, { folder, limit });
        if ('file' in answer) return answer.file;
        log.info({ ...facts, trouble: answer.trouble }, 'a file does not fit');
        return undefined;
      });
      return made ?? 'never';
    } catch (error) {
      log.warn({ ...facts, err: error }, 'a file could not be made smaller');
      return undefined;
    }
  }

  const offerOf = (file: StoredFile, { guild, id }: Job): Promise<Offer> =>
    links.offer(file, { guild, job: id, name: `output-${stem(file)}` });

  /** A message has no room for so many addresses: they are a file in it. */
  async function listOf(notes: Fitted['notes'], { job }: Wanted): Promise<StoredFile> {
    const text = notes.map((note) => withMoments(note.text, (at) => new Date(at).toISOString())).join('\n\n');
    const key: FileKey = { shelf: 'outbox', owner: job.id, name: 'list' };
    return files.put(key, { name: 'files.txt', type: 'text/plain' }, [Buffer.from(text)]);
  }

  async function one<F extends Attached>(given: F, wanted: Wanted): Promise<Fitted<F>> {
    const { job, limit, words } = wanted;
    if (limit > 0 && sizeOf(given) <= limit) return { files: [given], notes: [] };
    const file = await onDisk(given, wanted);
    const { name, size } = file;
    const offer = await offerOf(file, job);
    const isPicture = file.type.startsWith('image/');
    const canShrink = isPicture || (offer.kind !== 'link' && file.type.startsWith('video/'));
    const fitting = canShrink ? await smaller(file, wanted) : undefined;
    if (!fitting) return { files: [], notes: [{ text: words.tooLarge(name, size, offer), offer }] };
    const note =
      offer.kind === 'link'
        ? { text: words.shrunkOf(name, size, offer), offer }
        : { text: words.shrunk(name, size) };
    return { files: [fitting], notes: [note] };
  }

  return {
    async linkTo(file, job, words) {
      const offer = await offerOf(file, job);
      return offer.kind === 'link' ? { text: words.fetch(file.name, file.size, offer), offer } : undefined;
    },
    async fit<F extends Attached>(all: readonly F[], wanted: Wanted) {
      const fitted: Fitted<F> = { files: [], notes: [] };
      for (const file of all) {
        const { files: fitting, notes } = await one(file, wanted);
        fitted.files.push(...fitting);
        fitted.notes.push(...notes);
      }
      const length = fitted.notes.reduce((sum, { text }) => sum + text.length, 0);
      if (length <= MAX_NOTES) return fitted;
      // with no room for a list all but one of them are attached, if smaller: the rest is what a message can tell
      if (fitted.files.length >= (wanted.most ?? Infinity)) return shortened(fitted);
      const list = await listOf(fitted.notes, wanted);
      const text = wanted.words.listed(fitted.notes.length, list.name);
      return { files: [...fitted.files, list], notes: [{ text }] };
    },
  };
}

/** As many notes as a message has room for. */
function shortened<F extends Attached>({ files, notes }: Fitted<F>): Fitted<F> {
  let left = MAX_NOTES;
  return { files, notes: notes.filter(({ text }) => (left -= text.length) >= 0) };
}

/** What is not attached as it was made is said in the view. */
export function withNotes(view: View, notes: Fitted['notes']): View {
  return notes.reduce(
    (shown, { text, offer }) =>
      offer ? withOffer(shown, text, offer) : { ...shown, notes: [...shown.notes, text] },
    view,
  );
}

/** Its place among the job's files, which names what is made of it. */
function stem({ path }: StoredFile): string {
  return withoutEnding(basename(path))
    .replaceAll(/[^-\w]/g, '_')
    .slice(0, 60);
}

function withoutEnding(name: string): string {
  return name.replace(/\.[^.]*$/, '');
}
