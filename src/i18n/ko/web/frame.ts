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
  sandbox: 'COMFY_URL이 설정되지 않아 모델 대신 내장 샌드박스가 그림을 그립니다.',
  signOut: '로그아웃',
  signIn: '로그인',
  signInFirst: '먼저 로그인하세요.',
  token: '관리자 토큰',
  tokenHint: 'Easel의 환경 변수 ADMIN_TOKEN에 설정된 값입니다.',
  wrongToken: '토큰이 맞지 않습니다.',
  link: '링크 또는 키',
  linkHint:
    'Easel은 시작할 때 터미널에 링크를 표시합니다. npm run link로 다시 볼 수 있습니다. 그 링크를 열거나 여기에 붙여 넣으세요.',
  wrongLink: '이 링크는 더 이상 맞지 않습니다. npm run link로 올바른 링크를 볼 수 있습니다.',
  otherName:
    'ADMIN_TOKEN이 없으면 이 페이지는 Easel이 실행 중인 컴퓨터에서 localhost 또는 127.0.0.1로만 열 수 있습니다.',
  behindProxy:
    '프록시를 거친 요청이라 다른 사람도 같은 길로 들어올 수 있습니다. ADMIN_TOKEN을 설정하고 Easel을 다시 시작하세요.',
  otherSite:
    '이 페이지 자체에서 보낸 요청이 아닙니다. Easel 앞에 프록시가 있다면 Host 헤더를 그대로 전달해야 합니다.',
  nothingHere: '이 주소에는 아무것도 없습니다.',
  unreachable: 'Easel이 응답하지 않습니다. 실행 중인지 확인하세요.',
  failed: '실패했습니다. 이유는 로그에 있습니다.',
};
