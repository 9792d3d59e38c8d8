/** What people read at the door of the page: signing in, and why they may not come in or what is not there, in Korean. */
import type { door as en } from '../../en/web/door.ts';

export const door: Record<keyof typeof en, string> = {
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
  noSuchPlace: 'Easel이 쓰이지 않는 곳이에요.',
  placeGone: '그런 곳을 찾을 수 없어요. Easel이 나갔을 수 있어요.',
};
