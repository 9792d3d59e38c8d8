/** What is said where a reply cannot have all of it, in Japanese. */
import type { Catalogue } from '../en.ts';
import { advised, clip } from '../phrases.ts';
import { list } from './phrases.ts';

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
  unshown: (reader) =>
    advised(reader, {
      person: '結果はできていますが、ここにすべてを表示できませんでした。運営者にお知らせください。',
      admin: '結果はできていますが、ここにすべてを表示できませんでした。原因はEaselのログにあります。',
    }),
  withheld: () => 'ご確認いただきたいことがありますが、ここではお伝えできません。詳細はログにあります。',
  unmade: (names) => `作成できなかったもの：${list(names.map((name) => `「${clip(name, 60)}」`))}`,
};
