import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../../src/core/errors.ts';
import type { Template } from '../../../../src/core/template.ts';
import { withChoices } from '../../../../src/templates/choices.ts';
import { fill } from '../../../../src/templates/fill.ts';
import { loadTemplates } from '../../../../src/templates/library/load.ts';
import { installedNames } from '../../../../src/templates/models/installed-names.ts';
import { settle, type Preference } from '../../../../src/templates/models/settle.ts';
import type { RawValues } from '../../../../src/templates/values.ts';
import { readValues } from '../../../../src/templates/values.ts';
import { changed, type Workflow } from '../../../../src/core/workflow.ts';
import { parse, problemIn } from '../sources.ts';
import { FLUX, nodesWith, type Installed } from './installed.ts';

const { templates } = await loadTemplates('templates');
const shipped = (name: string): Template => templates.find((one) => one.name === name)!;

/** Everything that decides, down to the graph as it would leave. */
function run(
  template: Template,
  installed: Installed,
  given: RawValues = {},
  preference: Preference & { without?: string[] } = {},
): { variant: string | undefined; taken: string[]; values: Record<string, unknown>; graph: Workflow } {
  const nodes = nodesWith(installed, preference.without);
  const needed = Object.entries(template.slots).flatMap(([name, { type, required }]) =>
    required && type === 'text' && !(name in given) ? [[name, 'a cat'] as const] : [],
  );
  const settled = settle(template, { ...Object.fromEntries(needed), ...given }, nodes, preference);
  const ready = withChoices(settled.template, nodes);
  const values = readValues(
    ready,
    {
      ...('image' in ready.slots && { image: { name: 'a.png', load: async () => new Uint8Array() } }),
      ...settled.raw,
    },
    () => 1n,
  );
  const { workflow } = fill(ready, values);
  const graph = changed(workflow, installedNames(workflow, nodes).changes);
  return { variant: settled.template.variant, taken: settled.taken, values, graph };
}

const XL = 'sd_xl_base_1.0.safetensors';
const V15 = 'v1-5-pruned-emaonly.safetensors';

interface Row {
  /** What is in `models/checkpoints`, or in several folders. */
  has: string[] | Installed;
  given?: string;
  variant: string;
  /** What the loader gets. */
  loads: string;
  /** Whether nobody named it, and it is other than what the template has. */
  taken?: boolean;
}

describe('what /imagine draws with', () => {
  it.each<Row>([
    // its own one
    { has: [XL], variant: 'workflow', loads: XL },
    { has: [XL, 'juggernautXL_v9.safetensors'], variant: 'workflow', loads: XL },
    // in a folder, with the other slash, in another case
    { has: [`SDXL/${XL}`], variant: 'workflow', loads: `SDXL/${XL}`, taken: true },
    { has: [`SDXL\\${XL}`], variant: 'workflow', loads: `SDXL\\${XL}`, taken: true },
    {
      has: ['SD_XL_Base_1.0.safetensors'],
      variant: 'workflow',
      loads: 'SD_XL_Base_1.0.safetensors',
      taken: true,
    },
    // the nearest of its family
    {
      has: ['juggernautXL_v9.safetensors'],
      variant: 'workflow',
      loads: 'juggernautXL_v9.safetensors',
      taken: true,
    },
    {
      has: ['ponyDiffusionV6XL.safetensors', V15],
      variant: 'workflow',
      loads: 'ponyDiffusionV6XL.safetensors',
      taken: true,
    },
    {
      has: ['waiNSFWIllustrious_v140.safetensors'],
      variant: 'workflow',
      loads: 'waiNSFWIllustrious_v140.safetensors',
      taken: true,
    },
    {
      has: ['noobaiXLNAIXL_vPred10.safetensors'],
      variant: 'workflow',
      loads: 'noobaiXLNAIXL_vPred10.safetensors',
      taken: true,
    },
    // those that draw in few steps, or are for something else, only where there is no other
    {
      has: ['aXL_lightning.safetensors', 'zavychromaXL_v80.safetensors'],
      variant: 'workflow',
      loads: 'zavychromaXL_v80.safetensors',
      taken: true,
    },
    {
      has: ['sd_xl_turbo_1.0_fp16.safetensors'],
      variant: 'workflow',
      loads: 'sd_xl_turbo_1.0_fp16.safetensors',
      taken: true,
    },
    { has: ['sd_xl_refiner_1.0.safetensors', V15], variant: 'sd15', loads: V15 },
    { has: ['sd_xl_base_1.0_inpainting_0.1.safetensors', V15], variant: 'sd15', loads: V15 },
    // other families, with the graph that is built for them
    { has: [V15], variant: 'sd15', loads: V15 },
    {
      has: ['v1-5-pruned-emaonly-fp16.safetensors'],
      variant: 'sd15',
      loads: 'v1-5-pruned-emaonly-fp16.safetensors',
      taken: true,
    },
    {
      has: ['dreamshaper_8.safetensors', 'unknown.safetensors'],
      variant: 'sd15',
      loads: 'dreamshaper_8.safetensors',
      taken: true,
    },
    {
      has: ['SD1.5/realisticVisionV60B1_v51VAE.safetensors'],
      variant: 'sd15',
      loads: 'SD1.5/realisticVisionV60B1_v51VAE.safetensors',
      taken: true,
    },
    { has: FLUX, variant: 'flux', loads: 'flux1-dev-fp8.safetensors', taken: true },
    {
      has: {
        ...FLUX,
        diffusion_models: [
          'flux1-schnell.safetensors',
          'flux1-fill-dev.safetensors',
          'wan2.1_t2v_14B.safetensors',
        ],
      },
      variant: 'flux',
      loads: 'flux1-schnell.safetensors',
      taken: true,
    },
    { has: { ...FLUX, checkpoints: [V15] }, variant: 'sd15', loads: V15 },
    { has: ['flux1-dev-fp8.safetensors'], variant: 'flux-checkpoint', loads: 'flux1-dev-fp8.safetensors' },
    {
      has: { ...FLUX, vae: ['sdxl_vae.safetensors'], checkpoints: ['flux1-schnell-fp8.safetensors'] },
      variant: 'flux-checkpoint',
      loads: 'flux1-schnell-fp8.safetensors',
      taken: true,
    },
    // what somebody names
    { has: [XL, V15], given: V15, variant: 'sd15', loads: V15 },
    {
      has: [XL, 'dreamshaper_8.safetensors'],
      given: 'dreamshaper',
      variant: 'sd15',
      loads: 'dreamshaper_8.safetensors',
    },
    {
      has: [`SDXL/juggernautXL.safetensors`, XL],
      given: 'SDXL\\juggernautXL.safetensors',
      variant: 'workflow',
      loads: 'SDXL/juggernautXL.safetensors',
    },
    {
      has: [`SDXL\\juggernautXL.safetensors`, XL],
      given: 'sdxl/JUGGERNAUTxl',
      variant: 'workflow',
      loads: 'SDXL\\juggernautXL.safetensors',
    },
    {
      has: [`SDXL/juggernautXL.safetensors`, XL],
      given: 'juggernautXL',
      variant: 'workflow',
      loads: 'SDXL/juggernautXL.safetensors',
    },
    {
      has: [`juggernautXL.safetensors`, XL],
      given: 'sdxl/juggernautXL.safetensors',
      variant: 'workflow',
      loads: 'juggernautXL.safetensors',
    },
    {
      has: { ...FLUX, checkpoints: [XL] },
      given: 'flux1-dev-fp8',
      variant: 'flux',
      loads: 'flux1-dev-fp8.safetensors',
    },
    {
      has: [XL, 'mine.safetensors'],
      given: 'mine.safetensors',
      variant: 'workflow',
      loads: 'mine.safetensors',
    },
  ])('of $has, given $given: $loads in $variant', ({ has, given, variant, loads, taken = false }) => {
    const installed = Array.isArray(has) ? { checkpoints: has } : has;
    const done = run(shipped('imagine'), installed, given === undefined ? {} : { model: given });
    const { inputs } = done.graph['4']!;
    expect([done.variant, inputs['ckpt_name'] ?? inputs['unet_name']]).toEqual([variant, loads]);
    expect(done.taken).toEqual(taken ? ['model'] : []);
    expect(done.values['model']).toBe(taken || given !== undefined ? loads : undefined);
  });

  it.each<[has: Installed, given: string | undefined, asks: Partial<Problem>]>([
    [
      { checkpoints: ['one.safetensors', 'two.safetensors'] },
      undefined,
      { code: 'choice-missing', choices: ['one.safetensors', 'two.safetensors'] },
    ],
    [
      { checkpoints: ['svd_xt.safetensors'] },
      undefined,
      { code: 'choice-missing', choices: ['svd_xt.safetensors'] },
    ],
    [
      { checkpoints: [`a/${XL}`, `b/${XL}`] },
      undefined,
      { code: 'choice-unclear', choices: [`a/${XL}`, `b/${XL}`] },
    ],
    [
      { checkpoints: [XL, 'dreamshaper_8.safetensors', 'dreamshaperXL.safetensors'] },
      'dream',
      { code: 'choice-unclear', choices: ['dreamshaper_8.safetensors', 'dreamshaperXL.safetensors'] },
    ],
    [
      { ...FLUX, checkpoints: ['flux1-schnell.safetensors'] },
      'flux',
      { code: 'choice-unclear', choices: ['flux1-schnell.safetensors', 'flux1-dev-fp8.safetensors'] },
    ],
    [{ checkpoints: [XL] }, 'midjourney', { code: 'not-a-choice', choices: [XL] }],
  ])('of %o, given %s, it asks', (has, given, asks) => {
    const problem = problemIn(() =>
      run(shipped('imagine'), has, given === undefined ? {} : { model: given }),
    );
    expect(problem).toMatchObject({ slot: 'model', ...asks });
  });

  it('takes encoders and decoder of the same role, whatever they are called', () => {
    const { graph } = run(shipped('imagine'), {
      diffusion_models: ['FLUX1\\flux1-dev-fp8.safetensors'],
      text_encoders: [
        'flux/clip_l.safetensors',
        'umt5_xxl_fp8.safetensors',
        't5/t5xxl_fp8_e4m3fn_scaled.safetensors',
      ],
      vae: ['sdxl_vae.safetensors', 'FLUX1\\ae.safetensors'],
    });
    expect(graph['13']!.inputs).toMatchObject({
      clip_name1: 'flux/clip_l.safetensors',
      clip_name2: 't5/t5xxl_fp8_e4m3fn_scaled.safetensors',
    });
    expect(graph['14']!.inputs).toEqual({ vae_name: 'FLUX1\\ae.safetensors' });
  });

  it('draws at the size that the family was made for', () => {
    const size = (has: string, wish: RawValues = {}) => {
      const { width, height } = run(shipped('imagine'), { checkpoints: [has] }, wish).graph['5']!.inputs;
      return [width, height];
    };
    expect(size(XL, { size: 'wide' })).toEqual([1344, 768]);
    expect(size(V15, { size: 'wide' })).toEqual([768, 512]);
    expect(size(V15)).toEqual([512, 512]);
  });

  it('leaves to the backend what nothing can be done about', () => {
    expect(run(shipped('imagine'), {}).graph['4']!.inputs['ckpt_name']).toBe(XL);
    expect(settle(shipped('imagine'), { model: 'x' }, undefined)).toMatchObject({
      template: { variant: 'workflow' },
      raw: { model: 'x' },
      taken: [],
    });
  });

  it('is not misled by the defaults of the form of another workflow', () => {
    const has = { ...FLUX, checkpoints: [XL] };
    const untouched = run(shipped('imagine'), has, { model: 'flux1-dev-fp8.safetensors', cfg: '7' });
    expect(untouched.graph['12']!.inputs['guidance']).toBe(3.5);
    const wished = run(shipped('imagine'), has, { model: 'flux1-dev-fp8.safetensors', cfg: '5' });
    expect(wished.graph['12']!.inputs['guidance']).toBe(5);
    const plain = run(shipped('imagine'), has, { cfg: '7' });
    expect(plain.graph['3']!.inputs['cfg']).toBe(7);
  });
});

describe('what a guild or an earlier job prefers', () => {
  const has = { ...FLUX, checkpoints: [XL, 'animagineXL.safetensors', V15] };

  it.each<[Preference, variant: string, loads: string, taken: string[]]>([
    [{ model: 'animagineXL.safetensors' }, 'workflow', 'animagineXL.safetensors', ['model']],
    [{ model: V15 }, 'sd15', V15, ['model']],
    [{ model: 'flux1-dev-fp8.safetensors' }, 'flux', 'flux1-dev-fp8.safetensors', ['model']],
    [{ model: 'gone.safetensors' }, 'workflow', XL, []],
    [{ variant: 'sd15' }, 'sd15', V15, []],
    [{ variant: 'flux' }, 'flux', 'flux1-dev-fp8.safetensors', ['model']],
    [{ variant: 'flux-checkpoint' }, 'workflow', XL, []],
    [{ variant: 'removed' }, 'workflow', XL, []],
  ])('%o: %s with %s', (preference, variant, loads, taken) => {
    const done = run(shipped('imagine'), has, {}, preference);
    const { inputs } = done.graph['4']!;
    expect([done.variant, inputs['ckpt_name'] ?? inputs['unet_name'], done.taken]).toEqual([
      variant,
      loads,
      taken,
    ]);
  });

  it('gives way to what somebody names', () => {
    const done = run(shipped('imagine'), has, { model: XL }, { model: V15 });
    expect([done.variant, done.graph['4']!.inputs['ckpt_name'], done.taken]).toEqual(['workflow', XL, []]);
  });
});

describe('/upscale', () => {
  it('needs no model, and uses one where there is one', () => {
    expect(run(shipped('upscale'), {}).variant).toBe('workflow');
    const done = run(shipped('upscale'), { upscale_models: ['RealESRGAN_x4plus.pth'] }, { scale: '3' });
    expect(done).toMatchObject({
      variant: 'model',
      taken: ['model'],
      values: { model: 'RealESRGAN_x4plus.pth' },
    });
    expect(done.graph['4']!.inputs['model_name']).toBe('RealESRGAN_x4plus.pth');
    expect(done.graph['2']!.inputs['scale_by']).toBe(3);
  });

  it('does without where the backend lacks a class for it', () => {
    const has = { upscale_models: ['RealESRGAN_x4plus.pth'] };
    expect(run(shipped('upscale'), has, {}, { without: ['GetImageSize'] }).variant).toBe('workflow');
  });
});

describe('a template with one workflow', () => {
  const LOADERS = {
    '1': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: XL } },
    '2': {
      class_type: 'LoraLoader',
      inputs: {
        model: ['1', 0],
        clip: ['1', 1],
        lora_name: 'styles/ink.safetensors',
        strength_model: 1,
        strength_clip: 1,
      },
    },
    '9': { class_type: 'SaveImage', inputs: { images: ['2', 0], filename_prefix: 'a' } },
  };
  const own = (slots: object) => parse(slots, {}, LOADERS);

  it('has its fixed models by the names that the backend has for them', () => {
    const { graph } = run(own({}), {
      checkpoints: [`xl\\${XL}`],
      loras: ['Styles\\Ink.safetensors', 'other.safetensors'],
    });
    expect(graph['1']!.inputs['ckpt_name']).toBe(`xl\\${XL}`);
    expect(graph['2']!.inputs['lora_name']).toBe('Styles\\Ink.safetensors');
  });

  it('puts no other model in the place of a fixed one, and guesses between no two', () => {
    const { graph } = run(own({}), {
      checkpoints: ['otherXL.safetensors'],
      loras: ['a/ink.safetensors', 'b/ink.safetensors'],
    });
    expect(graph['1']!.inputs['ckpt_name']).toBe(XL);
    expect(graph['2']!.inputs['lora_name']).toBe('styles/ink.safetensors');
  });

  it('takes the same model in another packing', () => {
    const { graph } = run(own({}), { checkpoints: ['sd_xl_base_1.0_fp16.safetensors'], loras: [] });
    expect(graph['1']!.inputs['ckpt_name']).toBe('sd_xl_base_1.0_fp16.safetensors');
  });

  it('asks for a LoRA that is missing: no other one does', () => {
    const slots = { lora: { type: 'choice', into: [['2', 'lora_name']] } };
    const problem = problemIn(() => run(own(slots), { checkpoints: [XL], loras: ['paper.safetensors'] }));
    expect(problem).toEqual({
      code: 'choice-missing',
      slot: 'lora',
      value: 'styles/ink.safetensors',
      choices: ['paper.safetensors'],
    });
  });
});

describe('a model of a family that a template has no workflow for', () => {
  const has = { checkpoints: [XL, V15, 'sd3.5_large.safetensors', 'mine.safetensors'] };

  it('is refused by name, with the families that there are', () => {
    const error = expect.objectContaining({
      problem: {
        code: 'model-unlike',
        slot: 'model',
        value: 'sd3.5_large.safetensors',
        family: 'SD 3',
        families: ['SDXL', 'SD 1.5', 'Flux'],
      },
    });
    expect(() => run(shipped('imagine'), has, { model: 'sd3.5' })).toThrow(error);
  });

  it('is what a name says: another one is taken as it was given', () => {
    expect(run(shipped('imagine'), has, { model: 'mine' }).values['model']).toBe('mine.safetensors');
  });

  it('is none where a single workflow draws with any checkpoint', () => {
    const { variants, ...plain } = shipped('imagine');
    expect(variants).toBeDefined();
    const { values } = run(plain, has, { model: 'sd3.5' });
    expect(values['model']).toBe('sd3.5_large.safetensors');
  });

  it('is passed over where it is a guild’s usual one', () => {
    const { values } = run(shipped('imagine'), has, {}, { model: 'sd3.5_large.safetensors' });
    expect(values['model']).not.toBe('sd3.5_large.safetensors');
  });
});
