/** The first screen: what one can do here, as things to press. */
/** @import { Command, Home } from '../../api.ts' */
/** @import { Filling } from './command-form.js' */
import { h } from '../shared/h.js';
import { RealPictures } from '../shared/reply.js';
import { words } from '../shared/words.js';
import { filling } from './command-form.js';

const EXAMPLES = [words.chat.example1, words.chat.example2, words.chat.example3];

/**
 * @param {object} props
 * @param {Home} props.home
 * @param {Command[]} props.commands the default template first
 * @param {(filled: Filling) => void} props.onFill
 * @param {(line: string) => void} props.onSay
 */
export function Welcome({ home, commands, onFill, onSay }) {
  const painter = commands.find(drawsFromWords);
  const others = commands.filter((command) => command.kind === 'template' && command !== painter);
  const templates = painter ? [painter, ...others] : others;
  // words alone go to the default template
  const before = painter && painter !== commands[0] ? `/${painter.name} ` : '';
  return h(
    'section',
    { class: 'welcome' },
    h('h2', {}, words.chat.welcome()),
    h('p', {}, words.chat.begin()),
    painter &&
      h(
        'div',
        { class: 'examples', role: 'group', 'aria-label': words.chat.examples() },
        EXAMPLES.map((example) => {
          const text = example();
          return h('button', { onClick: () => onSay(`${before}${text}`) }, text);
        }),
      ),
    h(
      'ul',
      { class: 'templates', 'aria-label': words.chat.commands() },
      templates.map(({ name, label = name, description }) =>
        h(
          'li',
          {},
          h(
            'button',
            { onClick: () => onFill(filling(name)) },
            h('strong', {}, '/', label),
            ' ',
            h('span', { class: 'about' }, description),
          ),
        ),
      ),
    ),
    home.sandbox && h('p', { class: 'about' }, words.frame.sandbox(), ' ', h(RealPictures, {})),
  );
}

/** Words alone are enough for it. @param {Command} command */
function drawsFromWords({ fields }) {
  return (
    fields.some(({ main, kind }) => main && kind === 'text') &&
    fields.every(({ main, required }) => main || !required)
  );
}
