/** What a workflow leaves that can't be posted, in Japanese. */
import { advised, clip } from '../phrases.ts';
import type { ProblemSentences } from '../sentences/problem-sentences.ts';
import { list } from './phrases.ts';

export const outputProblems: Pick<
  ProblemSentences,
  'no-output-nodes' | 'outputs-unseen' | 'trial-bare' | 'pictures-missed'
> = {
  'no-output-nodes': () =>
    '何かを保存または表示するノードがないため、投稿できるものがありません。投稿したい結果に Save Image ノードを追加してください。',
  'outputs-unseen': ({ nodes, all }) =>
    all
      ? `${list(nodes.map((node) => `「${clip(node)}」`))}の結果はバックエンドから取得できないため、投稿できるものがありません。投稿したい結果に Save Image（動画なら Save Video、音声なら Save Audio）ノードを追加してください。`
      : `${list(nodes.map((node) => `「${clip(node)}」`))}の結果はバックエンドから取得できないため、投稿されません。ほかの出力は投稿されます。`,
  'trial-bare': () =>
    'テスト実行は成功しましたが、投稿できるものがありませんでした。投稿したい結果に Save Image ノードを追加するか、別の出力を選んで、もう一度テストしてください。',
  'pictures-missed': ({ node, got, of, why, again }, reader) => {
    const title = `「${clip(node)}」`;
    if (why === 'disk')
      return `Easelのディスクに空きがなく、${title}の画像をすべては保存できませんでした。しばらくしてから、もう一度お試しください。`;
    if (why === 'limit')
      return `${title}から一度に受け取れる量を超えたため、${got}枚までで打ち切りました。枚数を減らすか、サイズを小さくしてください。`;
    const lost =
      got === 0
        ? `${title}の画像が届きませんでした。`
        : of === undefined
          ? `${title}の画像が一部届いていない可能性があります。`
          : `${title}の画像は、${of}枚のうち${got}枚しか届きませんでした。`;
    return `${lost}この画像はバックエンドとの接続を通してしか送られ${again ? 'ず、もう一度試しても届きませんでした' : 'ません'}。${advised(
      reader,
      {
        person: 'しばらくしてから、もう一度お試しください。繰り返す場合は管理者に知らせてください。',
        admin: '代わりに Save Image ノードを使うと、画像がバックエンドに残り、あとから取得できます。',
      },
    )}`;
  },
};
