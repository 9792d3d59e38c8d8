/** What a reply brings: pictures in a grid, video and audio to play, other files to take. */
/** @import { MessageFile } from '../../api.ts' */
/** @import { Acts } from './reply.js' */
import { Fragment } from 'preact';
import { h } from './h.js';
import { Icon } from './icons.js';
import { words } from './words.js';

/** @param {{ title: string, files: MessageFile[], enlarge: Acts['enlarge'] }} props */
export function Files({ title, files, enlarge }) {
  const there = files.filter(({ gone }) => !gone);
  const pictures = there.filter(({ type }) => type.startsWith('image/'));
  const others = there.filter((file) => !pictures.includes(file));
  return h(
    Fragment,
    {},
    pictures.length > 0 &&
      h(
        'div',
        { class: pictures.length === 1 ? 'pictures single' : 'pictures' },
        pictures.map(({ url, width, height }, index) =>
          h(
            'button',
            {
              key: url,
              class: 'picture',
              style: width && height ? { '--width': width, '--height': height } : {},
              onClick: () => enlarge(title, pictures, index),
            },
            h('img', {
              src: url,
              width,
              height,
              loading: 'lazy',
              decoding: 'async',
              alt: words.chat.picture({ title, index: index + 1, count: pictures.length }),
            }),
          ),
        ),
      ),
    others.map((file) => h(Other, { key: file.url, file })),
    files
      .filter(({ gone }) => gone)
      .map(({ url, name }) => h('p', { key: url, class: 'note' }, words.chat.fileGone({ name }))),
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
  const { lang } = document.documentElement;
  const one = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
  if (bytes < 1000) return words.chat.bytes({ count: bytes });
  if (bytes < 1e6) return words.chat.kilobytes({ count: Math.round(bytes / 1000) });
  if (bytes < 1e9) return words.chat.megabytes({ count: one.format(bytes / 1e6) });
  return words.chat.gigabytes({ count: one.format(bytes / 1e9) });
}
