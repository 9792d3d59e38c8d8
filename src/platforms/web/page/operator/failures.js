/** What failed lately and why, the newest first. */
/** @import { NamedGuild } from '../../api.ts' */
/** @import { Failure } from '../../overview-api.ts' */
import { Fragment } from 'preact';
import { useId, useState } from 'preact/hooks';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';
import { Table } from './table.js';
import { Ago } from './time.js';

/** @param {{ failures: Failure[], nameOf: (place: Pick<NamedGuild, 'platform' | 'guild'>) => string }} props */
export function Failures({ failures, nameOf }) {
  const [typed, setTyped] = useState('');
  const id = useId();
  if (failures.length === 0)
    return h('div', { class: 'card empty' }, h('p', {}, h('b', {}, words.operator.noFailures())));

  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = failures.filter((failure) => {
    const { template, sentence, code, detail, prompt, job, platform } = failure;
    const all = [nameOf(failure), platform, `/${template}`, sentence, code, detail, prompt, job]
      .join('\n')
      .toLowerCase();
    return wanted.every((one) => all.includes(one));
  });
  const count = words.operator.shown({ count: found.length, total: failures.length });

  return h(
    Fragment,
    {},
    h(
      'div',
      { class: 'filter' },
      h('label', { for: id }, words.operator.filter()),
      h('input', {
        id,
        type: 'search',
        value: typed,
        placeholder: words.operator.filterHint(),
        onInput: (event) => setTyped(event.currentTarget.value),
      }),
      h('span', { role: 'status', class: 'soft' }, wanted.length > 0 && count),
    ),
    found.length === 0
      ? h('p', { class: 'card empty' }, words.operator.noMatch())
      : h('div', { class: 'card' }, h(FailureTable, { failures: found, nameOf })),
  );
}

const COLUMNS = [
  { key: 'template', label: words.operator.template },
  { key: 'reason', label: words.operator.reason },
  { key: 'place', label: words.operator.place },
  { key: 'when', label: words.operator.when },
  { key: 'prompt', label: words.operator.prompt },
];

/** @param {{ failures: Failure[], nameOf: (place: Pick<NamedGuild, 'platform' | 'guild'>) => string }} props */
function FailureTable({ failures, nameOf }) {
  const rows = failures.map((failure) => {
    const { job, at, template, sentence, code, detail = '', prompt, cost } = failure;
    const isNews = !detail.split(': ').every((part) => sentence.includes(part));
    return {
      key: job,
      cells: {
        template: `/${template}`,
        reason: h(
          Fragment,
          {},
          sentence,
          h(
            'span',
            { class: 'cause' },
            h('code', {}, code),
            isNews && h(Fragment, {}, ' ', h('span', { class: 'soft' }, detail)),
            cost && h(Fragment, {}, ' ', h('span', { class: 'soft' }, words.operator.cost({ cost }))),
          ),
        ),
        place: nameOf(failure),
        when: h(Ago, { at }),
        prompt: prompt ? h(Prompt, { id: prompt }) : h('span', { class: 'soft' }, words.operator.noPrompt()),
      },
    };
  });
  return h(Table, { caption: words.operator.recentFailures(), columns: COLUMNS, rows });
}

/** @param {{ id: string }} props */
function Prompt({ id }) {
  const [notice, tell] = useState('');
  /** @param {Event & { currentTarget: HTMLElement }} event */
  const copy = async ({ currentTarget }) => {
    const text = currentTarget.parentElement?.querySelector('code');
    try {
      await navigator.clipboard.writeText(id);
      tell(words.operator.copied());
    } catch {
      // no clipboard outside of https and this machine, or it was forbidden
      if (text) getSelection()?.selectAllChildren(text);
      tell(words.operator.selected());
    }
  };
  return h(
    'span',
    { class: 'prompt-id' },
    h('code', { title: id }, id),
    h(
      'button',
      { class: 'quiet', onClick: copy, 'aria-label': words.operator.copyPrompt({ id }) },
      words.operator.copy(),
    ),
    h('span', { role: 'status', class: 'soft' }, notice),
  );
}
