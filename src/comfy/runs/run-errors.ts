/** Turns the error that stopped a run (not a request) into a problem that a person can act on. */
import type { Problem } from '../../core/errors.ts';
import type { NodeId } from '../../core/workflow.ts';
import { graphNode } from '../wire/frames.ts';
import { clean, type Secrets } from '../wire/clean.ts';
import type { RunError } from '../wire/schema.ts';

const OUT_OF_MEMORY = /OutOfMemory|OOM/;
/** A CUDA allocation failure also comes as a plain RuntimeError. */
const OUT_OF_MEMORY_WORDS = /out of memory|Allocation on device/i;

/** Comfy Cloud's own faults, in which the workflow has no part. */
const CRASH = /^(?:Panic|Service|Dispatcher|WebSocket)Error\b/;
/** Its raw words for the same, where it says no more. */
const CRASH_WORDS = /^(?:lost|retryable_error)$/;

/** For the person, and the longer words for the log. */
export function problemOfRun(
  deps: Secrets & { name: string },
  error: RunError,
): { problem: Problem; detail: string } {
  const type = error.exception_type ?? '';
  const message = error.exception_message ?? '';
  const node = { node: error.node_type ?? error.node_id ?? '?', ...idOf(error) };
  const firstLine = message.trim().split('\n', 1)[0] ?? '';
  const words = clean(firstLine || type, deps);
  const where = [error.node_type, error.node_id && `#${error.node_id}`].filter(Boolean).join(' ');
  const detail = clean([where, type, message.trim()].filter(Boolean).join(': '), deps);
  return { problem: problemOfType(deps.name, type, message, node, words), detail };
}

function problemOfType(
  backend: string,
  type: string,
  message: string,
  node: { node: string; id?: NodeId },
  detail: string,
): Problem {
  const words = message === '' ? {} : { words: detail };
  // Python puts the module before the class: torch.OutOfMemoryError.
  const name = type.split('.').at(-1) ?? type;
  if (OUT_OF_MEMORY.test(name) || OUT_OF_MEMORY_WORDS.test(message))
    return { code: 'out-of-memory', ...node };
  const unnamed = name === '' && (CRASH.test(message) || CRASH_WORDS.test(message));
  if (CRASH.test(name) || unnamed) return { code: 'backend-crashed', backend, ...words };
  switch (name) {
    case 'ModelDownloadError':
      return { code: 'model-download-failed', detail };
    case 'ImageDownloadError':
      return { code: 'image-download-failed', detail };
    case 'InsufficientFundsError':
      return { code: 'no-credits', backend, ...words };
    case 'InactiveSubscriptionError':
      return { code: 'subscription-inactive', backend, ...words };
    case 'ValidationError':
      return { code: 'workflow-refused', detail, ...(node.id !== undefined && { node: node.id }) };
    default:
      return { code: 'run-failed', ...node, detail };
  }
}

/** Of the node that stands in the graph. */
function idOf({ node_id: id }: RunError): { id?: NodeId } {
  return id === undefined || id === '' ? {} : { id: graphNode(id) };
}

/** A node that stops because of an interrupt raises this; it is no failure. */
export function isInterrupt(error: RunError | null | undefined): boolean {
  return error?.exception_type?.endsWith('InterruptProcessingException') ?? false;
}
