/** Any screen: what it says, what can be entered, chosen and pressed. */
/** @import { Action, Item, Menu, Screen as Shown } from '../../../../core/screen.ts' */
/** @import { Child } from '../shared/h.js' */
/** @import { Edits } from './entered.js' */
import { Fragment } from 'preact';
import { useId, useState } from 'preact/hooks';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';
import { changedIn, heldBy } from './entered.js';
import { optionText, ScreenField } from './screen-field.js';
import { Lines, Parts } from './screen-lines.js';
import { BACK } from './use-screen.js';

/** The name under which the server reads what was chosen, as there. */
const CHOSEN = 'chosen';

/**
 * @typedef {object} ScreenProps
 * @property {Shown} screen
 * @property {Edits} edits
 * @property {(key: string) => string | undefined} problemOf
 * @property {(key: string, value: Edits[string]) => void} onHold
 * @property {(action: string, more?: { entered?: Record<string, string>, redraw?: boolean }) => void} onPress
 * @property {Child} [children] what the last press has come to
 */

/** @param {ScreenProps} props */
export function Screen(props) {
  const { screen, edits, onPress, children } = props;
  const { title, lines, items = [], itemsTitle, itemActions, menus = [], fields, actions, save } = screen;
  // it says more of what is seen than the title
  const heading = lines.find(({ tone }) => tone === 'heading');
  const choose = (/** @type {string} */ action, /** @type {string} */ chosen) =>
    onPress(action, { entered: { [CHOSEN]: chosen } });
  const isListed = actions.some(({ key }) => key === save);
  const isDirty = changedIn(screen, edits).length > 0;
  return h(
    Fragment,
    {},
    h('h2', { tabindex: -1 }, heading ? h(Parts, { parts: heading.parts }) : title),
    h(Lines, { lines: lines.filter((one) => one !== heading) }),
    items.length > 0 &&
      h(
        'ul',
        { class: 'items', 'aria-label': itemsTitle ?? itemActions?.choose ?? title },
        items.map((item) =>
          h(ItemRow, {
            key: item.key,
            item,
            actions: itemActions?.actions ?? [],
            onPress: (action) => choose(action, item.key),
          }),
        ),
      ),
    menus.map((menu) =>
      h(Chooser, { key: menu.action, menu, onChoose: (chosen) => choose(menu.action, chosen) }),
    ),
    h(
      'form',
      {
        novalidate: true,
        onSubmit: (event) => {
          event.preventDefault();
          if (save !== undefined) onPress(save);
        },
      },
      fieldsets(props),
      save !== undefined &&
        !isListed &&
        fields.length > 0 &&
        h('p', { class: 'acts' }, h('button', { type: 'submit', disabled: !isDirty }, words.chat.save())),
      children,
      h(
        'p',
        { class: 'acts' },
        actions.map(({ disabled = false, ...action }) =>
          h(ActionButton, {
            key: action.key,
            // what is entered may be what it lacked
            action: { ...action, disabled: disabled && !isDirty },
            save,
            onPress: () => onPress(action.key),
          }),
        ),
      ),
    ),
  );
}

/** Fields of a group together; a group of one that is called as its field needs no name of its own. @param {ScreenProps} props */
function fieldsets({ screen: { fields, groups = {} }, edits, problemOf, onHold, onPress }) {
  const keys = [...new Set([...Object.keys(groups), ...fields.map(({ group }) => group)])];
  return keys.map((key) => {
    const here = fields.filter(({ group }) => group === key);
    const [first] = here;
    if (!first) return undefined;
    const shown = here.map((field) =>
      h(ScreenField, {
        key: field.key,
        field,
        held: heldBy(field, edits),
        problem: problemOf(field.key),
        onHold: (value) => {
          onHold(field.key, value);
          if (field.redraws && typeof value === 'string')
            onPress('redraw', { entered: { [field.key]: value }, redraw: true });
        },
      }),
    );
    // where it leads to a form it ends as what leads on
    const legend = (groups[key] ?? '').replace(/(…|\.{3})$/, '');
    if (legend === '' || (here.length === 1 && legend === first.label))
      return h('div', { key, class: 'fields' }, shown);
    return h('fieldset', { key }, h('legend', {}, legend), h('div', { class: 'fields' }, shown));
  });
}

/** @param {{ item: Item, actions: readonly Action[], onPress: (action: string) => void }} props */
function ItemRow({ item: { label, lines }, actions, onPress }) {
  return h(
    'li',
    {},
    h('div', { class: 'about-item' }, h(Lines, { lines })),
    actions.length > 0 &&
      h(
        'p',
        { class: 'acts' },
        actions.map((action) =>
          h(ActionButton, {
            key: action.key,
            action,
            of: label,
            save: undefined,
            onPress: () => onPress(action.key),
          }),
        ),
      ),
  );
}

/** @param {{ action: Action, of?: string, save: string | undefined, onPress: () => void }} props */
function ActionButton({ action: { key, label, style, disabled = false }, of, save, onPress }) {
  const kind = style === 'primary' ? 'main' : key === BACK ? 'quiet' : style;
  return h(
    'button',
    {
      // Enter in a field saves, and does nothing else
      type: key === save ? 'submit' : 'button',
      class: kind,
      disabled,
      'aria-label': of === undefined ? undefined : words.chat.actOn({ action: label, item: of }),
      onClick: key === save ? undefined : onPress,
    },
    label,
  );
}

/** Chosen first and pressed then: a list that acts by itself would act at every arrow key. @param {{ menu: Menu, onChoose: (chosen: string) => void }} props */
function Chooser({ menu: { label, options }, onChoose }) {
  const id = useId();
  const [value, setValue] = useState('');
  const isThere = options.some((option) => option.value === value);
  return h(
    'form',
    {
      class: 'chooser',
      onSubmit: (event) => {
        event.preventDefault();
        if (isThere) onChoose(value);
      },
    },
    h('label', { for: id, class: 'unseen' }, label),
    h(
      'select',
      { id, value: isThere ? value : '', onChange: ({ currentTarget }) => setValue(currentTarget.value) },
      h('option', { value: '' }, words.chat.choose()),
      options.map((option) => h('option', { key: option.value, value: option.value }, optionText(option))),
    ),
    h('button', { type: 'submit', disabled: !isThere }, label),
  );
}
