/** How the command will look in a chat: sketches of Discord and of Slack, with what people will see there. */
/** @import { Draft, DraftSlot } from '../../studio-api.ts' */
import { html } from 'htm/preact';
import { word } from '../shared/frame.js';

const SHOWN_OPTIONS = 8;
const SHOWN_CHOICES = 4;

/** @param {{ draft: Draft }} props */
export function Previews({ draft }) {
  return html`<section class="previews" aria-labelledby="preview">
    <div class="row">
      <h2 id="preview">${word('studio', 'preview')}</h2>
      <p class="soft small">${word('studio', 'previewNote')}</p>
    </div>
    <${Discord} draft=${draft} />
    <${Slack} draft=${draft} />
  </section>`;
}

/** Required ones first, as Discord wants them. @param {DraftSlot[]} slots */
function inOrder(slots) {
  return slots.toSorted((a, b) => Number(b.required) - Number(a.required));
}

/** @param {DraftSlot} slot */
function choicesLine({ type, choices = [], open }) {
  if (type !== 'choice') return '';
  if (choices.length === 0) return word('studio', 'backendChoices');
  const more = choices.length - SHOWN_CHOICES;
  const rest = more > 0 ? [open ? '…' : word('studio', 'moreChoices', { count: more })] : [];
  return [...choices.slice(0, SHOWN_CHOICES), ...rest].join(' · ');
}

/** @param {{ draft: Draft }} props */
function Discord({ draft: { name, description, slots } }) {
  const ordered = inOrder(slots);
  const required = ordered.filter((slot) => slot.required);
  const optional = ordered.length - required.length;
  const hidden = ordered.length - SHOWN_OPTIONS;
  return html`<figure class="sketch discord">
    <figcaption>${word('studio', 'discord')}</figcaption>
    <div class="discord-menu">
      <p class="discord-command"><strong>/${name}</strong> <span>${description}</span></p>
      ${ordered.length > 0 && html`<p class="discord-label">${word('studio', 'options')}</p>`}
      <ul>
        ${ordered.slice(0, SHOWN_OPTIONS).map((slot) => {
          const choices = choicesLine(slot);
          return html`<li>
            <span class="discord-option">${slot.name}</span>
            <span class="discord-about">${slot.description}</span>
            ${slot.required && html`<span class="discord-required">${word('studio', 'required')}</span>`}
            ${choices && html`<span class="discord-choices">${choices}</span>`}
          </li>`;
        })}
      </ul>
      ${hidden > 0 && html`<p class="discord-more">${word('studio', 'moreOptions', { count: hidden })}</p>`}
    </div>
    <p class="discord-input">
      <strong>/${name}</strong>
      ${required.map((slot) => html`<span class="discord-pill"><b>${slot.name}</b><i></i></span>`)}
      ${optional > 0 && html`<span class="discord-rest">${word('studio', 'moreOptions', { count: optional })}</span>`}
    </p>
  </figure>`;
}

/** @param {{ draft: Draft }} props */
function Slack({ draft: { name, slots } }) {
  const main = slots.find((slot) => slot.main);
  const flags = slots.filter((slot) => slot !== main && slot.default).slice(0, 2);
  const asked = slots.slice(0, SHOWN_OPTIONS);
  return html`<figure class="sketch slack">
    <figcaption>${word('studio', 'slack')}</figcaption>
    <p class="slack-input">
      <strong>/easel ${name}</strong>
      ${main && html`<span>${main.description || main.name}</span>`}
      ${flags.map((slot) => html`<code>--${slot.name} ${slot.default}</code>`)}
    </p>
    <p class="slack-note">${word('studio', 'formOpens')}</p>
    <div class="slack-form">
      <p class="slack-title">/${name}</p>
      <ul>
        ${asked.map(
          (slot) =>
            html`<li>
              <span class="slack-label">
                ${slot.name} ${!slot.required && html`<small>(${word('studio', 'optional')})</small>`}
              </span>
              <${SlackControl} slot=${slot} />
              <small>${slot.description}</small>
            </li>`,
        )}
      </ul>
      ${slots.length > SHOWN_OPTIONS && html`<p class="slack-note">${word('studio', 'moreOptions', { count: slots.length - SHOWN_OPTIONS })}</p>`}
      <p class="slack-submit"><span>${word('studio', 'run')}</span></p>
    </div>
  </figure>`;
}

/** @param {{ slot: DraftSlot }} props */
function SlackControl({ slot: { type, choices = [], default: standard = '', required } }) {
  switch (type) {
    case 'boolean':
      return html`<span class="slack-box">${standard === 'true' ? '☑' : '☐'}</span>`;
    case 'choice':
      return html`<span class="slack-value">${standard || choices[0] || ''} <i>▾</i></span>`;
    case 'image':
      return html`<span class="slack-value">${word('studio', 'pickFile')}</span>`;
    case 'text':
      return html`<span class=${required ? 'slack-value tall' : 'slack-value'}>${standard}</span>`;
    case 'integer':
    case 'number':
    case 'seed':
      return html`<span class="slack-value">${standard}</span>`;
  }
}
