/** What is wrong with what is entered to connect chats and backends, in Korean. */
import type { ConnectionProblems } from '../phrases.ts';

export const connectionProblems: ConnectionProblems = {
  'set-in-environment': ({ setting }) =>
    `${setting} 값은 환경 변수로 설정되어 있고, 환경 변수가 항상 우선해요. 환경 변수를 바꾸거나 지운 뒤 Easel을 다시 시작해 주세요.`,
  'connection-value': ({ setting }) =>
    setting === 'COMFY_URL'
      ? 'COMFY_URL에는 http:// 또는 https://로 시작하는 주소를 입력해 주세요.'
      : `${setting} 형식이 올바르지 않아요. 공백처럼 토큰에 쓰이지 않는 문자가 들어 있어요. 다시 복사해 주세요.`,
  'connection-needs': ({ setting }) =>
    setting === 'SLACK_APP_TOKEN'
      ? 'Slack에는 봇 토큰 외에 SLACK_APP_TOKEN(소켓 모드) 또는 SLACK_SIGNING_SECRET(HTTP 모드)이 필요해요.'
      : `${setting} 값이 필요해요.`,
  'key-again': () =>
    '주소가 바뀌었어요. COMFY_API_KEY를 다시 입력해 주세요. 저장된 키는 등록한 서버가 아닌 곳에는 전송되지 않아요.',
  'admin-token-needed': () =>
    'HTTP 모드에서는 외부에서 이 페이지에 접근할 수 있어요. 환경 변수 ADMIN_TOKEN을 16자 이상의 비밀 값으로 설정하고 Easel을 다시 시작하거나, 소켓 모드를 사용해 주세요.',
  'secrets-unreadable': () =>
    '여기서 설정한 내용을 읽을 수 없어요. 데이터 폴더의 "secret" 파일이 저장할 때와 달라요. 다시 입력하거나 백업에서 그 파일을 되돌려 주세요.',
};
