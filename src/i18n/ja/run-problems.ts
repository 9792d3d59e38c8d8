/** Sentences for what a backend refuses of a workflow, and for how runs fail, in Japanese. */
import { advised, clip, type NamedInput, type RunProblems } from '../phrases.ts';
import { bytes, list } from './phrases.ts';

export const runProblems: RunProblems = {
  'missing-node': ({ node, title }, reader) =>
    `このテンプレートに必要なノード「${clip(node)}」${title === undefined ? '' : `（「${clip(title)}」）`}がバックエンドにありません。${advised(
      reader,
      {
        person: '管理者がインストールする必要があります。',
        admin: 'バックエンドにインストールするか、ワークフローから外す必要があります。',
      },
    )}`,
  'missing-nodes': ({ nodes }, reader) =>
    `このテンプレートに必要なノードが${nodes.length}個、バックエンドにありません：${list(nodes.map((node) => clip(node)))}。${advised(
      reader,
      {
        person: '管理者がインストールする必要があります。',
        admin: 'バックエンドにインストールするか、ワークフローから外す必要があります。',
      },
    )}`,
  'model-missing': ({ input, title, slot, value, choices = [] }, reader) => {
    const has = choices.length > 0 ? `あるもの：${list(choices)}。` : '';
    return `${inputOf({ slot, title, input })}に使う「${clip(value)}」がバックエンドにありません。${has}${advised(
      reader,
      {
        person: '別のものを選ぶか、管理者にインストールを依頼してください。',
        admin: '別のものを選ぶか、バックエンドにインストールしてください。',
      },
    )}`;
  },
  'workflow-refused': (problem, reader) => {
    const { detail, title, slot, input, why = '', value = '' } = problem;
    if (slot === undefined && input === undefined)
      return `バックエンドが${title === undefined ? 'ワークフロー' : `「${clip(title)}」`}を拒否しました：${clip(detail, 300)}`;
    const where = inputOf(problem);
    switch (why) {
      case 'required_input_missing':
        return `${where}は必須ですが、何も指定されていません。${advised(reader, {
          person: '管理者がテンプレートを確認する必要があります。',
          admin: 'ワークフローで接続するか値を入れるか、スロットを割り当ててください。',
        })}`;
      case 'value_not_in_list':
        return `${where}に使う「${clip(value)}」がバックエンドにありません。${advised(reader, {
          person: '管理者がテンプレートを確認する必要があります。',
          admin: 'ワークフローで別のものを選ぶか、バックエンドにインストールしてください。',
        })}`;
      case 'value_smaller_than_min':
        return `「${clip(value)}」は${where}には小さすぎます。`;
      case 'value_bigger_than_max':
        return `「${clip(value)}」は${where}には大きすぎます。`;
      default:
        return `バックエンドが${where}を拒否しました：${clip(detail, 300)}`;
    }
  },
  'run-failed': ({ node, detail }) => `「${clip(node)}」で失敗しました：${clip(detail, 300)}`,
  'out-of-memory': ({ node }) =>
    `「${clip(node)}」でバックエンドのメモリが不足しました。サイズか一度に作る枚数を減らしてください。`,
  'model-download-failed': ({ detail }) =>
    `バックエンドがモデルをダウンロードできませんでした：${clip(detail, 300)}`,
  'image-download-failed': ({ detail }) =>
    `バックエンドが入力画像を読み込めませんでした：${clip(detail, 300)}`,
  interrupted: () => '完了する前にバックエンド側で停止されました。もう一度実行してください。',
  'run-lost': ({ backend }) =>
    `${backend}でジョブが繰り返し失われています。再起動しているのかもしれません。しばらくしてから、もう一度お試しください。`,
  'backend-crashed': ({ backend, words }, reader) =>
    `実行中に${backend}自体で障害が起きました。もう一度試しましたが、うまくいきませんでした。ワークフローの問題ではありません。${advised(
      reader,
      {
        person: 'しばらくしてから、もう一度お試しください。',
        admin: 'しばらくしてから、もう一度お試しください。',
        operator: words && `応答の内容：「${clip(words, 300)}」。しばらくしてから、もう一度お試しください。`,
      },
    )}`,
  'run-untold': ({ backend, word }) =>
    `${backend}はこの実行の状態を「${word}」と答えていますが、私の知らない言葉で、その後も進展がありませんでした。バックエンド側で確認するか、もう一度実行してください。`,
  'run-too-long': ({ minutes }) => `${minutes}分たっても終わらなかったため、停止しました。`,
  'no-outputs': (_, reader) =>
    `実行しましたが、表示できる結果がありませんでした。${advised(reader, {
      person: '管理者がテンプレートを確認する必要があります。',
      admin: 'テンプレートで、どのノードが保存し、どれが投稿されるのかを確認してください。',
    })}`,
  'output-gone': ({ name, again }, reader) =>
    again
      ? `「${clip(name)}」を作り直しましたが、取得する前にまたバックエンドからなくなりました。${advised(
          reader,
          {
            person: '管理者に知らせてください。',
            admin: '出力フォルダーが空にされているか、別のサーバーがファイルの要求に応答しています。',
          },
        )}`
      : `「${clip(name)}」はもうバックエンドにありません。もう一度実行してください。シードを変えると、必ず新しく描かれます。`,
  'output-too-large': ({ name, maxSize }) =>
    `「${clip(name)}」は、取得できる上限の${bytes(maxSize)}を超えています。`,
};

/** An input of a node, as its person knows it: their slot, or what the node is called. */
function inputOf({ slot, title, input = '' }: NamedInput): string {
  if (slot !== undefined) return `「${slot}」`;
  return title === undefined ? `「${clip(input)}」` : `「${clip(title)}」の「${clip(input)}」`;
}
