/** What is wrong with a file that somebody sent, or an admin wrote, in Chinese. */
import { TAKEN_PICTURES } from '../../core/pictures.ts';
import { advised, clip, type FileProblems } from '../phrases.ts';
import { TYPES } from './editor.ts';
import { bytes, list } from './phrases.ts';

/** The menu in ComfyUI, as it is called there in Chinese. */
const EXPORT = '“工作流 → 导出 (API)”或“文件 → 导出工作流 (API)”';

/** What a slot for a picture takes. */
export const PICTURES = list([...TAKEN_PICTURES]);

export const fileProblems: FileProblems = {
  'not-an-image': ({ slot, name, found }) =>
    found === undefined
      ? `“${slot}”需要一张图片（${PICTURES}），“${clip(name)}”不是我能读取的图片。`
      : `“${slot}”需要一张图片（${PICTURES}），“${clip(name)}”是 ${found} 格式，我无法读取。请以 JPEG 或 PNG 发送。${found === 'HEIC' ? '（iPhone 可在“设置 → 相机 → 格式 → 兼容性最佳”中改为拍摄 JPEG。）' : ''}`,
  'image-too-large': ({ slot, size, maxSize }) =>
    `“${slot}”的图片有 ${bytes(size)}，我最多能接收 ${bytes(maxSize)}。请缩小后再试。`,
  'image-too-many-pixels': ({ slot, width, height, maxPixels, maxEdge }) =>
    `“${slot}”的图片为 ${width}×${height}，我最多能接收${maxEdge === undefined ? ` ${Math.round(maxPixels / 1e4)} 万像素` : `单边 ${maxEdge} 像素`}。请把它缩小一些。`,
  'image-unreachable': ({ slot, name }) => `无法获取“${slot}”的图片“${clip(name)}”，请重新添加。`,
  'not-such-a-file': ({ slot, type, name, formats }) =>
    `“${slot}”需要${TYPES[type]}文件（${formats.join('、')}），“${clip(name)}”不是我能读取的${TYPES[type]}。`,
  'attached-too-large': ({ slot, type, size, maxSize }) =>
    `“${slot}”的${TYPES[type]}有 ${bytes(size)}，我最多能接收 ${bytes(maxSize)}。请缩小后再试。`,
  'attached-unreachable': ({ slot, type, name }) =>
    `无法获取“${slot}”的${TYPES[type]}“${clip(name)}”，请重新添加。`,
  'too-large-for-backend': ({ backend, limit, max = 0 }) => {
    if (limit === undefined) return `内容太大，${backend} 无法接收。请换一个小一些的文件。`;
    const most = {
      bytes: `单个文件不超过 ${bytes(max)} `,
      edge: `单边不超过 ${max} 像素`,
      pixels: `不超过 ${Math.round(max / 1e4)} 万像素`,
    }[limit];
    return `内容太大，${backend} 只接收${most}的${limit === 'bytes' ? '文件' : '图片'}。请换一个小一些的。`;
  },
  'upload-misplaced': ({ slot, node, name }, reader) =>
    `“${slot}”的文件在后端被存为“${clip(name)}”，而“${clip(node)}”无法从那里读取。${advised(reader, {
      person: '需要管理员检查后端。',
      admin: '后端（或它前面的代理）需要像 ComfyUI 那样把上传的文件存为输入文件。',
    })}`,

  'template-broken': ({ file, path, detail }) =>
    `${clip(file)}${path ? `（${clip(path)}）` : ''}：${clip(detail, 300)}`,
  'ui-format-workflow': ({ file, picture }) =>
    picture
      ? `“${clip(file)}”里只有编辑器格式的工作流。请把它拖进 ComfyUI，选择${EXPORT}，再把导出的文件发给我。`
      : `“${clip(file)}”是 ComfyUI 编辑器保存的工作流。Easel 需要 API 格式：请在 ComfyUI 中选择${EXPORT}。`,
  'empty-file': ({ file }) => `“${clip(file)}”是空文件。请重新导出，再把新文件发给我。`,
  'file-unreachable': ({ file }) => `无法获取“${clip(file)}”，请重新添加。`,
  'file-too-large': ({ file, maxSize }) =>
    `“${clip(file)}”超过了我能接收的 ${bytes(maxSize)}。请发送用${EXPORT}导出的工作流，里面不要带图片。`,
  'not-a-workflow-file': ({ file, found }) =>
    `“${clip(file)}”${found ? `是 ${found} 类型的文件` : '既不是 JSON（UTF-8），也不是 PNG'}。请发送在 ComfyUI 中用${EXPORT}导出的文件，或 ComfyUI 保存的 PNG。`,
  'not-a-template-file': ({ file }) =>
    `“${clip(file)}”不是 template.json：里面没有参数。请发送 Easel 导出的 template.json，或格式相同的文件。`,
  'picture-without-workflow': ({ file }) =>
    `“${clip(file)}”里没有工作流。ComfyUI 会把工作流写进 PNG，但聊天软件和图片编辑器会把它去掉：请以文件而非照片的形式发送，或发送用${EXPORT}导出的文件。`,
  'picture-damaged': ({ file }) =>
    `“${clip(file)}”已损坏或不完整。请以文件形式重新发送，或发送在 ComfyUI 中用${EXPORT}导出的文件。`,
  'template-as-workflow': ({ file }) =>
    `“${clip(file)}”是 template.json，只是对工作流的描述。请发送工作流本身：在 ComfyUI 中选择${EXPORT}。`,
  'not-a-workflow': ({ file, found }) =>
    `“${clip(file)}”里${{ list: '是一个列表', value: '只有一个值', nothing: '没有节点' }[found]}，不是工作流。请在 ComfyUI 中选择${EXPORT}，再把导出的文件发给我。`,
  'invalid-json': ({ file, line, column, cutOff }) =>
    cutOff
      ? `“${clip(file)}”在第 ${line} 行就中断了，内容不完整。请重新导出或重新发送。`
      : `“${clip(file)}”不是有效的 JSON：请检查第 ${line} 行第 ${column} 列。如果没有人改过它，请重新导出。`,
  'json-too-complex': ({ file, limit, max }) =>
    limit === 'depth'
      ? `“${clip(file)}”的嵌套超过 ${max} 层。正常的工作流用不到这么深，请重新导出。`
      : `“${clip(file)}”里的值超过 ${max} 个。请拆分工作流，或去掉没用到的节点。`,
  'too-many-nodes': ({ file, count, max }) =>
    `“${clip(file)}”有 ${count} 个节点，我最多能接收 ${max} 个。请去掉没用到的节点。`,
  'workflow-circle': ({ file, nodes }) =>
    `“${clip(file)}”中的工作流形成了循环，经过：${list(nodes.map((node) => clip(node)))}。请在 ComfyUI 中断开其中一处连线，再重新导出。`,
};
