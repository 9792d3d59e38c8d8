import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeJson } from '../../../src/core/json.ts';
import { fill } from '../../../src/templates/fill.ts';
import { loadTemplates } from '../../../src/templates/library/load.ts';
import { readValues } from '../../../src/templates/values.ts';
import { temporaryFolder } from '../temporary.ts';
import { NODES } from './sources.ts';

async function folder(files: Record<string, string>): Promise<string> {
  const root = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

const GOOD = JSON.stringify({ description: 'Good', slots: {} });
const WORKFLOW = JSON.stringify(NODES);

describe('a folder of templates', () => {
  it('is loaded in alphabetical order, loose files left aside', async () => {
    const root = await folder({
      'zebra/template.json': GOOD,
      'zebra/workflow.json': WORKFLOW,
      'ant/template.json': GOOD,
      'ant/workflow.json': WORKFLOW,
      'README.md': 'hello',
    });
    const { templates, broken } = await loadTemplates(root);
    expect(templates.map(({ name }) => name)).toEqual(['ant', 'zebra']);
    expect(broken).toEqual([]);
  });

  it('loads the good ones however the others are broken, and names each broken file', async () => {
    const root = await folder({
      'good/template.json': GOOD,
      'good/workflow.json': WORKFLOW,
      'broken/template.json': '{',
      'broken/workflow.json': WORKFLOW,
      'deep/template.json': GOOD,
      'deep/workflow.json': `{"1":{"class_type":"A","inputs":{"a":${'['.repeat(2500)}${']'.repeat(2500)}}}}`,
      'empty/workflow.json': WORKFLOW,
      'half/template.json': GOOD,
      'queue/template.json': GOOD,
      'queue/workflow.json': WORKFLOW,
      'ui/template.json': GOOD,
      'ui/workflow.json': '{"nodes":[],"links":[]}',
      'weird/template.json/x': '',
      'weird/workflow.json': WORKFLOW,
    });
    const { templates, broken } = await loadTemplates(root);
    expect(templates.map(({ name }) => name)).toContain('good');
    const files = broken.map(({ problem }) => ('file' in problem ? problem.file : ''));
    expect(files.filter((file) => !file.startsWith('deep'))).toEqual([
      'broken/template.json',
      'empty/template.json',
      'half/workflow.json',
      'queue/template.json',
      'ui/workflow.json',
      'weird/template.json',
    ]);
  });

  it('that cannot be read rejects', async () => {
    await expect(loadTemplates(join(await temporaryFolder(), 'missing'))).rejects.toThrow(/ENOENT/);
  });
});

describe('the templates that come with Easel', async () => {
  const { templates, broken } = await loadTemplates('templates');

  it('are these four, all whole', () => {
    expect(broken).toEqual([]);
    expect(templates.map(({ name }) => name)).toEqual(['blank', 'imagine', 'remix', 'upscale']);
  });

  it.each(templates)('fill $name with what is required and the defaults', (template) => {
    const image = { name: 'in.png', load: async () => new Uint8Array() };
    const raw = Object.fromEntries(
      Object.entries(template.slots)
        .filter(([, { required }]) => required)
        .map(([name, { type }]) => [name, type === 'image' ? image : 'a red fox']),
    );
    const values = readValues(template, raw, () => 42n);
    const { workflow, images } = fill(template, values);
    const json = writeJson(workflow);
    expect(json.includes('"a red fox"')).toBe('prompt' in template.slots);
    expect(json.includes('"seed":42')).toBe('seed' in template.slots);
    expect(images).toHaveLength('image' in template.slots ? 1 : 0);
    for (const node of template.outputs ?? []) expect(workflow[node]?.class_type).toMatch(/^(Save|Preview)/);
  });
});
