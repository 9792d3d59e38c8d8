/** What people read on Slack only, in Japanese. */
import type { Catalogue } from '../en.ts';
import { clip } from '../phrases.ts';
import { PICTURES } from './file-problems.ts';

export const slack: Catalogue['slack'] = {
  about: () => 'ComfyUIのワークフローで画像を作ります',
  easel: () => 'テンプレートの実行、queue、cancel、template、settings、help',
  easelHint: () => '[テンプレート] [作りたいもの]',
  useImage: () => 'この画像を使う…',
  useImageHint: () => 'この画像でテンプレートを実行します',
  template: () => '使うテンプレート',
  noImage: () =>
    `このメッセージには画像がありません。画像（${PICTURES}）が付いたメッセージでショートカットを使ってください。`,
  noImageTemplates: () => 'ここには画像を使うテンプレートがありません。',
  notUploaded: (name, reason) => `Slackが「${clip(name)}」を受け付けませんでした（${clip(reason)}）。`,
  threadFiles: (files) => `スレッドにファイルが${files}件あります。`,
  oneMoment: () => '少々お待ちください…',
  renewed: () =>
    'このフォームは更新前に開かれたものです。現在の内容で開き直しましたので、もう一度入力してください。',
  closeForm: () => '完了しました。このフォームを閉じると続けられます。',
  openForm: () => 'フォームを開く',
  search: () => '検索…',
  more: (hidden) => `…ほかに${hidden}件`,
  sentDirectly: () => 'ファイルをダイレクトメッセージで送りました。',
};
