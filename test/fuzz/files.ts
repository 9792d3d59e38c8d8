/**
 * Files that admins send: workflows as JSON and inside PNGs, and template.json. What is read is used as the editor
 * uses it: detected, checked, edited, parsed as a template, filled and written.
 */
import { globSync, readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { readNodeClasses } from '../../src/comfy/wire/node-classes.ts';
import { EaselError } from '../../src/core/errors.ts';
import { parseJson, writeJson } from '../../src/core/json.ts';
import type { NodeClasses } from '../../src/core/nodes.ts';
import type { Template } from '../../src/core/template.ts';
import type { Workflow } from '../../src/core/workflow.ts';
import { detectedWords } from '../../src/commands/verbs/detected-words.ts';
import { checkDraft } from '../../src/templates/check.ts';
import { detect, inWords, slotCandidates } from '../../src/templates/detect/index.ts';
import { applyEdit, contentsOf, parseDocuments, templateOf, type Edit } from '../../src/templates/draft.ts';
import { fill } from '../../src/templates/fill.ts';
import type { Draft } from '../../src/templates/library/records.ts';
import { definitionOf, SLOT_TYPE_NAMES } from '../../src/templates/slots/index.ts';
import { trialValues } from '../../src/templates/trial.ts';
import { readValues } from '../../src/templates/values.ts';
import { readTemplateFile, readWorkflowFile } from '../../src/templates/files/workflow-file.ts';
import type { Random } from '../fakes/random.ts';
import { chunk, iTXt, png, zTXt } from '../unit/templates/pictures.ts';
import { hasSentence, type Border, type Outcome } from './harness.ts';
import { bend, bendBytes, bendText, oddity, written } from './mutate.ts';

const WORDS = detectedWords('en');
const PICTURE = { name: 'a.png', load: async () => new Uint8Array() };
const FILES = Object.fromEntries(
  SLOT_TYPE_NAMES.filter((type) => definitionOf(type).file).map((type) => [type, PICTURE]),
);

interface Sources {
  workflows: unknown[];
  templates: { template: unknown; workflow: string }[];
  pictures: Buffer[];
  nodes: NodeClasses;
}

function sources(): Sources {
  const read = (path: string) => readFileSync(path, 'utf8');
  // the largest say nothing that smaller ones do not, and cost most of the time
  const workflows = globSync('test/fixtures/workflows/*.json')
    .filter((path) => !path.includes('.expected.'))
    .map((path) => read(path))
    .filter((text) => text.length < 2500)
    .map((text): unknown => JSON.parse(text));
  const templates = globSync('{templates,test/fixtures/templates}/*/template.json').map((path) => ({
    template: JSON.parse(read(path)) as unknown,
    workflow: read(path.replace('template.json', 'workflow.json')),
  }));
  return {
    workflows,
    templates: templates.filter(({ workflow }) => workflow.length < 3000),
    pictures: [readFileSync('test/fixtures/saved-by-comfyui.png')],
    nodes: readNodeClasses(read('test/fixtures/object-info.json')).classes,
  };
}

export const files: Border = {
  name: 'files',
  async open() {
    const from = sources();
    return {
      feed({ random, show }) {
        if (random.below(3) === 0) return templateFile(random, from, show);
        const bytes = workflowBytes(random, from);
        show(bytes);
        const { source: text } = readWorkflowFile({
          name: random.pick(['a.json', '', '../\u0000.png']),
          bytes,
        });
        return edited(random, text, random.below(3) === 0 ? undefined : from.nodes);
      },
    };
  },
};

function workflowBytes(random: Random, { workflows, pictures }: Sources): Uint8Array {
  const workflow = random.pick(workflows);
  switch (random.below(8)) {
    case 0:
      return bendBytes(random, random.pick(pictures));
    case 1:
      return picture(random, Buffer.from(written(bend(random, workflow))));
    case 2:
      return bendBytes(random, Buffer.from(written(workflow)));
    case 3:
      return Buffer.from(bendText(random, written(workflow)));
    case 4:
      return Buffer.from(written(bend(random, { prompt: workflow, client_id: 'x' })));
    default:
      return Buffer.from(written(bend(random, workflow)));
  }
}

/** A PNG with that text in one of the ways in which PNGs have texts; now and then bent itself. */
function picture(random: Random, text: Buffer): Uint8Array {
  const made = random.pick([
    () => png(chunk('tEXt', Buffer.concat([Buffer.from('prompt\0'), text]))),
    () => png(zTXt('prompt', deflateSync(text))),
    () => png(iTXt('prompt', text, false)),
    () => png(chunk('comf', Buffer.concat([Buffer.from('prompt\0'), text]))),
  ])();
  return random.below(2) === 0 ? made : bendBytes(random, made);
}

/** As the editor does with a workflow that it was given. */
function edited(random: Random, text: string, nodes: NodeClasses | undefined): Outcome {
  const { workflow } = readWorkflowFile({ name: 'again.json', bytes: Buffer.from(text) });
  const suggested = inWords(detect(workflow, nodes), WORDS);
  let draft: Draft = {
    id: '00000000-0000-4000-8000-000000000000',
    guild: 'g',
    platform: 'test',
    user: 'u',
    name: 'fuzzed',
    ...suggested,
    workflow: text,
  };
  const candidates = slotCandidates(workflow, nodes);
  if (random.below(2) === 0) draft = applied(draft, workflow, anEdit(random, draft, candidates), nodes);
  const findings = checkDraft(draft, workflow, { nodes, backend: 'the backend', taken: undefined });
  for (const { problem } of findings)
    if (!hasSentence(problem)) throw new TypeError('a finding without words');
  if (findings.some(({ blocking }) => blocking)) return 'refused';
  // what nothing blocks can be published and run
  tried(templateOf(draft, workflow));
  return 'accepted';
}

/** A refused edit leaves the draft as it was. */
function applied(draft: Draft, workflow: Workflow, edit: Edit, nodes: NodeClasses | undefined): Draft {
  try {
    return applyEdit(draft, workflow, edit, nodes, WORDS);
  } catch (error) {
    if (error instanceof EaselError && hasSentence(error.problem)) return draft;
    throw error;
  }
}

function anEdit(random: Random, draft: Draft, candidates: ReturnType<typeof slotCandidates>): Edit {
  const text = (): string => {
    const odd = oddity(random);
    return typeof odd === 'string' ? odd : '7';
  };
  const slot = draft.slots.length > 0 ? random.pick(draft.slots).name : text();
  const field = random.pick([
    'name',
    'description',
    'default',
    'min',
    'max',
    'maxLength',
    'format',
    'choices',
  ]);
  const path = candidates.length > 0 ? random.pick(candidates).path : ([text(), text()] as const);
  return random.pick<Edit>([
    { kind: 'about', name: text(), description: text() },
    { kind: 'slot', slot, change: { [field]: text() } },
    { kind: 'slot', slot, change: { type: random.pick(['text', 'integer', 'choice', 'seed', 'image']) } },
    { kind: 'add', path },
    { kind: 'drop', slot },
    { kind: 'move', slot, by: 1 },
    { kind: 'outputs', nodes: [text()] },
    {
      kind: 'words',
      language: random.pick(['ja', 'ko', 'zh-TW', text()]),
      slot,
      change: { [field]: text() },
    },
    { kind: 'words', language: 'ja', change: { [field]: text() } },
    { kind: 'drop-language', language: 'ko' },
  ]);
}

function templateFile(
  random: Random,
  { templates, nodes }: Sources,
  show: (input: unknown) => void,
): Outcome {
  const { template, workflow } = random.pick(templates);
  const json = Buffer.from(written(bend(random, template)));
  const bytes = random.below(4) === 0 ? bendBytes(random, json) : json;
  show(bytes);
  const { text } = readTemplateFile({ name: 'template.json', bytes });
  const parsed = parseDocuments('fuzzed', { template: text, workflow });
  contentsOf(parsed);
  tried(parsed);
  detect(parsed.workflow, nodes);
  return 'accepted';
}

/** Run with the values that a trial takes; the graph is what JSON can carry. */
function tried(template: Template): void {
  const values = readValues(template, trialValues(template, FILES), () => 2n ** 64n - 1n);
  const graph = writeJson(fill(template, values).workflow);
  if (writeJson(parseJson(graph)) !== graph) throw new TypeError('the graph changes on its way');
}
