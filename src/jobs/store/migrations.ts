/** How records of older versions of Easel become ones of this version; `schema.ts` has what they look like now. */
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import type { Migration } from '../../store/schema.ts';
import { graphKey } from './graphs.ts';
import { FillingRecord, StoredWorkflow } from './schema.ts';

/**
 * Up to version 0.1.0 a job's record had its whole graph, filled already: that graph is the job's own then, and nothing
 * is left to be written into it but its pictures' names.
 */
export const graphBesideRecord: Migration = {
  to: 2,
  name: 'the graph beside the record',
  change(id, value, also) {
    if (!isJsonObject(value)) return value;
    const { workflow, images, ...record } = value;
    const graph = StoredWorkflow.safeParse(workflow);
    const filling = FillingRecord.safeParse({ changes: [], images });
    // whoever reads it says that it can't be read
    if (!graph.success || !filling.success) return value;
    const key = graphKey(graph.data);
    also.set('graphs', key, graph.data);
    also.set('fillings', id, filling.data);
    return { ...record, graph: key, images: filling.data.images.map(({ slot }) => ({ slot })) };
  },
};

const ENDED: readonly string[] = [
  'id',
  'guild',
  'user',
  'platform',
  'place',
  'template',
  'values',
  'images',
  'trial',
  'state',
  'times',
  'end',
];

/** Up to version 0.1.0 an ended job's record was as long as before, but for the address of its reply. */
export const endedInShort: Migration = {
  to: 2,
  name: 'what the buttons of an ended job need',
  change(_id, value) {
    if (!isJsonObject(value)) return value;
    const record = Object.fromEntries(Object.entries(value).filter(([name]) => ENDED.includes(name)));
    return { ...record, ...withoutOutputs(value), ...withoutPlaces(value) };
  },
};

function withoutOutputs({ end }: JsonObject): JsonObject {
  return isJsonObject(end) && end['kind'] === 'succeeded' ? { end: { kind: 'succeeded' } } : {};
}

function withoutPlaces({ images }: JsonObject): JsonObject {
  if (!Array.isArray(images)) return {};
  return { images: images.map((image) => (isJsonObject(image) ? { slot: image['slot'] ?? null } : image)) };
}
