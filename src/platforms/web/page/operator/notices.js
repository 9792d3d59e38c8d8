/** What was found that the operator may want to look at; not there when there is nothing. */
/** @import { NoticeList, ShownNotice } from '../../operator-api.ts' */
/** @import { Place } from '../../api.ts' */
import { html } from 'htm/preact';
import { useEffect, useState } from 'preact/hooks';
import { ask, sentenceOf, word } from '../shared/frame.js';
import { Ago } from './time.js';

const PATH = '/api/operator/notices';
const WORDS = /** @type {const} */ ({
  'foreign-files': 'noticeFiles',
  'partner-nodes': 'noticePartners',
  'above-maximum': 'noticeMaximum',
});

/** @param {{ nameOf: (place: Pick<Place, 'platform' | 'guild'>) => string }} props */
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

  if (notices.length === 0) return trouble && html`<p class="problem" role="status">${trouble}</p>`;
  return html`<div class="notices">
    <h3>${word('operator', 'look')}</h3>
    <p class="problem" role="status">${trouble}</p>
    <ul class="cards">
      ${notices.map((notice) => {
        const { key, at, kind, facts, raisable } = notice;
        const what = word('operator', WORDS[kind], { ...facts, place: nameOf(notice) });
        return html`<li key=${key} class="card">
          <p>
            ${what} <span class="soft"><${Ago} at=${at} /></span>
          </p>
          <p class="end">
            ${
              raisable &&
              html`<button onClick=${() => load({ key, act: 'raise' })}>${word('operator', 'raise')}</button>`
            }
            <button
              onClick=${() => load({ key, act: 'dismiss' })}
              aria-label=${word('operator', 'dismissIt', { what })}
            >
              ${word('operator', 'dismiss')}
            </button>
          </p>
        </li>`;
      })}
    </ul>
  </div>`;
}
