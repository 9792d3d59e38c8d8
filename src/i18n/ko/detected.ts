/** What is said of the slots of a workflow that an admin has just added, in Korean: 100 characters at most. */
import type { Medium, Purpose } from '../../core/detected.ts';
import type { Catalogue } from '../en.ts';
import { clip } from '../phrases.ts';
import { TYPES } from './editor.ts';
import { list } from './phrases.ts';

/** What it is for, and of what there are several. */
const PURPOSES: Record<Purpose, [words: string, noun: string]> = {
  positive: ['그리고 싶은 것', '텍스트'],
  negative: ['나오지 않았으면 하는 것', '텍스트'],
  lyrics: ['노래 가사', '텍스트'],
  image: ['바탕이 되는 이미지', '이미지'],
  mask: ['바꿀 부분', '마스크'],
  model: ['그림을 그리는 모델', '모델'],
  lora: ['더할 스타일이나 소재', 'LoRA'],
  upscaler: ['크게 만드는 모델', '모델'],
  size: ['가로세로 모양', '크기'],
  length: ['프레임 수', '길이'],
  seconds: ['초 단위 길이', '길이'],
  steps: ['스텝 수. 많을수록 오래 걸리고 더 세밀해져요', '샘플러'],
  cfg: ['프롬프트를 얼마나 엄격하게 따를지', '샘플러'],
  guidance: ['가이던스 강도. 높을수록 텍스트에 더 충실해요', '텍스트'],
  sampler: ['샘플링 방식', '샘플러'],
  scheduler: ['노이즈를 줄여 가는 방식', '샘플러'],
  denoise: ['얼마나 바꿀지. 1이면 전부 바뀌어요', '샘플러'],
  seed: ['시드가 같으면 결과도 같아요', '시드'],
};

const MEDIA: Record<Medium, string> = {
  picture: '이미지',
  video: '동영상',
  sound: '소리',
  '3d': '3D 모델',
  text: '텍스트',
  something: '파일',
};

export const detected: Catalogue['detected'] = {
  slot: (about) => {
    if (about.purpose === 'named') return `${clip(about.name, 40)}: ${TYPES[about.type]}`;
    if (about.purpose === 'input')
      return `${clip(about.node, 40) || '노드'}의 “${clip(about.input, 40) || '값'}”`;
    const [words, noun] = PURPOSES[about.purpose];
    return about.nth === undefined ? words : `${words}(${about.nth}번째 ${noun})`;
  },
  template: ({ medium, sources }) => {
    const from = sources.map((type) => (type === 'text' ? '프롬프트' : TYPES[type]));
    return `${MEDIA[medium]} 만들기${from.length > 0 ? `(${list(from)} 사용)` : ''}`;
  },
};
