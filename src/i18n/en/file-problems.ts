/** What is wrong with a file that somebody sent, or an admin wrote, in English. */
import { TAKEN_PICTURES } from '../../core/pictures.ts';
import { advised, clip, type FileProblems } from '../phrases.ts';
import { TYPES } from './editor.ts';
import { article, bytes, count, list } from './phrases.ts';

/** The menu in ComfyUI, as its newer and its older versions call it. */
const EXPORT = 'Workflow → Export (API) or File → Export Workflow (API)';

/** What a slot for a picture takes. */
export const PICTURES = list([...TAKEN_PICTURES], 'or');

export const fileProblems: FileProblems = {
  'not-an-image': ({ slot, name, found }) =>
    found === undefined
      ? `"${slot}" needs a picture (${PICTURES}); "${clip(name)}" is not one that I can read.`
      : `"${slot}" needs a picture (${PICTURES}); "${clip(name)}" is ${found}, which I can't read. Please send it as a JPEG or PNG.${found === 'HEIC' ? ' (An iPhone takes JPEGs with Settings → Camera → Formats → Most Compatible.)' : ''}`,
  'image-too-large': ({ slot, size, maxSize }) =>
    `The picture for "${slot}" is ${bytes(size)}; ${bytes(maxSize)} is the most I can take. Please make it smaller.`,
  'image-too-many-pixels': ({ slot, width, height, maxPixels, maxEdge }) =>
    `The picture for "${slot}" is ${width}×${height}; ${maxEdge === undefined ? `${Math.round(maxPixels / 1e6)} megapixels` : `${maxEdge} pixels a side`} is the most I can take. Please make it smaller.`,
  'image-unreachable': ({ slot, name }) =>
    `I could not get the picture "${clip(name)}" for "${slot}". Please attach it again.`,
  'not-such-a-file': ({ slot, type, name, formats }) =>
    `"${slot}" needs ${article(TYPES[type])} (${list(formats, 'or')}); "${clip(name)}" is not one that I can read.`,
  'attached-too-large': ({ slot, type, size, maxSize }) =>
    `The ${TYPES[type]} for "${slot}" is ${bytes(size)}; ${bytes(maxSize)} is the most I can take. Please make it smaller.`,
  'attached-unreachable': ({ slot, type, name }) =>
    `I could not get the ${TYPES[type]} "${clip(name)}" for "${slot}". Please attach it again.`,
  'too-large-for-backend': ({ backend, limit, max = 0 }) => {
    if (limit === undefined) return `That is too large for ${backend}. Please use a smaller file.`;
    const most = {
      bytes: `${bytes(max)} a file`,
      edge: `${max} pixels a side`,
      pixels: `${Math.round(max / 1e6)} megapixels`,
    }[limit];
    return `That is too large for ${backend}, which takes ${most} at most. Please use a smaller ${limit === 'bytes' ? 'file' : 'picture'}.`;
  },
  'upload-misplaced': ({ slot, node, name }, reader) =>
    `The file for "${slot}" was stored on the backend as "${clip(name)}", where "${clip(node)}" can't read it. ${advised(
      reader,
      {
        person: 'An admin needs to look at the backend.',
        admin: 'The backend, or what stands before it, has to store uploads as inputs, as ComfyUI does.',
      },
    )}`,

  'template-broken': ({ file, path, detail }) =>
    `${clip(file)}${path ? ` at ${clip(path)}` : ''}: ${clip(detail, 300)}`,
  'ui-format-workflow': ({ file, picture }) =>
    picture
      ? `"${clip(file)}" has only the editor's side of the workflow in it. Drop it onto ComfyUI, choose ${EXPORT}, and send me that file.`
      : `"${clip(file)}" is a workflow as ComfyUI's editor saves it. Easel needs the API format: in ComfyUI choose ${EXPORT}.`,
  'empty-file': ({ file }) => `"${clip(file)}" is empty. Export it again, and send me the new file.`,
  'file-unreachable': ({ file }) => `I could not get "${clip(file)}". Please attach it again.`,
  'file-too-large': ({ file, maxSize }) =>
    `"${clip(file)}" is larger than the ${bytes(maxSize)} that I can take. Of a workflow, send what ${EXPORT} writes, without pictures inside it.`,
  'not-a-workflow-file': ({ file, found }) =>
    `"${clip(file)}" is ${found ? `a file of the type ${found}` : 'neither JSON (in UTF-8) nor a PNG'}. Send me what ${EXPORT} in ComfyUI writes, or a PNG as ComfyUI saved it.`,
  'not-a-template-file': ({ file }) =>
    `"${clip(file)}" is not a template.json: I see no slots in it. Send me the template.json that Easel exported, or one like it.`,
  'picture-without-workflow': ({ file }) =>
    `"${clip(file)}" has no workflow in it. ComfyUI puts one into its PNGs, but chats and editors strip it from pictures: send it as a file, not as a photo, or send what ${EXPORT} writes.`,
  'picture-damaged': ({ file }) =>
    `"${clip(file)}" is damaged or was cut off. Send it again as a file, or send what ${EXPORT} in ComfyUI writes.`,
  'template-as-workflow': ({ file }) =>
    `"${clip(file)}" is a template.json, which describes a workflow. Send me the workflow itself: in ComfyUI choose ${EXPORT}.`,
  'not-a-workflow': ({ file, found }) =>
    `"${clip(file)}" holds ${{ list: 'a list', value: 'a single value', nothing: 'no nodes' }[found]}, not a workflow. In ComfyUI choose ${EXPORT}, and send me that file.`,
  'invalid-json': ({ file, line, column, cutOff }) =>
    cutOff
      ? `"${clip(file)}" ends too early, in line ${line}: part of it is missing. Export or send it again.`
      : `"${clip(file)}" is not valid JSON: look at line ${line}, column ${column}. If nobody edited it, export it again.`,
  'json-too-complex': ({ file, limit, max }) =>
    limit === 'depth'
      ? `"${clip(file)}" is nested more than ${max} levels deep. No workflow needs that; please export it again.`
      : `"${clip(file)}" has more than ${max} values. Please split the workflow, or take unused nodes out.`,
  'too-many-nodes': ({ file, count: nodes, max }) =>
    `"${clip(file)}" has ${count(nodes, 'node')}; ${max} is the most I can take. Please take unused ones out.`,
  'workflow-circle': ({ file, nodes }) =>
    `The workflow in "${clip(file)}" goes in a circle through ${list(nodes.map((node) => clip(node)))}. Unlink one of them in ComfyUI, and export it again.`,
};
