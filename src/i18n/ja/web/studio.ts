/** What people read in the template studio, in Japanese. Plain sentences: `{name}` stands for what the page puts in. */
import type { studio as en } from '../../en/web/studio.ts';
import { studioWords } from '../../studio-words.ts';
import { editor } from '../editor.ts';
import { shelf } from '../shelf.ts';

export const studio: Record<keyof typeof en, string> = {
  ...studioWords({ editor, shelf }),
  // the shelf
  templates: 'テンプレート',
  place: '場所',
  noTemplates: 'ここにはまだテンプレートがありません。',
  loading: '読み込み中…',
  edit: '編集',
  more: 'その他',
  moreOf: '/{name} のその他の操作',
  rename: '名前を変更',
  switchOff: '無効にする',
  switchOn: '有効にする',
  history: 'バージョン',
  remove: '削除',
  removeAsk:
    '/{name} をすべてのバージョンごと削除しますか？ 元に戻せません。あとで必要になりそうなら、先に書き出してください。',
  exportTemplate: 'template.json を書き出す',
  exportWorkflow: 'workflow.json を書き出す',
  version: 'バージョン{version}',
  versionBy: '{when}、{by}',
  broughtBack: 'バージョン{from}を復元',
  inUse: '使用中',
  rollback: '復元',
  rolledBack: '/{name} をバージョン{from}の状態に戻しました。現在はバージョン{version}です。',
  cancel: 'キャンセル',
  // a file
  begin: 'ワークフローからコマンドを作る',
  drop: 'ここにワークフローをドロップしてください。JSON（ComfyUI の「ワークフロー → エクスポート (API)」または「ファイル → ワークフローをエクスポート (API)」）か、ComfyUI が保存した PNG です。',
  choose: 'ファイルを選ぶ',
  paste: '{keys} で JSON を貼り付けることもできます。',
  dropNow: '放すと開きます',
  reading: '{file} を読み込んでいます…',
  tooMany: 'ワークフローは1つずつ送ってください。template.json は一緒に送れます。',
  pasted: 'pasted.json',
  // the editor
  back: 'テンプレート一覧',
  showAll: '{count}件すべて表示',
  exportDraft: '書き出す',
  published: '公開しました。/{name} が使えます（バージョン{version}）。',
  tryIt: 'チャットで試す',
  saving: '保存中…',
  about: '名前と説明',
  // the graph
  workflow: 'ワークフロー',
  nodes: 'ノード',
  graphHint: '色の付いた入力にはスロットの値が入ります。ほかの値も、＋を押すとスロットにできます。',
  fills: '入力先：{inputs}',
  show: 'スロット {slot} を変更',
  addFor: '{node} の {input} をスロットにする',
  addShort: 'スロット',
  from: '{node} から',
  posted: '投稿する',
  postedOf: '{node} の出力を投稿する',
  // previews
  preview: '表示の見本',
  discord: 'Discord',
  slack: 'Slack',
  previewNote: 'おおよその見た目です。実際とは少し異なります。',
  options: 'オプション',
  moreOptions: 'ほか{count}個',
  backendChoices: 'バックエンドにあるもの（入力中に候補が出ます）',
  moreChoices: 'ほか{count}個',
  formOpens: '値を付けずに送ると、このフォームが開きます：',
  pickFile: '画像を選ぶ',
  run: '実行',
  // the test run
  trial: 'テスト実行',
  trialHint: 'デフォルト値で1回実行します。結果はこのページにだけ表示されます。',
  trialAgain: 'もう一度実行',
  trialBlocked: '直すところがなくなると実行できます。',
  starting: '開始しています…',
};
