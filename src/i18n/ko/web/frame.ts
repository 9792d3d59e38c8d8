/** What people read around every page of the browser: navigation, signing in, what went wrong, in Korean. Plain sentences: `{name}` stands for what the page puts in. */
import type { frame as en } from '../../en/web/frame.ts';

export const frame: Record<keyof typeof en, string> = {
  title: 'Easel',
  chat: '채팅',
  studio: '스튜디오',
  operator: '운영',
  pages: '페이지',
  skip: '본문으로 건너뛰기',
  here: '이 페이지',
  sandbox: 'AI 모델이 아니라 데모 화가가 이미지를 그려요.',
  realPictures: '진짜 이미지 만들기',
  signOut: '로그아웃',
  unreachable: 'Easel이 응답하지 않습니다. 실행 중인지 확인하세요.',
  failed: '실패했습니다. 페이지를 새로 고친 뒤 다시 시도하세요.',
};
