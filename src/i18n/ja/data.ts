/** What is said of the data folder: to whoever runs Easel, on a terminal. In Japanese. */
import type { Catalogue } from '../en.ts';
import { bytes } from './phrases.ts';

export const data: Catalogue['data'] = {
  newer: (place, backups) =>
    `${place} の記録は新しいバージョンのEaselのものです。何も変更していません。そのバージョンを起動するか、npm run restore -- ファイル でバックアップに戻してください。バックアップの場所：${backups}`,
  damaged: (place, backups) =>
    `${place} の記録が壊れています。何も変更していません。npm run restore -- ファイル でバックアップに戻してください。バックアップの場所：${backups}`,
  full: (place, missing) =>
    missing === undefined
      ? `${place} のディスクがいっぱいです。元の内容はそのままです。空きを作ってから、もう一度お試しください。`
      : `${place} のディスクの空きが足りません。あと${bytes(missing)}必要です。元の内容はそのままです。空きを作ってから、もう一度お試しください。`,
  busy: (place) => `別のプログラムが ${place} の記録を占有しています。終了してから、もう一度お試しください。`,
  failed: (place, detail) => `${place} の記録を使えません（${detail}）。何も変更していません。`,
};
