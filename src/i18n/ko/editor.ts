/** What admins read while they edit templates, in Korean. */
import type { SlotType } from '../../core/template.ts';
import type { Catalogue } from '../en.ts';
import { clip } from '../phrases.ts';
import { list } from './phrases.ts';

type SlotField = Parameters<Catalogue['editor']['field']>[0];

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

const PARTS = {
  name: '이름',
  description: '설명',
  outputs: '출력',
  workflow: '워크플로',
};

/** The screen of all findings. */
const WRONG = '문제점';

export const editor: Catalogue['editor'] = {
  listHeading: (total) => `모두 ${total}개예요.`,
  pick: () => '선택',
  done: () => '완료',
  findings: () => WRONG,
  findingsPick: () => '어느 것',
  findingsLook: () => '보기',
  partName: (at) => PARTS[at],
  heading: (name, description) => `/${name} — ${description}`,
  newTemplate: () => '새 템플릿이에요. 아직 아무에게도 보이지 않아요.',
  newVersion: () => '새 버전이에요. 게시하기 전까지는 이전 버전이 쓰여요.',
  slots: () => '슬롯',
  noSlots: () => '아직 슬롯이 없어요. 지금은 정해진 그대로만 실행할 수 있어요.',
  page: (page, pages) => `${page}/${pages}쪽`,
  type: (type) => TYPES[type],
  required: () => '필수',
  optional: () => '선택 사항',
  yesOrNo: (value) => (value ? '예' : '아니요'),
  standard: (value) => `기본값 ${clip(value, 60)}`,
  bounds: (min, max) =>
    min === undefined ? `${max} 이하` : max === undefined ? `${min} 이상` : `${min}~${max}`,
  choices: (names) =>
    `선택지 ${names.length}개: ${list(names.slice(0, 5).map((name) => clip(name, 40)))}${names.length > 5 ? ', …' : ''}`,
  backendChoices: () => '백엔드에 있는 것 모두',
  maxLength: (max) => `최대 ${max}자`,
  format: (format) => `형식 "${clip(format, 60)}"`,
  fills: (into) =>
    `채우는 곳: ${list([...new Set(into.map(({ node, input }) => `${clip(node, 40)} · ${clip(input, 40)}`))])}`,
  outputs: () => '올릴 결과',
  outputsAll: () => '저장하거나 표시하는 모든 것',
  outputsSome: (titles) => list(titles.map((title) => clip(title, 60))),
  ready: () => '게시할 준비가 됐어요.',
  readyUnasked: () => '게시할 수 있지만, 백엔드에 확인하기 전에는 실행이 될지 알 수 없어요.',
  moreFindings: (hidden) => `… 그 밖에 ${hidden}개가 더 있어요. "${WRONG}"에서 모두 볼 수 있어요.`,
  blocked: (count) => `게시하기 전에 고쳐야 할 점이 ${count}개 있어요.`,
  unchanged: () => '바뀐 것이 없어요.',
  field: (field) => FIELDS[field],
  hint: (field) => HINTS[field],
  commandName: () => '명령어 이름',
  commandNameHint: () => '영문 소문자, 숫자, "-", "_"로 1~32자',
  commandDescription: () => '설명',
  commandDescriptionHint: () => '무엇을 만드는지 한 줄로',
  tooLongForForm: (labels) =>
    `너무 길어서 양식에 담을 수 없어 그대로 뒀어요: ${list(labels)}. /template export와 /template add 명령어로 바꿀 수 있어요.`,
  menuHasSome: (shown, all) =>
    `메뉴에는 ${all}개 중 ${shown}개만 보여요. 나머지는 그대로 남아 있고, 몇 개를 빼면 다음 것들이 나타나요.`,
  about: () => '이름과 설명',
  aboutForm: () => '템플릿',
  slotForm: (slot) => clip(`슬롯 ${slot}`, 24),
  change: () => '변경',
  changeSlot: () => '변경할 슬롯 선택…',
  changeType: () => '유형',
  makeRequired: () => '필수로 바꾸기',
  makeOptional: () => '선택 사항으로 바꾸기',
  up: () => '위로 이동',
  down: () => '아래로 이동',
  drop: () => '빼기',
  add: () => '슬롯 추가',
  addHeading: (total) =>
    total === 0
      ? '값을 직접 넣는 입력에는 이미 모두 슬롯이 있어요.'
      : `새 슬롯으로 채울 입력을 고르세요. 모두 ${total}개예요.`,
  addPick: () => '노드 · 입력',
  find: () => '찾기…',
  findForm: () => '찾기',
  findWords: () => '이름의 일부',
  found: (words, shown, total) =>
    `"${clip(words)}" 검색 결과: ${total}개.${total > shown ? ` 처음 ${shown}개만 보여요. 다른 것을 보려면 더 자세히 입력하세요.` : ''}`,
  chooseOutputs: () => '출력',
  outputsHeading: () => '어느 노드의 이미지와 텍스트를 올릴까요? 선택하지 않으면 모든 노드의 결과를 올려요.',
  outputsPick: () => '노드',
  test: () => '테스트 실행',
  testing: () => '기본값으로 실행한 테스트예요. 나만 볼 수 있어요.',
  publish: () => '게시',
  published: (name, version) => `/${name} 버전 ${version} 게시 완료. 지금부터 바로 쓸 수 있어요.`,
  discard: () => '버리기',
  discardAsk: () => '이 초안을 버릴까요? 게시된 것은 그대로 남아요.',
  discarded: () => '초안을 버렸어요.',
  back: () => '뒤로',
  previous: () => '◀',
  next: () => '▶',
};
