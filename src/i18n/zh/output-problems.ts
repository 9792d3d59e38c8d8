/** What a workflow leaves that can't be posted, in Chinese. */
import { advised, clip } from '../phrases.ts';
import type { ProblemSentences } from '../sentences/problem-sentences.ts';
import { list } from './phrases.ts';

export const outputProblems: Pick<
  ProblemSentences,
  'no-output-nodes' | 'outputs-unseen' | 'trial-bare' | 'pictures-missed'
> = {
  'no-output-nodes': () =>
    '没有任何节点保存或显示内容，运行后不会有可发送的结果。请为要发布的结果添加一个 Save Image 节点。',
  'outputs-unseen': ({ nodes, all }) =>
    all
      ? `${list(nodes.map((node) => `“${clip(node)}”`))}的结果无法从后端获取，因此不会有可发送的内容。请为要发布的结果添加 Save Image 节点（视频用 Save Video，音频用 Save Audio）。`
      : `${list(nodes.map((node) => `“${clip(node)}”`))}的结果无法从后端获取，因此不会发布；其他输出照常发布。`,
  'trial-bare': () =>
    '测试运行成功，但没有可发布的内容。请为要发布的结果添加 Save Image 节点，或选择其他输出，然后再测试一次。',
  'pictures-missed': ({ node, got, of, why, again }, reader) => {
    const title = `“${clip(node)}”`;
    if (why === 'disk') return `Easel 的磁盘空间不足，没能保存${title}的全部图片。请稍后再试。`;
    if (why === 'limit')
      return `${title}发来的内容超过了一次能接收的量，我只收了 ${got} 张。请减少张数或缩小尺寸。`;
    const lost =
      got === 0
        ? `没有收到${title}的图片。`
        : of === undefined
          ? `${title}的图片可能没有全部收到。`
          : `${title}的 ${of} 张图片只收到了 ${got} 张。`;
    return `${lost}这些图片只通过与后端的连接发送${again ? '，重试一次后仍未收到' : ''}。${advised(reader, {
      person: '请稍后再试；如果反复出现，请告诉管理员。',
      admin: '改用 Save Image 节点，图片会保存在后端，可以重新获取。',
    })}`;
  },
};
