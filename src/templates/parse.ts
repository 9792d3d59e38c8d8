/** Turns the two documents of a template into a checked Template; pure, so that chat and disk share it. */
import { createHash } from 'node:crypto';
import { EaselError } from '../core/errors.ts';
import type { Reason } from '../core/reason.ts';
import type { Template } from '../core/template.ts';
import { inputAt, nodeAt, type Workflow } from '../core/workflow.ts';
import { check, checkedWorkflow } from './graph.ts';
import { readJson } from './files/json-guard.ts';
import { languageFault } from './languages/faults.ts';
import { Name, RESERVED_NAMES } from './names.ts';
import { TemplateFile } from './schema.ts';
import { inputsOf } from './slots/index.ts';
import { readVariants } from './variants.ts';

export interface TemplateSource {
  name: string;
  /** Text of `template.json` and `workflow.json`, and what to call them in an error; `parsed`: what the text says, if known. */
  template: { text: string; file: string };
  workflow: { text: string; file: string; parsed?: Workflow | undefined };
  /** Of the workflows beside it, by name: `workflow.NAME.json`. */
  variants?: Readonly<Record<string, { text: string; file: string }>> | undefined;
}

/** Throws EaselError `template-broken` (file, path in the file, what is wrong), or as readJson and checkedWorkflow do. */
export function parseTemplate(source: TemplateSource): Template {
  const { file } = source.template;
  if (RESERVED_NAMES.includes(source.name))
    throw broken(file, '', { code: 'own-command', name: source.name });
  if (!Name.safeParse(source.name).success)
    throw broken(file, '', { code: 'folder-name-rule', name: source.name });
  const { text, file: workflowFile, parsed } = source.workflow;
  const workflow = parsed ?? parseWorkflow(text, workflowFile);
  const read = check(TemplateFile, readJson(source.template.text, file), file);
  const { description, slots, languages, outputs, runLimitMinutes } = read;
  checkParts({ slots, workflow, outputs }, file);

  const others = source.variants ?? {};
  const variants = readVariants(
    read,
    { workflow, file },
    (name) => {
      const other = Object.hasOwn(others, name) ? others[name] : undefined;
      if (!other)
        throw broken(file, `variants.${name}`, { code: 'no-such-workflow', file: `workflow.${name}.json` });
      return parseWorkflow(other.text, other.file);
    },
    (name, variant) => checkParts(variant, file, `variants.${name}.`),
  );

  const fault = languageFault({ slots: variants.slots ?? slots, languages });
  if (fault) throw broken(file, fault.path, fault.reason);

  const version = createHash('sha256').update(source.template.text).update(source.workflow.text);
  for (const { text: other } of Object.values(others)) version.update(other);
  const texts = Object.entries(others).map(([name, { text: other }]) => [name, other]);
  const documents = {
    template: source.template.text,
    workflow: source.workflow.text,
    ...(texts.length > 0 && { variants: Object.fromEntries(texts) }),
  };
  return {
    name: source.name,
    description,
    version: version.digest('hex').slice(0, 12),
    slots,
    ...(languages && { languages }),
    workflow,
    outputs,
    runLimitMinutes,
    documents,
    ...variants,
  };
}

/** Throws EaselError `template-broken` for what the workflow does not have. */
function checkParts(
  { slots, workflow, outputs }: Pick<Template, 'slots' | 'workflow' | 'outputs'>,
  file: string,
  at = '',
): void {
  for (const [name, slot] of Object.entries(slots))
    for (const [node, input] of inputsOf(slot)) checkInput(workflow, node, input, file, `${at}slots.${name}`);
  for (const node of outputs ?? [])
    if (!nodeAt(workflow, node)) throw broken(file, `${at}outputs`, { code: 'no-such-node', node });
}

/** Parses an API-format workflow; throws as parseTemplate does. */
export function parseWorkflow(text: string, file: string): Workflow {
  return checkedWorkflow(readJson(text, file), file);
}

function checkInput(workflow: Workflow, node: string, input: string, file: string, path: string): void {
  const found = nodeAt(workflow, node);
  if (!found) throw broken(file, path, { code: 'no-such-node', node });
  if (inputAt(workflow, [node, input]) === undefined)
    throw broken(file, path, { code: 'no-such-input', node, type: found.class_type, input });
}

function broken(file: string, path: string, reason: Reason): EaselError {
  return new EaselError({ code: 'template-broken', file, path, reason });
}
