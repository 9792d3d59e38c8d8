/** How the command will look in a chat: sketches of Discord and of Slack, with what people will see there. */
/** @import { Draft, DraftSlot } from '../../studio-api.ts' */
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';

const SHOWN_OPTIONS = 8;
const SHOWN_CHOICES = 4;

/** @param {{ draft: Draft }} props */
export function Previews({ draft }) {
  return h(
    'section',
    { class: 'previews', 'aria-labelledby': 'preview' },
    h(
      'div',
      { class: 'row' },
      h('h2', { id: 'preview' }, words.studio.preview()),
      h('p', { class: 'soft small' }, words.studio.previewNote()),
    ),
    h(Discord, { draft }),
    h(Slack, { draft }),
  );
}

/** Required ones first, as Discord wants them. @param {DraftSlot[]} slots */
function inOrder(slots) {
  return slots.toSorted((a, b) => Number(b.required) - Number(a.required));
}

/** @param {DraftSlot} slot */
function choicesLine({ kind, choices = [], open }) {
  if (kind !== 'one-of') return '';
  if (choices.length === 0) return words.studio.backendChoices();
  const more = choices.length - SHOWN_CHOICES;
  const rest = more > 0 ? [open ? '…' : words.studio.moreChoices({ count: more })] : [];
  return [...choices.slice(0, SHOWN_CHOICES), ...rest].join(' · ');
}

/** @param {{ draft: Draft }} props */
function Discord({ draft: { name, description, slots } }) {
  const ordered = inOrder(slots);
  const required = ordered.filter((slot) => slot.required);
  const optional = ordered.length - required.length;
  const hidden = ordered.length - SHOWN_OPTIONS;
  return h(
    'figure',
    { class: 'sketch discord' },
    h('figcaption', {}, words.studio.discord()),
    h(
      'div',
      { class: 'discord-menu' },
      h('p', { class: 'discord-command' }, h('strong', {}, '/', name), ' ', h('span', {}, description)),
      ordered.length > 0 && h('p', { class: 'discord-label' }, words.studio.options()),
      h(
        'ul',
        {},
        ordered.slice(0, SHOWN_OPTIONS).map((slot) => {
          const choices = choicesLine(slot);
          return h(
            'li',
            {},
            h('span', { class: 'discord-option' }, slot.name),
            h('span', { class: 'discord-about' }, slot.description),
            slot.required && h('span', { class: 'discord-required' }, words.studio.required()),
            choices && h('span', { class: 'discord-choices' }, choices),
          );
        }),
      ),
      hidden > 0 && h('p', { class: 'discord-more' }, words.studio.moreOptions({ count: hidden })),
    ),
    h(
      'p',
      { class: 'discord-input' },
      h('strong', {}, '/', name),
      required.map((slot) => h('span', { class: 'discord-pill' }, h('b', {}, slot.name), h('i', {}))),
      optional > 0 && h('span', { class: 'discord-rest' }, words.studio.moreOptions({ count: optional })),
    ),
  );
}

/** @param {{ draft: Draft }} props */
function Slack({ draft: { name, slots } }) {
  const main = slots.find((slot) => slot.main);
  const flags = slots.filter((slot) => slot !== main && slot.default).slice(0, 2);
  const asked = slots.slice(0, SHOWN_OPTIONS);
  return h(
    'figure',
    { class: 'sketch slack' },
    h('figcaption', {}, words.studio.slack()),
    h(
      'p',
      { class: 'slack-input' },
      h('strong', {}, '/easel ', name),
      main && h('span', {}, main.description || main.name),
      flags.map((slot) => h('code', {}, '--', slot.name, ' ', slot.default)),
    ),
    h('p', { class: 'slack-note' }, words.studio.formOpens()),
    h(
      'div',
      { class: 'slack-form' },
      h('p', { class: 'slack-title' }, '/', name),
      h(
        'ul',
        {},
        asked.map((slot) =>
          h(
            'li',
            {},
            h(
              'span',
              { class: 'slack-label' },
              slot.name,
              ' ',
              !slot.required && h('small', {}, '(', words.studio.optional(), ')'),
            ),
            h(SlackControl, { slot }),
            h('small', {}, slot.description),
          ),
        ),
      ),
      slots.length > SHOWN_OPTIONS &&
        h('p', { class: 'slack-note' }, words.studio.moreOptions({ count: slots.length - SHOWN_OPTIONS })),
      h('p', { class: 'slack-submit' }, h('span', {}, words.studio.run())),
    ),
  );
}

/** @param {{ slot: DraftSlot }} props */
function SlackControl({ slot: { kind, choices = [], default: standard = '', required } }) {
  switch (kind) {
    case 'yes-no':
      return h('span', { class: 'slack-box' }, standard === 'true' ? '☑' : '☐');
    case 'one-of':
      return h('span', { class: 'slack-value' }, standard || choices[0] || '', ' ', h('i', {}, '▾'));
    case 'file':
      return h('span', { class: 'slack-value' }, words.studio.pickFile());
    case 'text':
      return h('span', { class: required ? 'slack-value tall' : 'slack-value' }, standard);
    case 'number':
      return h('span', { class: 'slack-value' }, standard);
  }
}
