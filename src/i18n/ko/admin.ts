/** What admins read while they edit templates, look after them and change settings, in Korean. */
import type { Slot } from '../../core/template.ts';
import type { Catalogue } from '../en.ts';
import { changedSettings, clip, nameOf } from '../phrases.ts';
import { list } from './phrases.ts';

type SlotField = Parameters<Catalogue['editor']['field']>[0];

const TYPES: Record<Slot['type'], string> = {
  text: '텍스트',
  integer: '정수',
  number: '숫자',
  boolean: '예/아니요',
  choice: '선택지',
  seed: '시드',
  image: '이미지',
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
  description: '슬롯 옆에 표시되는 설명, 최대 100자',
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

const SETTINGS: Record<string, string> = {
  guildJobs: '동시 작업 수(전체)',
  userJobs: '동시 작업 수(1인당)',
  guildWaiting: '대기 작업 수(전체)',
  userWaiting: '대기 작업 수(1인당)',
  defaultTemplate: '기본 템플릿',
  language: '언어',
  adminRoles: '관리자 역할',
  adminUsers: '관리자',
  allowedRoles: '사용할 수 있는 역할',
  allowedChannels: '사용할 수 있는 채널',
  bannedUsers: '차단된 사용자',
  blockedWords: '금지어',
  outsiders: '다른 워크스페이스 사람도 실행할 수 있음',
  // the operator's rules
  allowedGuilds: '이용을 허용한 서버',
  blockedGuilds: '차단한 서버',
  allowedUsers: '항상 이용할 수 있는 사람',
  blockedUsers: '어디서나 차단된 사람',
  directMessages: '다이렉트 메시지',
  userInstalls: '개인이 추가한 경우의 이용',
  partnerGuilds: '유료 파트너 노드를 쓸 수 있는 서버',
  closed: '새 작업을 받지 않음',
};

/** What people call a setting, by its key in `SettingsChange`. */
export function settingName(key: string): string {
  return nameOf(SETTINGS, key);
}

const ACTS: Record<string, (subject: string, detail: string) => string> = {
  'template.publish': (name) => `/${name} 게시`,
  'template.rename': (name, to) => `이름 변경: /${name} → /${to}`,
  'template.disable': (name) => `/${name} 끔`,
  'template.enable': (name) => `/${name} 켬`,
  'template.limit': (name, to) => (to === '' ? `/${name} 사용 제한 해제` : `/${name} 사용 범위 제한`),
  'template.remove': (name) => `/${name} 삭제`,
  'template.rollback': (name, version) => `/${name} 되돌림: 버전 ${version}`,
  'rules.cancel': (id) => `${id}의 모든 작업 취소`,
  'guild.forget': (id) => `${id}의 모든 데이터 삭제`,
  'limits.raise': (key, value) => `${settingName(key)} 상한을 ${value}(으)로 올렸어요`,
  'settings.change': (keys, values) =>
    `설정 변경: ${list(
      changedSettings(keys, values).map(({ key, value }) =>
        value === undefined
          ? settingName(key)
          : `${settingName(key)}: ${value === 'default' ? '기본값' : value}`,
      ),
    )}`,
};

export const admin: Pick<Catalogue, 'editor' | 'shelf' | 'settings'> = {
  editor: {
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
    blocked: (count) => `게시하기 전에 고쳐야 할 점이 ${count}개 있어요.`,
    unchanged: () => '바뀐 것이 없어요.',
    field: (field) => FIELDS[field],
    hint: (field) => HINTS[field],
    commandName: () => '명령어 이름',
    commandNameHint: () => '영문 소문자, 숫자, "-", "_"로 1~32자',
    commandDescription: () => '설명',
    commandDescriptionHint: () => '무엇을 만드는지 한 줄로, 최대 100자',
    tooLongForForm: (fields) =>
      `너무 길어서 양식에 담을 수 없어 그대로 뒀어요: ${list(fields.map((field) => FIELDS[field]))}. /template export와 /template add 명령어로 바꿀 수 있어요.`,
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
    findForm: () => '입력 찾기',
    findWords: () => '노드나 입력 이름의 일부',
    found: (words, shown, total) =>
      `"${clip(words)}" 검색 결과: 입력 ${total}개.${total > shown ? ` 처음 ${shown}개만 보여요. 다른 입력을 보려면 더 자세히 입력하세요.` : ''}`,
    chooseOutputs: () => '출력',
    outputsHeading: () =>
      '어느 노드의 이미지와 텍스트를 올릴까요? 선택하지 않으면 모든 노드의 결과를 올려요.',
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
  },
  shelf: {
    about: () => '이 서버의 템플릿을 추가하고 관리하기',
    verbs: {
      add: () => '워크플로로 명령어 만들기: API 형식으로 내보낸 파일, 또는 ComfyUI가 저장한 PNG',
      list: () => '이곳의 모든 템플릿 보기',
      show: () => '템플릿 하나와 슬롯 보기',
      edit: () => '템플릿 편집하기. 게시하기 전까지는 이전 버전이 쓰여요',
      rename: () => '템플릿 이름 바꾸기',
      disable: () => '템플릿 끄기. 아무것도 지워지지 않아요',
      enable: () => '템플릿 다시 켜기',
      remove: () => '템플릿을 모든 버전과 함께 삭제하기',
      export: () => '템플릿의 두 파일 받기',
      history: () => '템플릿의 모든 버전 보기',
      rollback: () => '이전 버전으로 되돌리기',
      limit: () => '템플릿을 쓸 수 있는 사람과 장소 정하기',
    },
    options: {
      file: () => '워크플로: ComfyUI에서 내보내기 (API)로 저장한 파일, 또는 워크플로가 담긴 PNG',
      settings: () => '함께 쓸 template.json. 없으면 슬롯을 제안해요',
      newName: () => '명령어 이름. 비워 두면 파일 이름',
      name: () => '템플릿 이름',
      to: () => '새 이름',
      version: () => '버전. 비워 두면 최신 버전',
      rollbackVersion: () => '되돌릴 버전',
    },
    heading: (total) => (total === 0 ? '이곳에는 템플릿이 없어요.' : `템플릿 ${total}개:`),
    entry: (name, description) => `/${name} — ${description}`,
    builtin: () => '기본 제공',
    version: (version) => `버전 ${version}`,
    off: () => '꺼짐',
    misfits: (total) => `백엔드에 필요한 것 ${total}개가 없음`,
    limited: (roles, channels) =>
      [roles > 0 && `역할 ${roles}개만`, channels > 0 && `채널 ${channels}개에서만`]
        .filter(Boolean)
        .join(', '),
    ageRestricted: () => '연령 제한 채널에서만',
    renamed: (name, to) => `/${name} 템플릿의 이름을 바꿨어요: /${to}`,
    disabled: (name) => `/${name} 템플릿을 이곳에서 껐어요.`,
    enabled: (name) => `/${name} 템플릿을 다시 켰어요.`,
    removeAsk: (name) =>
      `/${name} 템플릿을 모든 버전과 함께 삭제할까요? 되돌릴 수 없어요. 먼저 /template export 명령어로 파일을 받아 둘 수 있어요.`,
    remove: () => '삭제',
    keep: () => '그대로 두기',
    kept: (name) => `/${name} 템플릿을 그대로 뒀어요.`,
    removed: (name) => `/${name} 템플릿을 삭제했어요.`,
    exported: (name) =>
      `/${name} 템플릿의 두 파일이에요. /template add 명령어로 여기든 다른 곳이든 다시 추가할 수 있어요.`,
    historyHeading: (name) => `/${name} 템플릿의 버전:`,
    noHistory: (name) => `/${name} 템플릿은 기본 제공이라 버전이 없어요.`,
    rolledBack: (name, from, version) =>
      `/${name} 템플릿을 버전 ${from} 상태로 되돌렸어요(현재 버전 ${version}).`,
    broughtBack: (from) => `버전 ${from} 복원`,
    accessHeading: (name) => `/${name} 템플릿을 쓸 수 있는 사람과 장소:`,
    roles: () => '역할',
    channels: () => '채널',
    accessRoles: () => '역할. 선택하지 않으면 모두',
    accessChannels: () => '채널. 선택하지 않으면 어디서나',
    accessAge: () => '연령 제한 채널에서만',
    accessAnywhere: () => '연령 제한 채널이 아니어도 허용',
    everybody: () => '모두',
    everywhere: () => '어디서나',
    yes: () => '예',
    no: () => '아니요',
  },
  settings: {
    about: () => '이곳에서 누가 얼마나 쓸 수 있는지 정하기',
    verbs: {
      show: () => '설정 보고 바꾸기',
      audit: () => '누가 무엇을 바꿨는지 보기',
    },
    heading: () => '설정',
    inUse: ({ set, applied, limited }) => {
      if (set === undefined) return `${applied}(기본값)`;
      return limited ? `${applied}(설정은 ${set}이지만 여기서는 최대 ${applied})` : String(set);
    },
    none: () => '—',
    name: (key) => settingName(key),
    admins: () => '추가 관리자(서버 관리자 외)',
    pickAdmins: () => '관리자: 사람과 역할',
    pickRoles: () => '사용할 수 있는 역할. 선택하지 않으면 모두',
    pickChannels: () => '사용할 수 있는 채널. 선택하지 않으면 어디서나',
    pickBanned: () => '차단할 사용자',
    limits: () => '한도…',
    words: () => '금지어…',
    speech: () => '언어와 기본 템플릿…',
    wordsHint: () => '한 줄에 하나씩. 금지어가 들어간 프롬프트는 거절해요',
    numberHint: (standard, max) => `비워 두면 기본값 ${standard}. 최대 ${max}`,
    languageHint: (tags) => clip(`비워 두면 각자의 언어. 쓸 수 있는 언어: ${list(tags)}`, 100),
    templateHint: (names) =>
      clip(`템플릿 이름 없이 입력했을 때 쓸 템플릿. 고를 수 있는 것: ${list(names)}`, 100),
    everybody: () => '모두',
    everywhere: () => '어디서나',
    languageEach: () => '각자의 언어',
    templateNone: () => '없음',
    saved: () => '저장했어요.',
    wordCount: (total) => (total === 0 ? '—' : `${total}개`),
    auditHeading: () => '최근 변경:',
    auditEmpty: () => '아직 아무도 바꾼 것이 없어요.',
    audit: (act, subject, detail) => {
      const known = ACTS[act === 'rules.change' ? 'settings.change' : act];
      const what = known?.(subject, detail ?? '') ?? [act, subject, detail].filter(Boolean).join(' ');
      return clip(what, 300);
    },
  },
};
