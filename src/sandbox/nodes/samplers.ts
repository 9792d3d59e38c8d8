/** Samplers: count their steps, show the picture getting clearer, and write down what was asked for. */
import { NodeFailure, type InputSpec, type Inputs, type NodeRun, type NodeTable } from './node.ts';
import { previewer } from '../painter/latent.ts';
import type { Latent, Value } from './values.ts';

const SAMPLERS = [
  'euler',
  'euler_cfg_pp',
  'euler_ancestral',
  'euler_ancestral_cfg_pp',
  'heun',
  'heunpp2',
  'exp_heun_2_x0',
  'exp_heun_2_x0_sde',
  'dpm_2',
  'dpm_2_ancestral',
  'lms',
  'dpm_fast',
  'dpm_adaptive',
  'dpmpp_2s_ancestral',
  'dpmpp_2s_ancestral_cfg_pp',
  'dpmpp_sde',
  'dpmpp_sde_gpu',
  'dpmpp_2m',
  'dpmpp_2m_cfg_pp',
  'dpmpp_2m_sde',
  'dpmpp_2m_sde_gpu',
  'dpmpp_2m_sde_heun',
  'dpmpp_2m_sde_heun_gpu',
  'dpmpp_3m_sde',
  'dpmpp_3m_sde_gpu',
  'ddpm',
  'lcm',
  'ipndm',
  'ipndm_v',
  'deis',
  'res_multistep',
  'res_multistep_cfg_pp',
  'res_multistep_ancestral',
  'res_multistep_ancestral_cfg_pp',
  'gradient_estimation',
  'gradient_estimation_cfg_pp',
  'er_sde',
  'seeds_2',
  'seeds_3',
  'sa_solver',
  'sa_solver_pece',
  'ddim',
  'uni_pc',
  'uni_pc_bh2',
];
const SCHEDULERS = [
  'simple',
  'sgm_uniform',
  'karras',
  'exponential',
  'ddim_uniform',
  'beta',
  'normal',
  'linear_quadratic',
  'kl_optimal',
];

const SEED: InputSpec = [
  'INT',
  { default: 0, min: 0, max: 18_446_744_073_709_551_615n, control_after_generate: true },
];
const STEPS: InputSpec = ['INT', { default: 20, min: 1, max: 10_000 }];
const COMMON = {
  cfg: ['FLOAT', { default: 8, min: 0, max: 100, step: 0.1, round: 0.01 }],
  sampler_name: [SAMPLERS, {}],
  scheduler: [SCHEDULERS, {}],
  positive: ['CONDITIONING', {}],
  negative: ['CONDITIONING', {}],
  latent_image: ['LATENT', {}],
} as const satisfies Record<string, InputSpec>;

interface Plan {
  seed: bigint;
  steps: number;
  /** Share of the picture that is new. */
  denoise: number;
}

export const samplerNodes: NodeTable = {
  KSampler: {
    title: 'KSampler',
    category: 'model/sampling',
    required: {
      model: ['MODEL', {}],
      seed: SEED,
      steps: STEPS,
      ...COMMON,
      denoise: ['FLOAT', { default: 1, min: 0, max: 1, step: 0.01 }],
    },
    outputs: ['LATENT'],
    run: (inputs, run) =>
      sample(inputs, run, {
        seed: inputs.integer('seed'),
        steps: inputs.number('steps', 20),
        denoise: inputs.number('denoise', 1),
      }),
  },
  KSamplerAdvanced: {
    title: 'KSampler (Advanced)',
    category: 'model/sampling',
    required: {
      model: ['MODEL'],
      add_noise: [['enable', 'disable']],
      noise_seed: SEED,
      steps: STEPS,
      ...COMMON,
      start_at_step: ['INT', { default: 0, min: 0, max: 10_000 }],
      end_at_step: ['INT', { default: 10_000, min: 0, max: 10_000 }],
      return_with_leftover_noise: [['disable', 'enable']],
    },
    outputs: ['LATENT'],
    run: (inputs, run) => {
      const all = inputs.number('steps', 20);
      const from = Math.min(inputs.number('start_at_step'), all);
      const to = Math.min(inputs.number('end_at_step', all), all);
      const plan = {
        seed: inputs.integer('noise_seed'),
        steps: Math.max(0, to - from),
        denoise: 1 - from / all,
      };
      return sample(inputs, run, plan);
    },
  },
};

async function sample(inputs: Inputs, run: NodeRun, plan: Plan): Promise<{ values: Value[] }> {
  const { latent: from } = inputs.link('latent_image', 'LATENT');
  if (from.width * from.height > 64 * 1024 * 1024)
    throw new NodeFailure('torch.OutOfMemoryError', 'Allocation on device');

  const latent: Latent = {
    ...from,
    sampled: {
      positive: inputs.link('positive', 'CONDITIONING').text,
      negative: inputs.link('negative', 'CONDITIONING').text,
      model: inputs.link('model', 'MODEL').name,
      // a second pass refines what the first one composed
      seed: plan.denoise < 1 ? (from.sampled?.seed ?? plan.seed) : plan.seed,
      cfg: inputs.number('cfg', 8),
      denoise: plan.denoise,
    },
  };
  const draw = run.previews && from.seconds === undefined ? await previewer(latent) : undefined;
  for (let step = 1; step <= plan.steps; step += 1) {
    await run.pause(run.stepMs);
    run.progress(step, plan.steps, await draw?.(step / plan.steps));
  }
  return { values: [{ type: 'LATENT', latent }] };
}
