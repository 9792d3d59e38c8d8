/** Where the nodes of large workflows stand, and from where they are looked at. */
import { describe, expect, it } from 'vitest';
import type { Workflow } from '../../../../src/core/workflow.ts';
import { graphNodes } from '../../../../src/platforms/web/studio/graph.ts';
import type { GraphNode } from '../../../../src/platforms/web/studio-api.ts';
import { measured } from '../../../fakes/cpu-time.ts';
import { largeWorkflow } from './large-graph.ts';
import { pageScript } from './page-script.ts';

interface Size {
  width: number;
  height: number;
}
interface Point {
  x: number;
  y: number;
}
type Rect = Point & Size;
type Camera = Point & { zoom: number };

const { layout, SIZES } = await pageScript<{
  SIZES: { width: number; edge: number };
  layout: (
    nodes: GraphNode[],
  ) => Size & { boxes: Map<string, Point & { height: number }>; curves: { path: string }[] };
}>('studio/graph-layout.js');
const { fit, held, lookAt, LEAST, MOST, seen, shows, zoomAt } = await pageScript<{
  LEAST: number;
  MOST: number;
  fit: (sheet: Size, area: Size) => Camera;
  zoomAt: (camera: Camera, point: Point, factor: number) => Camera;
  held: (camera: Camera, sheet: Size, area: Size) => Camera;
  seen: (camera: Camera, area: Size) => Rect;
  shows: (camera: Camera, box: Rect, area: Size) => boolean;
  lookAt: (camera: Camera, box: Rect, area: Size) => Camera;
}>('studio/camera.js');
const { foundNodes, slotsIn } = await pageScript<{
  foundNodes: (nodes: GraphNode[], typed: string) => GraphNode[];
  slotsIn: (node: GraphNode) => string[];
}>('studio/find-nodes.js');

const AREA = { width: 1000, height: 640 };
const nodesOf = (workflow: Workflow) => graphNodes(workflow, { slots: [], outputs: [] }, []);
const node = (id: string, more: Partial<GraphNode> = {}): GraphNode => ({
  id,
  type: 'KSampler',
  title: `Node ${id}`,
  inputs: [],
  ...more,
});
/** Each is fed by the one before. */
const chain = (count: number) =>
  Array.from({ length: count }, (_none, at) =>
    node(`${at}`, { inputs: at === 0 ? [] : [{ name: 'in', from: `${at - 1}`, free: false }] }),
  );
const shapes: [string, GraphNode[]][] = [
  ['no node', []],
  ['one node', [node('1')]],
  ['56 nodes', nodesOf(largeWorkflow(56))],
  ['200 nodes', nodesOf(largeWorkflow(200))],
  ['a chain of 56', chain(56)],
  ['a chain of 200', chain(200)],
  ['56 that feed nothing', chain(56).map((one) => ({ ...one, inputs: [] }))],
  [
    '200 that feed one',
    [
      ...chain(200).map((one) => ({ ...one, inputs: [] })),
      node('all', { inputs: chain(200).map(({ id }) => ({ name: id, from: id, free: false })) }),
    ],
  ],
];

describe('The sheet of a graph', () => {
  it.each(shapes)('has each of %s in a place of its own', (_name, nodes) => {
    const { boxes, width, height } = layout(nodes);
    expect(boxes.size).toBe(nodes.length);
    const all = [...boxes.values()];
    for (const { x, y, height: own } of all) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(SIZES.edge);
      expect(x + SIZES.width).toBeLessThanOrEqual(width - SIZES.edge);
      expect(y + own).toBeLessThanOrEqual(height - SIZES.edge);
    }
    const overlap = all.some((a, at) =>
      all.slice(at + 1).some((b) => a.x === b.x && a.y < b.y + b.height && b.y < a.y + a.height),
    );
    expect(overlap).toBe(false);
  });

  it('wraps, so that a large one is no ribbon', () => {
    const sizes = shapes.map(([name, nodes]) => {
      const { width, height } = layout(nodes);
      return { name, width, height, ratio: width / height, zoom: fit({ width, height }, AREA).zoom };
    });
    const of = (wanted: string) => sizes.find(({ name }) => name === wanted);
    for (const name of ['56 nodes', 'a chain of 56', '56 that feed nothing']) {
      expect(of(name)?.width, name).toBeLessThan(5000);
      expect(of(name)?.zoom, name).toBeGreaterThan(0.2);
    }
    expect(of('200 nodes')?.zoom).toBeGreaterThan(0.12);
    for (const { name, ratio } of sizes.filter((one) => /56|a chain|200 nodes/.test(one.name))) {
      expect(ratio, name).toBeGreaterThan(0.5);
      expect(ratio, name).toBeLessThan(4);
    }
  });

  it('leads from left to right where it need not wrap', () => {
    const { boxes } = layout(chain(3));
    const xs = [...boxes.values()].map(({ x }) => x);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect(new Set([...boxes.values()].map(({ y }) => y)).size).toBe(1);
  });

  it('is found quickly for two hundred nodes', () => {
    const nodes = nodesOf(largeWorkflow(200));
    expect(measured(() => layout(nodes)).cpuMs).toBeLessThan(300);
  });
});

describe('Where a graph is looked at from', () => {
  const sheet = { width: 4000, height: 2000 };

  it('shows all of it, and no more than it is', () => {
    const camera = fit(sheet, AREA);
    expect(shows(camera, { x: 0, y: 0, ...sheet }, AREA)).toBe(true);
    expect(shows({ ...camera, x: camera.x - 100 }, { x: 0, y: 0, ...sheet }, AREA)).toBe(false);
    expect(fit({ width: 100, height: 100 }, AREA)).toEqual({ zoom: 1, x: 450, y: 270 });
    expect(fit({ width: 1e9, height: 1 }, AREA).zoom).toBe(LEAST);
  });

  it('keeps what is under the pointer there, within bounds', () => {
    const camera = fit(sheet, AREA);
    const point = { x: 300, y: 200 };
    const at = ({ x, y, zoom }: Camera) => [(point.x - x) / zoom, (point.y - y) / zoom];
    const nearer = zoomAt(camera, point, 3);
    expect(nearer.zoom).toBeCloseTo(camera.zoom * 3);
    for (const [index, value] of at(nearer).entries()) expect(value).toBeCloseTo(at(camera)[index] ?? NaN);
    expect(zoomAt(camera, point, 1e6).zoom).toBe(MOST);
    expect(zoomAt(camera, point, 1e-6).zoom).toBe(LEAST);
  });

  it('never loses it from sight', () => {
    for (const [x, y] of [
      [1e6, 1e6],
      [-1e6, -1e6],
      [0, 1e6],
    ] as const) {
      const { x: left, y: top, width, height } = seen(held({ x, y, zoom: 0.5 }, sheet, AREA), AREA);
      expect(left).toBeLessThan(sheet.width);
      expect(top).toBeLessThan(sheet.height);
      expect(left + width).toBeGreaterThan(0);
      expect(top + height).toBeGreaterThan(0);
    }
  });

  it('leads to a node, near enough to be read, also in a small window', () => {
    const box = { x: 3000, y: 1500, width: SIZES.width, height: 400 };
    for (const area of [AREA, { width: 300, height: 300 }]) {
      const camera = lookAt(fit(sheet, area), box, area);
      expect(camera.zoom).toBeGreaterThan(0.7);
      expect(shows(camera, box, area)).toBe(true);
    }
    expect(lookAt({ x: 0, y: 0, zoom: 1.5 }, box, AREA).zoom).toBe(1.5);
  });
});

describe('Finding nodes', () => {
  const nodes = [
    node('1', { title: 'Upscale', type: 'ImageScaleBy' }),
    node('2', { title: 'Sampler', inputs: [{ name: 'steps', value: '20', slot: 'rounds', free: false }] }),
    node('12', { title: 'Image scale', type: 'ImageScale' }),
  ];
  const ids = (typed: string) => foundNodes(nodes, typed).map(({ id }) => id);

  it('goes by title, class, id, input, value and slot; the likeliest first', () => {
    expect(ids('')).toEqual(['1', '2', '12']);
    expect(ids('IMAGE')).toEqual(['12', '1']);
    expect(ids('12')).toEqual(['12']);
    expect(ids('rounds')).toEqual(['2']);
    expect(ids('steps 20')).toEqual(['2']);
    expect(ids('scale image')).toEqual(['1', '12']);
    expect(ids('nothing')).toEqual([]);
  });

  it('knows the slots of a node, each once', () => {
    const slot = { name: 'a', slot: 'size', free: false };
    expect(slotsIn(node('1', { inputs: [slot, { ...slot, name: 'b' }, { name: 'c', free: true }] }))).toEqual(
      ['size'],
    );
  });
});
