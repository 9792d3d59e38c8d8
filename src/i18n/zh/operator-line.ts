/** What who runs Easel reads in chat, in Chinese. */
import { clip } from '../phrases.ts';
import type { Catalogue } from '../en.ts';

export const operatorLine: Catalogue['operatorLine'] = {
  usage: () => '你是运营者，可以使用“/easel operator …”：',
  stopped: () => '现在不再接受新任务。正在运行和等待的会继续。',
  going: () => '重新接受任务。',
  cancelled: (total) => `正在取消 ${total} 个任务。`,
  blocked: (id) => `已屏蔽 ${clip(id)}。`,
  unblocked: (id) => `已解除对 ${clip(id)} 的屏蔽。`,
};
