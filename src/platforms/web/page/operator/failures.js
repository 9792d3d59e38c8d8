/** What failed lately and why, the newest first. */
/** @import { Failure, Place } from '../../api.ts' */
import { html } from 'htm/preact';
import { useId, useState } from 'preact/hooks';
import { word } from '../shared/frame.js';
import { Table } from './table.js';
import { Ago } from './time.js';

/** @param {{ failures: Failure[], nameOf: (place: Pick<Place, 'platform' | 'guild'>) => string }} props */
export function Failures({ failures, nameOf }) {
  const [typed, setTyped] = useState('');
  const id = useId();
  if (failures.length === 0)
    return html`<div class="card empty">
      <p><b>${word('operator', 'noFailures')}</b></p>
    </div>`;

  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = failures.filter((failure) => {
    const { template, sentence, code, detail, prompt, job, platform } = failure;
    const all = [nameOf(failure), platform, `/${template}`, sentence, code, detail, prompt, job]
      .join('\n')
      .toLowerCase();
    return wanted.every((one) => all.includes(one));
  });
  const count = word('operator', 'shown', { count: found.length, total: failures.length });

  return html`<div class="filter">
      <label for=${id}>${word('operator', 'filter')}</label>
      <input
        id=${id}
        type="search"
        value=${typed}
        placeholder=${word('operator', 'filterHint')}
        onInput=${(/** @type {Event & { currentTarget: HTMLInputElement }} */ event) =>
          setTyped(event.currentTarget.value)}
      />
      <span role="status" class="soft">${wanted.length > 0 && count}</span>
    </div>
    ${
      found.length === 0
        ? html`<p class="card empty">${word('operator', 'noMatch')}</p>`
        : html`<div class="card"><${FailureTable} failures=${found} nameOf=${nameOf} /></div>`
    }`;
}

/** @param {{ failures: Failure[], nameOf: (place: Pick<Place, 'platform' | 'guild'>) => string }} props */
function FailureTable({ failures, nameOf }) {
  const columns = ['template', 'reason', 'place', 'when', 'prompt'].map((key) => ({
    key,
    label: word('operator', key),
  }));
  const rows = failures.map((failure) => {
    const { job, at, template, sentence, code, detail = '', prompt } = failure;
    const isNews = !detail.split(': ').every((part) => sentence.includes(part));
    return {
      key: job,
      cells: {
        template: `/${template}`,
        reason: html`${sentence}
          <span class="cause"
            ><code>${code}</code>${isNews && html` <span class="soft">${detail}</span>`}</span
          >`,
        place: nameOf(failure),
        when: html`<${Ago} at=${at} />`,
        prompt: prompt
          ? html`<${Prompt} id=${prompt} />`
          : html`<span class="soft">${word('operator', 'noPrompt')}</span>`,
      },
    };
  });
  return html`<${Table} caption=${word('operator', 'recentFailures')} columns=${columns} rows=${rows} />`;
}

/** @param {{ id: string }} props */
function Prompt({ id }) {
  const [told, tell] = useState('');
  /** @param {Event & { currentTarget: HTMLElement }} event */
  const copy = async ({ currentTarget }) => {
    const text = currentTarget.parentElement?.querySelector('code');
    try {
      await navigator.clipboard.writeText(id);
      tell(word('operator', 'copied'));
    } catch {
      // no clipboard outside of https and this machine, or it was forbidden
      if (text) getSelection()?.selectAllChildren(text);
      tell(word('operator', 'selected'));
    }
  };
  return html`<span class="prompt-id">
    <code title=${id}>${id}</code>
    <button class="quiet" onClick=${copy} aria-label=${word('operator', 'copyPrompt', { id })}>
      ${word('operator', 'copy')}
    </button>
    <span role="status" class="soft">${told}</span>
  </span>`;
}
