/** The models that the sandbox pretends to have, by ComfyUI's folders. */
export type ModelFolder =
  | 'checkpoints'
  | 'diffusion_models'
  | 'text_encoders'
  | 'loras'
  | 'vae'
  | 'upscale_models';
export type Models = Map<ModelFolder, readonly string[]>;

export function newModels(): Models {
  return new Map([
    [
      'checkpoints',
      [
        'sandbox-painter.safetensors',
        'sd_xl_base_1.0.safetensors',
        'v1-5-pruned-emaonly-fp16.safetensors',
        'dreamshaper_8.safetensors',
        'flux1-dev-fp8.safetensors',
        'stable-audio-open-1.0.safetensors',
      ],
    ],
    ['diffusion_models', ['flux1-dev.safetensors']],
    ['text_encoders', ['clip_l.safetensors', 't5xxl_fp16.safetensors']],
    ['loras', ['watercolor.safetensors', 'pixel-art.safetensors', 'film-grain.safetensors']],
    ['vae', ['vae-ft-mse-840000-ema-pruned.safetensors', 'sdxl_vae.safetensors', 'ae.safetensors']],
    ['upscale_models', ['RealESRGAN_x2.pth', '4x-UltraSharp.pth', '4x_foolhardy_Remacri.pth']],
  ]);
}
