/**
 * Which family a model is of, by its name: that is all a backend tells. What a name does not say is unknown, and nobody
 * guesses. The names are those under which Civitai, Hugging Face and ComfyUI's own templates have them. Pure.
 */
import { LRUCache } from 'lru-cache';
import { stemOf } from './same-file.ts';

/** The first that fits counts: a name may hold the word of a family that it only derives from. */
const FAMILIES: readonly (readonly [family: string, name: RegExp])[] = [
  ['flux2', /flux[-_. ]?2(?!\d)|flux2/],
  ['chroma', /(^|[-_. ])chroma/],
  ['qwen', /qwen/],
  ['wan', /(^|[-_. ])wan[-_. ]?\d|wan(video|vae)|(^|[-_. ])wan([-_. ]|$)/],
  ['hunyuan', /hunyuan/],
  ['ltxv', /(^|[-_. ])ltxv?([-_. ]|\d|$)/],
  ['hidream', /hidream/],
  ['z-image', /z[-_ ]?image/],
  ['lumina', /lumina/],
  ['cosmos', /cosmos/],
  ['pixart', /pixart/],
  ['auraflow', /aura[-_ ]?flow/],
  ['kolors', /kolors/],
  ['mochi', /mochi/],
  ['omnigen', /omnigen/],
  ['cascade', /cascade|wuerstchen/],
  ['audio', /stable[-_]?audio|ace[-_]?step|(^|[-_. ])audio/],
  ['svd', /(^|[-_. ])svd([-_. ]|$)|stable[-_]?video|animatediff/],
  ['flux', /flux/],
  ['sd3', /sd[-_. ]?3([-_. ]|\d|$)|stable[-_]?diffusion[-_]?3|sd35/],
  [
    'sdxl',
    /(?<!x)xl(?![a-z]{3})|sd_?xl|pony|illustrious|(^|[-_. ])il(l)?([-_. ]|$)|noob|animagine|hassaku|autismmix|kohaku|playground[-_]?v?2|(^|[-_. ])wai[-_. n]|ssd[-_]?1b/,
  ],
  ['sd2', /(^|[-_. ])v2[-_.][01]|sd[-_. ]?2[-_.]?[01]|(^|[-_. ])(512|768)-(base|v)-?ema/],
  [
    'sd15',
    /^v1[-_.]?[45]|sd[-_. ]?v?1[-_.]?[45]|stable[-_]?diffusion[-_]?v?1|dreamshaper|realistic[-_ ]?vision|deliberate|rev[-_ ]?animated|anything[-_ ]?v|counterfeit|meina(mix|hentai|unreal|pastel)|majicmix|epicrealism|absolutereality|abyssorangemix|chilloutmix|pastelmix|cetusmix|ghostmix|toonyou|openjourney|analog[-_]diffusion|photon_v1|lyriel|protogen|perfectworld/,
  ],
];

/** Made for something else than drawing from words: they need a picture, or come after another model. */
const SPECIAL =
  /inpaint|refiner|kontext|instruct|pix2pix|(^|[-_. ])(fill|edit|canny|depth|redux|upscal(e|er)|control(net)?)([-_. ]|$)/;
/** Made to draw in few steps: with the settings of others they draw badly. */
const QUICK = /turbo|lightning|hyper|(^|[-_. ])lcm|schnell|dmd|distill/;
/** How a file was packed says nothing of what it is. */
const PACKING =
  /[-_. ](fp8|fp16|fp32|bf16|int8|nf4|e4m3fn|e5m2|scaled|fast|pruned|ema|emaonly|nonema|noema|q\d(_[\dk])?(_[sml])?|8bit|4bit|\d+gb)(?=[-_. ]|$)/g;

export type Family = string;

/** As people write them, where that is not the word itself. */
const NAMES: Readonly<Record<Family, string>> = {
  sd15: 'SD 1.5',
  sd2: 'SD 2',
  sd3: 'SD 3',
  sdxl: 'SDXL',
  svd: 'SVD',
  flux: 'Flux',
  flux2: 'Flux 2',
  ltxv: 'LTXV',
  'z-image': 'Z-Image',
  hidream: 'HiDream',
  pixart: 'PixArt',
  auraflow: 'AuraFlow',
  omnigen: 'OmniGen',
};

export function familyName(family: Family): string {
  return NAMES[family] ?? family.charAt(0).toUpperCase() + family.slice(1);
}

/** A server may have thousands, which are looked through for each job whose model is not there. */
const known = new LRUCache<string, { family: Family | undefined }>({ max: 10_000 });

/** Undefined: its name does not say. */
export function familyOf(name: string): Family | undefined {
  const found = known.get(name) ?? { family: readFamily(name) };
  known.set(name, found);
  return found.family;
}

function readFamily(name: string): Family | undefined {
  const said = stemOf(name);
  const byName = FAMILIES.find(([, pattern]) => pattern.test(said));
  if (byName) return byName[0];
  // people sort their models into folders of that name
  const folders = name.toLowerCase().replaceAll('\\', '/').split('/').slice(0, -1);
  return FAMILIES.find(([, pattern]) => folders.some((folder) => pattern.test(folder)))?.[0];
}

/** What makes it unlike its family's others; empty: nothing. */
export function kindOf(name: string): 'special' | 'quick' | '' {
  const said = stemOf(name);
  if (SPECIAL.test(said)) return 'special';
  return QUICK.test(said) ? 'quick' : '';
}

/** Two with the same are one model, packed in two ways. */
export function modelOf(name: string): string {
  return stemOf(name).replaceAll(PACKING, '');
}

const ENCODERS: readonly (readonly [role: string, name: RegExp])[] = [
  ['umt5', /umt5/],
  ['t5xxl', /t5[-_ ]?(v1[-_.]1[-_])?xxl/],
  ['t5base', /t5[-_ ]?base/],
  ['vision', /vision/],
  ['clip_g', /clip[-_ ]?g|bigg/],
  ['clip_l', /clip[-_ ]?l|vit-?l/],
  ['llama', /llama/],
  ['qwen3', /qwen[-_ ]?3/],
  ['qwen', /qwen/],
  ['gemma', /gemma/],
];

/** Which text encoder it is; undefined: its name does not say. */
export function encoderOf(name: string): string | undefined {
  const said = stemOf(name);
  return ENCODERS.find(([, pattern]) => pattern.test(said))?.[0];
}

/** Decoders that are named otherwise than their family. */
const DECODERS: readonly (readonly [family: Family, name: RegExp])[] = [
  ['flux', /^ae$|flux[-_]?(vae|ae)|(^|[-_. ])ae([-_. ]|$)/],
  ['sd15', /ft[-_]mse|840000|ema[-_]560000|kl[-_]f8|anything|clearvae|orangemix/],
];

/** The family that a VAE belongs to. */
export function decoderFamily(name: string): Family | undefined {
  const said = stemOf(name);
  return DECODERS.find(([, pattern]) => pattern.test(said))?.[0] ?? familyOf(name);
}
