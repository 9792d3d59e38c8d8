/** What is wrong with a file that somebody sent, or an admin wrote, in Japanese. */
import { TAKEN_PICTURES } from '../../core/pictures.ts';
import { advised, clip, type FileProblems } from '../phrases.ts';
import { TYPES } from './editor.ts';
import { bytes, list } from './phrases.ts';

/** The menu in ComfyUI, as its Japanese interface calls it. */
const EXPORT = '「ワークフロー → エクスポート (API)」または「ファイル → ワークフローをエクスポート (API)」';

/** What a slot for a picture takes. */
export const PICTURES = list([...TAKEN_PICTURES]);

export const fileProblems: FileProblems = {
  'not-an-image': ({ slot, name, found }) =>
    found === undefined
      ? `「${slot}」には画像（${PICTURES}）が必要です。「${clip(name)}」は読み取れませんでした。`
      : `「${slot}」には画像（${PICTURES}）が必要です。「${clip(name)}」は${found}形式で、読み取れませんでした。JPEGかPNGで送ってください。${found === 'HEIC' ? '（iPhoneでは「設定 → カメラ → フォーマット → 互換性優先」でJPEGになります。）' : ''}`,
  'image-too-large': ({ slot, size, maxSize }) =>
    `「${slot}」の画像は${bytes(size)}あります。受け取れるのは${bytes(maxSize)}までなので、小さくしてください。`,
  'image-too-many-pixels': ({ slot, width, height, maxPixels, maxEdge }) =>
    `「${slot}」の画像は${width}×${height}です。受け取れるのは${maxEdge === undefined ? `${Math.round(maxPixels / 1e6)}メガピクセル` : `1辺${maxEdge}ピクセル`}までです。もっと小さくしてください。`,
  'image-unreachable': ({ slot, name }) =>
    `「${slot}」の画像「${clip(name)}」を取得できませんでした。もう一度添付してください。`,
  'not-such-a-file': ({ slot, type, name, formats }) =>
    `「${slot}」には${TYPES[type]}（${formats.join('、')}）が必要です。「${clip(name)}」は${TYPES[type]}として読み込めません。`,
  'attached-too-large': ({ slot, type, size, maxSize }) =>
    `「${slot}」の${TYPES[type]}は${bytes(size)}あります。受け取れるのは${bytes(maxSize)}までなので、小さくしてください。`,
  'attached-unreachable': ({ slot, type, name }) =>
    `「${slot}」の${TYPES[type]}「${clip(name)}」を取得できませんでした。もう一度添付してください。`,
  'too-large-for-backend': ({ backend, limit, max = 0 }) => {
    if (limit === undefined)
      return `${backend}で扱うには大きすぎます。もっと小さいファイルを使ってください。`;
    const most = {
      bytes: `1ファイル${bytes(max)}`,
      edge: `1辺${max}ピクセル`,
      pixels: `${Math.round(max / 1e6)}メガピクセル`,
    }[limit];
    return `${backend}で扱うには大きすぎます。上限は${most}です。もっと小さい${limit === 'bytes' ? 'ファイル' : '画像'}を使ってください。`;
  },
  'upload-misplaced': ({ slot, node, name }, reader) =>
    `「${slot}」のファイルはバックエンドに「${clip(name)}」として保存されましたが、「${clip(node)}」はそこから読み込めません。${advised(
      reader,
      {
        person: '管理者がバックエンドを確認する必要があります。',
        admin:
          'バックエンド（またはその手前のプロキシ）が、ComfyUIと同じようにアップロードを入力として保存する必要があります。',
      },
    )}`,

  'template-broken': ({ file, path, detail }) =>
    `${clip(file)}${path ? `の${clip(path)}` : ''}：${clip(detail, 300)}`,
  'ui-format-workflow': ({ file, picture }) =>
    picture
      ? `「${clip(file)}」には、エディター用のワークフローしか入っていません。ComfyUIにドロップして${EXPORT}を選び、そのファイルを送ってください。`
      : `「${clip(file)}」は、ComfyUIのエディターが保存した形式のワークフローです。EaselにはAPI形式が必要です。ComfyUIで${EXPORT}を選んでください。`,
  'empty-file': ({ file }) =>
    `「${clip(file)}」は空です。もう一度エクスポートして、新しいファイルを送ってください。`,
  'file-unreachable': ({ file }) => `「${clip(file)}」を取得できませんでした。もう一度添付してください。`,
  'file-too-large': ({ file, maxSize }) =>
    `「${clip(file)}」は、受け取れる上限の${bytes(maxSize)}を超えています。ワークフローなら、画像を含まない、${EXPORT}で書き出したファイルを送ってください。`,
  'not-a-workflow-file': ({ file, found }) =>
    `「${clip(file)}」は${found ? `${found}形式のファイルです` : 'JSON（UTF-8）でもPNGでもありません'}。ComfyUIの${EXPORT}で書き出したファイルか、ComfyUIが保存したPNGを送ってください。`,
  'not-a-template-file': ({ file }) =>
    `「${clip(file)}」にはスロットがなく、template.jsonではありません。Easelが書き出したtemplate.jsonか、同じ形式のファイルを送ってください。`,
  'picture-without-workflow': ({ file }) =>
    `「${clip(file)}」にはワークフローが入っていません。ComfyUIはPNGにワークフローを埋め込みますが、チャットや画像編集ソフトを通すと消えてしまいます。写真ではなくファイルとして送るか、${EXPORT}で書き出したファイルを送ってください。`,
  'picture-damaged': ({ file }) =>
    `「${clip(file)}」は壊れているか、途中で切れています。もう一度ファイルとして送るか、ComfyUIの${EXPORT}で書き出したファイルを送ってください。`,
  'template-as-workflow': ({ file }) =>
    `「${clip(file)}」は、ワークフローの説明を書いたtemplate.jsonです。ComfyUIで${EXPORT}を選び、ワークフローそのものを送ってください。`,
  'not-a-workflow': ({ file, found }) =>
    `「${clip(file)}」${{ list: 'の中身はリストで', value: 'の中身は単独の値で', nothing: 'にはノードがなく' }[found]}、ワークフローではありません。ComfyUIで${EXPORT}を選び、そのファイルを送ってください。`,
  'invalid-json': ({ file, line, column, cutOff }) =>
    cutOff
      ? `「${clip(file)}」は${line}行目で途切れていて、続きがありません。もう一度エクスポートするか、送り直してください。`
      : `「${clip(file)}」は正しいJSONではありません。${line}行目の${column}文字目を確認してください。編集していない場合は、もう一度エクスポートしてください。`,
  'json-too-complex': ({ file, limit, max }) =>
    limit === 'depth'
      ? `「${clip(file)}」は入れ子が${max}段を超えています。そこまで深いワークフローは通常ありません。もう一度エクスポートしてください。`
      : `「${clip(file)}」には値が${max}個を超えて含まれています。ワークフローを分けるか、使っていないノードを取り除いてください。`,
  'too-many-nodes': ({ file, count, max }) =>
    `「${clip(file)}」にはノードが${count}個あります。受け取れるのは${max}個までなので、使っていないものを取り除いてください。`,
  'workflow-circle': ({ file, nodes }) =>
    `「${clip(file)}」のワークフローは、${list(nodes.map((node) => clip(node)))}の間で循環しています。ComfyUIでどれかのリンクを外し、もう一度エクスポートしてください。`,
};
