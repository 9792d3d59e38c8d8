import { describe, expect, it } from 'vitest';
import { encode, graph, intoOf, sampler, slotsOf, suggested } from './graphs.ts';

describe('texts in a workflow', () => {
  it('are followed through conditioning that hands both sides on, each to its own', () => {
    const apply = { positive: ['good', 0], negative: ['bad', 0], strength: 1 };
    const { prompt, negative } = slotsOf({
      control: ['ControlNetApplyAdvanced', apply],
      sampler: sampler({ positive: ['control', 0], negative: ['control', 1] }),
    });
    expect([intoOf(prompt), intoOf(negative)]).toEqual([['good.text'], ['bad.text']]);
  });

  it('are followed through string nodes, empty parts and delimiters left out', () => {
    const slots = slotsOf({
      subject: ['PrimitiveString', { value: 'a fox' }],
      empty: ['PrimitiveString', { value: '' }],
      join: ['StringConcatenate', { string_a: ['subject', 0], string_b: 'best quality', delimiter: ', ' }],
      again: ['StringConcatenate', { string_a: ['join', 0], string_b: '', delimiter: 'x' }],
      good: encode(['again', 0]),
    });
    expect(intoOf(slots['prompt'])).toEqual(['subject.value']);
    expect(intoOf(slots['prompt_2'])).toEqual(['join.string_b']);
    expect(slots).not.toHaveProperty('prompt_3');
  });

  it('that are equal share a slot; others are optional', () => {
    const texts = { text_g: 'a fox', text_l: 'a fox', clip: ['model', 1] };
    const slots = slotsOf({
      good: ['CLIPTextEncodeSDXL', texts],
      more: encode('at dawn'),
      both: ['ConditioningCombine', { conditioning_1: ['good', 0], conditioning_2: ['more', 0] }],
      sampler: sampler({ positive: ['both', 0] }),
    });
    expect(intoOf(slots['prompt'])).toEqual(['good.text_g', 'good.text_l']);
    expect(slots['prompt_2']).toMatchObject({ default: 'at dawn' });
    expect(slots['prompt_2']).not.toHaveProperty('required');
  });

  it('that reach both sides are a prompt, and zeroed ones nothing', () => {
    expect(slotsOf({ sampler: sampler({ negative: ['good', 0] }) })).not.toHaveProperty('negative');
    const zero = slotsOf({
      zero: ['ConditioningZeroOut', { conditioning: ['bad', 0] }],
      sampler: sampler({ negative: ['zero', 0] }),
    });
    expect(zero).not.toHaveProperty('negative');
  });

  it('may be empty where nothing else is said', () => {
    expect(slotsOf({ bad: encode('') })['negative']).toMatchObject({ default: '' });
    const flux = { clip_l: '', t5xxl: 'a fox', guidance: 3.5, clip: ['model', 1] };
    const slots = slotsOf({ good: ['CLIPTextEncodeFlux', flux] });
    expect(intoOf(slots['prompt'])).toEqual(['good.t5xxl']);
    expect(slots).not.toHaveProperty('prompt_2');
  });

  it('beyond 6000 characters have no default', () => {
    const { negative } = slotsOf({ bad: encode('x'.repeat(6001)) });
    expect(negative).not.toHaveProperty('default');
  });

  it('come from the live side of a switch only', () => {
    const { prompt } = slotsOf({
      off: encode('an owl'),
      pick: ['ComfySwitchNode', { switch: true, on_false: ['off', 0], on_true: ['good', 0] }],
      sampler: sampler({ positive: ['pick', 0] }),
    });
    expect(intoOf(prompt)).toEqual(['good.text']);
  });

  it('go into nodes that make media by themselves', () => {
    const partner = {
      prompt: 'a fox',
      negative_prompt: 'blurry',
      model: 'best',
      aspect_ratio: '1:1',
    };
    const { slots } = suggested(
      graph({ make: ['AnyApi', partner], save: ['SaveVideo', { video: ['make', 0] }] }),
    );
    expect(Object.keys(slots)).toEqual(['prompt', 'negative']);
  });

  it('may be sung', () => {
    const song = { tags: 'folk', lyrics: 'la la', clip: ['model', 1] };
    const slots = slotsOf({
      good: ['TextEncodeAceStepAudio', song],
      latent: ['EmptyAudio', { seconds: 60 }],
    });
    expect(slots['lyrics']).toMatchObject({ default: 'la la' });
    expect(slots['seconds']).toMatchObject({ type: 'number', default: 60, min: 1, max: 120 });
  });
});
