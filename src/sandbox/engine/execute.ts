/**
 * Runs one prompt: the events, their order and their receivers are ComfyUI's (`PromptExecutor` in its
 * `execution.py`, and the recordings in `test/fixtures/comfy-wire`).
 */
import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises';
import type { Json, JsonObject } from '../../core/json.ts';
import { linkedNode, type NodeId } from '../../core/workflow.ts';
import { keepOnly, signatures, type ResultCache } from './cache.ts';
import type { Outbox } from './events.ts';
import type { FileStore } from '../files.ts';
import {
  Inputs,
  NodeFailure,
  type NodeResult,
  type InnerNode,
  type NodeRun,
  type InstalledNodes,
  type Preview,
} from '../nodes/node.ts';
import { executionOrder } from './order.ts';
import { ProgressState } from './progress-state.ts';
import type { Ended, Run, RunMessage } from './run.ts';
import type { Value } from '../nodes/values.ts';

export interface ExecuteDeps {
  nodes: InstalledNodes;
  files: FileStore;
  cache: ResultCache;
  outbox: Outbox;
  stepMs: number;
  nodeMs: number;
  /** Whether previews are sent to a run that does not ask for them. */
  previews: boolean;
  /** Tells no `progress_state`. */
  old: boolean;
  /** Aborts when the server stops: the run ends where it is and tells nobody. */
  signal: AbortSignal;
}

class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

const OUT_OF_MEMORY = 'torch.OutOfMemoryError';
const OUT_OF_MEMORY_TIPS =
  'This error means you ran out of memory on your GPU.\n\nTIPS: If the workflow worked before you might have ' +
  'accidentally set the batch_size to a large number.';

/** Resolves with what the history keeps. Rejects only with the signal's reason. */
export async function execute(run: Run, deps: ExecuteDeps): Promise<Omit<Ended, 'visibleAt'>> {
  const { graph, promptId, clientId } = run;
  const { cache, files, nodes, outbox, signal } = deps;
  const messages: RunMessage[] = [];
  const outputs: Record<NodeId, JsonObject> = {};
  const executed: NodeId[] = [];
  const results = new Map<NodeId, NodeResult>();
  const progress = new ProgressState(promptId);

  /** Milestones are kept for the history; without a client id only `broadcast` ones are sent. */
  const milestone = (event: string, data: JsonObject, broadcast = false): void => {
    const stamped = { prompt_id: promptId, ...data, timestamp: Date.now() };
    messages.push([event, stamped]);
    if (clientId !== undefined || broadcast) outbox.send(event, stamped, clientId);
  };
  const toClient = (event: string, data: JsonObject): void => {
    if (clientId !== undefined) outbox.send(event, { ...data, prompt_id: promptId }, clientId);
  };
  const sendProgressState = (): void => {
    if (!deps.old) outbox.send('progress_state', progress.message(), clientId);
  };
  const showOutput = (id: NodeId, ui: JsonObject | undefined): void => {
    if (ui) outputs[id] = ui;
    toClient('executed', { node: id, display_node: id, output: ui ?? null });
  };

  milestone('execution_start', {});
  const signed = signatures(graph, run.outputs, nodes, files);
  keepOnly(cache, signed.values());
  const cached = new Map<NodeId, NodeResult>();
  for (const [id, signature] of signed) {
    const result = cache.get(signature);
    if (result) cached.set(id, result);
  }
  milestone('execution_cached', { nodes: Object.keys(graph).filter((id) => cached.has(id)) });

  const isOutput = (id: NodeId): boolean => nodes.get(graph[id]?.class_type ?? '')?.isOutput ?? false;
  const order = executionOrder(graph, run.outputs, (id) => cached.has(id), isOutput);
  for (const id of order) {
    const known = cached.get(id);
    if (known) {
      results.set(id, known);
      showOutput(id, known.ui);
      progress.finish(id);
      sendProgressState();
      continue;
    }
    progress.start(id);
    sendProgressState();
    run.node = id;
    toClient('executing', { node: id, display_node: id });
    try {
      await breathe(deps);
      const result = await runNode(id);
      results.set(id, result);
      const signature = signed.get(id);
      if (signature !== undefined) cache.set(signature, result);
      if (result.ui) showOutput(id, result.ui);
      executed.push(id);
      progress.finish(id);
      sendProgressState();
    } catch (error) {
      signal.throwIfAborted();
      const who = { node_id: id, node_type: graph[id]?.class_type ?? '', executed };
      if (error instanceof Interrupted) milestone('execution_interrupted', who, true);
      else milestone('execution_error', { ...who, ...failureJson(error, id) });
      run.node = undefined;
      return { run, outputs, success: false, messages };
    }
  }
  run.node = undefined;
  milestone('execution_success', {});
  return { run, outputs, success: true, messages };

  async function runNode(id: NodeId): Promise<NodeResult> {
    const node = graph[id];
    const type = nodes.get(node?.class_type ?? '');
    if (!node || !type) throw new NodeFailure('KeyError', `'${node?.class_type}'`);
    stopIfInterrupted(run);
    const sleep = async (ms: number): Promise<void> => {
      await (ms > 0 ? delay(ms, undefined, { signal }) : immediate(undefined, { signal }));
    };
    const nodeRun: NodeRun = {
      nodeId: id,
      graph,
      extra: run.extra,
      files,
      stepMs: deps.stepMs,
      previews: deps.previews || wantsPreviews(run.extra),
      sleep,
      pause: async (ms) => {
        await sleep(ms);
        stopIfInterrupted(run);
      },
      progress: (value, max, preview) => sendProgress(id, value, max, preview),
      send: (picture) => outbox.bare(picture, clientId),
      inner: (number) => innerNode(id, `${id}.0.0.${number}`),
      text: (text) => outbox.text(id, promptId, text, clientId),
      notify: (text) => outbox.send('notification', { value: text }, clientId),
    };
    return type.run(inputsOf(id), nodeRun);
  }

  /** As ComfyUI tells of a node that another one was expanded to. */
  function innerNode(shown: NodeId, id: NodeId): InnerNode {
    progress.start(id, shown);
    sendProgressState();
    toClient('executing', { node: id, display_node: shown });
    return {
      progress: (value, max) => sendProgress(id, value, max),
      finish() {
        progress.finish(id);
        sendProgressState();
      },
    };
  }

  function sendProgress(id: NodeId, value: number, max: number, preview?: Preview): void {
    const frame = preview && { ...preview, nodeId: id, promptId };
    progress.update(id, value, max);
    sendProgressState();
    if (frame) outbox.previewWithMetadata(frame, clientId);
    outbox.send('progress', { value, max, prompt_id: promptId, node: id }, clientId);
    if (frame) outbox.previewLegacy(frame, clientId);
  }

  function inputsOf(id: NodeId): Inputs {
    const linked = new Map<string, Value>();
    const plain: Record<string, Json> = {};
    for (const [name, input] of Object.entries(graph[id]?.inputs ?? {})) {
      const from = linkedNode(input);
      const slot = Array.isArray(input) ? Number(input[1]) : 0;
      const result = from === undefined ? undefined : (cached.get(from) ?? results.get(from));
      const value = result?.values?.[slot];
      if (value) linked.set(name, value);
      else plain[name] = input;
    }
    return new Inputs(plain, linked);
  }

  function failureJson(error: unknown, id: NodeId): JsonObject {
    const type = error instanceof NodeFailure ? error.type : 'RuntimeError';
    const message = error instanceof Error ? error.message : String(error);
    const inputs = Object.entries(graph[id]?.inputs ?? {}).map(([name, input]): [string, Json] => [
      name,
      [linkedNode(input) === undefined ? input : `<${name}>`],
    ]);
    if (run.isChanged !== undefined) inputs.push(['is_changed', [run.isChanged, -Infinity]]);
    return {
      exception_message: `${message}\n${type === OUT_OF_MEMORY ? OUT_OF_MEMORY_TIPS : ''}`,
      exception_type: type,
      traceback: [`  File "sandbox", in ${graph[id]?.class_type}\n`],
      current_inputs: Object.fromEntries(inputs),
      current_outputs: Object.keys(graph),
    };
  }
}

function stopIfInterrupted(run: Run): void {
  if (run.interrupted) throw new Interrupted('interrupted');
}

/** ComfyUI draws previews only if the server was told to, or the prompt asks for them. */
function wantsPreviews(extra: JsonObject): boolean {
  const method = extra['preview_method'];
  return typeof method === 'string' && method !== 'none' && method !== 'default';
}

async function breathe({ nodeMs, signal }: ExecuteDeps): Promise<void> {
  await (nodeMs > 0 ? delay(nodeMs, undefined, { signal }) : immediate(undefined, { signal }));
}
