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

export function textFrame(nodeId: NodeId, text: string): Buffer {
  const id = Buffer.from(nodeId);
  return Buffer.concat([u32(3), u32(id.length), id, Buffer.from(text)]);
}

export function metadataFrame(frame: PreviewFrame): Buffer {
  const metadata = Buffer.from(
    JSON.stringify({
      node_id: frame.nodeId,
      prompt_id: frame.promptId,
      display_node_id: frame.nodeId,
      parent_node_id: null,
      real_node_id: frame.nodeId,
      image_type: frame.type,
    }),
  );
  return Buffer.concat([u32(4), u32(metadata.length), metadata, frame.bytes]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
