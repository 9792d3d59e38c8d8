/** What a reply brings: pictures in a grid, video and audio to play, other files to take. */
/** @import { MessageFile } from '../../api.ts' */
/** @import { Acts } from './reply.js' */
import { html } from 'htm/preact';
import { word } from './frame.js';
import { Icon } from './icons.js';

/** @param {{ title: string, files: MessageFile[], enlarge: Acts['enlarge'] }} props */
export function Files({ title, files, enlarge }) {
  const there = files.filter(({ gone }) => !gone);
  const pictures = there.filter(({ type }) => type.startsWith('image/'));
  const others = there.filter((file) => !pictures.includes(file));
  return html`
    ${
      pictures.length > 0 &&
      html`<div class=${pictures.length === 1 ? 'pictures single' : 'pictures'}>
        ${pictures.map(
          ({ url, width, height }, index) =>
            html`<button
              key=${url}
              class="picture"
              style=${width && height ? { '--width': width, '--height': height } : {}}
              onClick=${() => enlarge(title, pictures, index)}
            >
              <img
                src=${url}
                width=${width}
                height=${height}
                loading="lazy"
                decoding="async"
                alt=${word('chat', 'picture', { title, index: index + 1, count: pictures.length })}
              />
            </button>`,
        )}
      </div>`
    }
    ${others.map((file) => html`<${Other} key=${file.url} file=${file} />`)}
    ${files.filter(({ gone }) => gone).map(({ url, name }) => html`<p key=${url} class="note">${word('chat', 'fileGone', { name })}</p>`)}
  `;
}

/** @param {{ file: MessageFile }} props */
function Other({ file: { url, name, type, bytes, width, height } }) {
  if (type.startsWith('video/'))
    return html`<video
      class="video"
      controls
      loop
      playsinline
      preload="metadata"
      src=${url}
      width=${width}
      height=${height}
      aria-label=${name}
    ></video>`;
  if (type.startsWith('audio/'))
    return html`<audio class="audio" controls preload="metadata" src=${url} aria-label=${name}></audio>`;
  return html`<a class="download button" href=${url} download=${name}>
    <${Icon} name="file" />${name} <span class="about">${size(bytes)}</span>
  </a>`;
}

/** @param {number} bytes */
export function size(bytes) {
  const { lang } = document.documentElement;
  const one = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
  if (bytes < 1000) return word('chat', 'bytes', { count: bytes });
  if (bytes < 1e6) return word('chat', 'kilobytes', { count: Math.round(bytes / 1000) });
  if (bytes < 1e9) return word('chat', 'megabytes', { count: one.format(bytes / 1e6) });
  return word('chat', 'gigabytes', { count: one.format(bytes / 1e9) });
}
