import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { paintLatent } from '../../../src/sandbox/painter/latent.ts';
import { flat } from '../../../src/sandbox/nodes/pictures.ts';
import { pngText } from '../../../src/sandbox/nodes/png.ts';
import type { Latent, Picture } from '../../../src/sandbox/nodes/values.ts';
import { Listener } from './listener.ts';
import { picture, submit } from './requests.ts';

async function paint(positive: string, seed = 1n, more: Partial<Latent> = {}, denoise = 1): Promise<Picture> {
  const sampled = { positive, negative: '', model: 'm', seed, cfg: 7, denoise };
  const [first] = await paintLatent({ width: 96, height: 64, batch: 1, frames: 1, sampled, ...more });
  return first!;
}

/** Mean difference of two pictures, 0…255. */
function difference(a: Picture, b: Picture): number {
  return a.data.reduce((sum, value, at) => sum + Math.abs(value - b.data[at]!), 0) / a.data.length;
}

describe('the painter', () => {
  it('draws the same picture for the same prompt and seed', async () => {
    expect(difference(await paint('a red fox'), await paint('a red fox'))).toBe(0);
  });

  it('draws another picture for another seed, and a very different one for another prompt', async () => {
    const fox = await paint('a red fox at dawn');
    expect(difference(fox, await paint('a red fox at dawn', 2n))).toBeGreaterThan(3);
    expect(difference(fox, await paint('a city at night'))).toBeGreaterThan(25);
    expect(difference(await paint('xyzzy'), await paint('plugh'))).toBeGreaterThan(3);
    expect(difference(await paint('a', 2n ** 64n - 1n), await paint('a', 2n ** 64n - 2n))).toBeGreaterThan(1);
  });

  it('follows the words: night is darker than day, and a blue world is bluer', async () => {
    const mean = (image: Picture, channel: number): number =>
      image.data.reduce((sum, value, at) => sum + (at % 3 === channel ? value : 0), 0);
    expect(mean(await paint('hills at night'), 1)).toBeLessThan(
      mean(await paint('hills on a sunny day'), 1) * 0.7,
    );
    const [green, blue] = [await paint('green hills, day'), await paint('blue hills, day')];
    expect(mean(blue, 2) / mean(blue, 1)).toBeGreaterThan(mean(green, 2) / mean(green, 1));
  });

  it('follows both the source and the prompt when only part is new', async () => {
    const source = [flat(96, 64, 0xff0000)];
    const all = await paint('a city at night', 1n);
    const little = await paint('a city at night', 1n, { source }, 0.2);
    const much = await paint('a city at night', 1n, { source }, 0.9);
    expect(difference(little, source[0]!)).toBeLessThan(difference(much, source[0]!));
    expect(difference(much, all)).toBeLessThan(difference(little, all));
    expect(difference(little, source[0]!)).toBeGreaterThan(1);
  });

  it('does not hold up the event loop', async () => {
    // this thread's own time, so that a busy machine does not count; in ms
    const spent = () => process.threadCpuUsage().user / 1000;
    let longest = 0;
    let last = spent();
    const timer = setInterval(() => {
      longest = Math.max(longest, spent() - last);
      last = spent();
    }, 5);
    await paint('a ship on the sea, mountains, sunset', 3n, { width: 1024, height: 1024 });
    clearInterval(timer);
    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThan(250);
  });
});

describe('output nodes', () => {
  let sandbox: Sandbox;
  let me: Listener;
  beforeAll(async () => {
    sandbox = await startSandbox({ stepMs: 0, nodeMs: 0 });
    me = await Listener.open(sandbox.url);
  });
  afterAll(() => sandbox.stop());

  const sampler = (latent: object, more: object = {}) => ({
    ...picture('a whale'),
    '5': latent,
    '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
    ...more,
  });
  const outputs = async (prompt: unknown, extra: object = {}) => {
    const id = await submit(sandbox.url, prompt, { extra_data: { ...extra } });
    await me.untilEnd(id);
    const { data } = await me.until(({ data: at, type }) => type === 'executed' && at['prompt_id'] === id);
    const output = data['output'] as Record<string, { filename: string; subfolder: string }[]>;
    const [kind = ''] = Object.keys(output);
    const { filename, subfolder } = output[kind]![0]!;
    const response = await fetch(`${sandbox.url}/view?filename=${filename}&subfolder=${subfolder}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    return { kind, output, type: response.headers.get('content-type'), bytes };
  };

  it('SaveImage writes a PNG of the asked size that carries its graph and keeps every digit of the seed', async () => {
    const prompt = picture('a fox: 狐 "quoted"', { seed: 18_446_744_073_709_551_615n });
    const { bytes, kind, type } = await outputs(prompt, { extra_pnginfo: { workflow: { id: 'w' } } });
    expect([kind, type]).toEqual(['images', 'image/png']);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 128, height: 96, format: 'png' });
    const text = pngText(bytes, 'prompt')!;
    expect(text).toContain('18446744073709551615');
    expect(JSON.parse(text)['6'].inputs.text).toBe('a fox: 狐 "quoted"');
    expect(JSON.parse(pngText(bytes, 'workflow')!)).toEqual({ id: 'w' });
  });

  it('VHS_VideoCombine and SaveAnimatedWEBP move', async () => {
    const video = {
      class_type: 'EmptyHunyuanLatentVideo',
      inputs: { width: 64, height: 48, length: 5, batch_size: 1 },
    };
    const gif = await outputs(
      sampler(video, {
        '9': {
          class_type: 'VHS_VideoCombine',
          inputs: {
            images: ['8', 0],
            frame_rate: 8,
            loop_count: 0,
            filename_prefix: 'clip',
            format: 'image/gif',
            pingpong: false,
            save_output: true,
          },
        },
      }),
    );
    expect([gif.kind, gif.type]).toEqual(['gifs', 'image/gif']);
    expect((await sharp(gif.bytes, { animated: true }).metadata()).pages).toBe(5);
    const webp = await outputs(
      sampler(video, {
        '9': {
          class_type: 'SaveAnimatedWEBP',
          inputs: {
            images: ['8', 0],
            filename_prefix: 'a',
            fps: 6,
            lossless: false,
            quality: 80,
            method: 'default',
          },
        },
      }),
    );
    expect(webp.output['animated']).toEqual([true]);
    expect((await sharp(webp.bytes, { animated: true }).metadata()).pages).toBe(5);
  });

  it('SaveAudio writes FLAC', async () => {
    const audio = await outputs(
      sampler(
        { class_type: 'EmptyLatentAudio', inputs: { seconds: 2, batch_size: 1 } },
        {
          '8': { class_type: 'VAEDecodeAudio', inputs: { samples: ['3', 0], vae: ['4', 2] } },
          '9': { class_type: 'SaveAudio', inputs: { audio: ['8', 0], filename_prefix: 'audio/t' } },
        },
      ),
    );
    expect([audio.kind, audio.type]).toEqual(['audio', 'audio/flac']);
    expect(audio.bytes.toString('latin1', 0, 4)).toBe('fLaC');
    expect(audio.bytes.length).toBeGreaterThan(2 * 22_050 * 2);
  });

  it('sends previews only to runs that ask for them', async () => {
    const before = me.heard.length;
    await outputs(picture('a cat', { seed: 5 }));
    expect(me.types(before)).not.toContain('binary');
    await outputs(picture('a cat', { seed: 6 }), { preview_method: 'auto' });
    const { binary } = await me.until(({ type }) => type === 'binary', before);
    const { format, width } = await sharp(binary!.subarray(8)).metadata();
    expect([format, width]).toEqual(['jpeg', 128]);
  });
});
