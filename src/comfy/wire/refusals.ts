/** The one place where an answer that is not the one hoped for becomes a problem that a person can act on. */
import type { ConnectionFault } from '../../core/connection-fault.ts';
import { EaselError, type Problem } from '../../core/errors.ts';
import { oneLine } from '../../core/text.ts';
import { clean, LOOKED_AT, type Secrets } from './clean.ts';
import { faultOfAnswer } from './connection-faults.ts';
import { readJson } from './json.ts';
import { RefusalAnswer, type NodeErrors } from './schema.ts';
import type { Answer } from './transport.ts';
import { isSuccess } from './status.ts';

/** What the request was for; a status means different things for different ones. */
export type Purpose = 'submit' | 'upload' | 'view' | 'other';

/** What a status means where speakers do not agree. */
export interface Refusals {
  /** 429 for a submit, unless it says that it is a rate limit. */
  submit429: 'subscription-inactive' | 'backend-busy';
  /** 400 and 422 for an upload. */
  upload400: 'too-large-for-backend' | 'backend-broken';
}

/** Who answers. */
export interface Server extends Secrets {
  /** What proves who we are, by header. */
  readonly credentials?: Readonly<Record<string, string>>;
  /** For people. */
  readonly name: string;
  /** For logs and who runs Easel: with its host. */
  readonly address: string;
  readonly refusals: Refusals;
}

export interface AnswerDetails {
  cause?: unknown;
  detail?: string | undefined;
  /** Whoever has read it knows why, where its status and type do not say so. */
  fault?: ConnectionFault;
}

/** An answer came, but not the one hoped for. It knows when to come again if the answer says so. */
export class UnusableAnswer extends EaselError {
  readonly status: number;
  /** Its status is a success, and its body says that it is an error: whoever says so has done nothing. */
  readonly isError: boolean;

  constructor(server: Server, answer: Answer, purpose: Purpose = 'other', more: AnswerDetails = {}) {
    const { status, retryAfterMs } = answer;
    const { fault, ...rest } = more;
    const problem = problemOfAnswer(server, answer, purpose);
    super(fault && problem.code === 'backend-broken' ? { fault, ...problem } : problem, {
      ...rest,
      retryAfterMs,
    });
    this.status = status;
    this.isError = isSuccess(status) && saysError(answer);
  }
}

function problemOfAnswer(server: Server, answer: Answer, purpose: Purpose): Problem {
  const { status } = answer;
  const backend = server.name;
  // what was asked of a file may be gone, and the way to it is well
  const found =
    purpose === 'view' && status < 500 && status !== 401 ? undefined : faultOfAnswer(answer, server);
  const broken: Problem = { code: 'backend-broken', backend, status, ...found };
  // read only when needed: an answer may be megabytes of node classes
  const words = () => wordsFor(server, answer);
  switch (status) {
    case 401:
      return found
        ? { code: 'login-refused', backend, fault: found.fault, ...words() }
        : { code: 'wrong-api-key', backend, ...words() };
    case 402:
      return { code: 'no-credits', backend, ...words() };
    case 403:
      // ComfyUI's `/view` answers so, without a body, for a path that leaves its folders.
      return purpose === 'view' && answer.bytes.length === 0
        ? broken
        : { code: 'backend-forbids', backend, ...(found && { fault: found.fault }), ...words() };
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
      return isSuccess(status) && saysError(answer) ? refusedAfterAll(server, answer, purpose) : broken;
  }
}

/** `{"error": …}`, as gateways and Comfy Cloud answer with 200. */
export function saysError({ bytes }: Pick<Answer, 'bytes'>): boolean {
  const { error } = RefusalAnswer.safeParse(readJson(bytes)).data ?? {};
  return typeof error === 'string' ? error.trim() !== '' : error !== undefined;
}

function refusedAfterAll(server: Server, answer: Answer, purpose: Purpose): Problem {
  const { status } = answer;
  const broken = {
    code: 'backend-broken',
    backend: server.name,
    status,
    ...wordsFor(server, answer),
  } as const;
  return purpose === 'submit' ? (refusal(server, answer, purpose) ?? broken) : broken;
}

function tooMany(server: Server, answer: Answer, purpose: Purpose): Refusals['submit429'] {
  const words = wordsOf(answer)?.toLowerCase() ?? '';
  const limited =
    answer.retryAfterMs !== undefined || /rate.?limit|too many|slow down|concurren|queue/.test(words);
  return purpose === 'submit' && (!limited || words.includes('subscription'))
    ? server.refusals.submit429
    : 'backend-busy';
}

function refusal(server: Server, answer: Answer, purpose: Purpose): Problem | undefined {
  const { name: backend, refusals } = server;
  if (purpose === 'upload')
    return refusals.upload400 === 'backend-broken' ? undefined : { code: refusals.upload400, backend };
  const parsed = RefusalAnswer.safeParse(readJson(answer.bytes));
  if (purpose !== 'submit' || !parsed.success) return undefined;
  const { error, node_errors: nodeErrors } = parsed.data;
  const missing = typeof error === 'object' ? missingNode(error) : undefined;
  if (missing !== undefined) return { code: 'missing-node', ...missing };
  const perNode = nodeErrors && problemOfNodeErrors(nodeErrors, server);
  if (perNode) return perNode;
  return {
    code: 'workflow-refused',
    detail: clean(wordsOf(answer) ?? `HTTP ${answer.status}`, server),
  };
}

/** `missing_node_type` since 2026; before, `invalid_prompt` with the class in the message (seen on 0.3.64). */
function missingNode(
  error: Exclude<RefusalAnswer['error'], string | undefined>,
): { node: string; id?: string } | undefined {
  if (error.type === 'missing_node_type') {
    const { class_type: type, node_id: id } = error.extra_info ?? {};
    return { node: type ?? error.details ?? '?', ...(id !== undefined && { id }) };
  }
  const [, node] = /^Cannot execute because node (.+) does not exist/.exec(error.message ?? '') ?? [];
  return node === undefined ? undefined : { node };
}

const MODEL_FILE = /\.(safetensors|sft|ckpt|pth?|bin|gguf|onnx|engine)$/i;
const MODEL_INPUT =
  /^(ckpt|checkpoint|lora|vae|unet|clip|clip_vision|control_net|model|style_model|gligen|hypernetwork|upscale_model|diffusion_model|text_encoder)(_name)?_?\d*$/;

/** The first thing wrong in `node_errors` that a person can act on; undefined if there is none. */
export function problemOfNodeErrors(nodeErrors: NodeErrors, secrets: Secrets): Problem | undefined {
  const all = Object.entries(nodeErrors).flatMap(([id, node]) =>
    node.errors.map((error) => ({ id, classType: node.class_type ?? '?', error })),
  );
  for (const { id, classType, error } of all) {
    const input = error.extra_info?.input_name;
    const value = error.extra_info?.received_value;
    if (error.type !== 'value_not_in_list' || input === undefined || typeof value !== 'string') continue;
    if (MODEL_FILE.test(value) || MODEL_INPUT.test(input))
      return { code: 'model-missing', input, value, node: id, title: nameOf(classType, id) };
  }
  const [worst] = all;
  if (!worst) return undefined;
  const { error, classType, id } = worst;
  const facts = [error.message, error.details].filter(Boolean).join(': ');
  const others = all.length - 1;
  const said = { detail: clean(facts, secrets), ...(others > 0 && { others }) };
  const title = nameOf(classType, id);
  const { input_name: input, received_value: value } = error.extra_info ?? {};
  if (input === undefined) return { code: 'workflow-refused', ...said, node: id, title };
  const given = typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  return {
    code: 'workflow-refused',
    ...said,
    node: id,
    title,
    input,
    ...(error.type !== undefined && { why: error.type }),
    ...(given !== undefined && { value: clean(given, secrets) }),
  };
}

/** For whoever does not have the graph. */
function nameOf(classType: string, id: string): string {
  return `${classType} (#${id})`;
}

/** The words as a problem carries them, for who runs Easel. */
function wordsFor(server: Server, answer: Answer): { words?: string } {
  const words = oneLine(clean(wordsOf(answer) ?? '', server)).trim();
  return words === '' ? {} : { words };
}

/** Whatever an error answer says in words; undefined for one that says nothing but its status. */
export function wordsOf(answer: Pick<Answer, 'bytes' | 'contentType' | 'status'>): string | undefined {
  const parsed = RefusalAnswer.safeParse(readJson(answer.bytes));
  if (!parsed.success) return plainWords(answer);
  const { error, message, detail, code } = parsed.data;
  const words = typeof error === 'string' ? [error] : [error?.message, error?.details];
  const sentence = [...new Set([...words, message, detail])].filter(Boolean).join(': ');
  return sentence || code || (typeof error === 'object' && error.type) || undefined;
}

/** A proxy's sentence. What begins with the status, as a server's own text for it does, says no more than that. */
function plainWords({
  contentType,
  bytes,
  status,
}: Pick<Answer, 'bytes' | 'contentType' | 'status'>): string | undefined {
  if (contentType !== 'text/plain') return undefined;
  const text = new TextDecoder().decode(bytes.subarray(0, LOOKED_AT)).trim();
  return text === '' || text.startsWith(`${status}`) ? undefined : text;
}
