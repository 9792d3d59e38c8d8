/** What is wrong with a template before it is published, and what the backend lacks for it. Pure. */
import { EaselError, type Problem } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import type { InputInfo, NodeClasses } from '../core/nodes.ts';
import type { Slot, Template } from '../core/template.ts';
import {
  linkedNode,
  nodeTitle,
  pathKey,
  type InputPath,
  type NodeId,
  type Workflow,
  ownTitle,
} from '../core/workflow.ts';
import { foreignFiles, type MayName } from './foreign-files.ts';
import { modelsAt } from './models/inputs.ts';
import { nearest, needsOf, standIn } from './models/nearest.ts';
import { commandOf } from './draft.ts';
import type { Draft } from './library/records.ts';
import { Name, RESERVED_NAMES } from './names.ts';
import { missingWords } from './languages/missing.ts';
import { MAX_SLOTS } from './schema.ts';
import { inputsOf, typeOf } from './slots/index.ts';
import { MAX_DESCRIPTION } from './slots/schema-parts.ts';
import { isUnseen } from './unseen.ts';
import { valuesAt } from './values-at.ts';

export interface DraftCircumstances {
  /** What the backend takes; undefined when it could not be asked. */
  nodes: NodeClasses | undefined;
  backend: string;
  /** The guild may use nodes that spend the operator's money. */
  mayPay?: boolean | undefined;
  /** Who else has its name in this guild. */
  taken: 'own' | 'builtin' | undefined;
  /** Files on the backend that it may name; default: none. */
  mayName?: MayName | undefined;
  /** What its platform says of it, whose limits may be tighter. */
  platform?: readonly Finding[];
}

/** Everything worth saying, what blocks first. `workflow` is the draft's own. */
export function checkDraft(draft: Draft, workflow: Workflow, circumstances: DraftCircumstances): Finding[] {
  const { nodes, backend, mayPay = false, taken, mayName = () => false, platform = [] } = circumstances;
  const { slots } = commandOf(draft);
  const findings = [
    ...checkName(draft.name, taken),
    ...checkDescription(draft.description),
    ...missingWords(draft),
    ...checkSlots(slots),
    ...checkFiles({ slots, workflow }, nodes, mayName),
    ...(draft.bare === true
      ? [{ at: 'outputs', problem: { code: 'trial-bare' }, blocking: true } as const]
      : []),
    ...(nodes
      ? [
          ...checkOutputs(workflow, draft.outputs, nodes),
          ...checkPartners(workflow, nodes, mayPay),
          ...misfits({ slots, workflow, outputs: draft.outputs }, nodes),
        ]
      : [{ at: 'workflow', problem: { code: 'backend-unasked', backend }, blocking: false } as const]),
  ];
  const subjects = new Set(platform.map(subject));
  const others = findings.filter((finding) => !subjects.has(subject(finding)));
  return [...platform, ...others].toSorted((a, b) => Number(b.blocking) - Number(a.blocking));
}

/** Two with the same say the same of the same part. */
function subject({ at, problem }: Finding): string {
  return `${problem.code} ${typeof at === 'string' ? at : `slot ${at.slot}`}`;
}

function checkName(name: string, taken: DraftCircumstances['taken']): Finding[] {
  const at = 'name';
  if (!Name.safeParse(name).success) return [{ at, problem: { code: 'bad-name', name }, blocking: true }];
  if (RESERVED_NAMES.includes(name))
    return [{ at, problem: { code: 'reserved-name', name }, blocking: true }];
  switch (taken) {
    case 'own':
      return [{ at, problem: { code: 'name-taken', name }, blocking: true }];
    case 'builtin':
      return [{ at, problem: { code: 'overrides-builtin', name }, blocking: false }];
    case undefined:
      return [];
  }
}

function checkDescription({ length }: string): Finding[] {
  if (length > 0 && length <= MAX_DESCRIPTION) return [];
  const problem: Problem = { code: 'bad-description', length, max: MAX_DESCRIPTION };
  return [{ at: 'description', problem, blocking: true }];
}

function checkSlots(slots: Record<string, Slot>): Finding[] {
  const names = Object.keys(slots);
  const findings: Finding[] = names.slice(MAX_SLOTS).map((slot) => ({
    at: { slot },
    problem: { code: 'too-many-slots', count: names.length, max: MAX_SLOTS },
    blocking: true,
  }));
  const files: string[] = [];
  for (const [name, slot] of Object.entries(slots)) {
    if (!typeOf(slot).file || !slot.required) continue;
    const [first] = files;
    files.push(name);
    if (first === undefined) continue;
    findings.push({
      at: { slot: name },
      problem: { code: 'two-images', slot: name, first },
      blocking: false,
    });
  }
  return findings;
}

function checkFiles(
  template: Pick<Template, 'slots' | 'workflow'>,
  nodes: NodeClasses | undefined,
  mayName: MayName,
): Finding[] {
  return foreignFiles(template, nodes, mayName).map((problem) => {
    const { slot } = problem;
    return { at: slot === undefined ? 'workflow' : { slot }, problem, blocking: true };
  });
}

/** `outputs`: whose results are posted, where not all are. */
function checkOutputs(workflow: Workflow, outputs: NodeId[] | undefined, nodes: NodeClasses): Finding[] {
  const at = 'outputs';
  // a class that the backend lacks may be the one that saves
  const ends = Object.keys(workflow).filter(
    (id) => nodes.get(workflow[id]?.class_type ?? '')?.isOutput ?? true,
  );
  if (ends.length === 0) return [{ at, problem: { code: 'no-output-nodes' }, blocking: true }];
  const posted = outputs ?? ends;
  const unseen = posted.filter((id) => isUnseen(workflow, id, nodes));
  const all = unseen.length === posted.length;
  // beside others it is worth a word only where it was asked for
  if (unseen.length === 0 || !(all || outputs)) return [];
  const titles = new Set(unseen.map((id) => nodeTitle(workflow, id)));
  return [{ at, problem: { code: 'outputs-unseen', nodes: [...titles], all }, blocking: all }];
}

/** The names of its nodes that spend the operator's money, each once; those that nothing needs count too. */
export function partnerNodes(workflow: Workflow, nodes: NodeClasses): string[] {
  const found = Object.values(workflow).flatMap(({ class_type: type }) => {
    const info = nodes.get(type);
    return info?.partner ? [info.title] : [];
  });
  return [...new Set(found)];
}

function checkPartners(workflow: Workflow, nodes: NodeClasses, allowed: boolean): Finding[] {
  const found = partnerNodes(workflow, nodes);
  if (found.length === 0) return [];
  return [{ at: 'workflow', problem: { code: 'partner-nodes', nodes: found, allowed }, blocking: !allowed }];
}

/**
 * Nodes and values of a template that the backend does not have. Blocking is what every run would fail at: a class, a file
 * that no slot can change, a choice of which nothing is there.
 */
export function misfits(
  { slots, workflow, outputs }: Pick<Template, 'slots' | 'workflow' | 'outputs'>,
  nodes: NodeClasses,
): Finding[] {
  const writers = new Map<string, [string, Slot]>();
  for (const [name, slot] of Object.entries(slots))
    for (const path of inputsOf(slot)) writers.set(pathKey(path), [name, slot]);
  const findings = new Map<string, Finding>();

  const reached = needed(workflow, outputs, nodes);
  for (const [id, node] of Object.entries(workflow)) {
    if (!reached.has(id)) continue;
    const info = nodes.get(node.class_type);
    if (!info) {
      findings.set(node.class_type, {
        at: 'workflow',
        problem: { code: 'missing-node', node: node.class_type, ...titleOf(workflow, id) },
        blocking: true,
      });
      continue;
    }
    for (const [input, about] of info.inputs) {
      if (!about.options || about.upload || about.remote) continue;
      const path: InputPath = [id, input];
      const writer = writers.get(pathKey(path));
      const slot = writer && { slot: writer[0] };
      const at = slot ?? 'workflow';
      const values = valuesAt(path, workflow, writer?.[1]);
      const lacking = values.filter(
        (value) =>
          !isOffered(about, value) && !isReplaced(path, value, { workflow, nodes, slot: writer?.[1] }),
      );
      const own = valuesAt(path, workflow, undefined);
      const blocking =
        isCertain(about, [...values, ...own]) &&
        !canBeRight(about, writer?.[1], lacking.length < values.length);
      for (const value of lacking) {
        const problem: Problem = {
          code: 'value-unavailable',
          ...slot,
          node: nodeTitle(workflow, id),
          input,
          value,
        };
        findings.set(`${id} ${input} ${value}`, { at, problem, blocking });
      }
      if (slot && values.length === 0 && isPicked(writer[1]) && about.options.length === 0)
        findings.set(`${id} ${input}`, {
          at,
          problem: { code: 'nothing-to-pick', ...slot, input },
          blocking,
        });
    }
  }
  return [...findings.values()];
}

function titleOf(workflow: Workflow, id: NodeId): { title?: string } {
  const title = ownTitle(workflow, id);
  return title === undefined ? {} : { title };
}

/** The backend has it under another name, or what a run takes in its place. */
function isReplaced(
  path: InputPath,
  value: string,
  { workflow, nodes, slot }: { workflow: Workflow; nodes: NodeClasses; slot: Slot | undefined },
): boolean {
  const found = modelsAt(workflow, path, nodes);
  if (!found) return false;
  const [at, needs] = [{ ...found, value }, needsOf(workflow)];
  const isPreference = slot?.type === 'choice' && !slot.choices;
  return standIn(at, needs) !== undefined || (isPreference && nearest(at, needs) !== undefined);
}

/** Throws EaselError `not-publishable` with what blocks. */
export function requireSound(findings: Finding[]): void {
  const blocking = findings.filter((finding) => finding.blocking).map(({ problem }) => problem);
  if (blocking.length > 0) throw new EaselError({ code: 'not-publishable', findings: blocking });
}

/** What tells one misfit from another, whatever the slot is called. */
export function keyOf({ problem }: Finding): string {
  if (problem.code === 'missing-node') return `node ${problem.node}`;
  if (problem.code === 'nothing-to-pick') return `pick ${problem.input}`;
  return problem.code === 'value-unavailable' ? `value ${problem.input} ${problem.value}` : problem.code;
}

/** Whether the backend takes a value as it stands there. */
function isOffered({ options = [] }: InputInfo, value: string): boolean {
  return options.some((option) => String(option) === value);
}

/**
 * Whether what is not listed is refused. A list that is empty may be one that a custom node judges by itself; one of files
 * is of a backend that has none.
 */
function isCertain({ options = [] }: InputInfo, values: readonly string[]): boolean {
  return options.length > 0 || values.some((value) => /\.[a-z]\w{1,10}$/i.test(value));
}

/** Whether some run may write what the backend has; `some`: of what may land there something is. */
function canBeRight({ options = [] }: InputInfo, slot: Slot | undefined, some: boolean): boolean {
  if (!slot) return some;
  if (isPicked(slot) && options.length === 0) return false;
  return some || typeOf(slot).choices?.(slot) === undefined;
}

/** One of a list, be it its own or the backend's. */
function isPicked({ type }: Slot): boolean {
  return type === 'choice';
}

/** The nodes that a run reaches: those before its outputs, or all when it is not known which these are. */
export function needed(workflow: Workflow, outputs: NodeId[] | undefined, nodes: NodeClasses): Set<NodeId> {
  const ids = Object.keys(workflow);
  const ends = ids.filter((id) => nodes.get(workflow[id]?.class_type ?? '')?.isOutput ?? true);
  const seen = new Set<NodeId>();
  const open = ends.length > 0 ? ends : [...(outputs ?? ids)];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id) || !Object.hasOwn(workflow, id)) continue;
    seen.add(id);
    for (const input of Object.values(workflow[id]?.inputs ?? {})) {
      const from = linkedNode(input);
      if (from !== undefined) open.push(from);
    }
  }
  return seen;
}
