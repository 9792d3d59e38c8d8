/** What is wrong with a file that somebody attached, or that an admin sent or wrote on disk. */
import { TAKEN_PICTURES } from '../../core/pictures.ts';
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import { aType, typeName } from './names.ts';
import { reasonText } from './reasons.ts';
import type { SomeProblems } from './problem-sentences.ts';

/** Of what is attached to run a template. */
export const attachedProblems = (speaker: Speaker) => {
  const { say, list, bytes } = speaker;
  /** What a slot for a picture takes. */
  const pictures = () => list(TAKEN_PICTURES, 'or');
  return {
    'not-an-image': ({ slot, name, found }) => {
      const about = { slot, name: clip(name), pictures: pictures() };
      return found === undefined
        ? say('problems.not-an-image', about)
        : say('problems.not-an-image.found', { ...about, found, heic: found === 'HEIC' });
    },
    'image-too-large': ({ slot, size, maxSize }) =>
      say('problems.image-too-large', { slot, size: bytes(size), maxSize: bytes(maxSize) }),
    'image-too-many-pixels': ({ slot, width, height, maxPixels, maxEdge }) =>
      maxEdge === undefined
        ? say('problems.image-too-many-pixels', { slot, width, height, maxPixels })
        : say('problems.image-too-many-pixels.edge', { slot, width, height, maxEdge }),
    'image-unreachable': ({ slot, name }) => say('problems.image-unreachable', { slot, name: clip(name) }),
    'not-such-a-file': ({ slot, type, name, formats }) =>
      say('problems.not-such-a-file', {
        slot,
        type: aType(speaker, type),
        name: clip(name),
        formats: list(formats, 'or'),
      }),
    'attached-too-large': ({ slot, type, size, maxSize }) =>
      say('problems.attached-too-large', {
        slot,
        type: typeName(speaker, type),
        size: bytes(size),
        maxSize: bytes(maxSize),
      }),
    'attached-unreachable': ({ slot, type, name }) =>
      say('problems.attached-unreachable', { slot, type: typeName(speaker, type), name: clip(name) }),
    'too-large-for-backend': ({ backend, limit, max = 0 }) => {
      if (limit === undefined) return say('problems.too-large-for-backend', { backend });
      if (limit === 'bytes') return say('problems.too-large-for-backend.bytes', { backend, max: bytes(max) });
      return say(`problems.too-large-for-backend.${limit}`, { backend, max });
    },
    'upload-misplaced': ({ slot, node, name }, reader) =>
      say('problems.upload-misplaced', { slot, node: clip(node), name: clip(name), reader }),
  } satisfies SomeProblems;
};

/** Of an admin's workflow or template. */
export const fileProblems = (speaker: Speaker) => {
  const { say, list, bytes } = speaker;
  /** In ComfyUI, what writes the format that Easel takes. */
  const menu = () => say('menu.export');
  return {
    'template-broken': ({ file, path, reason }) =>
      path
        ? say('problems.template-broken.at', {
            file: clip(file),
            path: clip(path),
            reason: reasonText(speaker, reason),
          })
        : say('problems.template-broken', { file: clip(file), reason: reasonText(speaker, reason) }),
    'ui-format-workflow': ({ file, picture }) =>
      say(picture ? 'problems.ui-format-workflow.picture' : 'problems.ui-format-workflow', {
        file: clip(file),
        menu: menu(),
      }),
    'empty-file': ({ file }) => say('problems.empty-file', { file: clip(file) }),
    'file-unreachable': ({ file }) => say('problems.file-unreachable', { file: clip(file) }),
    'file-too-large': ({ file, maxSize }) =>
      say('problems.file-too-large', { file: clip(file), maxSize: bytes(maxSize), menu: menu() }),
    'not-a-workflow-file': ({ file, found }) =>
      found
        ? say('problems.not-a-workflow-file.found', { file: clip(file), found, menu: menu() })
        : say('problems.not-a-workflow-file', { file: clip(file), menu: menu() }),
    'not-a-template-file': ({ file }) => say('problems.not-a-template-file', { file: clip(file) }),
    'picture-without-workflow': ({ file }) =>
      say('problems.picture-without-workflow', { file: clip(file), menu: menu() }),
    'picture-damaged': ({ file }) => say('problems.picture-damaged', { file: clip(file), menu: menu() }),
    'template-as-workflow': ({ file }) =>
      say('problems.template-as-workflow', { file: clip(file), menu: menu() }),
    'not-a-workflow': ({ file, found }) =>
      say('problems.not-a-workflow', { file: clip(file), found, menu: menu() }),
    'invalid-json': ({ file, line, column, cutOff }) =>
      cutOff
        ? say('problems.invalid-json.cutOff', { file: clip(file), line })
        : say('problems.invalid-json', { file: clip(file), line, column }),
    'json-too-complex': ({ file, limit, max }) =>
      say(`problems.json-too-complex.${limit}`, { file: clip(file), max }),
    'not-api-format': ({ node }) => say('problems.not-api-format', { node: clip(node), menu: menu() }),
    'too-many-nodes': ({ file, count, max }) =>
      say('problems.too-many-nodes', { file: clip(file), count, max }),
    'workflow-circle': ({ file, nodes }) =>
      say('problems.workflow-circle', { file: clip(file), nodes: list(nodes.map((node) => clip(node))) }),
  } satisfies SomeProblems;
};
