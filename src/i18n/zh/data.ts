/** What is said of the data folder: to whoever runs Easel, on a terminal. In Chinese. */
import type { Catalogue } from '../en.ts';
import { bytes } from './phrases.ts';

export const data: Catalogue['data'] = {
  newer: (place, backups) =>
    `${place} 中的记录由更新版本的 Easel 写入。未做任何更改。请启动那个版本，或用 npm run restore -- 文件 恢复备份。备份位于 ${backups}。`,
  damaged: (place, backups) =>
    `${place} 中的记录已损坏。未做任何更改。请用 npm run restore -- 文件 恢复备份。备份位于 ${backups}。`,
  full: (place, missing) =>
    missing === undefined
      ? `${place} 所在的磁盘已满。原有内容保持不变。请腾出空间后重试。`
      : `${place} 所在的磁盘空间不足：还需要 ${bytes(missing)}。原有内容保持不变。请腾出空间后重试。`,
  busy: (place) => `另一个程序正占用 ${place} 中的记录。请关闭它后重试。`,
  failed: (place, detail) => `无法使用 ${place} 中的记录（${detail}）。未做任何更改。`,
};
