/** What who runs Easel reads in chat, in Japanese. */
import { clip } from '../phrases.ts';
import type { Catalogue } from '../en.ts';

export const operatorLine: Catalogue['operatorLine'] = {
  usage: () => '運営者として「/easel operator …」を使えます：',
  stopped: () => '新しいジョブの受け付けを止めました。実行中・待機中のものは続きます。',
  going: () => 'ジョブの受け付けを再開しました。',
  cancelled: (total) => `${total}件のジョブをキャンセルします。`,
  blocked: (id) => `${clip(id)} をブロックしました。`,
  unblocked: (id) => `${clip(id)} のブロックを解除しました。`,
};
