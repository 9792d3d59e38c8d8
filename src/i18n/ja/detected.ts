/** What is said of the slots of a workflow that an admin has just added, in Japanese: 100 characters at most. */
import type { Medium, Purpose } from '../../core/detected.ts';
import type { Catalogue } from '../en.ts';
import { clip } from '../phrases.ts';
import { TYPES } from './editor.ts';
import { list } from './phrases.ts';

/** What it is for, and of what there are several. */
const PURPOSES: Record<Purpose, [words: string, noun: string]> = {
  positive: ['描きたいもの', 'テキスト'],
  negative: ['描きたくないもの', 'テキスト'],
  lyrics: ['歌詞', 'テキスト'],
  image: ['元になる画像', '画像'],
  mask: ['変更する部分', 'マスク'],
  model: ['描画に使うモデル', 'モデル'],
  lora: ['加える画風や題材', 'LoRA'],
  upscaler: ['拡大に使うモデル', 'モデル'],
  size: ['縦横の形', 'サイズ'],
  length: ['フレーム数', '長さ'],
  seconds: ['秒数', '長さ'],
  steps: ['ステップ数。多いほど時間がかかり、細かく描かれます', 'サンプラー'],
  cfg: ['プロンプトにどれだけ忠実に従うか', 'サンプラー'],
  guidance: ['ガイダンスの強さ。高いほどテキストに忠実になります', 'テキスト'],
  sampler: ['サンプリングの方法', 'サンプラー'],
  scheduler: ['ノイズの減らし方', 'サンプラー'],
  denoise: ['どれだけ変えるか。1ですべて変わります', 'サンプラー'],
  seed: ['同じシードなら同じ結果になります', 'シード'],
};

const MEDIA: Record<Medium, string> = {
  picture: '画像',
  video: '動画',
  sound: '音声',
  '3d': '3Dモデル',
  text: 'テキスト',
  something: 'ファイル',
};

export const detected: Catalogue['detected'] = {
  slot: (about) => {
    if (about.purpose === 'named') return `${clip(about.name, 40)}：${TYPES[about.type]}`;
    if (about.purpose === 'input')
      return `${clip(about.node, 40) || 'ノード'}の「${clip(about.input, 40) || '値'}」`;
    const [words, noun] = PURPOSES[about.purpose];
    return about.nth === undefined ? words : `${words}（${about.nth}番目の${noun}）`;
  },
  template: ({ medium, sources }) => {
    const from = sources.map((type) => (type === 'text' ? 'プロンプト' : TYPES[type]));
    return `${from.length > 0 ? `${list(from)}から` : ''}${MEDIA[medium]}を作ります`;
  },
};
