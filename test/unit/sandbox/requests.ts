/** Short forms of the requests that the sandbox's tests make. */
import { str } from '../../../src/sandbox/engine/python.ts';
import { isJsonObject, parseJson, writeJson, type JsonObject } from '../../../src/core/json.ts';

export interface Answer {
  status: number;
  type: string | null;
  text: string;
  json: JsonObject;
}

export async function get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return answerOf(await fetch(url, { headers, redirect: 'manual' }));
}

export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return answerOf(
    await fetch(url, { method: 'POST', body: typeof body === 'string' ? body : writeJson(body), headers }),
  );
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const type = response.headers.get('content-type');
  const json = type?.startsWith('application/json') ? parseJson(text) : {};
  return { status: response.status, type, text, json: isJsonObject(json) ? json : { value: json } };
}

export async function submit(url: string, prompt: unknown, more: JsonObject = {}): Promise<string> {
  const answer = await post(`${url}/prompt`, { prompt, client_id: 'me', ...more });
  if (answer.status !== 200) throw new Error(answer.text);
  return str(answer.json['prompt_id'] ?? null);
}

export function slow(steps: number, seed: number, more: JsonObject = {}): JsonObject {
  return {
    '1': {
      class_type: 'SlowSteps',
      inputs: { steps, delay_ms: 5, width: 64, height: 48, seed, preview: false, ...more },
    },
    '2': { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'slow' } },
  };
}

export function picture(text: string, more: JsonObject = {}): JsonObject {
  return {
    '3': {
      class_type: 'KSampler',
      inputs: {
        seed: 1,
        steps: 4,
        cfg: 7,
        sampler_name: 'euler',
        scheduler: 'normal',
        denoise: 1,
        model: ['4', 0],
        positive: ['6', 0],
        negative: ['7', 0],
        latent_image: ['5', 0],
        ...more,
      },
    },
    '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'sd_xl_base_1.0.safetensors' } },
    '5': { class_type: 'EmptyLatentImage', inputs: { width: 128, height: 96, batch_size: 1 } },
    '6': { class_type: 'CLIPTextEncode', inputs: { text, clip: ['4', 1] } },
    '7': { class_type: 'CLIPTextEncode', inputs: { text: '', clip: ['4', 1] } },
    '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
    '9': { class_type: 'SaveImage', inputs: { images: ['8', 0], filename_prefix: 'out' } },
  };
}
