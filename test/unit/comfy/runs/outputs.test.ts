import { expect, it } from 'vitest';
import { readOutputs } from '../../../../src/comfy/runs/outputs.ts';

const file = (filename: string, type = 'output', subfolder = '') => ({ filename, subfolder, type });
const names = (outputs: Record<string, unknown>) =>
  readOutputs(outputs).map(({ kind, filename }) => `${kind} ${filename}`);

it('reads images with node, folder and type', () => {
  expect(readOutputs({ '2': { images: [file('basic_00001_.png', 'output', 'trace')] } })).toEqual([
    { node: '2', kind: 'image', filename: 'basic_00001_.png', subfolder: 'trace', type: 'output' },
  ]);
});

it('lets the name decide what is a video: nodes put them under images and gifs', () => {
  expect(
    names({
      '1': { images: [file('clip.mp4')], animated: [true] },
      '2': { gifs: [file('loop.gif'), file('vhs.webm')] },
      '3': { video: [file('hash-without-extension')] },
      '4': { audio: [file('song.flac')] },
      '5': { '3d': [file('mesh.glb')], latents: [file('l.latent')] },
    }),
  ).toEqual([
    'video clip.mp4',
    'image loop.gif',
    'video vhs.webm',
    'video hash-without-extension',
    'audio song.flac',
    'file mesh.glb',
    'file l.latent',
  ]);
});

it.each([
  ['image', 'png jpg jpeg JPEG webp gif avif bmp tif tiff'],
  ['video', 'mp4 webm mov mkv avi m4v'],
  ['audio', 'mp3 wav flac ogg opus m4a aac'],
  ['file', 'svg psd glb json txt mid ts'],
])('knows each %s by its name: %s', (kind, extensions) => {
  for (const extension of extensions.split(' '))
    expect(names({ '1': { results: [file(`a.${extension}`)] } })).toEqual([`${kind} a.${extension}`]);
});

it('carries text with it', () => {
  expect(readOutputs({ '1': { text: ['hello from a node', ''] } })).toMatchObject([
    { kind: 'text', text: 'hello from a node', filename: '1-0.txt' },
  ]);
});

it('lists previews too, as temporary', () => {
  const preview = { images: [file('ComfyUI_temp_00001_.png', 'temp')] };
  expect(readOutputs({ '1': preview })).toMatchObject([{ kind: 'image', type: 'temp' }]);
});

it('lists a file once, and names the node of the graph for an expanded one', () => {
  const found = readOutputs({ '7.0.0.2': { images: [file('a.png')], gifs: [file('a.png')] } });
  expect(found).toHaveLength(1);
  expect(found[0]?.node).toBe('7');
});

it('passes over what it does not understand', () => {
  const odd = { images: [null, 3, {}, { filename: '' }, { filename: 'b.png', type: null, subfolder: null }] };
  expect(readOutputs({ '1': null, '2': 'x', '3': odd, '4': { animated: [false], toString: [1] } })).toEqual([
    { node: '3', kind: 'image', filename: 'b.png', subfolder: '', type: 'output' },
  ]);
});
