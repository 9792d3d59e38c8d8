/** The size of what is drawn, as shapes of the same number of pixels; the length of a video; the seconds of a sound. */
import type { Assignment } from '../../core/template.ts';
import { pathKey, type InputPath, type NodeId } from '../../core/workflow.ts';
import { distinct, type Found } from './found.ts';
import type { Graph } from './graph.ts';
import { latentSources, sizeInputs } from './latents.ts';
import { numberSlot } from './limits.ts';
import { literalBehind } from './trace.ts';
import { inputsOf, type Input } from './view.ts';

interface Size {
  width: number;
  height: number;
}
/** A size that stands in the graph. */
interface Sized extends Size {
  at: Input;
  into: { width: InputPath; height: InputPath };
}

/** What the models draw well: 1344×768 is 16:9 of a million pixels. */
const WIDE = 16 / 9;
const MULTIPLE = 64;

export function sizeSlots(graph: Graph, sampling: readonly NodeId[]): Found[] {
  const sources = latentSources(graph, sampling);
  const own = sources.flatMap((id) => sizesOf(graph, id))[0];
  const same = own ? graph.live.flatMap((id) => sizesOf(graph, id)).filter((size) => isEqual(size, own)) : [];
  const alike = [...new Set([...sources, ...same.map(({ at }) => at.path[0])])];
  return [
    ...(own ? [sizeSlot(own, [own, ...same])] : []),
    ...amountSlot(graph, 'length', LENGTH, alike),
    ...amountSlot(graph, 'seconds', SECONDS, sources),
  ];
}

function sizesOf(graph: Graph, id: NodeId): Sized[] {
  return sizeInputs(graph, id).flatMap((at) => {
    const width = literalBehind(graph, at.width, 'number');
    const height = literalBehind(graph, at.height, 'number');
    if (!width || !height || width === height || !isPixels(width.value) || !isPixels(height.value)) return [];
    const into = { width: width.path, height: height.path };
    return [{ at: at.width, into, width: width.value, height: height.value }];
  });
}

function isPixels(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= 65_536;
}

function isEqual(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

function sizeSlot(own: Sized, all: readonly Sized[]): Found {
  const inputs = distinct(
    all.map(({ into }) => into),
    ({ width, height }) => `${pathKey(width)} ${pathKey(height)}`,
  );
  const shapes = shapesOf(own);
  const fitting = [...shapes].find(([, size]) => isEqual(size, own))?.[0];
  const name = fitting ?? `${own.width}x${own.height}`;
  const sizes: [string, Size][] = fitting ? [...shapes] : [[name, own], ...shapes];
  const choices = Object.fromEntries(sizes.map(([shape, size]) => [shape, assignments(inputs, size)]));
  return { name: 'size', slot: { type: 'choice', choices, default: name }, about: { purpose: 'size' } };
}

function assignments(inputs: readonly Sized['into'][], { width, height }: Size): Assignment[] {
  return inputs.flatMap((into): Assignment[] => [
    [into.width, width],
    [into.height, height],
  ]);
}

/** Square, wide and tall with about as many pixels; fewer where the steps or bounds make two of them one. */
function shapesOf(own: Sized): Map<string, Size> {
  const { info } = own.at;
  const step = Math.max(MULTIPLE, Math.ceil(info?.step ?? 1));
  const most = Math.max(step, Math.floor(Math.min(Number(info?.max ?? Infinity), 65_536) / step) * step);
  const side = Math.sqrt(own.width * own.height);
  const snap = (length: number) => Math.min(most, Math.max(step, Math.round(length / step) * step));
  const long = snap(side * Math.sqrt(WIDE));
  const short = snap(side / Math.sqrt(WIDE));
  const square: [string, Size] = ['square', { width: snap(side), height: snap(side) }];
  if (long === short) return new Map([square]);
  return new Map([
    square,
    ['wide', { width: long, height: short }],
    ['tall', { width: short, height: long }],
  ]);
}

const LENGTH = /^(length|video_frames|num_frames|frames_number)$/;
const SECONDS = /^seconds$/;

/** The nodes that hold the first one's value are set together with it. */
function amountSlot(
  graph: Graph,
  name: 'length' | 'seconds',
  inputs: RegExp,
  nodes: readonly NodeId[],
): Found[] {
  const origins = nodes
    .flatMap((id) => inputsOf(graph, id))
    .filter((input) => inputs.test(input.name))
    .flatMap((at) => {
      const source = literalBehind(graph, at, 'number');
      return source ? [{ at, source }] : [];
    });
  const [first] = origins;
  if (!first) return [];
  const { at, source } = first;
  const equal = origins.filter((origin) => origin.source.value === source.value);
  const into = distinct(
    equal.map((origin) => origin.source.path),
    pathKey,
  );
  const type = name === 'length' ? 'integer' : 'number';
  const slot = numberSlot(type, name, source.value, at.info, into);
  return slot ? [{ name, slot, about: { purpose: name } }] : [];
}
