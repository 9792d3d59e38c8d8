/** One message on its way to its person: over every way, with every body that Discord may take, its files made to fit. */
import { dressed, ORDERS, type Body, type BodyName } from '../../../core/bodies.ts';
import { Refused } from '../../../core/errors.ts';
import type { StoredFile } from '../../../core/files.ts';
import { sizeOf } from '../../../core/multipart.ts';
import type { View } from '../../../core/view.ts';
import { catalogue } from '../../../i18n/index.ts';
import { altTexts } from '../../kit/alt-text.ts';
import { MESSAGE } from '../limits.ts';
import { withNotes, type Attached, type Fitted } from '../../kit/fit-files.ts';
import { firstAccepted, type Accepted, type Refusal } from '../../kit/tries.ts';
import type { LadderOptions, Way } from './ways.ts';
import { blameOf, isTooLarge } from './refusals.ts';
import { renderMessage } from './render.ts';

export interface Contents {
  view: View;
  files: readonly Attached[];
  /** The same under names that quote nothing. */
  neutral?: readonly Attached[] | undefined;
}

export interface Saying {
  ways: Way[];
  order: keyof typeof ORDERS;
  /** Where to begin in the place where it was asked: in its reply, or in a message of its own. */
  first?: (isNew: boolean) => BodyName;
  /** Bytes, for each file. */
  limit: number;
  /** Where there are files: makes them fit so many bytes. */
  fit?: (files: readonly Attached[], limit: number) => Promise<Fitted>;
  /** Where what is left out may be had. */
  linkTo?: (file: StoredFile) => Promise<Fitted['notes'][number] | undefined>;
  /** False: the files that stand there stay. */
  replacesFiles?: boolean;
  locale: string;
  refused?: (refusal: Refusal<Way>) => void;
  signal: AbortSignal;
  options: LadderOptions;
}

/** How often a message that Discord finds too large is made smaller; then it goes without files. */
const SHRINKS = 3;
const MAX_LINKS = 5;

/** Rejects with Discord's last refusal when nothing was accepted, and at once with what may pass. */
export async function say(contents: Contents, saying: Saying): Promise<Accepted<Way, void>> {
  const { ways, order, first = () => 'full' as const, replacesFiles = true, locale, signal } = saying;
  const { log } = saying.options;
  const words = catalogue(locale);
  const fit = { limit: saying.limit, shrinks: 0 };

  /** Links to what a body leaves out, as far as a message has room for them; how many there are else. */
  async function leftOut(): Promise<Fitted['notes']> {
    const notes: Fitted['notes'] = [];
    for (const file of contents.files.slice(0, MAX_LINKS)) {
      const note = 'path' in file ? await saying.linkTo?.(file) : undefined;
      if (note) notes.push(note);
    }
    const rest = contents.files.length - notes.length;
    return rest > 0 ? [{ text: words.bodies.filesLeftOut(rest) }, ...notes] : notes;
  }

  async function attempt(way: Way, body: Body): Promise<void> {
    const { view, files } = dressed(body, contents, words.bodies);
    // a preview is not missed: what was left out of a final message is told
    const left = body.has.includes('files') || order === 'live' ? 0 : contents.files.length;
    for (;;) {
      const limit = fit.shrinks === SHRINKS ? 0 : fit.limit;
      const fitted = (await saying.fit?.(files, limit)) ?? { files, notes: [] };
      const notes = [...fitted.notes, ...(left > 0 ? await leftOut() : [])];
      const isSilent = !body.has.includes('text');
      if (body.name === 'files' && fitted.files.length === 0) throw new Refused('no file is left to send');
      const shown = isSilent ? view : withNotes(view, notes);
      const alt = { max: MESSAGE.alt, live: order === 'live' };
      const described = altTexts(fitted.files, shown.title, words.files, alt);
      const attachments = fitted.files.map(({ name }, id) => ({
        id,
        filename: name,
        ...(described[id] !== undefined && { description: described[id] }),
      }));
      const message = { ...renderMessage(shown), ...(replacesFiles && { attachments }) };
      try {
        await way.send(message, fitted.files, signal);
        return;
      } catch (error) {
        if (!isTooLarge(error) || fit.shrinks >= SHRINKS) throw error;
        log.warn({ limit: fit.limit, err: error }, 'files too large for Discord, making them smaller');
        fit.shrinks += 1;
        fit.limit = Math.floor(Math.min(fit.limit, largest(fitted.files)) / 2);
      }
    }
  }

  return firstAccepted({
    ways: ways,
    order: ORDERS[order],
    // what a server's rules block is no matter in a direct message
    first: ({ elsewhere }) => (elsewhere === 'direct' ? 'full' : first(elsewhere !== undefined)),
    attempt,
    blame(error) {
      const blame = error instanceof Refused ? 'content' : blameOf(error);
      return blame === 'files' && contents.files.length === 0 ? 'content' : blame;
    },
    refused(refusal) {
      const { way, body, blame, error } = refusal;
      log.info({ way: way.name, body: body.name, blame, err: error }, 'not contents in this way');
      saying.refused?.(refusal);
    },
  });
}

function largest(files: readonly Attached[]): number {
  return Math.max(1, ...files.map(sizeOf));
}
