/** What is said of the data folder: to whoever runs Easel, on a terminal. In Japanese. */
import type { Catalogue } from '../en.ts';
import { bytes } from './phrases.ts';

export const data: Catalogue['data'] = {
  newer: (store, backups) =>
    `${store} の記録は新しいバージョンのEaselのものです。何も変更していません。そのバージョンを起動するか、npm run restore -- ファイル でバックアップに戻してください。バックアップの場所：${backups}`,
  damaged: (store, backups) =>
    `${store} の記録が壊れています。何も変更していません。npm run restore -- ファイル でバックアップに戻してください。バックアップの場所：${backups}`,
  full: (store, missing) =>
    missing === undefined
      ? `${store} のディスクがいっぱいです。元の内容はそのままです。空きを作ってから、もう一度お試しください。`
      : `${store} のディスクの空きが足りません。あと${bytes(missing)}必要です。元の内容はそのままです。空きを作ってから、もう一度お試しください。`,
  busy: (store) => `別のプログラムが ${store} の記録を占有しています。終了してから、もう一度お試しください。`,
  failed: (store, detail) => `${store} の記録を使えません（${detail}）。何も変更していません。`,
  unwritable: (folder) =>
    `${folder} に書き込めません。書き込めるようにするか、別のフォルダーを指定してください。`,
  recordsClosed: (path) =>
    `${path} の記録を開けません。Easelを動かしているユーザーで実行してください。書き込めないディスクの場合は、データフォルダーごとコピーしてください。`,
  backedUp: (path, files, size) =>
    `${files}個のファイル（${bytes(size)}）をバックアップしました：${path}\nEaselの秘密情報と、みんなが作ったものが含まれています。ほかの人が読めない場所に保管してください。`,
  notBackedUp: (why) => `バックアップを作成できませんでした：${why}`,
  restored: (from, files, aside) =>
    `${files}個のファイルを復元しました：${from}\n${aside === undefined ? '復元前のデータはありませんでした。' : `復元前のデータは ${aside} にあります。問題がなければ削除してください。`}Easelを起動してください。`,
  notRestored: (why) => `復元できませんでした：${why}`,
  whichBackup: (backups) =>
    `どのバックアップか指定してください：npm run restore -- ファイル（場所：${backups}）`,
  noBackup: (path) => `${path} はEaselのバックアップではありません。`,
  backupDamaged: (path) =>
    `${path} が壊れているか、一部が欠けています。何も変更していません。別のバックアップを使ってください。`,
  backupNewer: (path) =>
    `${path} は新しいバージョンのEaselで作られています。何も変更していません。そのバージョンで復元してください。`,
  insideData: (path) => `${path} はデータフォルダーの中です。別のフォルダーを指定するか、省略してください。`,
  restoring: (directory) =>
    `${directory} の復元が途中で止まっています。同じコマンドをもう一度実行するか、Easelを起動してください。どちらも、まず復元を完了させます。`,
  nothingThere: (directory) =>
    `${directory} にEaselの記録がありません。DATA_DIRとSTORE_URLを確認してください。`,
  beingMade: (into) =>
    `${into} では別のバックアップを作成中です。終わるまで待つか、別のフォルダーを指定してください。`,
  disturbed: (path) =>
    `作成中に ${path} がほかから変更または削除されました。バックアップは残していません。もう一度お試しになるか、別のフォルダーを指定してください。`,
  stopped: () => '中断されました。すべて元のままです。',
};
