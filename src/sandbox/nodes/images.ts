/** Pictures from files and from pictures. */
import type { FileStore, Folder, StoredFile } from '../files.ts';
import { NodeFailure, type InputSpec, type NodeTable } from './node.ts';
import { decode, flat, resize } from './pictures.ts';
import { str } from '../engine/python.ts';
import type { Picture, Value } from './values.ts';

const METHOD: InputSpec = [['nearest-exact', 'bilinear', 'area', 'bicubic', 'lanczos']];
const SIDE: InputSpec = ['INT', { default: 512, min: 0, max: 16384, step: 1 }];

/** `a.png`, `sub/a.png`, or `a.png [temp]`. */
function inputFile(files: FileStore, image: string): StoredFile | undefined {
  const { folder, path } = annotatedPath(image);
  return files.at(folder, path);
}

/**
 * `folder_paths.annotated_filepath` to the letter: it looks how the name ends, and cuts off that and one character more,
 * whatever that is.
 */
function annotatedPath(name: string): { folder: Folder; path: string } {
  const folder = FOLDERS.find((one) => name.endsWith(`[${one}]`));
  return folder === undefined
    ? { folder: 'input', path: name }
    : { folder, path: name.slice(0, -(folder.length + 3)) };
}

const FOLDERS: readonly Folder[] = ['output', 'input', 'temp'];

function images(pictures: readonly Picture[]): { values: Value[] } {
  return { values: [{ type: 'IMAGE', pictures }] };
}

export const imageNodes: NodeTable = {
  LoadImage: {
    title: 'Load Image',
    category: 'image',
    required: { image: [[], { image_upload: true }] },
    choices: (files) => ({ image: files.names('input') }),
    check: {
      input: 'image',
      run: (value, files) =>
        typeof value === 'string' && inputFile(files, value)
          ? undefined
          : `Invalid image file: ${str(value)}`,
    },
    fingerprint: (inputs, files) => {
      const file = inputFile(files, inputs.text('image'));
      return file ? `${file.modified}:${file.bytes.length}` : '';
    },
    outputs: ['IMAGE', 'MASK'],
    run: async (inputs, run) => {
      const name = inputs.text('image');
      const file = inputFile(run.files, name);
      if (!file) throw new NodeFailure('FileNotFoundError', `[Errno 2] No such file or directory: '${name}'`);
      const picture = await decode(file.bytes, name);
      const mask = flat(picture.width, picture.height, 0);
      return {
        values: [
          { type: 'IMAGE', pictures: [picture] },
          { type: 'MASK', pictures: [mask] },
        ],
      };
    },
  },
  EmptyImage: {
    title: 'Empty Image',
    category: 'image',
    required: {
      width: ['INT', { default: 512, min: 1, max: 16384, step: 1 }],
      height: ['INT', { default: 512, min: 1, max: 16384, step: 1 }],
      batch_size: ['INT', { default: 1, min: 1, max: 4096 }],
      color: ['INT', { default: 0, min: 0, max: 16_777_215, step: 1, display: 'color' }],
    },
    outputs: ['IMAGE'],
    run: async (inputs) => {
      const picture = flat(inputs.number('width'), inputs.number('height'), inputs.number('color'));
      return images(Array.from({ length: inputs.number('batch_size', 1) }, () => picture));
    },
  },
  ImageScale: {
    title: 'Upscale Image',
    category: 'image/upscaling',
    required: {
      image: ['IMAGE'],
      upscale_method: METHOD,
      width: SIDE,
      height: SIDE,
      crop: [['disabled', 'center']],
    },
    outputs: ['IMAGE'],
    run: async (inputs) => {
      const crop = inputs.text('crop') === 'center';
      return images(
        await scaleAll(inputs.pictures('image'), inputs.text('upscale_method'), crop, (from) => {
          // 0 keeps the proportions, as in ComfyUI.
          const width =
            inputs.number('width') || (from.width * inputs.number('height')) / from.height || from.width;
          return { width, height: inputs.number('height') || (from.height * width) / from.width };
        }),
      );
    },
  },
  ImageScaleBy: {
    title: 'Upscale Image By',
    category: 'image/upscaling',
    required: {
      image: ['IMAGE'],
      upscale_method: METHOD,
      scale_by: ['FLOAT', { default: 1, min: 0.01, max: 8, step: 0.01 }],
    },
    outputs: ['IMAGE'],
    run: async (inputs) => {
      const by = inputs.number('scale_by', 1);
      return images(
        await scaleAll(inputs.pictures('image'), inputs.text('upscale_method'), false, (from) => ({
          width: from.width * by,
          height: from.height * by,
        })),
      );
    },
  },
  ImageUpscaleWithModel: {
    title: 'Upscale Image (using Model)',
    category: 'image/upscaling',
    required: { upscale_model: ['UPSCALE_MODEL', {}], image: ['IMAGE', {}] },
    outputs: ['IMAGE'],
    run: async (inputs) => {
      const by = inputs.link('upscale_model', 'UPSCALE_MODEL').name.includes('x2') ? 2 : 4;
      return images(
        await scaleAll(inputs.pictures('image'), 'lanczos', false, (from) => ({
          width: from.width * by,
          height: from.height * by,
        })),
      );
    },
  },
  GetImageSize: {
    title: 'Get Image Size',
    category: 'image',
    required: { image: ['IMAGE', {}] },
    hidden: { unique_id: 'UNIQUE_ID' },
    outputs: ['INT', 'INT', 'INT'],
    outputNames: ['width', 'height', 'batch_size'],
    run: async (inputs) => {
      const pictures = inputs.pictures('image');
      const [{ width, height } = { width: 0, height: 0 }] = pictures;
      const values = [width, height, pictures.length].map((value): Value => ({ type: 'INT', value }));
      return { values };
    },
  },
  ImageInvert: {
    title: 'Invert Image Colors',
    category: 'image/color',
    required: { image: ['IMAGE'] },
    outputs: ['IMAGE'],
    run: async (inputs) =>
      images(
        inputs
          .pictures('image')
          .map((picture) => ({ ...picture, data: picture.data.map((value) => 255 - value) })),
      ),
  },
};

async function scaleAll(
  pictures: readonly Picture[],
  method: string,
  crop: boolean,
  to: (from: Picture) => { width: number; height: number },
): Promise<Picture[]> {
  return Promise.all(
    pictures.map((picture) => {
      const { height, width } = to(picture);
      return resize(picture, Math.max(1, Math.round(width)), Math.max(1, Math.round(height)), method, crop);
    }),
  );
}
