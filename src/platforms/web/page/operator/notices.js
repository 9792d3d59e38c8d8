/** What was found that the operator may want to look at; not there when there is nothing. */
/** @import { NamedGuild } from '../../api.ts' */
/** @import { NoticeList, ShownNotice } from '../../operator-api.ts' */
import { useEffect, useState } from 'preact/hooks';
import { ask, sentenceOf } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';
import { Ago } from './time.js';

const PATH = '/api/operator/notices';

/** @param {{ nameOf: (place: Pick<NamedGuild, 'platform' | 'guild'>) => string }} props */
export function Notices({ nameOf }) {
  const [notices, setNotices] = useState(/** @type {ShownNotice[]} */ ([]));
  const [trouble, setTrouble] = useState('');

  /** @param {object} [json] */
  const load = async (json) => {
    try {
      /** @type {NoticeList} */
      const answer = await ask(PATH, json ? { json } : {});
      setNotices(answer.notices);
      setTrouble('');
    } catch (error) {
      setTrouble(sentenceOf(error));
    }
  };
  useEffect(() => void load(), []);

  if (notices.length === 0) return trouble && h('p', { class: 'problem', role: 'status' }, trouble);
  return h(
    'div',
    { class: 'notices' },
    h('h3', {}, words.operator.look()),
    h('p', { class: 'problem', role: 'status' }, trouble),
    h(
      'ul',
      { class: 'cards' },
      notices.map((notice) => {
        const { key, at, raisable } = notice;
        const what = sentenceFor(notice, nameOf(notice));
        return h(
          'li',
          { key, class: 'card' },
          h('p', {}, what, ' ', h('span', { class: 'soft' }, h(Ago, { at }))),
          h(
            'p',
            { class: 'end' },
            raisable && h('button', { onClick: () => load({ key, act: 'raise' }) }, words.operator.raise()),
            h(
              'button',
              {
                onClick: () => load({ key, act: 'dismiss' }),
                'aria-label': words.operator.dismissIt({ what }),
              },
              words.operator.dismiss(),
            ),
          ),
        );
      }),
    ),
  );
}

/** @param {ShownNotice} notice @param {string} place */
function sentenceFor({ kind, facts }, place) {
  switch (kind) {
    case 'foreign-files':
      return words.operator.noticeFiles({ ...facts, place });
    case 'partner-nodes':
      return words.operator.noticePartners({ ...facts, place });
    case 'above-maximum':
      return words.operator.noticeMaximum({ ...facts, place });
  }
}
