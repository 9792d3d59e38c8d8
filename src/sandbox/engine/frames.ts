/**
 * Binary socket frames, as ComfyUI's `BinaryEventTypes`: 1 preview, 3 text, 4 preview with metadata. All numbers are
 * big-endian 32-bit.
 */
import type { NodeId } from '../../core/workflow.ts';
import type { PreviewFrame } from './events.ts';
import type { Preview } from '../nodes/node.ts';

const JPEG = 1;
const PNG = 2;

export function previewFrame(preview: Preview): Buffer {
  return Buffer.concat([u32(1), u32(preview.type === 'image/jpeg' ? JPEG : PNG), preview.bytes]);
}

/** `promptId`: for who has asked for it, of servers that know it (`supports_progress_text_metadata`). */
export function textFrame(nodeId: NodeId, text: string, promptId?: string): Buffer {
  const ids = promptId === undefined ? [nodeId] : [promptId, nodeId];
  const named = ids.flatMap((id) => [u32(Buffer.byteLength(id)), Buffer.from(id)]);
  return Buffer.concat([u32(3), ...named, Buffer.from(text)]);
}

/** `type`: what it says that its bytes are; null: nothing, as Comfy Cloud's documents have it. */
export function metadataFrame(frame: PreviewFrame, type: string | null = frame.type): Buffer {
  const metadata = Buffer.from(
    JSON.stringify({
      node_id: frame.nodeId,
      prompt_id: frame.promptId,
      display_node_id: frame.nodeId,
      parent_node_id: null,
      real_node_id: frame.nodeId,
      ...(type !== null && { image_type: type }),
    }),
  );
  return Buffer.concat([u32(4), u32(metadata.length), metadata, frame.bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
