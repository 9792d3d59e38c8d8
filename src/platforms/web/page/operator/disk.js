/** What lies in the data folder, and what goes when there is no room. */
/** @import { DiskShown } from '../../api.ts' */
import { html } from 'htm/preact';
import { word } from '../shared/frame.js';
import { size } from '../shared/media.js';

/** In the order in which they are shown; what never goes first. */
const KINDS = /** @type {const} */ ([
  ['flight', 'diskFlight'],
  ['records', 'diskRecords'],
  ['pictures', 'diskPictures'],
  ['links', 'diskLinks'],
  ['retries', 'diskRetries'],
  ['backups', 'diskBackups'],
]);
const WHY = /** @type {const} */ ({
  full: { budget: 'diskFullBudget', disk: 'diskFullDisk' },
  nearly: { budget: 'diskNearlyBudget', disk: 'diskNearlyDisk' },
});

/** @param {{ disk: DiskShown }} props */
export function Disk({
  disk: { used, total, fixed, aside, budget, unset, standard, free, full, nearly, next },
}) {
  const taken =
    budget === undefined
      ? word('operator', 'diskUsedAlone', { used: size(total) })
      : word('operator', 'diskUsed', { used: size(total), budget: size(budget) });
  const most = budget ?? Math.max(total, 1);
  const share = (/** @type {number} */ bytes) => `${Math.min(100, (bytes / most) * 100)}%`;
  const [kind, state] = full ? ['bad', 'diskFull'] : nearly ? ['held', 'diskNearly'] : ['good', 'diskRoom'];
  const why = full ? WHY.full[full] : nearly && WHY.nearly[nearly];
  const nextName = KINDS.find(([name]) => name === next)?.[1];
  return html`<div class="card disk">
    <p class="head">
      <span class="name">${taken}</span>
      <span class=${`state ${kind}`}>${word('operator', state)}</span>
    </p>
    <div role="status">
      ${why && html`<p class="held">${word('operator', why, { fixed: size(fixed) })}</p>`}
      ${unset && html`<p class="held">${word('operator', 'diskUnset', { standard: size(standard) })}</p>`}
    </div>
    <div
      class="meter"
      role="meter"
      aria-valuemin="0"
      aria-valuemax=${most}
      aria-valuenow=${Math.min(total, most)}
      aria-valuetext=${taken}
      aria-label=${word('operator', 'disk')}
    >
      <span style=${{ width: share(fixed) }}></span><i style=${{ width: share(total - fixed) }}></i>
    </div>
    <dl>
      ${KINDS.filter(([name]) => (used[name] ?? 0) > 0).map(
        ([name, label]) =>
          html`<div key=${name}>
            <dt>${word('operator', label)}</dt>
            <dd>${size(used[name] ?? 0)}</dd>
          </div>`,
      )}
    </dl>
    <p class="soft facts">
      ${aside > 0 && html`<span>${word('operator', 'diskAside', { aside: size(aside) })}</span>`}
      ${free !== undefined && html`<span>${word('operator', 'diskFree', { free: size(free) })}</span>`}
      ${
        nextName &&
        budget !== undefined &&
        html`<span>${word('operator', 'diskNext', { kind: word('operator', nextName) })}</span>`
      }
    </p>
  </div>`;
}
