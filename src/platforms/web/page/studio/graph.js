/** The workflow as a graph: what each node takes, which inputs are slots, which could be, and what is posted. */
/** @import { Change, Draft, GraphInput, GraphNode } from '../../studio-api.ts' */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { html } from 'htm/preact';
import { layout, SIZES } from './graph-layout.js';
import { word } from '../shared/frame.js';

/**
 * @typedef {object} GraphProps
 * @property {Draft} draft
 * @property {string | undefined} lit the slot that is being looked at
 * @property {(change: Change) => void} onChange
 * @property {(slot: string) => void} onSlot
 */

/** @param {GraphProps} props */
export function Graph({ draft: { nodes, slots }, lit, onChange, onSlot }) {
  const canvas = useRef(/** @type {HTMLElement | null} */ (null));
  const { boxes, curves, width, height } = useMemo(() => layout(nodes), [nodes]);
  const titles = useMemo(() => new Map(nodes.map(({ id, title }) => [id, title])), [nodes]);
  const first = slots.find(({ name }) => name === lit)?.into[0]?.node;

  useEffect(() => {
    const box = first !== undefined && boxes.get(first);
    const area = canvas.current;
    // as a plain list it does not scroll by itself
    if (!box || !area || area.scrollWidth <= area.clientWidth) return;
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = area;
    const seen =
      box.x >= scrollLeft &&
      box.x + SIZES.width <= scrollLeft + clientWidth &&
      box.y >= scrollTop &&
      box.y + SIZES.head <= scrollTop + clientHeight;
    if (!seen) area.scrollTo({ left: box.x - 40, top: Math.max(0, box.y - 40) });
  }, [first]);

  const posted = nodes.filter(({ output }) => output?.posted).map(({ id }) => id);
  const savers = nodes.filter(({ output }) => output).length;
  /** @param {string} id */
  const toggle = (id) =>
    onChange({
      kind: 'outputs',
      nodes: posted.includes(id) ? posted.filter((one) => one !== id) : [...posted, id],
    });

  return html`<div
    class="graph"
    ref=${canvas}
    tabindex="0"
    role="group"
    aria-label=${word('studio', 'workflow')}
  >
    <div class="graph-sheet" style=${{ width: `${width}px`, height: `${height}px` }}>
      <svg class="curves" width=${width} height=${height} aria-hidden="true">
        ${curves.map(({ key, path, slotted }) => html`<path key=${key} class=${slotted ? 'slotted' : ''} d=${path} />`)}
      </svg>
      <ol class="nodes" aria-label=${word('studio', 'nodes')}>
        ${nodes.map((node) => {
          const box = boxes.get(node.id);
          return html`<li
            key=${node.id}
            class="node"
            style=${box && { left: `${box.x}px`, top: `${box.y}px`, height: `${box.height}px` }}
          >
            <div class="node-head">
              <h3 title=${node.title}>${node.title}</h3>
              <p title=${node.type}>${node.type} · ${node.id}</p>
            </div>
            <ul class="inputs">
              ${node.inputs.map(
                (input) =>
                  html`<${Input} key=${input.name} ...${{ node, input, titles, lit, onChange, onSlot }} />`,
              )}
            </ul>
            ${
              node.output &&
              html`<label class="post">
                <input
                  type="checkbox"
                  checked=${node.output.posted}
                  disabled=${savers < 2 || (node.output.posted && posted.length === 1)}
                  onChange=${() => toggle(node.id)}
                  aria-label=${word('studio', 'postedOf', { node: node.title })}
                />
                ${word('studio', 'posted')}
              </label>`
            }
          </li>`;
        })}
      </ol>
    </div>
  </div>`;
}

/**
 * @param {{ node: GraphNode, input: GraphInput, titles: Map<string, string> }
 *   & Pick<GraphProps, 'lit' | 'onChange' | 'onSlot'>} props
 */
function Input({ node, input: { name, value, from, slot, free }, titles, lit, onChange, onSlot }) {
  const kind =
    slot !== undefined
      ? slot === lit
        ? 'input slotted lit'
        : 'input slotted'
      : from
        ? 'input link'
        : 'input';
  return html`<li class=${kind}>
    <span class="input-name" title=${name}>${name}</span>
    ${
      from === undefined
        ? html`<span class="input-value" title=${value}>${value}</span>`
        : html`<span class="input-from">${word('studio', 'from', { node: titles.get(from) ?? from })}</span>`
    }
    ${
      slot !== undefined &&
      html`<button class="chip" onClick=${() => onSlot(slot)} aria-label=${word('studio', 'show', { slot })}>
        ${slot}
      </button>`
    }
    ${
      free &&
      html`<button
        class="add"
        title=${word('studio', 'addFor', { input: name, node: node.title })}
        aria-label=${word('studio', 'addFor', { input: name, node: node.title })}
        onClick=${() => onChange({ kind: 'add', node: node.id, input: name })}
      >
        + ${word('studio', 'addShort')}
      </button>`
    }
  </li>`;
}
