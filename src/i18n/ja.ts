/** Every word that a person reads, in Japanese. */
import { dayMark, momentMark } from '../core/moment.ts';
import type { Hold, WaitReason } from '../core/standing.ts';
import type { Catalogue } from './en.ts';
import { detected } from './ja/detected.ts';
import { editor } from './ja/editor.ts';
import { bytes, duration, list as listed } from './ja/phrases.ts';
import { door } from './ja/web/door.ts';
import { frame } from './ja/web/frame.ts';
import { chat } from './ja/web/chat.ts';
import { studio } from './ja/web/studio.ts';
import { connect as connectPage } from './ja/web/connect.ts';
import { operator } from './ja/web/operator.ts';
import { clip, gigabytes, platformName } from './phrases.ts';

export const ja: Catalogue = {
  detected,
  editor,
  web: { page: { frame, chat, studio, operator, connect: connectPage }, door },

  status: {
    accepted: () => '受け付けました…',
    waiting: (position, reason, platform, own) =>
      `順番待ち（${position}番目）：${waitReason(reason, platform, own)}`,
    submitting: () => '開始しています…',
    retrying: () => 'バックエンドから応答がないため、再試行しています…',
    running: (percent, node, step) =>
      [`${percent}%`, node, step && `${step.value}/${step.max}`]
        .filter((part) => part !== undefined)
        .join(' · '),
    held: (hold) => `${holdReason(hold)}。再試行を続けています。`,
    linedUp: (ahead) => `バックエンド側の順番待ち：${ahead + 1}番目`,
    cancelling: () => 'キャンセルしています…',
    unstoppable: () =>
      'キャンセルしました。バックエンドではすでに実行中のため、処理は最後まで続きますが、結果は表示しません。',
    delivering: () => '完了しました。結果を取得しています…',
    late: (since) =>
      `完了しました。${momentMark(since)}から結果の受け渡しを待っています。再試行を続けています。`,
    succeeded: (ms) => `${duration(ms)}で完了しました`,
    cancelled: () => 'キャンセルしました。',
    cancelledAway: () =>
      'キャンセルされました。バックエンドが応答していないため、実行が始まっていれば復帰後に停止します。',
    demo: (platform) => `${DEMO}${REAL_PICTURES[platform] ?? REAL_PICTURES['chat']}`,
  },
  files: {
    tooLarge: (name, size, offer) => {
      const sentence = `「${clip(name)}」（${bytes(size)}）は大きすぎて、このチャットには添付できません`;
      switch (offer?.kind) {
        case 'link':
          return `${sentence}。こちらから取得できます： ${offer.url} （${dayMark(offer.until)}まで）`;
        case 'off':
        case undefined:
          return `${sentence}。このEaselの運用者がPUBLIC_URLを設定すると、リンクで受け取れるようになります。`;
        case 'unkept':
          return `${sentence}。リンクで渡すために保存しておくこともできませんでした。`;
      }
    },
    fetch: (name, size, { url, until }) =>
      `「${clip(name)}」（${bytes(size)}）： ${url} （${dayMark(until)}まで）`,
    linkGone: () => 'ここにファイルはありません。リンクが途中で切れているか、有効期限が過ぎています。',
    linkBusy: () => '現在、多くの人がファイルを取得しています。1分ほどしてからもう一度お試しください。',
    shrunk: (name, size) => `「${clip(name)}」は${bytes(size)}あったため、縮小して添付しました。`,
    shrunkOf: (name, size, { url, until }) =>
      `「${clip(name)}」は${bytes(size)}のため、小さくして添付しました。元のファイル：${url}（${dayMark(until)}まで）`,
    crowd: (shown, of) =>
      `${of}件のファイルのうち最初の${shown}件です。一覧画像に番号付きですべての画像が、アーカイブにすべてのファイルが入っています。「すべて」を押すと、ここに1件ずつ投稿します。`,
    /** `list`: the name of the file that says it. */
    listed: (count, list) =>
      `${count}件のファイルは元のままでは添付できませんでした。場所は ${list} にあります。`,
    alt: {
      picture: (title, index, of) =>
        [of > 1 ? `画像（${of}枚中${index}枚目）` : '画像', title].filter(Boolean).join('：'),
      video: (title) => ['動画', title].filter(Boolean).join('：'),
      preview: (title) => ['プレビュー', title].filter(Boolean).join('：'),
      sheet: (title) => ['すべての画像を番号順に並べた一覧', title].filter(Boolean).join('：'),
    },
    saved: (path, size, pixels) =>
      [path, pixels && `${pixels.width}×${pixels.height}`, bytes(size)].filter(Boolean).join('  '),
  },
  buttons: {
    cancel: () => 'キャンセル',
    again: () => 'もう一度',
    all: () => 'すべて',
    tryAgain: () => '再試行',
  },
  cancel: {
    done: (title) => `「${clip(title)}」をキャンセルしています。`,
  },
  queue: {
    empty: () => 'ここで実行中または待機中のジョブはありません。',
    elsewhere: () => '（別のチャンネル）',
    heading: (running, waiting) => `実行中${running}件、待機中${waiting}件`,
  },
  commands: {
    queue: () => 'ここで実行中・待機中のジョブを表示します',
    cancel: () => '自分のジョブをキャンセルします',
    cancelJob: () => 'キャンセルするジョブ（省略すると最新のもの）',
    again: () => '直前のものを別のシードでもう一度作る',
    act: () => '最後に表示された画面で操作する。何も付けなければ、もう一度表示する',
    help: () => 'できることを表示します',
    template: () => 'ComfyUIのテンプレートを追加・管理します',
    settings: () => '上限、使える人と場所、禁止ワードを設定します',
    usualModels: () => 'だれもモデルを指定しないときにテンプレートが使うモデル',
    usualModelsWhat: () => '例：imagine:flux1-dev',
    easel: () => 'テンプレートを1行で実行します。作りたいものを書くだけでもかまいません',
    easelWhat: () => '例：imagine a red fox --steps 30',
    slot: (name) => name,
    seed: () => 'シードとほかの値が同じなら、同じ画像になります',
  },
  ask: {
    meant: (probably) => `${listed(probably.map((one) => `「${clip(one, 80)}」`))}のことですか？`,
    isPrompt: (written) =>
      `${listed(written.map((one) => `「${clip(one, 80)}」`))}はプロンプトの一部ですか？`,
    yes: () => 'はい',
    no: () => 'いいえ、プロンプトの一部です',
    yesPrompt: () => 'はい、プロンプトの一部です',
  },
  form: {
    submit: () => '実行',
    close: () => '閉じる',
    next: () => '次へ',
    keptFile: (name) => `「${clip(name, 60)}」を保持しています。別のファイルを選ぶと置き換わります`,
  },
  question: {
    title: (slot) => `「${clip(slot, 40)}」はどれにしますか？`,
    choose: () => '選択…',
    chosen: (label) => `「${label}」を選びました。`,
    keep: () => 'ここでふだん使うものは、管理者が /settings で決められます。',
  },
  help: {
    heading: () => 'コマンド：',
    line: ({ usage, description }) => `${usage} — ${description}`,
    more: (hidden, all) => `…ほかに${hidden}件あります。${all} ですべて一覧できます。`,
  },
  alerts: {
    held: (sentence, since, words) =>
      [
        `${sentence}${momentMark(since)}から新しいジョブは開始されていません。待機中のジョブは復帰後に自動で再開します。`,
        words && `バックエンドからのメッセージ：${clip(words, 300)}`,
      ].filter((line) => line !== undefined),
    heldOver: (backend) => [`${clip(backend)}がジョブの受け付けを再開しました。待機中のジョブを続けます。`],
    token: (sentence) => [sentence],
    tokenOver: (platform) => [`${platformName(platform)}がトークンを再び受け付けるようになりました。`],
    disk: (sentence) => [sentence],
    diskBudget: (fixed, budget, full) => [
      `データフォルダーが${full ? 'いっぱいです' : 'もうすぐいっぱいになります'}。上限${gigabytes(budget)}のうち、削除できないデータが${gigabytes(fixed)}あります。`,
      full
        ? '新しいジョブは開始されません。待っているジョブは自動的に再開します。DATA_BUDGET_GBを大きくすると空きができます。'
        : 'いっぱいになると、新しいジョブは受け付けられません。DATA_BUDGET_GBを大きくすると空きができます。',
    ],
    diskOver: () => ['データフォルダーに空きができました。'],
    diskUnset: (total, standard) => [
      `データフォルダーに${gigabytes(total)}あり、通常の上限${gigabytes(standard)}を超えています。DATA_BUDGET_GBを設定するまで、何も削除されません。`,
    ],
    diskUnsetOver: () => ['データフォルダーの上限が有効になりました。'],
  },
  drift: {
    heading: (name) => `テンプレート /${clip(name)} がバックエンドに合わなくなりました：`,
    advice: (name) =>
      `/template edit ${clip(name)} で変更するか、足りないものをインストールしてもらってください。それまでは、使おうとした人に「動作しません」と案内します。`,
  },
  terminal: {
    welcome: (backend, templates) =>
      `Easelの準備ができました。画像は${backend}で作ります。/${templates[0] ?? 'help'} または /help を試してみてください。`,
    sandboxName: () => 'サンドボックス',
    sandbox: () =>
      '画像はAIモデルではなく、デモ用ペインターが描きます。本物の画像を生成するには、COMFY_URLにComfyUIまたはComfy CloudのURLを設定してください。',
    logs: (path) => `ログの出力先：${path}`,
    notACommand: () =>
      '言葉だけで描けるテンプレートがここにはありません。一覧を見るには /help と入力してください。',
    noFile: (path) => `ファイル「${path}」を読み込めません。`,
    bye: () => '終了します。',
  },
  startup: {
    failed: (detail) => `Easelを起動できませんでした：${detail}`,
    config: (lines) => ['設定に誤りがあります：', ...lines.map((line) => `  ${line}`)].join('\n'),
    portTaken: (host, port) =>
      `${host}のポート${port}は使用中です。PORTを別の番号にするか、空きポートを使う0にしてください。`,
    dataTaken: (directory) =>
      `データフォルダー「${directory}」は別のEaselが使用中です。そちらを停止するか、DATA_DIRに別のフォルダーを指定してください。`,
    logUnwritable: (path, code) =>
      `ログ「${path}」に書き込めません（${code}）。書き込めるようになるまで、ログなしで続けます。`,
    dataUnusable: (directory, at) =>
      at === 'container'
        ? `データフォルダー「${directory}」に書き込めません。ボリュームを割り当てるか（-v easel-data:${directory}）、マウントするフォルダーの所有者をユーザー1000にしてください（sudo chown 1000 フォルダー）。`
        : `データフォルダー「${directory}」を使えません。書き込みできるか確認してください。`,
    noTemplates: (directory, broken) =>
      [
        `「${directory}」からテンプレートを1つも読み込めませんでした。`,
        ...broken.map((line) => `  ${line}`),
      ].join('\n'),
    cannotListen: (host, port, code) =>
      `${host}のポート${port}で待ち受けできません（${code}）。HOSTとPORTを確認してください。`,
    dotEnv: () => '.envファイルを読み込めません。',
    templatesUnreadable: (directory) =>
      `テンプレートフォルダー「${directory}」を読み込めません。TEMPLATES_DIRを確認してください。`,
    tokenNeeded: (host, at) =>
      at === 'container'
        ? `HOST=${host}では他の人もページを開けてしまいます。16文字以上の秘密の文字列を ADMIN_TOKEN に渡すか（-e ADMIN_TOKEN=…、ページで入力を求めます）、チャットを設定してください。`
        : `HOST=${host}では他の人もページを開けてしまいます。ADMIN_TOKENに16文字以上の秘密の文字列を設定するか（ページで入力を求めます）、HOSTを127.0.0.1にしてください。`,
    pageOff: () =>
      'ここにページはありません。外部から届くアドレスなのに、ADMIN_TOKENが設定されていないためです。設定してからEaselを再起動してください。',
    open: (address) => `Easelの準備ができました。ブラウザーで ${address} を開いてください。`,
    signIn: () => 'ページを開くとADMIN_TOKENの入力を求められます。',
    anyPort: () => 'PORTが0のため、このリンクのポートは分かりません。ログの「started」に書かれています。',
    connect: () => 'Discord、Slack、自分のComfyUIは、「運用」ページで接続できます。',
    ends: () => 'Ctrl-Cで終了します。',
  },
};

/** What people of a platform call the place that shares limits. */
const HERE: Record<string, string> = { slack: 'このワークスペース', web: 'プレイグラウンド' };

const DEMO = 'AIモデルではなく、デモ用ペインターが描きます。';
const REAL_PICTURES: Record<string, string> = {
  chat: '運営者がComfyUIに接続すると、本物の画像を生成できます。',
  terminal:
    '本物の画像を生成するには、COMFY_URLにComfyUIまたはComfy CloudのURLを設定してください（README「Get real pictures」）。',
  web: '',
};

function waitReason(reason: WaitReason, platform: string, own: boolean): string {
  switch (reason.kind) {
    case 'backend-changing':
      return 'バックエンドを切り替えています（自動的に再開します）';
    case 'data-full':
      return 'Easelのディスクがいっぱいです（自動的に再開します）';
    case 'backend-held':
      return `${holdReason(reason.hold)}（自動的に再開します）`;
    case 'guild-limit':
      return `${HERE[platform] ?? 'このサーバー'}は${reason.limit}枠中${reason.used}枠を使用中です`;
    case 'user-limit':
      if (!own) return `この人は${reason.limit}枠中${reason.used}枠を使用中です`;
      return `あなたは${reason.limit}枠中${reason.used}枠を使用中です`;
    case 'person-limit':
      if (!own) return `この人は全サーバー合計で${reason.limit}枠中${reason.used}枠を使用中です`;
      return `あなたは全サーバー合計で${reason.limit}枠中${reason.used}枠を使用中です`;
    case 'backend-busy':
      if (reason.used < reason.limit) return 'まもなく始まります';
      return reason.limit === 1
        ? 'バックエンドは別のジョブを実行中です'
        : `バックエンドの${reason.limit}枠はすべて使用中です`;
  }
}

/** Short, and for people: what the backend said itself is for who runs Easel. */
function holdReason({ since, kind }: Hold): string {
  const when = momentMark(since);
  switch (kind) {
    case 'account':
      return `${when}からバックエンドがアカウントを拒否しています`;
    case 'busy':
      return `${when}からバックエンドが新しいジョブを受け付けていません`;
    case 'away':
      return `${when}からバックエンドが応答していません`;
  }
}
