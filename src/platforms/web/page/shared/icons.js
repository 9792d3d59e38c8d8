/** Small signs beside words, so that nothing is told by its colour alone. */
import { h } from './h.js';

/** Strokes in a square of 16. */
const PATHS = {
  waiting: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M8 4.5V8l2.5 1.5',
  working: 'M13.5 8a5.5 5.5 0 1 1-2-4.2M13.5 1.5v3h-3',
  done: 'M2.5 8.5l3.5 4l7.5-9',
  failed: 'M8 1.8L15 14H1zM8 6v4M8 12v.3',
  cancelled: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M3.5 3.5l9 9',
  cancel: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  again: 'M2.5 8a5.5 5.5 0 1 0 2-4.2M2.5 1.5v3h3',
  all: 'M2 2h5v5H2zM9 2h5v5H9zM2 9h5v5H2zM9 9h5v5H9z',
  edit: 'M2.5 13.5l.8-3.3L11 2.5l2.5 2.5l-7.7 7.7zM9.3 4.2l2.5 2.5',
  send: 'M2 8h11M8.5 3.5L13 8l-4.5 4.5',
  down: 'M8 2.5v11M3.5 9L8 13.5L12.5 9',
  left: 'M10.5 2.5L5 8l5.5 5.5',
  right: 'M5.5 2.5L11 8l-5.5 5.5',
  star: 'M8 1.8l1.9 4 4.4.6-3.2 3.1.8 4.4L8 11.8l-3.9 2.1.8-4.4L1.7 6.4l4.4-.6z',
  pictures: 'M1.5 4.5h10v9h-10zM4.5 4.5v-3h10v9h-3M1.5 11.5l3-3l4.5 4.5',
  file: 'M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3',
};

/** @param {{ name: keyof typeof PATHS }} props */
export function Icon({ name }) {
  return h(
    'svg',
    { class: `icon ${name}`, viewBox: '0 0 16 16', width: '16', height: '16', 'aria-hidden': 'true' },
    h('path', { d: PATHS[name] }),
  );
}
