/** What the studio in the browser and sentences of problems say of slots, in Korean. */
import type { SlotType } from '../../core/template.ts';
import { nameOf } from '../phrases.ts';

type SlotField = 'name' | 'description' | 'default' | 'min' | 'max' | 'maxLength' | 'format' | 'choices';

export const TYPES: Record<SlotType, string> = {
  text: '텍스트',
  integer: '정수',
  number: '숫자',
  boolean: '예/아니요',
  choice: '선택지',
  seed: '시드',
  image: '이미지',
  video: '동영상',
  audio: '오디오',
};

/** Short, since Discord cuts a label at 45 characters and Slack a title at 24. */
const FIELDS: Record<SlotField, string> = {
  name: '이름',
  description: '설명',
  default: '기본값',
  min: '최솟값',
  max: '최댓값',
  maxLength: '최대 글자 수',
  format: '워크플로에 들어갈 텍스트',
  choices: '선택지(한 줄에 하나씩)',
};

const HINTS: Record<SlotField, string> = {
  name: '영문 소문자, 숫자, "-", "_"만 쓸 수 있고 영문자로 시작해야 해요',
  description: '슬롯 옆에 표시되는 한 줄 설명',
  default: '값을 주지 않았을 때 쓰는 값. 비워 두면 워크플로에 있는 값을 써요',
  min: '비워 두면 제한 없음',
  max: '비워 두면 제한 없음',
  maxLength: '비워 두면 제한 없음',
  format: '{value} 자리에 입력한 텍스트가 들어가요. 예: "{value}, highly detailed"',
  choices: '비워 두면 그때그때 백엔드에 있는 것',
};

/** What people call a slot's field, by its key in `SlotChange`. */
export function fieldName(key: string): string {
  return nameOf({ ...FIELDS, type: '유형' }, key);
}

export const editor = {
  newTemplate: () => '새 템플릿이에요. 아직 아무에게도 보이지 않아요.',
  newVersion: () => '새 버전이에요. 게시하기 전까지는 이전 버전이 쓰여요.',
  slots: () => '슬롯',
  noSlots: () => '아직 슬롯이 없어요. 지금은 정해진 그대로만 실행할 수 있어요.',
  required: () => '필수',
  optional: () => '선택 사항',
  field: (field: SlotField) => FIELDS[field],
  hint: (field: SlotField) => HINTS[field],
  commandName: () => '명령어 이름',
  commandNameHint: () => '영문 소문자, 숫자, "-", "_"로 1~32자',
  commandDescription: () => '설명',
  commandDescriptionHint: () => '무엇을 만드는지 한 줄로',
  changeType: () => '유형',
  up: () => '위로 이동',
  down: () => '아래로 이동',
  drop: () => '빼기',
  test: () => '테스트 실행',
  publish: () => '게시',
  discard: () => '버리기',
  discardAsk: () => '이 초안을 버릴까요? 게시된 것은 그대로 남아요.',
  discarded: () => '초안을 버렸어요.',
};
