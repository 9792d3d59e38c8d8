/** Where a run's messages go; the socket hub implements it. */
import type { JsonObject } from '../../core/json.ts';
import type { NodeId } from '../../core/workflow.ts';
import type { Preview } from '../nodes/node.ts';

export interface PreviewFrame extends Preview {
  nodeId: NodeId;
  promptId: string;
}

/** `to`: the clientId that a message is for; undefined means everybody. */
export interface Outbox {
  send(type: string, data: JsonObject, to: string | undefined): void;
  /** Sent as binary event 4 to clients that said they understand it. True when such a client got it. */
  previewWithMetadata(frame: PreviewFrame, to: string | undefined): void;
  /** Sent as binary event 1 to the clients that did not. */
  previewLegacy(frame: PreviewFrame, to: string | undefined): void;
  /** Sent as binary event 1 to all of them. */
  bare(picture: Preview, to: string | undefined): void;
  /** Sent as binary event 3. */
  text(nodeId: NodeId, promptId: string, text: string, to: string | undefined): void;
}
