import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/core/errors.ts';
import { catalogue, sentence } from '../../../src/i18n/index.ts';
import { MAX_NODES } from '../../../src/templates/graph.ts';
import { parseWorkflow } from '../../../src/templates/parse.ts';
import {
  MAX_PICTURE_BYTES,
  MAX_TEMPLATE_BYTES,
  MAX_WORKFLOW_BYTES,
  readTemplateFile,
  readWorkflowFile,
} from '../../../src/templates/files/workflow-file.ts';
import { chunk, png, zTXt } from './pictures.ts';
import { problemIn } from './sources.ts';

const GRAPH = '{"1": {"class_type": "A", "inputs": {"seed": 18446744073709551615}}}\n';
const bytesOf = (content: string | Uint8Array) =>
  typeof content === 'string' ? Buffer.from(content) : content;
const read = (content: string | Uint8Array, name = 'my graph.json') =>
  readWorkflowFile({ name, bytes: bytesOf(content) });
const problem = (content: string | Uint8Array, name?: string): Problem =>
  problemIn(() => read(content, name));
const node = (inputs: object = {}, rest: object = {}) => ({ class_type: 'A', inputs, ...rest });
const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16);

describe('a workflow file', () => {
  it.each([
    ['JSON', GRAPH],
    ['JSON with a byte order mark', `\ufeff${GRAPH}`],
    ['a PNG', png(chunk('tEXt', `prompt\0${GRAPH}`), chunk('tEXt', 'workflow\0{"nodes":[]}'))],
    ['a packed PNG text', png(zTXt('prompt', deflateSync(GRAPH)))],
  ])('may be %s, under whatever name, and its text stays byte for byte', (_name, content) => {
    for (const name of ['a.json', 'a.png', 'a', '../../etc/passwd']) {
      const { source: text, workflow } = read(content, name);
      expect(text).toBe(GRAPH);
      expect(workflow).toEqual({ '1': node({ seed: 18446744073709551615n }) });
    }
  });

  it('may be a picture that ComfyUI saved', () => {
    const { workflow } = read(readFileSync('test/fixtures/saved-by-comfyui.png'));
    expect(Object.values(workflow).map(({ class_type }) => class_type)).toEqual(['EmptyImage', 'SaveImage']);
  });

  it('loses what ComfyUI noted when it ran, NaN included, but its text does not', () => {
    const noted =
      '{"1":{"class_type":"A","inputs":{"a":"NaN"},"is_changed":[NaN],"_meta":{"title":"T","x":1}}}';
    const { source: text, workflow } = read(png(chunk('tEXt', `prompt\0${noted}`)));
    expect(text).toBe(noted);
    expect(workflow).toEqual({ '1': node({ a: 'NaN' }, { _meta: { title: 'T', x: 1 } }) });
    expect(parseWorkflow(text, 'a')).toEqual(workflow);
  });

  it('may be a request as it is posted to ComfyUI, which is unwrapped', () => {
    const { source: text, workflow } = read(`{"client_id":"x","prompt":${GRAPH},"extra_data":{}}`);
    expect(text).toBe('{"1":{"class_type":"A","inputs":{"seed":18446744073709551615}}}');
    expect(parseWorkflow(text, 'a')).toEqual(workflow);
    expect(read('{"prompt":{"class_type":"A","inputs":{}}}').workflow).toEqual({ prompt: node() });
  });

  it('may have ids and inputs that objects inherit, links to nowhere, and odd characters in values', () => {
    const graph = {
      constructor: node({ prototype: ['toString', 0], text: 'nul \0, half \ud83e, \u202e' }),
      prototype: node({ a: ['constructor', 0], b: ['hasOwnProperty', 0] }),
    };
    expect(read(JSON.stringify(graph)).workflow).toEqual(graph);
  });

  it('may use one node many times', () => {
    const layers = Array.from({ length: 60 }, (_none, n) => [
      `n${n}`,
      node(n === 0 ? {} : { a: [`n${n - 1}`, 0], b: [`n${n - 1}`, 1], c: ['n0', 0] }),
    ]);
    const graph = JSON.stringify(Object.fromEntries(layers.toReversed()));
    expect(Object.keys(read(graph).workflow)).toHaveLength(60);
  });
});

describe('another file is answered with what to do', () => {
  const said = (found: Problem) => sentence(catalogue('en'), found, 'person');

  it.each<[string, string | Uint8Array, Partial<Problem>, RegExp]>([
    ['an empty file', '', { code: 'empty-file' }, /empty.*Export it again/],
    ['white space', ' \n', { code: 'empty-file' }, /empty/],
    ['a UI export', '{"nodes":[],"links":[]}', { code: 'ui-format-workflow' }, /Export \(API\)/],
    [
      'a PNG with the UI graph alone',
      png(chunk('tEXt', 'workflow\0{"nodes":[]}')),
      { code: 'ui-format-workflow', picture: true },
      /Drop it onto ComfyUI/,
    ],
    ['a stripped PNG', png(chunk('IDAT')), { code: 'picture-without-workflow' }, /send it as a file/],
    ['half a PNG', png(chunk('IDAT', 'x')).subarray(0, 50), { code: 'picture-damaged' }, /again as a file/],
    ['a JPEG', jpeg, { code: 'not-a-workflow-file', found: 'JPEG' }, /JPEG.*PNG as ComfyUI saved it/],
    ['a WebP', 'RIFF____WEBPVP8 ', { code: 'not-a-workflow-file', found: 'WebP' }, /WebP/],
    ['a ZIP', 'PK\u0003\u0004', { code: 'not-a-workflow-file', found: 'ZIP' }, /ZIP/],
    ['a video', '\0\0\0\u0018ftypisom', { code: 'not-a-workflow-file', found: 'MP4' }, /MP4/],
    ['other bytes', Uint8Array.of(1, 0xff, 0xfe), { code: 'not-a-workflow-file' }, /neither JSON/],
    ['UTF-16', Buffer.from('\ufeff{}', 'utf16le'), { code: 'not-a-workflow-file' }, /UTF-8/],
    [
      'a template.json',
      '{"description":"d","slots":{}}',
      { code: 'template-as-workflow' },
      /workflow itself/,
    ],
    ['a list', '[]', { code: 'not-a-workflow', found: 'list' }, /a list/],
    ['a scalar', '"hi"', { code: 'not-a-workflow', found: 'value' }, /single value/],
    ['an empty graph', '{}', { code: 'not-a-workflow', found: 'nothing' }, /no nodes/],
    ['an empty graph, wrapped', '{"prompt":{}}', { code: 'not-a-workflow', found: 'nothing' }, /no nodes/],
    ['broken JSON', '{\n"1": x}', { code: 'invalid-json', line: 2, column: 6 }, /line 2, column 6/],
    ['half the JSON', GRAPH.slice(0, 30), { code: 'invalid-json', cutOff: true }, /ends too early/],
    ['something else', '{"a":1}', { code: 'not-a-workflow', found: 'nothing' }, /holds no nodes/],
  ])('%s', (_name, content, expected, answer) => {
    const found = problem(content);
    expect(found).toMatchObject({ file: 'my graph.json', ...expected });
    expect(said(found)).toMatch(answer);
    expect(said(found)).toContain('my graph.json');
  });

  it('a circle of links, by the names of its nodes', () => {
    const circle = {
      '1': node({ a: ['2', 0] }),
      '2': node({ a: ['3', 0] }, { _meta: { title: 'My\n\u202enode' } }),
      '3': node({ x: 1, b: ['2', 1] }),
    };
    const found = problem(JSON.stringify(circle));
    expect(found).toMatchObject({ code: 'workflow-circle', nodes: ['My node (2)', 'A (3)'] });
    expect(said(found)).toMatch(/circle through My node \(2\) and A \(3\)/);
    expect(problem(JSON.stringify({ '1': node({ a: ['1', 0] }) }))).toMatchObject({ nodes: ['A (1)'] });
  });

  it('a node that would be lost', () => {
    expect(problem('{"__proto__":{"class_type":"A","inputs":{}}}')).toMatchObject({
      code: 'template-broken',
    });
  });

  it('never shows a name that forges or floods the answer', () => {
    const answer = said(problem('', `x\n\u202e${'y'.repeat(5000)}.json`));
    expect(answer).not.toMatch(/[\n\u202e]/);
    expect(answer.length).toBeLessThan(300);
    const graph = JSON.stringify({ ['\u202e'.repeat(9) + 'z'.repeat(9999)]: { inputs: {} } });
    expect(said(problem(graph)).length).toBeLessThan(500);
    expect(said(problem(graph))).not.toContain('\u202e');
  });
});

describe('a hostile file is refused soon, and leaves memory alone', () => {
  const nodes = (count: number) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_none, n) => [`n${n}`, node()])));
  const links = Array.from({ length: MAX_NODES }, (_none, n): [string, object] => [
    `${n}`,
    node({ a: [`${(n + 1) % MAX_NODES}`, 0] }),
  ]);
  const pixels = Buffer.alloc(MAX_PICTURE_BYTES / 2);

  it.each<[string, () => string | Uint8Array, Problem['code']]>([
    ['a text that is too large', () => ' '.repeat(MAX_WORKFLOW_BYTES + 1), 'file-too-large'],
    ['a picture that is too large', () => Buffer.concat([png(), pixels, pixels]), 'file-too-large'],
    ['huge pixels', () => png(chunk('IDAT', pixels)), 'picture-without-workflow'],
    [
      'text that unpacks to 16 MB',
      () => png(zTXt('prompt', deflateSync(Buffer.alloc(2 ** 24)))),
      'file-too-large',
    ],
    ['a million nodes', () => `{${'"1":{},'.repeat(500_000)}}`, 'json-too-complex'],
    ['more nodes than may be', () => nodes(MAX_NODES + 1), 'too-many-nodes'],
    ['brackets without end', () => '[{"a":'.repeat(600_000), 'json-too-complex'],
    ['a string without end', () => `"${'\\'.repeat(4_000_000)}`, 'invalid-json'],
    ['a number without end', () => `[${'9'.repeat(4_000_000)}]`, 'invalid-json'],
    ['NaN without end', () => 'NaN'.repeat(1_000_000), 'invalid-json'],
    ['a circle of all nodes', () => JSON.stringify(Object.fromEntries(links)), 'workflow-circle'],
  ])('%s', (_name, content, code) => {
    const bytes = bytesOf(content());
    const { heapUsed, external } = process.memoryUsage();
    const start = process.threadCpuUsage();
    expect(problem(bytes).code).toBe(code);
    const { user, system } = process.threadCpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(1000);
    const after = process.memoryUsage();
    expect(after.heapUsed + after.external - heapUsed - external).toBeLessThan(80e6);
  });
});

describe('a template file', () => {
  const template = (content: string | Uint8Array) =>
    readTemplateFile({ name: 't.json', bytes: bytesOf(content) });

  it('is taken as it stands, without a byte order mark', () => {
    const text = '{ "description": "d", "slots": {} }\n';
    expect(template(text)).toEqual({ text });
    expect(template(`\ufeff${text}`)).toEqual({ text });
  });

  it.each<[string, string | Uint8Array, Problem['code']]>([
    ['nothing', '', 'empty-file'],
    ['half of one', '{', 'invalid-json'],
    ['a list', '[]', 'not-a-template-file'],
    ['a workflow', GRAPH, 'not-a-template-file'],
    ['a PNG', png(), 'not-a-template-file'],
    ['a JPEG', jpeg, 'not-a-template-file'],
    ['too deep', '['.repeat(1000), 'json-too-complex'],
    ['too large', `{"slots":{}${' '.repeat(MAX_TEMPLATE_BYTES)}}`, 'file-too-large'],
  ])('is not %s', (_name, content, code) => {
    expect(problemIn(() => template(content))).toMatchObject({ code, file: 't.json' });
  });
});
