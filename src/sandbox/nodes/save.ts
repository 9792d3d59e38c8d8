/** Output nodes: what a prompt leaves behind. */
import { createHash, randomUUID } from 'node:crypto';
import type { FileRef, Folder } from '../files.ts';
import type { NodeResult, NodeRun, NodeTable } from './node.ts';
import { animation } from './pictures.ts';
import { graphTexts, toPng } from './png.ts';
import type { Picture, Value } from './values.ts';

const HIDDEN = { prompt: 'PROMPT', extra_pnginfo: 'EXTRA_PNGINFO' };

export const saveNodes: NodeTable = {
  SaveImage: {
    title: 'Save Image',
    category: 'image',
    required: {
      images: ['IMAGE', { tooltip: 'The images to save.' }],
      filename_prefix: ['STRING', { default: 'ComfyUI' }],
    },
    hidden: HIDDEN,
    outputs: ['IMAGE'],
    outputNames: ['images'],
    isOutput: true,
    run: (inputs, run) =>
      save(inputs.pictures('images'), run, 'output', inputs.text('filename_prefix', 'ComfyUI')),
  },
  PreviewImage: {
    title: 'Preview Image',
    category: 'image',
    required: { images: ['IMAGE'] },
    hidden: HIDDEN,
    outputs: ['IMAGE'],
    outputNames: ['images'],
    isOutput: true,
    run: (inputs, run) => save(inputs.pictures('images'), run, 'temp', `ComfyUI_temp_${fiveLetters(run)}`),
  },
  /** Saves nothing: its pictures go over the socket as previews do, one a frame. Its IS_CHANGED is the time. */
  SaveImageWebsocket: {
    title: 'SaveImageWebsocket',
    category: 'image',
    required: { images: ['IMAGE'] },
    outputs: [],
    isOutput: true,
    fingerprint: () => randomUUID(),
    run: async (inputs, run) => {
      const pictures = inputs.pictures('images');
      for (const [index, picture] of pictures.entries())
        run.progress(index, pictures.length, { bytes: await toPng(picture, {}), type: 'image/png' });

      return {};
    },
  },
  SaveAnimatedWEBP: {
    title: 'Save Animated WEBP',
    category: 'image',
    required: {
      images: ['IMAGE', {}],
      filename_prefix: ['STRING', { default: 'ComfyUI', multiline: false }],
      fps: ['FLOAT', { default: 6, min: 0.01, max: 1000, step: 0.01 }],
      lossless: ['BOOLEAN', { default: true }],
      quality: ['INT', { default: 80, min: 0, max: 100 }],
      method: ['COMBO', { multiselect: false, options: ['default', 'fastest', 'slowest'] }],
    },
    hidden: HIDDEN,
    outputs: ['IMAGE'],
    outputNames: ['images'],
    isOutput: true,
    run: async (inputs, run) => {
      const pictures = inputs.pictures('images');
      const bytes = await animation(pictures)
        .webp({
          lossless: inputs.flag('lossless', true),
          quality: Math.max(1, inputs.number('quality', 80)),
          effort: 2,
          delay: frameMs(pictures, inputs.number('fps', 6)),
        })
        .toBuffer();
      const file = run.files.save(
        'output',
        inputs.text('filename_prefix', 'ComfyUI'),
        'webp',
        Uint8Array.from(bytes),
      );
      return { values: [imageValue(pictures)], ui: { images: [refJson(file)], animated: [true] } };
    },
  },
  /** Of the Video Helper Suite; its results come under `gifs`, whatever their format. */
  VHS_VideoCombine: {
    title: 'Video Combine 🎥🅥🅗🅢',
    category: 'Video Helper Suite 🎥🅥🅗🅢',
    required: {
      images: ['IMAGE'],
      frame_rate: ['FLOAT', { default: 8, min: 1, step: 1 }],
      loop_count: ['INT', { default: 0, min: 0, max: 100, step: 1 }],
      filename_prefix: ['STRING', { default: 'AnimateDiff' }],
      format: [['image/gif', 'image/webp'], {}],
      pingpong: ['BOOLEAN', { default: false }],
      save_output: ['BOOLEAN', { default: true }],
    },
    hidden: HIDDEN,
    outputs: ['VHS_FILENAMES'],
    outputNames: ['Filenames'],
    isOutput: true,
    run: async (inputs, run) => {
      const format = inputs.text('format', 'image/gif');
      const rate = inputs.number('frame_rate', 8);
      const forth = inputs.pictures('images');
      const frames = inputs.flag('pingpong') ? [...forth, ...forth.slice(1, -1).toReversed()] : forth;
      const options = { delay: frameMs(frames, rate), loop: inputs.number('loop_count') };
      const stacked = animation(frames);
      const drawn =
        format === 'image/gif'
          ? stacked.gif({ effort: 3, ...options })
          : stacked.webp({ effort: 2, ...options });
      const file = run.files.save(
        inputs.flag('save_output', true) ? 'output' : 'temp',
        inputs.text('filename_prefix', 'AnimateDiff'),
        format === 'image/gif' ? 'gif' : 'webp',
        Uint8Array.from(await drawn.toBuffer()),
      );
      return { ui: { gifs: [{ ...refJson(file), format, frame_rate: rate }] } };
    },
  },
};

async function save(
  pictures: readonly Picture[],
  run: NodeRun,
  folder: Folder,
  prefix: string,
): Promise<NodeResult> {
  const texts = graphTexts(run.graph, run.extra);
  const pngs = await Promise.all(pictures.map((picture) => toPng(picture, texts)));
  const files = pngs.map((png) => run.files.save(folder, prefix, 'png', png));
  return { values: [imageValue(pictures)], ui: { images: files.map(refJson) } };
}

export function refJson({ filename, subfolder, type }: FileRef): {
  filename: string;
  subfolder: string;
  type: string;
} {
  return { filename, subfolder, type };
}

function imageValue(pictures: readonly Picture[]): Value {
  return { type: 'IMAGE', pictures };
}

function frameMs(frames: readonly Picture[], fps: number): number[] {
  return frames.map(() => Math.round(1000 / fps));
}

/** ComfyUI puts five random letters into the names of temp files; these depend on the run. */
function fiveLetters(run: NodeRun): string {
  const hash = createHash('sha256')
    .update(`${JSON.stringify(run.extra['create_time'])}${run.nodeId}`)
    .digest();
  return [...hash.subarray(0, 5)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
}
