/** One thing that is wrong or worth knowing; where its sentence cannot name all that it is about, they are unfolded. */
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';

/** @import { DraftFinding } from '../../studio-api.ts' */

/** @param {DraftFinding} finding */
export function Finding({ sentence, blocking, all = [] }) {
  return h(
    'li',
    { class: blocking ? 'problem' : 'warn' },
    sentence,
    all.length > 0 &&
      h(
        'details',
        {},
        h('summary', {}, words.studio.showAll({ count: all.length })),
        h(
          'ul',
          {},
          all.map((one) => h('li', {}, one)),
        ),
      ),
  );
}
