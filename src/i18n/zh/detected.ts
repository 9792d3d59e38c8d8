/** What is said of the slots of a workflow that an admin has just added, in Chinese: 100 characters at most. */
import type { Medium, Purpose } from '../../core/detected.ts';
import type { Catalogue } from '../en.ts';
import { clip } from '../phrases.ts';
import { TYPES } from './editor.ts';
import { list } from './phrases.ts';

/** What it is for, and of what there are several. */
const PURPOSES: Record<Purpose, [words: string, noun: string]> = {
  positive: ['想画的内容', '段文本'],
  negative: ['不想出现的内容', '段文本'],
  lyrics: ['要唱的歌词', '段文本'],
  image: ['作为起点的图片', '张图片'],
  mask: ['要修改的部分', '个遮罩'],
  model: ['用来作画的模型', '个模型'],
  lora: ['要加入的风格或主题', '个 LoRA'],
  upscaler: ['用来放大的模型', '个模型'],
  size: ['画面的形状', '个尺寸'],
  length: ['帧数', '个长度'],
  seconds: ['秒数', '个长度'],
  steps: ['步数。越多越慢，细节也越多', '个采样器'],
  cfg: ['遵循提示词的严格程度', '个采样器'],
  guidance: ['引导强度。越高越贴近文本', '段文本'],
  sampler: ['采样方法', '个采样器'],
  scheduler: ['噪声如何减少', '个采样器'],
  denoise: ['改变多少；1 表示全部改变', '个采样器'],
  seed: ['种子相同，结果也相同', '个种子'],
};

const MEDIA: Record<Medium, string> = {
  picture: '图片',
  video: '视频',
  sound: '音频',
  '3d': '3D 模型',
  text: '文本',
  something: '文件',
};

export const detected: Catalogue['detected'] = {
  slot: (about) => {
    if (about.purpose === 'named') return `${clip(about.name, 40)}：${TYPES[about.type]}`;
    if (about.purpose === 'input')
      return `${clip(about.node, 40) || '节点'} 的“${clip(about.input, 40) || '值'}”`;
    const [words, noun] = PURPOSES[about.purpose];
    return about.nth === undefined ? words : `${words}（第 ${about.nth} ${noun}）`;
  },
  template: ({ medium, sources }) => {
    const from = sources.map((type) => (type === 'text' ? '提示词' : TYPES[type]));
    return `${from.length > 0 ? `用${list(from)}` : ''}生成${MEDIA[medium]}`;
  },
};
