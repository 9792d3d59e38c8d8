/** What is said of the data folder: to whoever runs Easel, on a terminal. In Chinese. */
import type { Catalogue } from '../en.ts';
import { bytes } from './phrases.ts';

export const data: Catalogue['data'] = {
  newer: (store, backups) =>
    `${store} 中的记录由更新版本的 Easel 写入。未做任何更改。请启动那个版本，或用 npm run restore -- 文件 恢复备份。备份位于 ${backups}。`,
  damaged: (store, backups) =>
    `${store} 中的记录已损坏。未做任何更改。请用 npm run restore -- 文件 恢复备份。备份位于 ${backups}。`,
  full: (store, missing) =>
    missing === undefined
      ? `${store} 所在的磁盘已满。原有内容保持不变。请腾出空间后重试。`
      : `${store} 所在的磁盘空间不足：还需要 ${bytes(missing)}。原有内容保持不变。请腾出空间后重试。`,
  busy: (store) => `另一个程序正占用 ${store} 中的记录。请关闭它后重试。`,
  failed: (store, detail) => `无法使用 ${store} 中的记录（${detail}）。未做任何更改。`,
  unwritable: (folder) => `${folder} 无法写入。请检查权限，或指定其他文件夹。`,
  recordsClosed: (path) =>
    `无法打开 ${path} 中的记录。请以运行 Easel 的用户执行；如果磁盘无法写入，请直接复制数据文件夹。`,
  backedUp: (path, files, size) =>
    `已备份 ${files} 个文件（${bytes(size)}）到 ${path}\n其中包含 Easel 的密钥和大家制作的内容，请保存在其他人无法读取的地方。`,
  notBackedUp: (why) => `未能备份：${why}`,
  restored: (from, files, aside) =>
    `已从 ${from} 恢复 ${files} 个文件\n${aside === undefined ? '之前没有数据。' : `之前的数据在 ${aside}，确认一切正常后可删除。`}现在可以启动 Easel。`,
  notRestored: (why) => `未能恢复：${why}`,
  whichBackup: (backups) => `请指定备份：npm run restore -- 文件。备份位于 ${backups}。`,
  noBackup: (path) => `${path} 不是 Easel 的备份。`,
  backupDamaged: (path) => `${path} 已损坏或不完整。未做任何更改。请使用其他备份。`,
  backupNewer: (path) => `${path} 由更新版本的 Easel 创建。未做任何更改。请用那个版本恢复。`,
  insideData: (path) => `${path} 就在数据文件夹里。请指定其他文件夹，或不指定。`,
  restoring: (directory) =>
    `${directory} 的恢复中途停止，只完成了一半。请再次运行同一命令或启动 Easel，两者都会先完成恢复。`,
  nothingThere: (directory) => `${directory} 中没有 Easel 的记录。请检查 DATA_DIR 和 STORE_URL。`,
  beingMade: (into) => `${into} 中正在进行另一次备份。请等它完成，或指定其他文件夹。`,
  disturbed: (path) => `备份期间 ${path} 被其他程序更改或删除。未保留任何内容。请重试，或指定其他文件夹。`,
  stopped: () => '操作已中止。一切保持不变。',
};
