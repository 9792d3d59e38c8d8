/** What people read on Slack only, in Japanese. */
import type { Catalogue } from '../en.ts';
import { clip } from '../phrases.ts';

export const slack: Catalogue['slack'] = {
  about: () => 'ComfyUIのワークフローで画像を作ります',
  easel: () => 'テンプレートの実行、queue、cancel、template、settings、help',
  easelHint: () => '[テンプレート] [作りたいもの]',
  useImage: () => 'この画像を使う…',
  useImageHint: () => 'この画像でテンプレートを実行します',
  template: () => '使うテンプレート',
  noImage: () =>
    'このメッセージには画像がありません。PNG、JPEG、WebP、GIFのいずれかが付いたメッセージでショートカットを使ってください。',
  noImageTemplates: () => 'ここには画像を使うテンプレートがありません。',
  direct: () =>
    'そのチャンネルに参加していないため、結果はここに届きます。チャンネルに招待すると、そちらに届くようになります。',
  notUploaded: (name, reason) => `Slackが「${clip(name)}」を受け付けませんでした（${clip(reason)}）。`,
  threadFiles: (files) => `スレッドにファイルが${files}件あります。`,
  oneMoment: () => '少々お待ちください…',
  addForm: () => '新しいテンプレート',
  addFile: () => 'ワークフロー',
  addSettings: () => '対応するtemplate.json',
  addName: () => '名前',
  addSubmit: () => '読み込む',
  editorForm: () => 'テンプレート',
  settingsForm: () => '設定',
  settingsSubmit: () => '保存',
  /** The name comes last: it is what may be cut. */
  limitForm: (name) => clip(`使える場所：/${name}`, 24),
  slotSubmit: () => '完了',
  slotDone: () => '下書きに反映しました。このフォームを閉じると確認できます。',
  heading: (name, description) => `/easel ${name} — ${description}`,
  changeSlot: () => '変更…',
  search: () => 'ノードと入力を検索…',
  posts: () => '選んだものを投稿します。未選択ならすべて投稿します',
  moreSlots: (hidden) => `…ほかにスロットが${hidden}個`,
  openAdd: () => 'ファイルを選ぶ…',
  askAdd: () => 'ワークフローをメッセージに添えて送るか、ファイルを選んでください：',
  openDraft: () => 'エディターを開く',
  drafted: (name) => `/${name} の下書きができました。`,
  openSettings: () => '設定を開く',
  askSettings: () => '設定はフォームから変更できます：',
  openLimit: () => 'チャンネルを選ぶ…',
  askLimit: (name) => `/${name} を使える場所はフォームで設定します。Slackではロールによる制限はできません。`,
  limited: (name, channels) =>
    channels === 0
      ? `/${name} はどこでも使えます。`
      : `/${name} を使えるのは${channels}個のチャンネルだけです。`,
  published: (name, version) => `バージョン${version}として公開しました。すぐに使えます：/easel ${name}`,
  testing: () => 'テスト実行を始めました。結果はあなただけにダイレクトメッセージで届きます。',
  sentDirectly: (name) => `/${name} の2つのファイルをダイレクトメッセージで送りました。`,
  templatesAbout: () => 'テンプレートを追加・管理します',
  usage: (usage, description) => `/easel ${usage} — ${description}`,
  channels: () => 'チャンネル（未選択ならどこでも）',
  admins: () => '管理者（ワークスペースの管理者に加えて）',
  noRoles: () => 'Slackではロールを指定できません。代わりに人を指定してください。',
  auditMore: (hidden) => `…ほかに古い変更が${hidden}件`,
};
