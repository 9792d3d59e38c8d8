/** What a reply brings: pictures in a grid, video and audio to play, other files to take. */
/** @import { Message, MessageFile } from '../../api.ts' */
/** @import { Acts } from './reply.js' */
import { Fragment } from 'preact';
import { FileActs, StarButton } from './file-acts.js';
import { h } from './h.js';
import { Icon } from './icons.js';
import { carry } from './own-files.js';
import { words } from './words.js';

/** A picture and where it belongs. @typedef {{ message: Message, file: MessageFile, alt: string }} Item */

/** Those that are there. @param {Message} message @returns {Item[]} */
export function picturesOf(message) {
  const { title = '', files = [] } = message.reply ?? {};
  const pictures = files.filter(({ gone, type }) => !gone && type.startsWith('image/'));
  return pictures.map((file, index) => {
    const alt = words.chat.picture({ title, index: index + 1, count: pictures.length });
    return { message, file, alt };
  });
}

/** What is there and is no picture. @param {Message} message */
export function othersOf({ reply }) {
  return reply?.files.filter(({ gone, type }) => !gone && !type.startsWith('image/')) ?? [];
}

/** @param {{ message: Message, acts: Acts }} props */
export function Files({ message, acts }) {
  const { files = [], deleted = 0 } = message.reply ?? {};
  const pictures = picturesOf(message);
  return h(
    Fragment,
    {},
    pictures.length > 0 &&
      h(
        'div',
        { class: pictures.length === 1 ? 'pictures single' : 'pictures' },
        pictures.map((item) => h(Picture, { key: item.file.url, item, acts })),
      ),
    othersOf(message).map((file) => h(OtherFile, { key: file.url, file, acts })),
    files
      .filter(({ gone }) => gone)
      .map(({ url, name }) => h('p', { key: url, class: 'note' }, words.chat.fileGone({ name }))),
    deleted > 0 && h('p', { class: 'note soft' }, words.chat.deleted({ count: deleted })),
  );
}

/** A link, since a button cannot be dragged everywhere, and a link can be opened in a tab. @param {{ item: Item, acts: Acts }} props */
export function Picture({ item, acts }) {
  const { file, alt } = item;
  const { url, width, height } = file;
  /** @param {Event} event */
  const enlarge = (event) => {
    event.preventDefault();
    acts.enlarge(item);
  };
  return h(
    'div',
    { class: 'cell', style: width && height ? { '--width': width, '--height': height } : {} },
    h(
      'a',
      {
        class: 'picture',
        href: url,
        role: 'button',
        draggable: true,
        onClick: (event) => {
          const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
          if (!elsewhere) enlarge(event);
        },
        onKeyDown: (event) => {
          if (event.key === ' ') enlarge(event);
        },
        onDragStart: (event) => carry(event, file),
      },
      h('img', { src: url, width, height, loading: 'lazy', decoding: 'async', draggable: false, alt }),
    ),
    h(StarButton, { file, name: file.name, acts }),
  );
}

/** @param {{ file: MessageFile, acts: Acts }} props */
export function OtherFile({ file, acts }) {
  return h(
    'div',
    { class: 'other' },
    h(Other, { file }),
    h('p', { class: 'file-acts' }, h(FileActs, { file, name: file.name, acts })),
  );
}

/** @param {{ file: MessageFile }} props */
function Other({ file: { url, name, type, bytes, width, height } }) {
  if (type.startsWith('video/'))
    return h('video', {
      class: 'video',
      controls: true,
      loop: true,
      playsinline: true,
      preload: 'metadata',
      src: url,
      width,
      height,
      'aria-label': name,
    });
  if (type.startsWith('audio/'))
    return h('audio', { class: 'audio', controls: true, preload: 'metadata', src: url, 'aria-label': name });
  return h(
    'a',
    { class: 'download button', href: url, download: name },
    h(Icon, { name: 'file' }),
    name,
    ' ',
    h('span', { class: 'about' }, size(bytes)),
  );
}

/** @param {number} bytes */
export function size(bytes) {
  if (bytes < 1000) return words.chat.bytes({ count: bytes });
  if (bytes < 1e6) return words.chat.kilobytes({ count: Math.round(bytes / 1000) });
  if (bytes < 1e9) return words.chat.megabytes({ count: bytes / 1e6 });
  return words.chat.gigabytes({ count: bytes / 1e9 });
}
