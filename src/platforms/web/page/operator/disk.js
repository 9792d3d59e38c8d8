/** What lies in the data folder, and what goes when there is no room. */
/** @import { DiskShown } from '../../overview-api.ts' */
import { h } from '../shared/h.js';
import { size } from '../shared/media.js';
import { words } from '../shared/words.js';

/** In the order in which they are shown; what never goes first. */
const KINDS = [
  { kind: 'flight', label: words.operator.diskFlight },
  { kind: 'records', label: words.operator.diskRecords },
  { kind: 'pictures', label: words.operator.diskPictures },
  { kind: 'links', label: words.operator.diskLinks },
  { kind: 'retries', label: words.operator.diskRetries },
  { kind: 'backups', label: words.operator.diskBackups },
];
/** Each takes what may not be removed, though not all of them say it. @type {Record<'full' | 'nearly', Record<'budget' | 'disk', (values: { fixed: string }) => string>>} */
const WHY = {
  full: { budget: words.operator.diskFullBudget, disk: words.operator.diskFullDisk },
  nearly: { budget: words.operator.diskNearlyBudget, disk: words.operator.diskNearlyDisk },
};

/** @param {{ disk: DiskShown }} props */
export function Disk({
  disk: { used, total, fixed, aside, budget, unset, standard, free, full, nearly, next },
}) {
  const taken =
    budget === undefined
      ? words.operator.diskUsedAlone({ used: size(total) })
      : words.operator.diskUsed({ used: size(total), budget: size(budget) });
  const most = budget ?? Math.max(total, 1);
  const share = (/** @type {number} */ bytes) => `${Math.min(100, (bytes / most) * 100)}%`;
  const { sign, state } = full
    ? { sign: 'bad', state: words.operator.diskFull }
    : nearly
      ? { sign: 'held', state: words.operator.diskNearly }
      : { sign: 'good', state: words.operator.diskRoom };
  const why = full ? WHY.full[full] : nearly && WHY.nearly[nearly];
  const goesNext = KINDS.find(({ kind }) => kind === next);
  return h(
    'div',
    { class: 'card disk' },
    h(
      'p',
      { class: 'head' },
      h('span', { class: 'name' }, taken),
      h('span', { class: `state ${sign}` }, state()),
    ),
    h(
      'div',
      { role: 'status' },
      why && h('p', { class: 'held' }, why({ fixed: size(fixed) })),
      unset && h('p', { class: 'held' }, words.operator.diskUnset({ standard: size(standard) })),
    ),
    h(
      'div',
      {
        class: 'meter',
        role: 'meter',
        'aria-valuemin': 0,
        'aria-valuemax': most,
        'aria-valuenow': Math.min(total, most),
        'aria-valuetext': taken,
        'aria-label': words.operator.disk(),
      },
      h('span', { style: { width: share(fixed) } }),
      h('i', { style: { width: share(total - fixed) } }),
    ),
    h(
      'dl',
      {},
      KINDS.filter(({ kind }) => (used[kind] ?? 0) > 0).map(({ kind, label }) =>
        h('div', { key: kind }, h('dt', {}, label()), h('dd', {}, size(used[kind] ?? 0))),
      ),
    ),
    h(
      'p',
      { class: 'soft facts' },
      aside > 0 && h('span', {}, words.operator.diskAside({ aside: size(aside) })),
      free !== undefined && h('span', {}, words.operator.diskFree({ free: size(free) })),
      goesNext && budget !== undefined && h('span', {}, words.operator.diskNext({ kind: goesNext.label() })),
    ),
  );
}
