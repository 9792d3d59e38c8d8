/** Graphs as people export them, each with the slots that its admin would want; and how a suggestion is judged by them. */
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { readNodeClasses } from '../../../src/comfy/wire/node-classes.ts';
import type { NodeClasses } from '../../../src/core/nodes.ts';
import type { NodeId, Workflow } from '../../../src/core/workflow.ts';
import type { Suggestion } from '../../../src/templates/detect/found.ts';
import { parseWorkflow } from '../../../src/templates/parse.ts';
import { inputsOf } from '../../../src/templates/slots/index.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);
const LABELS = '.expected.json';

/** `into`: every input that the slot writes, also what the names of a choice assign. */
const Expected = z.strictObject({
  slots: z.record(
    z.string(),
    z.strictObject({ type: z.string(), into: z.array(z.tuple([z.string(), z.string()])).min(1) }),
  ),
  outputs: z.array(z.string()).nullable(),
});
type Expected = z.infer<typeof Expected>;

export interface Labelled {
  name: string;
  /** The file, byte for byte. */
  text: string;
  workflow: Workflow;
  expected: Expected;
}

/** What a server with most of the set's node classes says of them; of some it says nothing. */
export function serverClasses(): NodeClasses {
  return readNodeClasses(read('object-info.json')).classes;
}

export function labelledGraphs(): Labelled[] {
  return readdirSync(new URL('workflows/', FIXTURES))
    .filter((file) => file.endsWith(LABELS))
    .map((file) => {
      const name = file.slice(0, -LABELS.length);
      const text = read(`workflows/${name}.json`);
      const expected = Expected.parse(JSON.parse(read(`workflows/${file}`)));
      return { name, text, workflow: parseWorkflow(text, `${name}.json`), expected };
    });
}

export interface Verdict {
  name: string;
  expected: number;
  suggested: number;
  /** One line a slot: `name type node.input node.input`. */
  missed: string[];
  wrong: string[];
  outputs: boolean;
}

/** A slot is right only when its name, its type and the set of inputs that it writes are all as expected. */
export function judge({ name, expected }: Labelled, { slots, outputs }: Suggestion): Verdict {
  const wanted = Object.entries(expected.slots).map(([slot, { type, into }]) => line(slot, type, into));
  const got = slots.map(({ name: slot, slot: it }) => line(slot, it.type, inputsOf(it)));
  return {
    name,
    expected: wanted.length,
    suggested: got.length,
    missed: wanted.filter((slot) => !got.includes(slot)),
    wrong: got.filter((slot) => !wanted.includes(slot)),
    outputs: ids(outputs) === ids(expected.outputs),
  };
}

function line(slot: string, type: string, into: readonly (readonly [NodeId, string])[]): string {
  const paths = new Set(into.map(([node, input]) => `${node}.${input}`));
  return [slot, type, ...[...paths].toSorted()].join(' ');
}

function ids(outputs: readonly NodeId[] | null | undefined): string {
  return outputs ? outputs.toSorted().join(' ') : 'all';
}

function read(file: string): string {
  return readFileSync(new URL(file, FIXTURES), 'utf8');
}
