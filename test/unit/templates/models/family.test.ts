import { expect, it } from 'vitest';
import {
  decoderFamily,
  encoderOf,
  familyOf,
  kindOf,
  modelOf,
} from '../../../../src/templates/models/family.ts';

it.each([
  // as people have them from Civitai and Hugging Face
  ['sd_xl_base_1.0.safetensors', 'sdxl'],
  ['juggernautXL_v9Rdphoto2Lightning.safetensors', 'sdxl'],
  ['RealVisXL_V5.0_fp16.safetensors', 'sdxl'],
  ['dreamshaperXL_lightningDPMSDE.safetensors', 'sdxl'],
  ['ponyDiffusionV6XL_v6StartWithThisOne.safetensors', 'sdxl'],
  ['cyberrealisticPony_v110.safetensors', 'sdxl'],
  ['Illustrious-XL-v2.0.safetensors', 'sdxl'],
  ['waiNSFWIllustrious_v140.safetensors', 'sdxl'],
  ['noobaiXLNAIXL_vPred10Version.safetensors', 'sdxl'],
  ['hassakuXLIllustrious_v21.safetensors', 'sdxl'],
  ['animagine-xl-4.0-opt.safetensors', 'sdxl'],
  ['mistoonAnime_v30_il.safetensors', 'sdxl'],
  ['v1-5-pruned-emaonly-fp16.safetensors', 'sd15'],
  ['v1-5-pruned.ckpt', 'sd15'],
  ['dreamshaper_8.safetensors', 'sd15'],
  ['realisticVisionV60B1_v51HyperVAE.safetensors', 'sd15'],
  ['SD1.5/epicphotogasm_x.safetensors', 'sd15'],
  ['anything-v5-PrtRE.safetensors', 'sd15'],
  ['majicmixRealistic_v7.safetensors', 'sd15'],
  ['revAnimated_v2Rebirth.safetensors', 'sd15'],
  ['meinamix_v12Final.safetensors', 'sd15'],
  ['flux1-dev.safetensors', 'flux'],
  ['flux1-schnell-fp8.safetensors', 'flux'],
  ['FLUX1\\fluxmania_V.safetensors', 'flux'],
  ['getphatFLUXReality_v8.safetensors', 'flux'],
  ['flux2-dev.safetensors', 'flux2'],
  ['flux-2-klein-4b.safetensors', 'flux2'],
  ['Chroma1-HD.safetensors', 'chroma'],
  ['sd3.5_large_fp8_scaled.safetensors', 'sd3'],
  ['sd3_medium_incl_clips_t5xxlfp8.safetensors', 'sd3'],
  ['v2-1_768-ema-pruned.safetensors', 'sd2'],
  ['wan2.2_t2v_high_noise_14B_fp8_scaled.safetensors', 'wan'],
  ['hunyuan_video_t2v_720p_bf16.safetensors', 'hunyuan'],
  ['ltx-video-2b-v0.9.5.safetensors', 'ltxv'],
  ['qwen_image_fp8_e4m3fn.safetensors', 'qwen'],
  ['hidream_i1_full_fp16.safetensors', 'hidream'],
  ['z_image_turbo_bf16.safetensors', 'z-image'],
  ['stable-audio-open-1.0.safetensors', 'audio'],
  ['ace_step_v1_3.5b.safetensors', 'audio'],
  ['svd_xt.safetensors', 'svd'],
  // nothing is guessed
  ['sandbox-painter.safetensors', undefined],
  ['mine.safetensors', undefined],
  ['final_v1.5.safetensors', undefined],
  ['t5xxl_fp16.safetensors', undefined],
  ['model.safetensors', undefined],
])('%s is of %s', (name, family) => {
  expect(familyOf(name)).toBe(family);
});

it.each([
  ['sd_xl_refiner_1.0.safetensors', 'special'],
  ['sd_xl_base_1.0_inpainting_0.1.safetensors', 'special'],
  ['flux1-kontext-dev.safetensors', 'special'],
  ['flux1-fill-dev.safetensors', 'special'],
  ['juggernautXL_v9Rdphoto2Lightning.safetensors', 'quick'],
  ['flux1-schnell.safetensors', 'quick'],
  ['sd_xl_turbo_1.0_fp16.safetensors', 'quick'],
  ['sd_xl_base_1.0.safetensors', ''],
])('%s is %j', (name, kind) => {
  expect(kindOf(name)).toBe(kind);
});

it.each([
  ['clip_l.safetensors', 'clip_l'],
  ['ViT-L-14-TEXT-detail-improved-hiT-GmP-HF.safetensors', 'clip_l'],
  ['clip_g.safetensors', 'clip_g'],
  ['t5xxl_fp8_e4m3fn_scaled.safetensors', 't5xxl'],
  ['t5/google_t5-v1_1-xxl_encoderonly-fp8_e4m3fn.safetensors', 't5xxl'],
  ['umt5_xxl_fp8_e4m3fn_scaled.safetensors', 'umt5'],
  ['clip_vision_h.safetensors', 'vision'],
  ['something.safetensors', undefined],
])('%s encodes as %s', (name, role) => {
  expect(encoderOf(name)).toBe(role);
});

it.each([
  ['ae.safetensors', 'flux'],
  ['FLUX1/ae.safetensors', 'flux'],
  ['flux_vae.safetensors', 'flux'],
  ['sdxl_vae.safetensors', 'sdxl'],
  ['vae-ft-mse-840000-ema-pruned.safetensors', 'sd15'],
  ['wan_2.1_vae.safetensors', 'wan'],
  ['pixel_space', undefined],
])('%s decodes for %s', (name, family) => {
  expect(decoderFamily(name)).toBe(family);
});

it.each([
  ['flux1-dev.safetensors', 'flux1-dev-fp8.safetensors'],
  ['v1-5-pruned-emaonly.safetensors', 'v1-5-pruned-emaonly-fp16.safetensors'],
  ['sd_xl_base_1.0.safetensors', 'SDXL\\sd_xl_base_1.0_fp16.safetensors'],
  ['t5xxl_fp16.safetensors', 't5xxl_fp8_e4m3fn_scaled.safetensors'],
])('%s and %s are one model', (one, other) => {
  expect(modelOf(one)).toBe(modelOf(other));
  expect(modelOf(one)).not.toBe('');
});
