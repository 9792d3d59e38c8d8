/** What settings are called, in Korean. */
import { nameOf } from '../phrases.ts';

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
