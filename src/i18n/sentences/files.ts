/** What is said of the files of a result. */
import type { Offer } from '../../core/links.ts';
import { dayMark } from '../../core/moment.ts';
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';

type Link = Extract<Offer, { kind: 'link' }>;

export const files = ({ say, bytes }: Speaker) => {
  const file = (name: string, size: number) => ({ name: clip(name), size: bytes(size) });
  const link = ({ url, until }: Link) => ({ url, until: dayMark(until) });
  const titled = (title: string) => ({ titled: title !== '', title });
  return {
    tooLarge: (name: string, size: number, offer?: Offer) =>
      offer?.kind === 'link'
        ? say('files.tooLarge.link', { ...file(name, size), ...link(offer) })
        : say(`files.tooLarge.${offer?.kind ?? 'off'}`, file(name, size)),
    /** What is there as a link, for another reason than its size. */
    fetch: (name: string, size: number, offer: Link) =>
      say('files.fetch', { ...file(name, size), ...link(offer) }),
    /** What somebody reads who follows a link that leads nowhere, or whose file too many fetch. */
    linkGone: () => say('files.linkGone'),
    linkBusy: () => say('files.linkBusy'),
    shrunk: (name: string, size: number) => say('files.shrunk', file(name, size)),
    shrunkOf: (name: string, size: number, offer: Link) =>
      say('files.shrunkOf', { ...file(name, size), ...link(offer) }),
    crowd: (shown: number, of: number) => say('files.crowd', { shown, of }),
    /** `list`: the name of the file that says it. */
    listed: (hidden: number, list: string) => say('files.listed', { files: hidden, list }),
    /** Read aloud instead of a picture; `title`: what was asked for, empty where that may not be said. */
    alt: {
      picture: (title: string, index: number, of: number) =>
        of > 1
          ? say('files.alt.pictureOf', { index, of, ...titled(title) })
          : say('files.alt.picture', titled(title)),
      video: (title: string) => say('files.alt.video', titled(title)),
      preview: (title: string) => say('files.alt.preview', titled(title)),
      sheet: (title: string) => say('files.alt.sheet', titled(title)),
    },
    /** Columns of a line in the terminal. */
    saved: (path: string, size: number, pixels?: { width: number; height: number }) =>
      [path, ...(pixels ? [`${pixels.width}×${pixels.height}`] : []), bytes(size)].join('  '),
  };
};
