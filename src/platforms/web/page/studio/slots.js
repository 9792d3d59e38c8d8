/** The slots of a draft: a list that can be ordered, and a form for each. */
/** @import { Draft, DraftSlot, SlotChange, SlotForm } from '../../studio-api.ts' */
/** @import { ChangeDraft, Held } from './draft.js' */
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from 'htm/preact';
import { Field } from './field.js';
import { word } from '../shared/frame.js';

const FIELDS = /** @type {const} */ (['default', 'min', 'max', 'maxLength', 'format', 'choices']);

/** `fieldMin` of `min`. @param {string} before @param {string} key */
const keyed = (before, key) => `${before}${key.charAt(0).toUpperCase()}${key.slice(1)}`;

/** What is wanted of a slot's form: to be open, and to have the focus. `focus` grows each time that it is. @typedef {{ key: string, focus: number }} Opened */

/**
 * @param {object} props
 * @param {Draft} props.draft
 * @param {string[]} props.keys
 * @param {Opened | undefined} props.opened
 * @param {(opened: Opened | undefined) => void} props.onOpen
 * @param {ChangeDraft} props.change
 */
export function Slots({ draft: { slots }, keys, opened, onOpen, change }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  return html`<section class="slots" aria-labelledby="slots">
    <h2 id="slots" tabindex="-1" ref=${heading}>${word('studio', 'slots')}</h2>
    ${slots.length === 0 && html`<p class="soft">${word('studio', 'noSlots')}</p>`}
    <ol>
      ${slots.map((slot, index) => {
        const key = keys[index] ?? slot.name;
        return html`<${SlotItem}
          key=${key}
          slot=${slot}
          nameIn=${(/** @type {Held} */ now) => now.draft.slots[now.keys.indexOf(key)]?.name ?? slot.name}
          place=${{ first: index === 0, last: index === slots.length - 1 }}
          open=${opened?.key === key}
          focus=${opened?.key === key ? opened.focus : 0}
          onToggle=${() => onOpen(opened?.key === key ? undefined : { key, focus: 0 })}
          onDropped=${() => heading.current?.focus()}
          change=${change}
        />`;
      })}
    </ol>
  </section>`;
}

/**
 * @param {object} props
 * @param {DraftSlot} props.slot
 * @param {(now: Held) => string} props.nameIn what it is called by the time that a change is sent
 * @param {{ first: boolean, last: boolean }} props.place
 * @param {boolean} props.open
 * @param {number} props.focus
 * @param {() => void} props.onToggle
 * @param {() => void} props.onDropped
 * @param {ChangeDraft} props.change
 */
function SlotItem({ slot, nameIn, place, open, focus, onToggle, onDropped, change }) {
  const item = useRef(/** @type {HTMLElement | null} */ (null));
  const [problem, setProblem] = useState('');
  const { name, findings, facts, into } = slot;

  useEffect(() => {
    if (!focus || !open) return;
    item.current?.scrollIntoView({ block: 'nearest' });
    item.current?.querySelector('input')?.select();
  }, [focus, open]);

  /** @param {-1 | 1} by */
  const move = async (by) => {
    setProblem((await change((now) => ({ kind: 'move', slot: nameIn(now), by }))) ?? '');
    // it stands elsewhere in the page now, and an arrow at the end of the list cannot be pressed
    const arrow = item.current?.querySelector(by === -1 ? '.up' : '.down');
    const to =
      arrow instanceof HTMLButtonElement && !arrow.disabled ? arrow : item.current?.querySelector('button');
    if (to instanceof HTMLElement) to.focus();
  };
  const drop = async () => {
    const why = await change((now) => ({ kind: 'drop', slot: nameIn(now) }));
    if (why === undefined) onDropped();
    else setProblem(why);
  };
  return html`<li class=${open ? 'card slot open' : 'card slot'} ref=${item}>
    <div class="slot-head">
      <h3>
        <button class="quiet slot-name" aria-expanded=${open} onClick=${onToggle}>
          <span class="chip">${name}</span>
          <span class="slot-facts">${facts.join(' · ')}</span>
        </button>
      </h3>
      <div class="slot-acts">
        <button
          class="quiet up"
          disabled=${place.first}
          onClick=${() => move(-1)}
          title=${word('studio', 'up')}
          aria-label=${`${word('studio', 'up')}: ${name}`}
        >
          ↑
        </button>
        <button
          class="quiet down"
          disabled=${place.last}
          onClick=${() => move(1)}
          title=${word('studio', 'down')}
          aria-label=${`${word('studio', 'down')}: ${name}`}
        >
          ↓
        </button>
        <button
          class="quiet"
          onClick=${drop}
          title=${word('studio', 'dropSlot')}
          aria-label=${`${word('studio', 'dropSlot')}: ${name}`}
        >
          ✕
        </button>
      </div>
    </div>
    ${
      findings.length > 0 &&
      html`<ul class="findings">
        ${findings.map(({ sentence, blocking }) => html`<li class=${blocking ? 'problem' : 'warn'}>${sentence}</li>`)}
      </ul>`
    }
    <p class="problem" role="alert">${problem}</p>
    ${open && html`<${SlotFields} slot=${slot} nameIn=${nameIn} change=${change} />`}
    ${
      open &&
      html`<p class="soft small">
        ${word('studio', 'fills', { inputs: into.map(({ title, input }) => `${title} · ${input}`).join(', ') })}
      </p>`
    }
  </li>`;
}

/** @param {{ slot: DraftSlot, nameIn: (now: Held) => string, change: ChangeDraft }} props */
function SlotFields({ slot, nameIn, change }) {
  const { name, type, types, form, required } = slot;
  const [problem, setProblem] = useState('');
  /** @param {SlotChange} wanted */
  const save = (wanted) => change((now) => ({ kind: 'slot', slot: nameIn(now), change: wanted }));
  /** @param {{ currentTarget: HTMLSelectElement }} event */
  const retype = async ({ currentTarget }) => {
    const wanted = types.find((one) => one === currentTarget.value);
    setProblem((wanted && (await save({ type: wanted }))) ?? '');
  };
  /** @param {keyof SlotForm} field */
  const isLong = (field) =>
    field === 'choices' || field === 'format' || (field === 'default' && type === 'text');
  return html`<div class="slot-form">
    <div class="pair">
      <${Field}
        label=${word('studio', 'fieldName')}
        hint=${word('studio', 'hintName')}
        name="name"
        value=${name}
        onSave=${(/** @type {string} */ typed) => save({ name: typed })}
      />
      <div class="field">
        <label for=${`type-${name}`}>${word('studio', 'type')}</label>
        <select id=${`type-${name}`} value=${type} onChange=${retype}>
          ${types.map((one) => html`<option value=${one} selected=${one === type}>${word('studio', keyed('type', one))}</option>`)}
        </select>
        <label class="check">
          <input
            type="checkbox"
            checked=${required}
            onChange=${async () => setProblem((await save({ required: !required })) ?? '')}
          />
          ${word('studio', 'required')}
        </label>
        <p class="problem" role="alert">${problem}</p>
      </div>
    </div>
    <${Field}
      label=${word('studio', 'fieldDescription')}
      hint=${word('studio', 'hintDescription')}
      name="description"
      value=${form.description}
      onSave=${(/** @type {string} */ typed) => save({ description: typed })}
    />
    ${FIELDS.filter((field) => form[field] !== undefined).map(
      (field) =>
        html`<${Field}
          key=${field}
          label=${word('studio', keyed('field', field))}
          hint=${word('studio', keyed('hint', field))}
          name=${field}
          long=${isLong(field)}
          value=${form[field]}
          onSave=${(/** @type {string} */ typed) => save({ [field]: typed })}
        />`,
    )}
  </div>`;
}
