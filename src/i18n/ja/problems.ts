/** A sentence for every problem, in Japanese: what is wrong, and what the person can do. */
import { advised, clip, explain, platformName, type Sentences } from '../phrases.ts';
import { fieldName, TYPES } from './editor.ts';
import { connectionProblems } from './connection-problems.ts';
import { fileProblems } from './file-problems.ts';
import { outputProblems } from './output-problems.ts';
import { runProblems } from './run-problems.ts';
import { settingName } from './settings.ts';
import { bytes, list, range } from './phrases.ts';

/** Of what only who runs Easel can put right. */
const TELL = '運営者にお知らせください。';
const LOGGED = '原因はEaselのログにあります。';

/** Of what explains a problem. */
const more = (hidden: number): string => `ほかに${hidden}件あります（/template edit で確認できます）。`;

export const problems: Sentences = {
  'unknown-template': ({ name, known, near }) =>
    near
      ? `/${clip(name)} はここにはありません。もしかして：${list(near.map((k) => `/${k}`))}`
      : `/${clip(name)} はここにはありません。使えるコマンド：${list(known.map((k) => `/${k}`))}。`,
  'bad-command': ({ detail }) => `入力を読み取れませんでした：${clip(detail, 300)}`,
  'unknown-slot': ({ slot, known, typed }) =>
    `「${clip(slot)}」という項目はありません。指定できるのは次のものです：${list(known)}。${typed ? '文章として扱う部分は、引用符で囲んでください。' : ''}`,
  'missing-value': ({ slot }) => `「${slot}」は必須です。値を指定してください。`,
  'not-a-number': ({ slot, value, integer }) =>
    `「${slot}」には${integer ? '整数' : '数値'}を指定してください。「${clip(value)}」は使えません。`,
  'out-of-bounds': ({ slot, value, min, max }) =>
    `「${slot}」には${range(min, max)}の値を指定してください（入力値：${clip(value)}）。`,
  'too-long': ({ slot, length, maxLength }) =>
    `「${slot}」は${maxLength}文字以内で入力してください（現在${length}文字）。`,
  'not-a-choice': ({ slot, value, choices }) =>
    `「${slot}」に「${clip(value)}」は指定できません。選べるもの：${list(choices)}。`,
  'choice-unclear': ({ slot, value, choices }) =>
    `「${slot}」の「${clip(value)}」に当てはまるものが複数あります：${list(choices)}。`,
  'choice-missing': ({ slot, value, choices }) =>
    `「${slot}」にふだん使う「${clip(value)}」がここにはなく、代わりになるものも判断できません。ここにあるもの：${list(choices)}。`,
  'model-unlike': ({ slot, value, family, families }) =>
    `「${clip(value)}」は ${family} 系のモデルですが、このテンプレートで使えるのは ${list(families)} 系です。「${slot}」に別のものを選んでください。`,
  'not-a-boolean': ({ slot, value }) =>
    `「${slot}」はオン／オフの設定です。「${clip(value)}」ではなく、onかoffを指定してください。`,
  'not-text': ({ slot }) => `「${slot}」には、ファイルではなくテキストを指定してください。`,
  ...fileProblems,

  'no-such-template': ({ name }) =>
    `ここに「${clip(name)}」というテンプレートはありません。/template list で一覧を表示できます。`,
  'no-such-draft': () =>
    'このテンプレートの編集は終了しています。公開または破棄されたか、1週間が過ぎました。/template edit か /template add からやり直してください。',
  'no-such-version': ({ name, version, known }) =>
    `「${clip(name)}」にバージョン${clip(version)}はありません。あるのは次のバージョンです：${list(known.map(String))}。`,
  'bad-name': ({ name }) =>
    `「${clip(name)}」は名前に使えません。英小文字か数字で始め、英小文字、数字、「-」「_」の1〜32文字にしてください。`,
  'reserved-name': ({ name }) => `/${clip(name)} はEasel自体のコマンドです。別の名前にしてください。`,
  'name-taken': ({ name }) =>
    `「${clip(name)}」というテンプレートはすでにここにあります。別の名前にしてください。`,
  'overrides-builtin': ({ name }) =>
    `ここでは、組み込みの /${clip(name)} の代わりにこれが使われます。削除するか名前を変えると、組み込みのものに戻ります。`,
  'builtin-template': ({ name }) =>
    `「${clip(name)}」は組み込みのテンプレートです。ここで無効にするか、同じ名前で独自のテンプレートを公開できます。`,
  'bad-description': ({ length, max }) =>
    length === 0
      ? '説明が必要です。何を作るのかを1行で書いてください。'
      : `説明は${max}文字以内にしてください（現在${length}文字）。`,
  'slot-exists': ({ slot }) => `「${clip(slot)}」というスロットはすでにあります。別の名前にしてください。`,
  'slot-broken': ({ slot, field, detail }) => `「${clip(slot)}」の${fieldName(field)}：${clip(detail, 200)}`,
  'not-an-input': ({ node, input }) =>
    `ノード「${clip(node)}」には、スロットから値を入れられる「${clip(input)}」という入力がありません。`,
  'too-many-slots': ({ count, max }) =>
    `スロットが${count}個あり、多すぎます。コマンドに使えるのは${max}個までなので、${count - max}個減らしてください。`,
  'too-many-templates': ({ max }) =>
    `ここで追加できるテンプレートは${max}個までです。先にどれかを削除してください。`,
  'too-many-drafts': ({ max }) =>
    `ここには編集中の下書きがすでに${max}件あります。先にどれかを公開するか破棄してください。下書きは最後の変更から1週間で消えます。`,
  'drafts-too-large': ({ maxSize }) =>
    `ここの下書きの合計が${bytes(maxSize)}を超えます。先にどれかを公開するか破棄してください。下書きは最後の変更から1週間で消えます。`,
  'many-choices': ({ slot, count }) =>
    `「${slot}」の選択肢は${count}個で、Discordの1つのコマンドには並べきれません。数文字入力して探します。`,
  'description-cut': ({ length, max }) =>
    `説明は${length}文字です。Discordに表示されるのは最初の${max}文字です。`,
  'slots-typed-only': ({ name, slots, max }) =>
    `Discordのコマンドに置けるオプションは${max}個までで、必須のものが優先されます。${list(slots.map((slot) => `「${clip(slot)}」`))}は入力で指定できます：/easel ${clip(name)} … --${clip(slots[0] ?? '')} …`,
  'two-images': ({ slot, first }) =>
    `「${first}」のほかに「${slot}」も必要です。メンションやメッセージのショートカットではファイルを1つしか渡せないため、その場合はコマンドかフォームを使うことになります。`,
  'no-trial-file': ({ slot, type }) =>
    `「${slot}」には${TYPES[type]}が必要ですが、テスト実行に使えるものがありません。公開してから、手元の${TYPES[type]}で実行してください。`,
  'value-unavailable': ({ slot, node, input, value }) =>
    `「${slot ?? clip(node)}」：${clip(input)}に使う「${clip(value)}」がバックエンドにありません。`,
  'values-unavailable': ({ values }) =>
    `バックエンドに次のものがありません：${list(values.map(({ slot, node, input, value }) => `「${clip(value)}」（${slot ?? clip(node, 40)} · ${clip(input, 40)}）`))}。`,
  'nothing-to-pick': ({ slot, input }) =>
    `「${slot}」：${clip(input)}に使えるファイルがバックエンドに1つもないため、選べるものがありません。`,
  'foreign-file': ({ slot, node, value }) =>
    value === undefined
      ? `「${slot ?? clip(node)}」では、入力された名前のファイルがバックエンドで開かれ、他の人のファイルも見えてしまいます。送ってもらう画像の項目にしてください。`
      : `「${slot ?? clip(node)}」はバックエンドのファイル「${clip(value)}」を指定していますが、これはここから私を通じて送られたものではありません。必ず送ってもらう画像の項目にしてください。`,
  'backend-unasked': ({ backend }) =>
    `${backend}に問い合わせできなかったため、必要なノードとモデルがあるかどうか確認できません。`,
  'not-publishable': ({ findings }, reader) =>
    `まだ公開できません。${explain(problems, findings, reader, more).join('')}`,
  'template-unfit': ({ name, findings }, reader) =>
    `/${clip(name)} はバックエンドに合わなくなりました。${explain(problems, findings, reader, more).join('')}${advised(
      reader,
      {
        person: '管理者には通知済みです。修正されるまで、別のテンプレートを使ってください。',
        admin: `/template edit ${clip(name)} で修正できます。`,
      },
    )}`,
  'template-disabled': ({ name }) => `ここでは /${clip(name)} は無効になっています。`,
  'commands-refused': () =>
    'こちらでは完了しましたが、Discordがコマンドを受け付けませんでした。Easelが「applications.commands」スコープ付きで追加されているか確認してください。次の起動時に再試行します。',
  'not-in-menu': ({ platform, names, refused }) =>
    refused === undefined
      ? `${platformName(platform)}のメニューに${list(names.map((name) => `/${clip(name)}`))}を置く余地がありません。実行はできます：/easel ${clip(names[0] ?? '')} … と入力してください。メニューには、選ばれたものとよく使われるものが入ります。`
      : `${platformName(platform)}は${list(names.map((name) => `/${clip(name)}`))}をメニューに受け付けません（「${clip(refused, 200)}」）。実行はできます：/easel ${clip(names[0] ?? '')} … と入力してください。`,
  'options-left-out': ({ name, slots }) =>
    `ここの /${clip(name)} には${list(slots.map((slot) => `「${clip(slot)}」`))}がないため、使いませんでした。`,

  'not-an-admin': () => 'ここでこの操作ができるのは管理者だけです。',
  banned: (_, reader) =>
    advised(reader, {
      person: 'ここではEaselを使えません。心当たりがない場合は、管理者に確認してください。',
      admin: 'あなたは、ここで使えない人のリストに入っています。/settings で外せます。',
    }),
  outsider: () =>
    'ここでは、このワークスペースのメンバーだけがEaselを使えます。このワークスペースの管理者が設定を変更できます。',
  'not-your-role': () => 'あなたのロールでは、ここでは使えません。管理者に確認してください。',
  'not-this-channel': ({ channels }) =>
    `このチャンネルでは使えません。使えるチャンネルがほかに${channels.length}個あるので、管理者に確認してください。`,
  'not-for-you': ({ name }) => `/${clip(name)} は一部のロール専用で、あなたのロールは含まれていません。`,
  'not-here': ({ name }) => `/${clip(name)} は一部のチャンネル専用で、このチャンネルは含まれていません。`,
  'age-restricted': ({ name }) => `/${clip(name)} は年齢制限チャンネルでのみ使えます。`,
  'blocked-word': ({ slot }) => `「${slot}」に、ここでは使えない言葉が含まれています。`,
  'not-served-here': () => 'ここではご利用いただけません。変更できるのは運営者だけです。',
  'blocked-by-operator': () => 'ご利用いただけません。誤りだと思われる場合は、運営者にお問い合わせください。',
  'direct-messages-off': () => 'ダイレクトメッセージでは受け付けていません。サーバーでお試しください。',
  'user-installs-off': () =>
    'サーバーに追加された場所でのみ動作します。個人で追加した場合はご利用いただけません。',
  'not-taking-jobs': () => '現在、新しいジョブを受け付けていません。しばらくしてからもう一度お試しください。',
  'partner-nodes': ({ nodes, allowed }, reader) => {
    const named = list(nodes.map((node) => clip(node)));
    const whose = reader === 'operator' ? 'あなた' : '運営者';
    if (allowed) return `実行するたびに${whose}の費用がかかります：${named}。`;
    return `${named} は${whose}の費用がかかるノードで、ここでは許可されていません。${advised(reader, {
      person: '別のテンプレートを使ってください。',
      admin: '別のノードを使うか、/easel operator または運営者ページで許可する必要があります。',
      operator: '運営者ページで許可するか、別のノードを使ってください。',
    })}`;
  },

  'settings-damaged': (_, reader) =>
    `ここの設定を読み込めないため、何も実行しません。${advised(reader, { person: TELL, admin: LOGGED })}`,
  'setting-not-a-number': ({ setting, value, min, max }) =>
    `「${settingName(setting)}」には${min}〜${max}の整数を指定するか、空欄にしてください（デフォルトになります）。「${clip(value)}」は使えません。`,
  'setting-above-maximum': ({ setting, value, max }) =>
    `「${settingName(setting)}」のここでの上限は${max}です。「${clip(value)}」は指定できません。上限を上げられるのはEaselの運用担当者だけです。`,
  'setting-too-long': ({ setting, max }) => `「${settingName(setting)}」に登録できるのは${max}件までです。`,
  'setting-changed': ({ setting, value }) =>
    `ほかの人が「${settingName(setting)}」を変更しました。今の値は${value === '' ? 'デフォルト' : `「${clip(value)}」`}です。あなたの変更はまだ保存されていません。開き直して確認してから、もう一度保存してください。`,
  'setting-unknown': ({ setting, value, known }) =>
    `「${settingName(setting)}」に「${clip(value)}」は指定できません。選べるもの：${list(known)}。`,

  'user-waiting-cap': ({ cap }) =>
    `待機中のジョブがすでに${cap}件あります。どれかが終わるのを待つか、キャンセルしてください。`,
  'guild-waiting-cap': ({ cap }) =>
    `ここでは${cap}件のジョブが待機中で、これ以上受け付けられません。いくつか終わってから、もう一度お試しください。`,
  'person-waiting-cap': ({ cap }) =>
    `あなたのジョブは、すべての場所を合わせてすでに${cap}件待機中です。1つ終わるのを待つか、キャンセルしてください。`,
  'everybody-waiting-cap': () =>
    '全体の待機中のジョブが多すぎるため、今は受け付けられません。しばらくしてからもう一度お試しください。',
  'shutting-down': () => 'Easelを再起動しています。1分ほどしてから、もう一度お試しください。',

  ...connectionProblems,
  ...outputProblems,
  'form-expired': () => '時間がかかりすぎたため、フォームを開けませんでした。もう一度お試しください。',
  'bad-request': () => 'ページから届いた内容を読み取れませんでした。再読み込みして、もう一度お試しください。',
  'request-too-large': ({ maxSize }) =>
    `一度に受け取れる上限の${bytes(maxSize)}を超えています。もっと小さい画像を使ってください。`,
  'too-many-pages': ({ max }) => `すでに${max}個のページが開いています。どれかを閉じてください。`,
  'file-gone': () => 'そのファイルはもうありません。',
  'stars-full': () =>
    'スター付きの画像が、画像用の容量の半分をすでに使っています。ほかの画像のスターを外すか、削除してください。',
  'words-blocked': () => 'この場所のルールにより、その内容はここではお伝えできません。',

  'no-such-job': () => 'そのジョブは見つかりません。すでに記録が残っていない可能性があります。',
  'not-your-job': () => 'これはほかの人のジョブです。キャンセルできるのは本人か管理者だけです。',
  'already-ended': () => 'そのジョブはすでに終わっているため、キャンセルできません。',
  'which-job': ({ titles }) =>
    `該当するジョブが複数あります：${list(titles.map((title) => `「${clip(title, 40)}」`))}。もう少し詳しく指定してください。`,
  'nothing-to-cancel': () => 'ここに、あなたの実行中または待機中のジョブはありません。',
  'again-needs-picture': ({ slot }) =>
    `「${slot}」に使われた画像は保存していません。画像を添えて、もう一度コマンドを実行してください。`,
  'again-needs-file': ({ slot, type }) =>
    `「${slot}」に使われた${TYPES[type]}は保存していません。添付して、もう一度コマンドを実行してください。`,
  'store-failed': (_, reader) =>
    `記録を保存できなかったため、開始しませんでした。${advised(reader, { person: TELL, admin: LOGGED })}`,
  'record-unreadable': () =>
    '保存していた記録が読み取れなくなったため、続けられません。もう一度最初からやり直してください。',
  'disk-nearly-full': ({ free }) =>
    `データフォルダーのディスクの空きが残り${bytes(free)}です。空きがなくなると、新しいジョブは受け付けられません。`,
  'delivery-failed': () => '結果を送信できませんでした。',

  'too-heavy': ({ ref }) =>
    `この結果を送ろうとして Easel が 3 回停止したため、送信を取りやめました。大きすぎる可能性があります。枚数を減らすか、小さい画像でお試しください。${ref === undefined ? '' : `Easel の運用者はログの ${ref} で確認できます。`}`,

  'data-full': ({ file }) =>
    file === undefined
      ? 'Easelのディスクがいっぱいのため、いまは新しいジョブを受け付けられません。待っているジョブはそのまま続きます。しばらくしてからもう一度お試しください。'
      : `Easelのディスクに「${clip(file)}」を置く空きがありませんでした。一度に作る量を減らすか、しばらくしてからもう一度お試しください。`,
  'backend-unreachable': ({ backend }) =>
    `現在${backend}に接続できません。しばらくしてから、もう一度お試しください。`,
  'backend-timeout': ({ backend }) =>
    `${backend}から時間内に応答がありませんでした。しばらくしてから、もう一度お試しください。`,
  'backend-broken': ({ backend, status, words }, reader) =>
    `${backend}から想定外の応答がありました${status ? `（HTTP ${status}）` : ''}。${advised(reader, {
      person: 'しばらくしてからもう一度試すか、管理者に知らせてください。',
      admin: `しばらくしてからもう一度試してください。${LOGGED}`,
      operator: words && `応答の内容：「${clip(words, 300)}」。しばらくしてからもう一度試してください。`,
    })}`,
  'wrong-api-key': ({ backend }, reader) =>
    `${backend}がAPIキーを拒否しました。${advised(reader, {
      person: '管理者が確認する必要があります。',
      admin: 'COMFY_API_KEYに有効なキーを設定する必要があります。',
    })}`,
  'login-refused': ({ backend }, reader) =>
    `${backend}にログインできません。${advised(reader, {
      person: '管理者が確認する必要があります。',
      admin: 'COMFY_URLのログイン情報を確認する必要があります。',
    })}`,
  'no-credits': ({ backend }, reader) =>
    `${backend}のアカウントのクレジットがなくなりました。${advised(reader, {
      person: '管理者がチャージする必要があります。',
      admin: 'チャージが必要です。',
    })}`,
  'subscription-inactive': ({ backend }, reader) =>
    `${backend}のサブスクリプションが有効ではありません。${advised(reader, {
      person: '管理者が更新する必要があります。',
      admin: '更新が必要です。',
    })}`,
  'backend-forbids': ({ backend, words }, reader) =>
    `${backend}のアカウントでは、これを実行できません${words ? `（「${clip(words, reader === 'person' ? 120 : 300)}」）` : ''}。${advised(
      reader,
      {
        person: '管理者がプランの内容を確認する必要があります。',
        admin: 'これを実行できるプランが必要です。',
      },
    )}`,
  'held-too-long': ({ backend, hours }) =>
    `${backend}が${hours}時間何も受け付けなかったため、待機を終了しました。もう一度お試しください。`,
  'backend-busy': ({ backend }) =>
    `${backend}が混み合っていて受け付けられません。数分後にもう一度お試しください。`,
  ...runProblems,
  internal: ({ ref }, reader) =>
    `Easelで問題が発生しました。${advised(reader, {
      person: `運営者に次のIDを伝えてください：${ref}`,
      admin: `原因はログの次のIDのところにあります：${ref}`,
    })}`,
};
