/** Node classes as a real ComfyUI 0.33 lists them (trimmed), and as some custom nodes spell them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readNodeClasses, type NodeReading } from '../../../../src/comfy/wire/node-classes.ts';
import type { InputInfo } from '../../../../src/core/nodes.ts';

const file = new URL('../../../fixtures/comfy-wire/object-info.json', import.meta.url);
const recorded = readNodeClasses(readFileSync(file, 'utf8'));

function input(className: string, name: string, from: NodeReading = recorded): InputInfo | undefined {
  return from.classes.get(className)?.inputs.get(name);
}

/** A class with these required inputs, as text: Python's bare words and long integers are kept. */
function own(inputs: string): NodeReading {
  return readNodeClasses(`{"Own": {"input": {"required": ${inputs}}, "output": []}}`);
}

describe('recorded node classes', () => {
  it('are all understood', () => {
    expect(recorded.odd).toEqual([]);
    expect(recorded.classes.size).toBe(13);
  });

  it('keep every digit of a seed’s bounds', () => {
    expect(input('KSampler', 'seed')).toEqual({
      type: 'INT',
      required: true,
      default: 0,
      min: 0,
      max: 18_446_744_073_709_551_615n,
    });
    expect(input('KSampler', 'cfg')).toEqual({
      type: 'FLOAT',
      required: true,
      default: 8,
      min: 0,
      max: 100,
      step: 0.1,
    });
  });

  it('list choices the same, whichever way they are spelled', () => {
    expect(input('KSampler', 'sampler_name')).toEqual({
      type: 'COMBO',
      required: true,
      options: ['euler', 'euler_cfg_pp'],
    });
    expect(input('LatentConcat', 'dim')).toEqual({
      type: 'COMBO',
      required: true,
      options: ['x', '-x', 'y', '-y', 't', '-t'],
    });
  });

  it('have no choices on a server without models, and say nothing of choices that come from elsewhere', () => {
    expect(input('CheckpointLoaderSimple', 'ckpt_name')?.options).toEqual([]);
    expect(input('UpscaleModelLoader', 'model_name')?.options).toEqual([]);
    expect(input('CLIPLoader', 'clip_name')?.options).toEqual([]);
    expect(input('LoadImageOutput', 'image')).toEqual({
      type: 'COMBO',
      required: true,
      upload: true,
      remote: true,
    });
  });

  it('tell what takes an upload, and what takes many lines', () => {
    expect(input('LoadImage', 'image')).toMatchObject({ options: ['example.png'], upload: true });
    expect(input('LoadAudio', 'audio')?.upload).toBe(true);
    expect(input('CheckpointLoaderSimple', 'ckpt_name')?.upload).toBeUndefined();
    expect(input('CLIPTextEncode', 'text')).toEqual({ type: 'STRING', required: true, multiline: true });
  });

  it('tell required from optional inputs, and leave hidden ones out', () => {
    expect(input('CLIPLoader', 'device')).toMatchObject({ required: false, options: ['default', 'cpu'] });
    expect([...recorded.classes.get('SaveImage')!.inputs.keys()]).toEqual(['images', 'filename_prefix']);
  });

  it('have a title, outputs, and say what a run starts from', () => {
    expect(recorded.classes.get('CheckpointLoaderSimple')).toMatchObject({
      title: 'Load Checkpoint',
      isOutput: false,
      outputs: ['MODEL', 'CLIP', 'VAE'],
    });
    // its display name is null
    expect(recorded.classes.get('LatentConcat')?.title).toBe('LatentConcat');
    expect(recorded.classes.get('SaveImage')?.isOutput).toBe(true);
  });

  it('spread a dynamic choice: what belongs to one choice is optional, and in several it is as wide as all', () => {
    expect(input('ResizeImageMaskNode', 'resize_type')).toEqual({
      type: 'COMBO',
      required: true,
      options: ['scale dimensions', 'scale by multiplier', 'match size'],
    });
    expect(input('ResizeImageMaskNode', 'resize_type.width')).toMatchObject({ type: 'INT', required: false });
    expect(input('ResizeImageMaskNode', 'resize_type.crop')?.options).toEqual(['disabled', 'center']);
    expect(input('ResizeImageMaskNode', 'input')?.type).toBe('IMAGE,MASK');
    expect(recorded.classes.get('ResizeImageMaskNode')?.outputs).toEqual(['*']);
  });

  it('spread a growing list into its slots', () => {
    const { inputs } = recorded.classes.get('BatchImagesNode')!;
    expect(inputs.size).toBe(50);
    expect(inputs.get('images.image0')).toEqual({ type: 'IMAGE', required: true });
    expect(inputs.get('images.image49')).toEqual({ type: 'IMAGE', required: false });
  });

  it('tell which call a partner', () => {
    expect([...recorded.partners]).toEqual(['RecraftVectorizeImageNode']);
  });
});

describe('odd node classes', () => {
  it('are skipped or read in part, and never spoil the others', () => {
    const { classes, odd } = readNodeClasses(
      JSON.stringify({
        Broken: null,
        Text: 'a class?',
        Bare: { input: {} },
        Odd: {
          input: { required: { a: ['INT'], b: {}, c: [], d: [7] }, optional: null },
          output: [['x', 'y'], 'IMAGE', 5],
          display_name: 7,
          output_node: 'yes',
        },
        Fine: { input: { required: { a: ['INT', { min: 'low', default: null }] } }, output: null },
      }),
    );
    expect([...classes.keys()]).toEqual(['Bare', 'Odd', 'Fine']);
    expect(odd).toEqual(['Broken', 'Text', 'Odd.b', 'Odd.c', 'Odd.d']);
    const { inputs, ...rest } = classes.get('Odd')!;
    expect(rest).toEqual({ title: 'Odd', isOutput: false, outputs: ['COMBO', 'IMAGE', '*'] });
    expect(inputs.get('a')).toEqual({ type: 'INT', required: true });
    expect(inputs.get('b')).toEqual({ type: '*', required: false });
    expect(classes.get('Fine')?.inputs.get('a')).toEqual({ type: 'INT', required: true, default: null });
  });

  it('may have choices of any plain kind; others are left out', () => {
    const info = own('{"a": [["x", 2, true, null, {"k": 1}, ["y"]], {}]}');
    expect(input('Own', 'a', info)?.options).toEqual(['x', 2, true]);
  });

  it('may show something although no run starts from it', () => {
    const shown = '{"A": {"input": {}, "has_intermediate_output": true}, "B": {"input": {}}}';
    const { classes } = readNodeClasses(shown);
    expect(classes.get('A')).toMatchObject({ isOutput: false, shows: true });
    expect(classes.get('B')?.shows).toBeUndefined();
  });

  it('may have bounds that are no JSON', () => {
    const info = own(
      '{"a": ["FLOAT", {"min": -Infinity, "max": Infinity, "default": NaN, "tip": "x NaN, y"}]}',
    );
    expect(input('Own', 'a', info)).toEqual({ type: 'FLOAT', required: true, default: null });
  });

  it('may have bounds just beyond what a number holds; those never grow', () => {
    const info = own(
      '{"b": ["INT", {"max": 9223372036854775808}], "a": ["INT", {"min": -9223372036854775808, "max": 9223372036854775807}], "c": ["FLOAT", {"max": 9223372036854775807}]}',
    );
    expect(input('Own', 'a', info)).toMatchObject({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    expect(input('Own', 'b', info)?.max).toBe(2n ** 63n - 1n);
    expect(input('Own', 'c', info)?.max).toBe(2 ** 63);
  });

  it('may disagree between choices: then anything goes', () => {
    const choice = (key: string, spec: unknown): object => ({ key, inputs: { required: { a: spec } } });
    const dynamic = (...specs: unknown[]): string =>
      JSON.stringify({
        m: ['COMFY_DYNAMICCOMBO_V3', { options: specs.map((spec, at) => choice(`${at}`, spec)) }],
      });
    const bounds = own(dynamic(['INT', { min: 1, max: 5 }], ['INT', { min: 3, max: 9 }]));
    expect(input('Own', 'm.a', bounds)).toMatchObject({ min: 1, max: 9 });
    const types = own(dynamic(['INT', { min: 1 }], ['STRING', {}]));
    expect(input('Own', 'm.a', types)).toEqual({ type: '*', required: false });
  });

  it.each(['', '<!doctype html>', '[]', '"text"', '{"a": NaN', 'null'])('are none at all: %s', (text) => {
    expect(() => readNodeClasses(text)).toThrow(SyntaxError);
  });

  it('may be named like anything that JavaScript knows', () => {
    const info = readNodeClasses('{"__proto__": {"input": {"required": {"constructor": ["INT"]}}}}');
    expect(input('__proto__', 'constructor', info)?.type).toBe('INT');
    expect(input('__proto__', 'toString', info)).toBeUndefined();
  });
});
