/** Sentences for what a backend refuses of a workflow, and for how runs fail, in Chinese. */
import { advised, clip, type NamedInput, type RunProblems } from '../phrases.ts';
import { bytes, list } from './phrases.ts';

export const runProblems: RunProblems = {
  'missing-node': ({ node, title }, reader) =>
    `后端没有这个模板需要的节点“${clip(node)}”${title === undefined ? '' : `（“${clip(title)}”）`}。${advised(
      reader,
      {
        person: '需要管理员安装。',
        admin: '需要在后端安装，或从工作流中去掉。',
      },
    )}`,
  'missing-nodes': ({ nodes }, reader) =>
    `后端缺少这个模板需要的 ${nodes.length} 个节点：${list(nodes.map((node) => clip(node)))}。${advised(
      reader,
      {
        person: '需要管理员安装。',
        admin: '需要在后端安装，或从工作流中去掉。',
      },
    )}`,
  'model-missing': ({ input, title, slot, value, choices = [] }, reader) => {
    const has = choices.length > 0 ? `现有：${list(choices)}。` : '';
    return `后端没有${inputOf({ slot, title, input })}要用的“${clip(value)}”。${has}${advised(reader, {
      person: '请换一个，或请管理员安装。',
      admin: '请换一个，或在后端安装它。',
    })}`;
  },
  'workflow-refused': (problem, reader) => {
    const { detail, title, slot, input, why = '', value = '' } = problem;
    if (slot === undefined && input === undefined)
      return `后端拒绝了${title === undefined ? '这个工作流' : `“${clip(title)}”`}：${clip(detail, 300)}`;
    const where = inputOf(problem);
    switch (why) {
      case 'required_input_missing':
        return `${where}是必填的，但没有给它任何内容。${advised(reader, {
          person: '需要管理员检查这个模板。',
          admin: '需要在工作流中连接或填写它，或为它设一个参数。',
        })}`;
      case 'value_not_in_list':
        return `后端没有${where}要用的“${clip(value)}”。${advised(reader, {
          person: '需要管理员检查这个模板。',
          admin: '需要在工作流中换一个，或在后端安装它。',
        })}`;
      case 'value_smaller_than_min':
        return `“${clip(value)}”对${where}来说太小了。`;
      case 'value_bigger_than_max':
        return `“${clip(value)}”对${where}来说太大了。`;
      default:
        return `后端拒绝了${where}：${clip(detail, 300)}`;
    }
  },
  'run-failed': ({ node, detail }) => `在“${clip(node)}”处运行失败：${clip(detail, 300)}`,
  'out-of-memory': ({ node }) => `后端在“${clip(node)}”处内存不足。请试试更小的尺寸，或一次少生成几张。`,
  'model-download-failed': ({ detail }) => `后端无法下载模型：${clip(detail, 300)}`,
  'image-download-failed': ({ detail }) => `后端无法读取输入的图片：${clip(detail, 300)}`,
  interrupted: () => '任务还没完成就在后端被中止了，请重新运行。',
  'run-lost': ({ backend }) => `${backend} 多次丢失这个任务，可能是因为它在重启。请稍后再试。`,
  'backend-crashed': ({ backend, words }, reader) =>
    `运行时 ${backend} 自身出了故障，重试后依然如此。这不是工作流的问题。${advised(reader, {
      person: '请稍后再试。',
      admin: '请稍后再试。',
      operator: words && `它说：“${clip(words, 300)}”。请稍后再试。`,
    })}`,
  'run-untold': ({ backend, word }) =>
    `${backend} 把这次运行的状态说成“${word}”，我不认识这个词，之后也一直没有进展。请在后端查看它的结果，或重新运行。`,
  'run-too-long': ({ minutes }) => `运行 ${minutes} 分钟后仍未完成，我已将它停止。`,
  'no-outputs': (_, reader) =>
    `运行完成，但没有产生可显示的内容。${advised(reader, {
      person: '需要管理员检查这个模板。',
      admin: '请检查模板：哪些节点会保存内容，其中哪些会被发布。',
    })}`,
  'output-gone': ({ name, again }, reader) =>
    again
      ? `“${clip(name)}”已重新生成，但在我取回之前又从后端消失了。${advised(reader, {
          person: '请告知管理员。',
          admin: '那里有程序在清空输出文件夹，或者回应文件请求的是另一台服务器。',
        })}`
      : `后端上已经没有“${clip(name)}”了。请重新运行；换一个种子可以确保重新生成。`,
  'output-too-large': ({ name, maxSize }) => `“${clip(name)}”超过了我能获取的 ${bytes(maxSize)}。`,
};

/** An input of a node, as its person knows it: their slot, or what the node is called. */
function inputOf({ slot, title, input = '' }: NamedInput): string {
  if (slot !== undefined) return `“${slot}”`;
  return title === undefined ? `“${clip(input)}”` : `“${clip(title)}”的“${clip(input)}”`;
}
