/** What who runs Easel reads in chat, in Korean. */
import { clip } from '../phrases.ts';
import type { Catalogue } from '../en.ts';

export const operatorLine: Catalogue['operatorLine'] = {
  usage: () => '운영자는 "/easel operator …"를 쓸 수 있어요:',
  stopped: () => '이제 새 작업을 받지 않아요. 진행 중이거나 대기 중인 작업은 계속돼요.',
  going: () => '다시 작업을 받아요.',
  cancelled: (total) => `작업 ${total}개를 취소해요.`,
  blocked: (id) => `${clip(id)} 차단됨.`,
  unblocked: (id) => `${clip(id)} 차단 해제됨.`,
};
