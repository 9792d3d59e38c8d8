/** The author's own word: a node titled `slot:style` or `slot:style (text)` is a slot of that name. */
import type { Slot, SlotType } from '../../core/template.ts';
import { pathKey, nodeAt, type NodeId } from '../../core/workflow.ts';
import type { Found } from './found.ts';
import type { Graph } from './graph.ts';
import { SLOT_TYPE_NAMES } from '../slots/index.ts';
import { slotAt, slotNameOf } from './suggest.ts';
import { inputsOf, type Input } from './view.ts';

const TITLE = /^\s*slot\s*:([^()]*)(?:\(\s*(\w+)\s*\)\s*)?$/i;
/** A longer title is no name. */
const LONGEST_TITLE = 200;
/** What a node is about, when it has several inputs. */
const MAIN = ['text', 'string', 'value', 'prompt', 'int', 'float', 'number', 'image', 'seed'];

/** Takes the inputs that it finds (`graph.taken`). Nodes of one name share its slot. */
export function titledSlots(graph: Graph): Found[] {
  const found = new Map<string, Slot>();
  for (const id of graph.live) {
    const wanted = readTitle(nodeAt(graph.workflow, id)?._meta?.title ?? '');
    const known = wanted && found.get(wanted.name);
    const slot = wanted && mainSlot(graph, id, wanted.name, known?.type ?? wanted.type);
    if (!slot || (known && !known.into)) continue;
    const paths = slot.into ?? [];
    for (const path of paths) graph.taken.add(pathKey(path));
    found.set(wanted.name, known ? { ...known, into: [...(known.into ?? []), ...paths] } : slot);
  }
  return [...found].map(([name, slot]) => ({
    name,
    slot,
    about: { purpose: 'named', name, type: slot.type },
  }));
}

interface Title {
  name: string;
  type: SlotType | undefined;
}

/** Undefined for any other title, a name with nothing legal in it and an unknown type. */
function readTitle(title: string): Title | undefined {
  const [, rawName, rawType] = (title.length <= LONGEST_TITLE && TITLE.exec(title)) || [];
  const name = slotNameOf(rawName?.trim() ?? '');
  const type = SLOT_TYPE_NAMES.find((known) => known === rawType?.toLowerCase());
  return name === undefined || (rawType !== undefined && type === undefined) ? undefined : { name, type };
}

/** Of the node's inputs that suit the type: the one of that name, else the one it is about, else the first. */
function mainSlot(graph: Graph, id: NodeId, name: string, type: SlotType | undefined): Slot | undefined {
  const rank = (input: Input): number => {
    const about = MAIN.indexOf(input.name);
    return input.name === name ? -1 : about === -1 ? MAIN.length : about;
  };
  for (const input of inputsOf(graph, id).toSorted((a, b) => rank(a) - rank(b))) {
    const slot = slotAt(graph, input, type);
    if (slot) return slot;
  }
  return undefined;
}
