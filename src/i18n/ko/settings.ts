/** What admins read of settings, and of who changed what, in Korean. */
import type { Catalogue } from '../en.ts';
import { changedSettings, clip, nameOf, platformName } from '../phrases.ts';
import { list } from './phrases.ts';

const SETTINGS: Record<string, string> = {
  guildJobs: '동시 작업 수(전체)',
  userJobs: '동시 작업 수(1인당)',
  guildWaiting: '대기 작업 수(전체)',
  userWaiting: '대기 작업 수(1인당)',
  defaultTemplate: '기본 템플릿',
  models: '기본 모델',
  ownLanguage: '각자의 언어로 답하기',
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

/** What may be connected, as people call it. */
const SERVICE: Record<string, string> = { discord: 'Discord', slack: 'Slack', comfy: '백엔드' };

const ACTS: Record<string, (subject: string, detail: string) => string> = {
  'template.publish': (name) => `/${name} 게시`,
  'template.rename': (name, to) => `이름 변경: /${name} → /${to}`,
  'template.disable': (name) => `/${name} 끔`,
  'template.enable': (name) => `/${name} 켬`,
  'template.limit': (name, to) => (to === '' ? `/${name} 사용 제한 해제` : `/${name} 사용 범위 제한`),
  'template.remove': (name) => `/${name} 삭제`,
  'template.rollback': (name, version) => `/${name} 되돌림: 버전 ${version}`,
  'rules.cancel': (id) => `${id}의 모든 작업 취소`,
  'connection.set': (service, names) => `${SERVICE[service] ?? service} 연결 설정: ${names}`,
  'connection.remove': (service) => `${SERVICE[service] ?? service} 연결 삭제`,
  'menu.left-out': (platform, names) => {
    const menu = platform === '' ? '메뉴' : `${platformName(platform)} 메뉴`;
    return names === '' ? `${menu}에 모두 다시 표시` : `${menu}에 자리가 없는 템플릿: ${names}`;
  },
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

export const settings: Catalogue['settings'] = {
  save: () => '저장',
  noRoles: () => '여기에는 제가 볼 수 있는 역할이 없어요. 대신 사람을 지정해 주세요.',
  auditMore: (hidden) => `… 그 이전 ${hidden}개`,
  about: () => '이곳에서 누가 얼마나 쓸 수 있는지 정하기',
  verbs: {
    show: () => '설정 보고 바꾸기',
    models: () => '기본 모델…',
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
  templateNone: () => '/imagine, 없으면 말로 그리는 첫 템플릿',
  modelsHeading: () => '기본 모델',
  modelsHint: () =>
    '모델을 지정하지 않았을 때 각 명령어가 쓰는 모델이에요. 백엔드에서 사라지면 고르지 않은 것으로 봐요.',
  modelNone: () => '템플릿에 맡김',
  modelsEmpty: () => '모델을 고를 수 있는 템플릿이 없어요.',
  saved: () => '저장했어요.',
  wordCount: (total) => (total === 0 ? '—' : `${total}개`),
  auditHeading: () => '최근 변경:',
  auditEmpty: () => '아직 아무도 바꾼 것이 없어요.',
  audit: (act, subject, detail) => {
    const known = ACTS[act === 'rules.change' ? 'settings.change' : act];
    const what = known?.(subject, detail ?? '') ?? [act, subject, detail].filter(Boolean).join(' ');
    return clip(what, 300);
  },
};
