/** Turns what a backend refuses, or fails to answer, into problems that a person can act on. */
import { EaselError, type Problem } from '../../core/errors.ts';
import type { Blot } from '../../core/secrets.ts';
import { oneLine } from '../../core/text.ts';
import { jsonOf, Unanswered, type Answer } from './transport.ts';
import { RefusalAnswer, type NodeErrors } from './schema.ts';
import type { Server } from '../runs/deps.ts';

/** What the request was for; a status means different things for different ones. */
export type Purpose = 'submit' | 'upload' | 'view' | 'other';

const DETAIL = 300;
/** More is not looked at: a message may have megabytes, and looking for URLs in it takes the square of that. */
const LOOKED_AT = 4000;
/** ComfyUI shows what there is to choose from; a name may have any mark in it, so the list ends with its line. */
const LIST = /( not in )\[.*/g;
const FILE = /\.\w{1,5}['"]/;

/** What a person is not to read: our secrets, and where the backend is. */
export interface Secrets {
  blot: Blot;
  base?: URL | undefined;
}

/**
 * Text from a backend, fit for a person: without our secrets, its own address, signed URLs' queries and the files that
 * others have there, and not too long.
 */
export function clean(text: string, { blot, base }: Secrets): string {
  const line = addressesOf(base)
    .reduce((rest, address) => rest.replaceAll(address, '…'), blot(text))
    .trim()
    .slice(0, LOOKED_AT)
    .replaceAll(/(https?:\/\/[^\s?#]+)[?#]\S+/gi, '$1')
    .replaceAll(LIST, (found, before: string) => (FILE.test(found) ? `${before}the list` : found))
    .trim();
  return line.length > DETAIL ? `${line.slice(0, DETAIL - 1)}…` : line;
}

/** As an error's words may name it; a host's name without a dot may be any word. Comfy Cloud's is no secret. */
function addressesOf(base: URL | undefined): string[] {
  if (!base || /(^|\.)comfy\.org$/.test(base.hostname)) return [];
  return base.hostname.includes('.') ? [base.host, base.hostname] : [base.host];
}

/** The problem behind a missing answer. What is not `Unanswered` (an abort, a bug) is thrown on. */
export function problemOfSilence(server: Pick<Server, 'name'>, error: unknown): Problem {
  if (!(error instanceof Unanswered)) throw error;
  switch (error.reason) {
    case 'unreached':
    case 'lost':
      return { code: 'backend-unreachable', backend: server.name };
    case 'timeout':
      return { code: 'backend-timeout', backend: server.name };
    case 'too-large':
      return { code: 'backend-broken', backend: server.name };
  }
}

/** An `EaselError` for a missing answer; anything else comes back as it is, to be thrown. */
export function errorOfSilence(server: Pick<Server, 'name'>, error: unknown): unknown {
  return error instanceof Unanswered
    ? new EaselError(problemOfSilence(server, error), { cause: error })
    : error;
}

/** An `EaselError` for an answer that is not the one hoped for; it knows when to come again if the answer says so. */
export function errorOfAnswer(
  server: Server,
  answer: Answer,
  purpose: Purpose = 'other',
  more: { cause?: unknown; detail?: string | undefined } = {},
): EaselError {
  const { retryAfterMs } = answer;
  return new EaselError(problemOfAnswer(server, answer, purpose), { ...more, retryAfterMs });
}

/** The problem behind an answer that is not the one hoped for. */
export function problemOfAnswer(server: Server, answer: Answer, purpose: Purpose = 'other'): Problem {
  const { status } = answer;
  const backend = server.name;
  const broken: Problem = { code: 'backend-broken', backend, status };
  // Read only when needed: an answer may be megabytes of node classes.
  const words = () => wordsFor(server, answer);
  switch (status) {
    case 401:
      return { code: 'wrong-api-key', backend, ...words() };
    case 402:
      return { code: 'no-credits', backend, ...words() };
    case 403:
      // ComfyUI's `/view` answers so, without a body, for a path that leaves its folders.
      return purpose === 'view' && answer.bytes.length === 0
        ? broken
        : { code: 'backend-forbids', backend, ...words() };
    case 413:
      return { code: 'too-large-for-backend', backend };
    case 429:
      return { code: tooMany(server, answer, purpose), backend, ...words() };
    case 503:
      return answer.retryAfterMs === undefined ? broken : { code: 'backend-busy', backend, ...words() };
    case 400:
    case 422:
      return refusal(server, answer, purpose) ?? broken;
    default:
      return broken;
  }
}

/** Comfy Cloud's 429 on a submit means an inactive subscription, unless it says that it is a rate limit. */
function tooMany(server: Server, answer: Answer, purpose: Purpose): 'subscription-inactive' | 'backend-busy' {
  const words = wordsOf(answer)?.toLowerCase() ?? '';
  const limited =
    answer.retryAfterMs !== undefined || /rate.?limit|too many|slow down|concurren|queue/.test(words);
  return server.dialect.name === 'cloud' &&
    purpose === 'submit' &&
    (!limited || words.includes('subscription'))
    ? 'subscription-inactive'
    : 'backend-busy';
}

function refusal(server: Server, answer: Answer, purpose: Purpose): Problem | undefined {
  const parsed = RefusalAnswer.safeParse(jsonOf(answer));
  if (purpose === 'upload') {
    // Comfy Cloud answers 400 beyond 50 MB, 16384 px an edge or 64 megapixels.
    return server.dialect.name === 'cloud'
      ? { code: 'too-large-for-backend', backend: server.name }
      : undefined;
  }
  if (purpose !== 'submit' || !parsed.success) return undefined;
  const { error, node_errors: nodeErrors } = parsed.data;
  const missing = typeof error === 'object' ? missingNode(error) : undefined;
  if (missing !== undefined) return { code: 'missing-node', node: missing };
  const perNode = nodeErrors && problemOfNodeErrors(nodeErrors, server);
  if (perNode) return perNode;
  return {
    code: 'workflow-refused',
    detail: clean(wordsOf(answer) ?? `HTTP ${answer.status}`, server),
  };
}

/** `missing_node_type` since 2026; before, `invalid_prompt` with the class in the message (seen on 0.3.64). */
function missingNode(error: Exclude<RefusalAnswer['error'], string | undefined>): string | undefined {
  if (error.type === 'missing_node_type') return error.extra_info?.class_type ?? error.details ?? '?';
  return /^Cannot execute because node (.+) does not exist/.exec(error.message ?? '')?.[1];
}

const MODEL_FILE = /\.(safetensors|sft|ckpt|pth?|bin|gguf|onnx|engine)$/i;
const MODEL_INPUT =
  /^(ckpt|checkpoint|lora|vae|unet|clip|clip_vision|control_net|model|style_model|gligen|hypernetwork|upscale_model|diffusion_model|text_encoder)(_name)?_?\d*$/;

/** The first thing wrong in `node_errors` that a person can act on; undefined if there is none. */
export function problemOfNodeErrors(nodeErrors: NodeErrors, secrets: Secrets): Problem | undefined {
  const all = Object.entries(nodeErrors).flatMap(([id, node]) =>
    node.errors.map((error) => ({ id, classType: node.class_type ?? '?', error })),
  );
  for (const { error } of all) {
    const input = error.extra_info?.input_name;
    const value = error.extra_info?.received_value;
    if (error.type !== 'value_not_in_list' || input === undefined || typeof value !== 'string') continue;
    if (MODEL_FILE.test(value) || MODEL_INPUT.test(input)) return { code: 'model-missing', input, value };
  }
  const [worst] = all;
  if (!worst) return undefined;
  const { error, classType, id } = worst;
  const facts = [error.message, error.details].filter(Boolean).join(': ');
  const more = all.length > 1 ? ` (and ${all.length - 1} more)` : '';
  return { code: 'workflow-refused', detail: `${clean(`${classType} (#${id}): ${facts}`, secrets)}${more}` };
}

/** The words as a problem carries them, for who runs Easel. */
function wordsFor(server: Server, answer: Answer): { words?: string } {
  const words = oneLine(clean(wordsOf(answer) ?? '', server)).trim();
  return words === '' ? {} : { words };
}

/** Whatever an error answer says in words; undefined for one that says nothing but its status. */
function wordsOf(answer: Answer): string | undefined {
  const parsed = RefusalAnswer.safeParse(jsonOf(answer));
  if (!parsed.success) return plainWords(answer);
  const { error, message, detail, code } = parsed.data;
  const words = typeof error === 'string' ? [error] : [error?.message, error?.details];
  const said = [...new Set([...words, message, detail])].filter(Boolean).join(': ');
  return said || code || (typeof error === 'object' && error.type) || undefined;
}

/** A proxy's sentence. What begins with the status, as a server's own text for it does, says no more than that. */
function plainWords({ contentType, bytes, status }: Answer): string | undefined {
  if (contentType !== 'text/plain') return undefined;
  const text = new TextDecoder().decode(bytes.subarray(0, LOOKED_AT)).trim();
  return text === '' || text.startsWith(`${status}`) ? undefined : text;
}
