/** The `progress_state` message: every node of a run that has begun, with how far it is. */
import type { JsonObject } from '../../core/json.ts';
import type { NodeId } from '../../core/workflow.ts';

export class ProgressState {
  readonly #promptId: string;
  readonly #nodes = new Map<NodeId, { value: number; max: number; state: 'running' | 'finished' }>();
  /** Of nodes that another one was expanded to, that one. */
  readonly #expanded = new Map<NodeId, NodeId>();

  constructor(promptId: string) {
    this.#promptId = promptId;
  }

  /** `shown`: the node of the graph that it was expanded from. */
  start(id: NodeId, shown?: NodeId): void {
    if (shown !== undefined) this.#expanded.set(id, shown);
    this.#nodes.set(id, { value: 0, max: 1, state: 'running' });
  }

  update(id: NodeId, value: number, max: number): void {
    this.#nodes.set(id, { value, max, state: 'running' });
  }

  finish(id: NodeId): void {
    const max = this.#nodes.get(id)?.max ?? 1;
    this.#nodes.set(id, { value: max, max, state: 'finished' });
  }

  message(): JsonObject {
    const nodes = [...this.#nodes].map(([id, progress]): [NodeId, JsonObject] => [
      id,
      {
        ...progress,
        node_id: id,
        prompt_id: this.#promptId,
        display_node_id: this.#expanded.get(id) ?? id,
        parent_node_id: this.#expanded.get(id) ?? null,
        real_node_id: this.#expanded.get(id) ?? id,
      },
    ]);
    return { prompt_id: this.#promptId, nodes: Object.fromEntries(nodes) };
  }
}
