/** The plain line: words for the default template, or a command typed out, with a list of what fits. */
/** @import { Accepted, Command } from '../../api.ts' */
/** @import { Filling } from './command-form.js' */
/** @import { Suggestion } from '../shared/suggestions.js' */
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isComposing, useEscape } from '../shared/escape.js';
import { ask, sentenceOf } from '../shared/frame.js';
import { h } from '../shared/h.js';
import { Icon } from '../shared/icons.js';
import { words } from '../shared/words.js';
import { isAtEnd, isInFirstRow } from './caret.js';
import { filling } from './command-form.js';
import { labelOf } from './fields.js';
import { matching, useSuggestions } from '../shared/suggestions.js';

/**
 * @param {object} props
 * @param {string} props.text
 * @param {Command[]} props.commands
 * @param {(text: string) => void} props.onText
 * @param {(filled: Filling) => void} props.onFill
 * @param {(by: number) => boolean} props.onWalk through what was typed before; false: there is nothing more
 * @param {boolean} props.isReached by such a walk, and not changed
 * @param {(text: string) => void} props.onSent also where it is refused
 * @param {(message: string) => void} props.onAccepted
 */
export function Line({ text, commands, onText, onFill, onWalk, isReached, onSent, onAccepted }) {
  const id = useId();
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const [command, written] = split(text, commands);

  /** @param {string} next */
  const write = (next) => {
    setProblem('');
    onText(next);
    field.current?.focus();
  };
  const suggestions = useSuggestions({
    label: command
      ? words.chat.options({ command: `/${command.label ?? command.name}` })
      : words.chat.commands(),
    // arrows go on with the walk
    items: isReached ? [] : suggested(text, commands),
    take({ value }, key) {
      const taken = commands.find(({ name }) => `/${name}` === value);
      if (!taken) return write(`${text.replace(/\S*$/, '')}${value} `);
      if (taken.kind === 'template') return onFill(filling(taken.name));
      // a verb that is typed out is meant as it stands
      if (key === 'Enter' && isCalled(taken, text.slice(1))) return void say();
      write(`/${taken.label ?? taken.name} `);
    },
  });

  useEffect(() => {
    // on a phone this would open the keyboard over what one came to see
    if (!matchMedia('(pointer: coarse)').matches) field.current?.focus();
  }, []);

  useLayoutEffect(() => {
    const { current } = field;
    if (isReached) current?.setSelectionRange(current.value.length, current.value.length);
  }, [isReached, text]);
  useEscape(problem !== '', () => setProblem(''));

  const say = async () => {
    if (busy || text.trim() === '') return;
    setBusy(true);
    onSent(text.trim());
    suggestions.close();
    try {
      /** @type {Accepted} */
      const { message } = await ask('/api/say', { json: { text: text.trim() } });
      onAccepted(message);
    } catch (error) {
      setProblem(sentenceOf(error));
    }
    setBusy(false);
  };

  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    const { key, shiftKey } = event;
    if (suggestions.onKey(event) || isComposing(event)) return;
    const by = walks(event, isReached);
    if (by !== 0 && onWalk(by)) {
      setProblem('');
      event.preventDefault();
    } else if (key === 'Enter' && !shiftKey) {
      event.preventDefault();
      void say();
    }
  };

  const asForm = () => {
    if (command) onFill(filling(command.name, { values: typedValues(command, written) }));
  };
  return h(
    'form',
    {
      class: 'line',
      onSubmit: (event) => {
        event.preventDefault();
        void say();
      },
    },
    suggestions.list,
    h('span', { class: 'unseen', role: 'status' }, suggestions.count),
    problem &&
      h(
        'div',
        { class: 'refused' },
        h('p', { class: 'problem', id: `${id}-problem`, role: 'alert' }, problem),
        command?.kind === 'template' &&
          h(
            'button',
            { type: 'button', onClick: asForm },
            words.chat.openForm({ command: `/${command.label ?? command.name}` }),
          ),
      ),
    h(
      'div',
      { class: 'row' },
      h('textarea', {
        ref: field,
        rows: 1,
        value: text,
        placeholder: words.chat.placeholder(),
        'aria-label': words.chat.message(),
        'aria-invalid': problem ? true : undefined,
        'aria-describedby': problem ? `${id}-problem` : undefined,
        enterkeyhint: 'send',
        spellcheck: !text.startsWith('/'),
        onInput: ({ currentTarget }) => write(currentTarget.value),
        onKeyDown: onKey,
        onFocus: suggestions.reopen,
        onBlur: suggestions.close,
        // preact's types know no combobox of several lines
        .../** @type {{}} */ (suggestions.field),
      }),
      h(
        'button',
        { class: 'main send', 'aria-label': words.chat.send(), 'aria-disabled': busy },
        h(Icon, { name: 'send' }),
      ),
    ),
    h('p', { class: 'hint' }, words.chat.hint()),
  );
}

/**
 * Where an arrow key leads among what was typed: −1, 1, or 0 where it moves the caret. What a walk has come to is left by
 * it at once, as long as the caret stays where it was put.
 *
 * @param {KeyboardEvent} event @param {boolean} isReached
 */
function walks({ key, shiftKey, ctrlKey, altKey, metaKey, currentTarget }, isReached) {
  const isBack = key === 'ArrowUp';
  if (!isBack && key !== 'ArrowDown') return 0;
  if (shiftKey || ctrlKey || altKey || metaKey || !(currentTarget instanceof HTMLTextAreaElement)) return 0;
  const atEnd = isAtEnd(currentTarget);
  const isOut = isBack ? isInFirstRow(currentTarget) : atEnd;
  return isOut || (isReached && atEnd) ? (isBack ? -1 : 1) : 0;
}

/** In its reader's language, or by its own name. @param {{ name: string, label?: string }} one @param {string | undefined} typed */
function isCalled({ name, label }, typed) {
  return name === typed || (label !== undefined && label === typed);
}

/** The template or verb that the line names, and the words after it. @param {string} text @param {Command[]} commands */
function split(text, commands) {
  const [, name, rest = ''] = /^\/(\S+)\s*(.*)$/s.exec(text) ?? [];
  return /** @type {const} */ ([commands.find((one) => isCalled(one, name)), rest.trim()]);
}

/**
 * What was typed as the form's values, as far as that is clear; the server is who really reads it.
 *
 * @param {Command} command
 * @param {string} written
 */
function typedValues({ fields }, written) {
  /** @type {Map<string, string>} */
  const values = new Map();
  /** @param {string | undefined} name @param {string} more */
  const put = (name, more) => {
    if (name === undefined) return;
    const all = [values.get(name), more.trim()].filter(Boolean).join(' ');
    if (all !== '') values.set(name, all);
  };
  const main = fields.find((field) => field.main)?.name;
  // a name may begin another one
  const names = fields
    .flatMap(({ name, label = name }) => [name, label])
    .toSorted((a, b) => b.length - a.length)
    .join('|');
  // words, then a name and the words after it, and so on
  const [first = '', ...named] = written.split(
    new RegExp(`(?:^|\\s)(?:--)?(${names})(?:[:=]|(?<=--\\S+)\\s+)`, 'u'),
  );
  put(main, first);
  for (let at = 0; at < named.length; at += 2) {
    const [name = '', rest = ''] = named.slice(at, at + 2);
    const field = fields.find((one) => isCalled(one, name));
    if (field?.kind === 'text') put(field.name, rest);
    else {
      const [value = '', ...others] = rest.trim().split(/\s+/);
      put(field?.name, value);
      put(main, others.join(' '));
    }
  }
  return Object.fromEntries(values);
}

/** Commands after `/`, options after `--`, choices after an option. @param {string} text @param {Command[]} commands @returns {Suggestion[]} */
function suggested(text, commands) {
  const slash = /^\/(\S*)$/.exec(text);
  if (slash)
    return matching(
      commands.map(({ name, label = name, description }) => ({
        value: `/${name}`,
        label: `/${label}`,
        ...(label !== name && { also: `/${name}` }),
        description,
      })),
      text,
    );
  const [command] = split(text, commands);
  const option = /\s--(\S*)$/.exec(text);
  if (!command) return [];
  if (option) {
    const rest = command.fields.filter(
      ({ name, label = name, kind }) =>
        kind !== 'file' && !text.includes(`--${name} `) && !text.includes(`--${label} `),
    );
    const items = rest.map(({ name, label = name, description }) => ({
      value: `--${label}`,
      label: `--${label}`,
      ...(label !== name && { also: `--${name}` }),
      description,
    }));
    return matching(items, `--${option[1]}`);
  }
  const [, name, typed = ''] = /\s--(\S+)\s+(\S*)$/.exec(text) ?? [];
  const { choices = [], labels = {} } =
    command.fields.find((one) => isCalled(one, name) && one.kind === 'one-of') ?? {};
  // a choice of several words would have to be quoted: the form is for that
  return matching(
    choices
      .filter((choice) => !/\s/.test(choice))
      .map((choice) => ({ value: choice, label: labelOf(labels, choice) })),
    typed,
  ).filter(({ value }) => value !== typed);
}
