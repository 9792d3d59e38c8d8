/** The first screen: what one can do here, as things to press. */
/** @import { Command, Home } from '../../api.ts' */
import { html } from 'htm/preact';
import { filling } from './command-form.js';
import { word } from '../shared/frame.js';
/** @import { Filling } from './command-form.js' */

const EXAMPLES = ['example1', 'example2', 'example3'];

/** @param {{ home: Home, commands: Command[], onFill: (filled: Filling) => void }} props */
export function Welcome({ home, commands, onFill }) {
  const painter = commands.find(drawsFromWords);
  const others = commands.filter((command) => command.kind === 'template' && command !== painter);
  const templates = painter ? [painter, ...others] : others;
  const main = painter?.fields.find((field) => field.main)?.name;
  return html`<section class="welcome">
    <h2>${word('chat', 'welcome')}</h2>
    <p>${word('chat', 'begin')}</p>
    ${
      painter &&
      main !== undefined &&
      html`<div class="examples" role="group" aria-label=${word('chat', 'examples')}>
        ${EXAMPLES.map((key) => {
          const text = word('chat', key);
          return html`<button onClick=${() => onFill(filling(painter.name, { values: { [main]: text } }))}>
            ${text}
          </button>`;
        })}
      </div>`
    }
    <ul class="templates" aria-label=${word('chat', 'commands')}>
      ${templates.map(
        ({ name, description }) =>
          html`<li>
            <button onClick=${() => onFill(filling(name))}>
              <strong>/${name}</strong> <span class="about">${description}</span>
            </button>
          </li>`,
      )}
    </ul>
    ${home.sandbox && html`<p class="about">${word('frame', 'sandbox')}</p>`}
  </section>`;
}

/** Words alone are enough for it. @param {Command} command */
function drawsFromWords({ fields }) {
  return (
    fields.some(({ main, type }) => main && type === 'text') &&
    fields.every(({ main, required }) => main || !required)
  );
}
