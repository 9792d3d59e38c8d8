/** The graph itself, seen through a window that can be moved: with its search, its buttons and its small map. */
/** @import { GraphNode } from '../../studio-api.ts' */
/** @import { Child } from '../shared/h.js' */
/** @import { Rect } from './camera.js' */
/** @import { Surroundings } from './node.js' */
import { useEffect, useId, useMemo, useState } from 'preact/hooks';
import { h } from '../shared/h.js';
import { useSuggestions } from '../shared/suggestions.js';
import { words } from '../shared/words.js';
import { FAR, seen } from './camera.js';
import { foundNodes, slotsIn } from './find-nodes.js';
import { layout, SIZES } from './graph-layout.js';
import { Minimap } from './minimap.js';
import { NodeBody } from './node.js';
import { FACTOR, useCamera } from './use-camera.js';

/** Of what a search shows. */
const MOST_FOUND = 12;
/** Before a node's id, where an element has one. */
const NODE = 'node-';

/** @param {{ nodes: GraphNode[], first: string | undefined, around: Surroundings, children?: Child }} props */
export function Sheet({ nodes, first, around, children }) {
  const sheet = useMemo(() => layout(nodes), [nodes]);
  const { boxes, curves, width, height } = sheet;
  const view = useCamera(sheet);
  const { area, camera, size } = view;
  const hint = useId();
  const [marked, setMarked] = useState(/** @type {string | undefined} */ (undefined));
  const isFar = camera.zoom < FAR;
  const slotted = useMemo(
    () => new Set(nodes.filter((one) => slotsIn(one).length > 0).map(({ id }) => id)),
    [nodes],
  );

  /** @param {string} id @returns {Rect | undefined} */
  const boxOf = (id) => {
    const box = boxes.get(id);
    return box && { ...box, width: SIZES.width };
  };
  useEffect(() => {
    const box = first === undefined ? undefined : boxOf(first);
    if (box) view.lookIfHidden(box, 0);
  }, [first]);
  /** @param {string} id */
  const goTo = (id) => {
    const box = boxOf(id);
    if (!box) return;
    view.look(box);
    setMarked(id);
    document.getElementById(`${NODE}${id}`)?.focus({ preventScroll: true });
  };
  /** What the keyboard has come to is shown, large enough. @param {FocusEvent} event */
  const onFocusIn = ({ target }) => {
    const node = target instanceof Element ? target.closest('.node') : null;
    const box = node ? boxOf(node.id.slice(NODE.length)) : undefined;
    if (box && target instanceof Element && target.matches(':focus-visible')) view.lookIfHidden(box, FAR);
  };
  const isWhole = width * camera.zoom <= size.width && height * camera.zoom <= size.height;

  return h(
    'div',
    { class: 'graph-frame' },
    h(
      'div',
      { class: 'graph-tools' },
      h(Finder, { nodes, onFound: goTo }),
      h(
        'div',
        { class: 'zoom', role: 'group', 'aria-label': words.studio.zoom() },
        h('button', { 'aria-label': words.studio.zoomOut(), onClick: () => view.zoomBy(1 / FACTOR) }, '−'),
        h('output', {}, words.studio.percent({ share: camera.zoom })),
        h('button', { 'aria-label': words.studio.zoomIn(), onClick: () => view.zoomBy(FACTOR) }, '+'),
        h('button', { onClick: view.showAll }, words.studio.fit()),
      ),
      children,
    ),
    h(
      'div',
      {
        class: isFar ? 'graph far' : 'graph',
        ref: area,
        tabindex: 0,
        role: 'group',
        'aria-label': words.studio.workflow(),
        'aria-describedby': hint,
        style: { '--sheet-width': width, '--sheet-height': height },
        onFocusIn,
        ...view.hands,
      },
      h(
        'div',
        {
          class: view.glides ? 'graph-sheet glides' : 'graph-sheet',
          style: {
            width: `${width}px`,
            height: `${height}px`,
            transform: `translate(${camera.x}px, ${camera.y}px) scale(${camera.zoom})`,
            '--zoom': camera.zoom,
          },
        },
        h(
          'svg',
          { class: 'curves', width, height, 'aria-hidden': 'true' },
          curves.map(({ key, path, slotted: isSlot }) =>
            h('path', { key, class: isSlot ? 'slotted' : '', d: path }),
          ),
        ),
        h(
          'ol',
          { class: 'nodes', 'aria-label': words.studio.nodes() },
          nodes.map((node) => {
            const { id, title, type } = node;
            const box = boxes.get(id);
            const kinds = ['node', slotted.has(id) && 'has-slots', marked === id && 'marked'];
            return h(
              'li',
              {
                key: id,
                class: kinds.filter(Boolean).join(' '),
                id: `${NODE}${id}`,
                tabindex: -1,
                style: box && { left: `${box.x}px`, top: `${box.y}px`, height: `${box.height}px` },
                onDblClick: () => isFar && goTo(id),
              },
              h(
                'div',
                { class: 'node-head' },
                h('h3', { title }, title),
                h('p', { title: type }, type, ' · ', id),
              ),
              h(NodeBody, { node, around }),
            );
          }),
        ),
      ),
      !isWhole && h(Minimap, { sheet, marked: slotted, view: seen(camera, size), onPoint: view.center }),
    ),
    h('p', { class: 'soft small', id: hint }, words.studio.moveHint()),
  );
}

/** @param {{ nodes: GraphNode[], onFound: (id: string) => void }} props */
function Finder({ nodes, onFound }) {
  const [typed, setTyped] = useState('');
  const found = typed.trim() === '' ? [] : foundNodes(nodes, typed).slice(0, MOST_FOUND);
  const suggestions = useSuggestions({
    label: words.studio.nodes(),
    items: found.map((node) => {
      const { id, title, type } = node;
      return { value: id, label: title, description: [type, ...slotsIn(node)].join(' · ') };
    }),
    take({ value }) {
      onFound(value);
      suggestions.close();
    },
  });
  return h(
    'div',
    { class: 'finder' },
    h(Search, {
      typed,
      onTyped: setTyped,
      label: words.studio.findNode(),
      more: {
        onKeyDown: suggestions.onKey,
        onFocus: suggestions.reopen,
        onBlur: suggestions.close,
        ...suggestions.field,
      },
    }),
    suggestions.list,
    h(
      'span',
      { class: 'unseen', role: 'status' },
      typed.trim() !== '' && found.length === 0 ? words.studio.noNode() : suggestions.count,
    ),
  );
}

/** @param {{ typed: string, onTyped: (typed: string) => void, label: string, more?: {} }} props */
export function Search({ typed, onTyped, label, more = {} }) {
  return h('input', {
    type: 'search',
    value: typed,
    placeholder: label,
    'aria-label': label,
    autocomplete: 'off',
    onInput: ({ currentTarget }) => onTyped(currentTarget.value),
    ...more,
  });
}
