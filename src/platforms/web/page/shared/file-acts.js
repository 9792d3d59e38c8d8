/** What one can do with a file that a message has brought: keep it with a star, use it as an input, delete it. */
/** @import { Message, MessageFile } from '../../api.ts' */
/** @import { Acts } from './reply.js' */
import { Fragment } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { useEscape } from './escape.js';
import { ask, sentenceOf } from './frame.js';
import { h } from './h.js';
import { Icon } from './icons.js';
import { words } from './words.js';

/** @typedef {{ file: MessageFile, name: string, acts: Acts }} Props */

/** @param {Props} props */
function useStar({ file, acts }) {
  const [problem, setProblem] = useState('');
  const { url, starred = false } = file;
  const turn = () => {
    setProblem('');
    ask(`${url}/star`, { json: { starred: !starred } }).then(
      (/** @type {Message} */ message) => acts.changed(message),
      (error) => setProblem(sentenceOf(error)),
    );
  };
  return { starred, turn, problem };
}

/** Small, in a picture's corner. @param {Props} props */
export function StarButton(props) {
  const { starred, turn, problem } = useStar(props);
  const label = words.chat.starFor({ name: props.name });
  return h(
    Fragment,
    {},
    h(
      'button',
      {
        class: 'corner',
        type: 'button',
        'aria-pressed': starred,
        'aria-label': label,
        title: words.chat.starHint(),
        onClick: turn,
      },
      h(Icon, { name: 'star' }),
    ),
    problem && h('p', { class: 'problem', role: 'alert' }, problem),
  );
}

/** @param {Props} props */
export function FileActs(props) {
  const { file, name, acts } = props;
  const { starred, turn, problem: untold } = useStar(props);
  const [problem, setProblem] = useState('');
  const { use } = acts;
  const put = async () => {
    setProblem('');
    await use?.(file).catch((error) => setProblem(sentenceOf(error)));
  };
  const remove = async () => {
    setProblem('');
    try {
      /** @type {Message} */
      const message = await ask(file.url, { method: 'DELETE' });
      acts.changed(message);
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };
  const shown = untold || problem;
  return h(
    Fragment,
    {},
    h(
      'button',
      {
        class: 'starring',
        type: 'button',
        'aria-pressed': starred,
        'aria-label': words.chat.starFor({ name }),
        title: words.chat.starHint(),
        onClick: turn,
      },
      h(Icon, { name: 'star' }),
      words.chat.star(),
    ),
    use && acts.takes?.(file) && h('button', { type: 'button', onClick: put }, words.chat.useAsInput()),
    h(DeleteButton, { name, onDelete: remove }),
    shown && h('span', { class: 'problem', role: 'alert' }, shown),
  );
}

/** Pressed twice, since nothing brings it back. @param {{ name: string, onDelete: () => void }} props */
function DeleteButton({ name, onDelete }) {
  const button = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const [sure, setSure] = useState(false);
  const leave = () => setSure(false);
  useEscape(sure, leave, button);
  const press = () => {
    if (!sure) return setSure(true);
    leave();
    onDelete();
  };
  const label = sure ? words.chat.deleteSure() : words.chat.delete();
  return h(
    'button',
    {
      ref: button,
      type: 'button',
      class: sure ? 'delete sure' : 'delete',
      'aria-label': words.chat.actOn({ action: label, item: name }),
      onClick: press,
      onBlur: leave,
    },
    label,
  );
}
