/** A list that belongs to a text field: arrows choose, Enter and Tab take, Escape closes (ARIA's combobox). */
/** @import { Child } from './h.js' */
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isComposing } from './escape.js';
import { h } from './h.js';
import { words } from './words.js';

/**
 * @typedef {object} Suggestion
 * @property {string} value
 * @property {string} label
 * @property {string} [also] as what it may be typed, too, where that is something else
 * @property {string} [description]
 */

/**
 * @param {object} options
 * @param {string} options.label of the list
 * @param {Suggestion[]} options.items
 * @param {(item: Suggestion, key: string) => void} options.take `key`: what took it, empty for a click
 * @param {number} [options.first] the item that is chosen at first; −1: none, so that Enter keeps its meaning
 */
export function useSuggestions({ label, items, take, first = 0 }) {
  const id = useId();
  const [active, setActive] = useState(first);
  const [closed, setClosed] = useState(false);
  const list = useRef(/** @type {HTMLUListElement | null} */ (null));
  const shape = items.map(({ value }) => value).join('\n');
  // with the list, and not a frame later: the key that closes it may come at once
  useLayoutEffect(() => {
    setActive(first);
    setClosed(false);
  }, [shape, first]);
  useEffect(() => list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }));

  const open = items.length > 0 && !closed;
  const chosen = Math.min(active, items.length - 1);

  /** True when the key was for the list. @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (!open || isComposing(event)) return false;
    const { key, shiftKey } = event;
    const item = items[chosen];
    if (key === 'ArrowDown') setActive((chosen + 1) % items.length);
    else if (key === 'ArrowUp') setActive((Math.max(chosen, 0) + items.length - 1) % items.length);
    else if (key === 'Escape') setClosed(true);
    else if ((key === 'Enter' || key === 'Tab') && !shiftKey && item) take(item, key);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  return {
    open,
    onKey,
    close: () => setClosed(true),
    reopen: () => setClosed(false),
    /** For the text field. */
    field: /** @type {const} */ ({
      role: 'combobox',
      autocomplete: 'off',
      'aria-autocomplete': 'list',
      'aria-expanded': open,
      'aria-controls': open ? id : undefined,
      'aria-activedescendant': open && chosen >= 0 ? `${id}-${chosen}` : undefined,
    }),
    /** @type {Child} */
    list:
      open &&
      h(
        'ul',
        { ref: list, class: 'suggestions', id, role: 'listbox', 'aria-label': label },
        items.map((item, index) =>
          h(
            'li',
            {
              key: item.value,
              id: `${id}-${index}`,
              role: 'option',
              'aria-selected': index === chosen,
              onMouseDown: (event) => event.preventDefault(),
              onClick: () => take(item, ''),
            },
            h('span', { class: 'name' }, item.label),
            item.also && h('span', { class: 'also' }, item.also),
            item.description && h('span', { class: 'about' }, item.description),
          ),
        ),
      ),
    /** How many there are, for who cannot see the list. */
    count: open ? words.chat.found({ count: items.length }) : '',
  };
}

/**
 * Those that hold what was typed; those that begin with it come first.
 *
 * @param {Suggestion[]} items
 * @param {string} typed
 */
export function matching(items, typed) {
  const bare = (/** @type {string} */ text) =>
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/^(\/|--)/, '');
  const wanted = bare(typed);
  /** @param {Suggestion} item */
  const rank = ({ value, label, also = value, description = '' }) => {
    const places = [value, label, also].map((text) => bare(text).indexOf(wanted)).filter((at) => at >= 0);
    if (places.includes(0)) return 0;
    if (places.length > 0) return 1;
    return description.toLowerCase().includes(wanted) ? 2 : 3;
  };
  return items.filter((item) => rank(item) < 3).toSorted((a, b) => rank(a) - rank(b));
}
