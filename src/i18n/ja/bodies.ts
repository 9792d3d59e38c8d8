/** What is said where a reply cannot have all of it, in Japanese. */
import type { Catalogue } from '../en.ts';
import type { Closed } from '../../core/bodies.ts';
import { advised, clip } from '../phrases.ts';
import { list } from './phrases.ts';

const CLOSED: Record<Closed, string> = {
  outside:
    'そのチャンネルに参加していないため、結果はここに届きます。チャンネルに招待すると、そちらに届くようになります。',
  'read-only':
    'そのチャンネルは読み取り専用で、書き込めないため、結果をこちらに送ります。チャンネルの管理者が投稿を許可できます。',
  archived: 'そのチャンネルまたはスレッドはアーカイブまたはロックされているため、結果をこちらに送ります。',
  other: 'そのチャンネルに投稿できなかったため、結果をこちらに送ります。',
};

export const bodies: Catalogue['bodies'] = {
  leftOut: () => 'この場所のルールにより、入力された言葉はここには表示できません。',
  failed: () =>
    'うまくいきませんでした。理由には入力された言葉が含まれることがあるため、ここには表示しません。',
  filesLeftOut: (files) =>
    `ここに添付できなかったファイルが${files}件あります。バックエンドには残っています。`,
  pictures: (files) => `画像${files}枚：`,
  last: () => '処理は終わりました。この場所のルールにより、ここではこれ以上お伝えできません。',
  beside: () => '結果は、この下の別のメッセージにあります。',
  direct: () => '結果はダイレクトメッセージでお送りしました。',
  closed: (why) => CLOSED[why],
  unshown: (reader) =>
    advised(reader, {
      person: '結果はできていますが、ここにすべてを表示できませんでした。運営者にお知らせください。',
      admin: '結果はできていますが、ここにすべてを表示できませんでした。原因はEaselのログにあります。',
    }),
  withheld: () => 'ご確認いただきたいことがありますが、ここではお伝えできません。詳細はログにあります。',
  unmade: (names, why) =>
    `作成できなかったもの：${list(names.map((name) => `「${clip(name, 60)}」`))}${why === undefined ? '' : `。${why}`}`,
  remade: () => 'バックエンドからファイルが削除されていたため、同じ設定でもう一度作りました。',
  said: (backend, text) => `${clip(backend)}：${text}`,
  stoodIn: (wanted, taken) => `「${clip(wanted, 80)}」がないため、「${clip(taken, 80)}」を使いました。`,
  shrunk: (slot, width, height) =>
    `「${clip(slot, 80)}」の画像は大きすぎたため、${width}×${height}に縮小しました。`,
};
