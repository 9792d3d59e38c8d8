/** How much of what an admin wants is found in graphs as people export them: the share is measured, and has a floor. */
import { beforeAll, describe, expect, it } from 'vitest';
import { writeJson } from '../../../src/core/json.ts';
import type { NodeClasses } from '../../../src/core/nodes.ts';
import type { Slot, Template } from '../../../src/core/template.ts';
import { inputAt } from '../../../src/core/workflow.ts';
import { withChoices } from '../../../src/templates/choices.ts';
import { detect } from '../../../src/templates/detect/index.ts';
import { fill } from '../../../src/templates/fill.ts';
import { parseTemplate } from '../../../src/templates/parse.ts';
import { readValues, type RawValue, type RawValues } from '../../../src/templates/values.ts';
import { suggested } from './graphs.ts';
import { judge, labelledGraphs, serverClasses, type Labelled, type Verdict } from './labelled.ts';

const nodes = serverClasses();
const graphs = labelledGraphs();

describe('with what the backend says of its node classes', () => {
  const measured = measure('with node classes', nodes);

  it('finds at least 95 % of the slots', () => {
    expect(measured.found, measured.misses).toBeGreaterThanOrEqual(0.95);
  });
  it('has fewer than 5 % wrong slots among those it suggests', () => {
    expect(measured.wrong, measured.misses).toBeLessThan(0.05);
  });
  it('picks the right outputs for at least 95 % of the graphs', () => {
    expect(measured.outputs, measured.misses).toBeGreaterThanOrEqual(0.95);
  });
});

describe('by names and values alone', () => {
  const measured = measure('without node classes');

  it('finds at least 85 % of the slots', () => {
    expect(measured.found, measured.misses).toBeGreaterThanOrEqual(0.85);
  });
  it('has fewer than 15 % wrong slots among those it suggests', () => {
    expect(measured.wrong, measured.misses).toBeLessThan(0.15);
  });
});

describe('every suggestion is a template that can be filled at once:', () => {
  it.each(graphs.map((graph) => [graph.name, graph] as const))('%s', (_name, graph) => {
    fillsAtOnce(graph, suggested(graph.workflow, nodes));
    fillsAtOnce(graph, suggested(graph.workflow));
  });
});

interface Measured {
  found: number;
  wrong: number;
  outputs: number;
  misses: string;
}

/** Detects in the whole set once, and prints the shares with what was missed in which file. */
function measure(title: string, known?: NodeClasses): Measured {
  const measured: Measured = { found: 0, wrong: 1, outputs: 0, misses: '' };
  beforeAll(() => {
    const verdicts = graphs.map((graph) => judge(graph, detect(graph.workflow, known)));
    const expected = sum(verdicts, (verdict) => verdict.expected);
    const missed = sum(verdicts, (verdict) => verdict.missed.length);
    const offered = sum(verdicts, (verdict) => verdict.suggested);
    const wrong = sum(verdicts, (verdict) => verdict.wrong.length);
    const outputs = sum(verdicts, (verdict) => Number(verdict.outputs));
    measured.found = (expected - missed) / expected;
    measured.wrong = wrong / offered;
    measured.outputs = outputs / verdicts.length;
    measured.misses = verdicts.map(remarks).join('');
    process.stdout.write(
      `${title}: found ${share(expected - missed, expected)}, wrong ${share(wrong, offered)}, ` +
        `outputs ${share(outputs, verdicts.length)}\n${measured.misses}`,
    );
  });
  return measured;
}

function sum(verdicts: Verdict[], count: (verdict: Verdict) => number): number {
  return verdicts.reduce((total, verdict) => total + count(verdict), 0);
}

function share(part: number, whole: number): string {
  return `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
}

function remarks({ name, missed, wrong, outputs }: Verdict): string {
  const lines = [
    ...missed.map((slot) => `missed ${slot}`),
    ...wrong.map((slot) => `wrong  ${slot}`),
    ...(outputs ? [] : ['wrong  outputs']),
  ];
  return lines.map((line) => `  ${name}: ${line}\n`).join('');
}

function fillsAtOnce(
  { name, text }: Labelled,
  { description, slots, outputs }: ReturnType<typeof suggested>,
): void {
  const template = parseTemplate({
    name,
    template: { text: writeJson({ description, slots, outputs }), file: `${name}/template.json` },
    workflow: { text, file: `${name}/workflow.json` },
  });
  const offered = withChoices(template, nodes);
  const filled = fill(
    offered,
    readValues(offered, samples(offered), () => 7n),
  );

  expect(filled.images.map(({ slot }) => slot)).toEqual(named(template, 'image'));
  for (const slot of Object.values(template.slots)) {
    if (slot.type !== 'text' && slot.type !== 'seed') continue;
    const written = slot.into.map((path) => inputAt(filled.workflow, path));
    expect(written).toEqual(slot.into.map(() => (slot.type === 'seed' ? 7 : 'a red fox')));
  }
}

function named({ slots }: Template, type: Slot['type']): string[] {
  return Object.keys(slots).filter((name) => slots[name]?.type === type);
}

/** Words for every text, a picture for every image; the rest keeps its default. */
function samples(template: Template): RawValues {
  const picture = { name: 'fox.png', size: 3, load: () => Promise.resolve(new Uint8Array(3)) };
  const given = (type: Slot['type'], value: RawValue) =>
    named(template, type).map((slot): [string, RawValue] => [slot, value]);
  return Object.fromEntries([...given('text', 'a red fox'), ...given('image', picture)]);
}
