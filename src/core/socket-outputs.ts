/**
 * Node classes that save nothing: their pictures come over the socket while they run, as binary frames, and are nowhere
 * else. ComfyUI's own is `SaveImageWebsocket`; the others are of packs whose frames are the same. Only classes that are
 * known to do so are here, since the frames alone do not tell a result from a preview.
 */
import type { NodeId, Workflow, WorkflowNode } from './workflow.ts';

interface SocketClass {
  /** Never answered from ComfyUI's cache, since its IS_CHANGED is the time: submitted again, it sends again. */
  anew: boolean;
  /** The `max` of its progress is the number of its pictures. */
  counted: boolean;
}

const CLASSES: Readonly<Record<string, SocketClass>> = {
  SaveImageWebsocket: { anew: true, counted: true },
  // SwarmUI; its `max` is a mark of its own
  SwarmSaveImageWS: { anew: true, counted: false },
  // comfyui-tooling-nodes and its kind: the record has an entry for each picture
  ETN_SendImageWebSocket: { anew: false, counted: false },
  SendImageWebSocket: { anew: false, counted: false },
};

/** An output's `type` where its record says that it was sent (`"source": "websocket"`): no file of `/view`. */
export const SENT = 'websocket';

/** An input that no class has: ComfyUI ignores it, but for its cache. */
const MARK = 'easel_run';

export function socketClass(type: string): SocketClass | undefined {
  return Object.hasOwn(CLASSES, type) ? CLASSES[type] : undefined;
}

/** The nodes whose pictures come over the socket, in the order of the graph. */
export function socketOutputs(workflow: Workflow): NodeId[] {
  return Object.keys(workflow).filter((id) => socketClass(workflow[id]?.class_type ?? '') !== undefined);
}

/** Whether it sends JPEG, as previews are: all send PNG but for those that are told otherwise, each pack in its own input. */
export function maySendJpeg({ inputs }: WorkflowNode): boolean {
  return (inputs['format'] ?? 'PNG') !== 'PNG' || inputs['jpeg_quality'] !== undefined;
}

/** The graph, with such nodes as would be answered from the cache marked, so that they run and send. `run`: of no other run. */
export function sendingAnew(workflow: Workflow, run: string): Workflow {
  return Object.fromEntries(
    Object.entries(workflow).map(([id, node]) => {
      const isCached = socketClass(node.class_type)?.anew === false;
      return [id, isCached ? { ...node, inputs: { ...node.inputs, [MARK]: run } } : node];
    }),
  );
}
