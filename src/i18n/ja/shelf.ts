/** What the studio in the browser says of templates as chat does, in Japanese. */
import type { shelf as en } from '../en/shelf.ts';

export const shelf: typeof en = {
  options: { to: () => '新しい名前' },
  builtin: () => '組み込み',
  off: () => '無効',
  renamed: (name, to) => `/${name} の名前を /${to} に変更しました。`,
  disabled: (name) => `ここでは /${name} を無効にしました。`,
  enabled: (name) => `/${name} を再び有効にしました。`,
  removed: (name) => `/${name} を削除しました。`,
  remove: () => '削除する',
  keep: () => '残す',
  historyHeading: (name) => `/${name} のバージョン：`,
};
