/** What the studio in the browser says of templates as chat does, in Simplified Chinese. */
import type { shelf as en } from '../en/shelf.ts';

export const shelf: typeof en = {
  options: { to: () => '新名称' },
  builtin: () => '内置',
  off: () => '已停用',
  renamed: (name, to) => `/${name} 已改名为 /${to}。`,
  disabled: (name) => `/${name} 在这里已停用。`,
  enabled: (name) => `/${name} 已重新启用。`,
  removed: (name) => `/${name} 已删除。`,
  remove: () => '删除',
  keep: () => '保留',
  historyHeading: (name) => `/${name} 的版本：`,
};
