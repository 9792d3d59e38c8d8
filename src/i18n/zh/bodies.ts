/** What is said where a reply cannot have all of it, in Chinese. */
import type { Catalogue } from '../en.ts';
import type { Closed } from '../../core/bodies.ts';
import { advised, clip } from '../phrases.ts';
import { list } from './phrases.ts';

const CLOSED: Record<Closed, string> = {
  outside: '我不在那个频道，所以结果发到这里。邀请我加入后，结果会直接发到那里。',
  'read-only': '那个频道对我是只读的，因此结果发到这里。频道的管理者可以允许我在那里发言。',
  archived: '那个频道或话题已归档或锁定，因此结果发到这里。',
  other: '我无法在那个频道发言，因此结果发到这里。',
};

export const bodies: Catalogue['bodies'] = {
  leftOut: () => '由于此处的规则，你输入的内容无法在这里显示。',
  failed: () => '未能完成。原因中可能包含你输入的内容，因此不在这里显示。',
  filesLeftOut: (files) => `有 ${files} 个文件无法附在这里，后端仍保留着。`,
  pictures: (files) => `${files} 张图片：`,
  last: () => '任务已结束。由于此处的规则，我不能在这里说更多。',
  beside: () => '结果在下方另一条消息里。',
  direct: () => '结果已通过私信发给你。',
  closed: (why) => CLOSED[why],
  unshown: (reader) =>
    advised(reader, {
      person: '结果已经生成，但我没能在这里完整显示。请告知运行我的人。',
      admin: '结果已经生成，但我没能在这里完整显示。原因见 Easel 的日志。',
    }),
  withheld: () => '有一件事需要你查看，但我不能在这里说明。详情请看日志。',
  unmade: (names, why) =>
    `未能生成：${list(names.map((name) => `“${clip(name, 60)}”`))}${why === undefined ? '' : `。${why}`}`,
  remade: () => '后端上的文件已被删除，因此用同样的设置重新生成了一次。',
  said: (backend, text) => `${clip(backend)}：${text}`,
  stoodIn: (wanted, taken) => `没有安装“${clip(wanted, 80)}”，改用了“${clip(taken, 80)}”。`,
  shrunk: (slot, width, height) => `“${clip(slot, 80)}”的图片太大，我把它缩小到了 ${width}×${height}。`,
};
