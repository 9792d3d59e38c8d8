/** Lines of a screen: people, places and moments among the words, and how a line stands out. */
/** @import { Line, Part } from '../../../../core/screen.ts' */
import { Fragment } from 'preact';
import { h } from '../shared/h.js';
import { Icon } from '../shared/icons.js';
import { timeOf } from '../shared/moments.js';

const ICONS = /** @type {const} */ ({
  ok: 'done',
  warning: 'failed',
  blocked: 'cancelled',
  minor: undefined,
  heading: undefined,
});

/** @param {{ lines: readonly Line[] }} props */
export function Lines({ lines }) {
  return h(
    Fragment,
    {},
    lines.map(({ parts, tone }) => {
      const name = tone && ICONS[tone];
      return h(
        'p',
        // what is in the way can be led to
        { class: tone ? `told ${tone}` : 'told', tabindex: tone === 'blocked' ? -1 : undefined },
        name && h(Icon, { name }),
        h('span', {}, h(Parts, { parts })),
      );
    }),
  );
}

/** @param {{ parts: readonly Part[] }} props */
export function Parts({ parts }) {
  return h(Fragment, {}, parts.map(shown));
}

/** @param {Part} part */
function shown(part) {
  if (typeof part === 'string') return part;
  switch (part.kind) {
    case 'strong':
      return h('strong', {}, part.text);
    case 'code':
      return h('code', {}, part.text);
    case 'person':
    case 'role':
    case 'channel':
      return h('span', { class: 'who' }, part.id);
    case 'date':
      return h('time', { datetime: new Date(part.at).toISOString() }, timeOf(part.at, true));
    case 'picture':
      return part.file;
  }
}
