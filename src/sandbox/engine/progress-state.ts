/** The `progress_state` message: every node of a run that has begun, with how far it is. */
import type { JsonObject } from '../../core/json.ts';
import type { NodeId } from '../../core/workflow.ts';

export class ProgressState {
  readonly #promptId: string;
  readonly #nodes = new Map<NodeId, { value: number; max: number; state: 'running' | 'finished' }>();

  constructor(promptId: string) {
    this.#promptId = promptId;
  }

  start(id: NodeId): void {
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
        display_node_id: id,
        parent_node_id: null,
        real_node_id: id,
      },
    ]);
    return { prompt_id: this.#promptId, nodes: Object.fromEntries(nodes) };
  }
}
