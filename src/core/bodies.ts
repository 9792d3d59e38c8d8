/**
 * The second dimension of a reply: what it is made of. A platform that refuses the content is offered a plainer body
 * before a worse way to the person; which one, its refusal says by the part that it minds.
 */
import { nameless } from './links.ts';
import type { View } from './view.ts';

/**
 * `form`: buttons, and the platform's own formatting. `words`: what the person wrote, and what quotes it. `text`: our
 * own sentences. `files`: pictures and other files, in the same message.
 */
export type Part = 'form' | 'words' | 'text' | 'files';

/** Why nothing may be said where it was asked: we are not there, or may only read, or nobody may write there any more. */
export type Closed = 'outside' | 'read-only' | 'archived' | 'other';

export const BODY_NAMES = [
  'full',
  'plain',
  'wordless',
  'bare',
  'files',
  'fileless',
  'words',
  'note',
  'last',
] as const;
export type BodyName = (typeof BODY_NAMES)[number];

export interface Body {
  readonly name: BodyName;
  readonly has: readonly Part[];
}

/** From the fullest to the barest; the last one is a sentence that quotes nothing and counts nothing. */
const BODIES: readonly Body[] = [
  { name: 'full', has: ['form', 'words', 'text', 'files'] },
  { name: 'plain', has: ['words', 'text', 'files'] },
  { name: 'wordless', has: ['form', 'text', 'files'] },
  { name: 'bare', has: ['text', 'files'] },
  { name: 'files', has: ['files'] },
  { name: 'fileless', has: ['form', 'words', 'text'] },
  { name: 'words', has: ['words', 'text'] },
  { name: 'note', has: ['text'] },
  { name: 'last', has: [] },
];

export function bodyNamed(name: BodyName): Body {
  const found = BODIES.find((body) => body.name === name);
  if (!found) throw new Error(`no body is called ${name}`);
  return found;
}

/**
 * In which order a message's bodies are tried. One list after the other, each over all ways: what leaves files behind comes
 * last of all. `attached`: files are in the message itself; `beside`: what a body leaves out is shared next to it; `live`:
 * an edit on the way, which is soon followed by another one; `pointer`: a sentence that says where the result is;
 * `plainly`: words of ours, which quote nobody.
 */
export const ORDERS = {
  wordsAlone: [['full', 'plain', 'wordless', 'bare', 'last']],
  attached: [
    ['full', 'plain', 'wordless', 'bare', 'files'],
    ['fileless', 'words', 'note', 'last'],
  ],
  beside: [['full', 'wordless', 'fileless', 'words', 'note', 'last']],
  live: [['full', 'plain', 'wordless', 'fileless', 'words', 'note', 'last']],
  pointer: [['full', 'last']],
  plainly: [['full', 'plain']],
  asItIs: [['full']],
} as const satisfies Record<string, readonly (readonly BodyName[])[]>;

/** Whether `one` is fuller than `other`. */
export function isFuller(one: BodyName, other: BodyName): boolean {
  return BODIES.indexOf(bodyNamed(one)) < BODIES.indexOf(bodyNamed(other));
}

/** What a body without the person's words says instead. */
export interface BodyWords {
  leftOut: () => string;
  failed: () => string;
  last: () => string;
}

interface Content<F> {
  view: View;
  files: readonly F[];
  /** The same files, for bodies without the person's words. Default: numbered from 1. */
  neutral?: readonly F[] | undefined;
}

/**
 * Where the next message of the same reply begins, after this body of one was taken; `elsewhere`: not as an edit of it. An
 * edit that takes nothing but the last sentence says more of edits than of what is in them.
 */
export function beginningAfter(body: BodyName | undefined, elsewhere = false): BodyName {
  if (elsewhere && body === 'last') return 'full';
  const has = body === undefined ? ['form', 'words'] : bodyNamed(body).has;
  if (!has.includes('words')) return 'wordless';
  return has.includes('form') ? 'full' : 'plain';
}

/** A view and its files as this body has them. Files that it leaves out are for whoever sends it to account for. */
export function dressed<F extends { name: string; type: string }>(
  { has, name }: Body,
  { view, files, neutral: renamed = withNeutralNames(files) }: Content<F>,
  words: BodyWords,
): { view: View; files: F[] } {
  const kept = has.includes('files') ? files : [];
  const neutral = has.includes('files') ? [...renamed] : [];
  const formed: View = has.includes('form') ? view : { ...view, buttons: [], plain: true };
  if (has.includes('words')) return { view: formed, files: [...kept] };
  const { tone, fraction, preview, buttons, plain } = formed;
  const silent: View = { tone, title: '', status: '', facts: [], notes: [], buttons, plain };
  if (name === 'last') return { view: { ...silent, status: words.last() }, files: neutral };
  if (!has.includes('text')) return { view: silent, files: neutral };
  // the words of a failure quote what was asked for
  const status = tone === 'failed' ? words.failed() : view.status;
  // the only way to what they lead to
  const links = view.links?.map(nameless) ?? [];
  const notes = [words.leftOut(), ...links];
  return { view: { ...silent, status, fraction, preview, notes, links, demo: view.demo }, files: neutral };
}

const KINDS = ['image', 'video', 'audio', 'text'] as const;
const NEUTRAL: Record<(typeof KINDS)[number], string> = {
  image: 'picture',
  video: 'video',
  audio: 'audio',
  text: 'text',
};
const EXTENSION = /\.[a-z0-9]{1,4}$/i;

/** `picture-1.png`: what a workflow calls its files may be the prompt itself. `mark` tells them from those of others. */
export function withNeutralNames<F extends { name: string; type: string }>(
  files: readonly F[],
  mark = '',
): F[] {
  return files.map((file, index) => {
    const kind = KINDS.find((one) => file.type.startsWith(`${one}/`));
    const extension = EXTENSION.exec(file.name)?.[0].toLowerCase() ?? '';
    return { ...file, name: `${kind ? NEUTRAL[kind] : 'file'}-${index + 1}${mark}${extension}` };
  });
}
