/** What is wrong with a chat that does not connect, or with what was entered to connect one or a backend, in Korean. */
import { dayMark } from '../../core/moment.ts';
import { advised, platformName, type ConnectionProblems } from '../phrases.ts';

/** Which tokens, and where they are. */
const TOKENS: Partial<Record<string, string>> = {
  discord: 'Discord가 DISCORD_TOKEN을 거부했어요. Developer Portal의 "Bot" 페이지에서 다시 복사해 주세요.',
  slack:
    'Slack이 토큰을 거부했어요. SLACK_BOT_TOKEN(xoxb-…)과 함께 SLACK_APP_TOKEN(xapp-…) 또는 SLACK_SIGNING_SECRET을 앱 페이지에서 다시 복사해 설정해 주세요.',
};

/** 토큰이 아닌 설정. */
const VALUES: Partial<Record<string, string>> = {
  COMFY_URL:
    'COMFY_URL에는 http:// 또는 https://로 시작하고 호스트가 있는 주소를 입력해 주세요. 포트는 1부터 65535까지예요.',
  COMFY_HEADERS:
    'COMFY_HEADERS에는 "Authorization: Bearer …" 같은 줄이나 JSON 객체를 입력해 주세요. 연결이 직접 붙이는 헤더(Host, Content-Type 등)나 COMFY_API_KEY, 주소의 사용자 이름과 비밀번호로 이미 보내는 것은 쓸 수 없어요.',
  COMFY_DIALECT: 'COMFY_DIALECT는 auto, comfyui, cloud 중 하나여야 해요.',
};

export const connectionProblems: ConnectionProblems = {
  'token-refused': ({ platform }) =>
    TOKENS[platform] ?? `${platformName(platform)}에서 토큰을 거부했어요. 다시 복사해 주세요.`,
  'chat-unreachable': ({ platform }) =>
    `${platformName(platform)}에 연결할 수 없어요. 네트워크를 확인해 주세요. 자세한 내용은 로그에 있어요.`,
  'chat-away': ({ platform }) =>
    `${platformName(platform)} 서비스가 응답하지 않아요. 다시 응답하면 답장이 자동으로 전송돼요.`,
  'chat-login-later': ({ platform, until, failed }) =>
    failed === undefined
      ? `${platformName(platform)} 서비스는 하루 로그인 횟수를 제한하는데, 시작하기에는 남은 횟수가 부족해요. Easel은 ${dayMark(until)} 이후에 연결해요. 횟수는 로그에 있어요.`
      : `${platformName(platform)} 연결이 ${failed}번 연속으로 실패했어요. 하루 로그인 횟수를 다 쓰지 않도록 ${dayMark(until)} 이후에 다시 시도해요. 원인은 로그에 있어요.`,
  'scope-missing': ({ platform, scope }, reader) =>
    `앱에 "${scope}" 범위가 없어 ${platformName(platform)}에서 할 수 없는 일이에요. ${advised(reader, {
      person: '관리자가 매니페스트로 앱을 업데이트하고 다시 설치해야 해요.',
      admin: '매니페스트로 앱을 업데이트하고 다시 설치해 주세요.',
    })}`,
  'direct-messages-unheard': ({ platform, scope }) =>
    `${platformName(platform)}에서 저에게 직접 보낸 메시지에는 답할 수 없어요. 앱에 "${scope}" 범위가 없기 때문이에요. npm run slack:manifest가 출력하는 매니페스트로 앱을 업데이트하고 다시 설치하세요.`,

  'set-in-environment': ({ setting }) =>
    `${setting} 값은 환경 변수로 설정되어 있고, 환경 변수가 항상 우선해요. 환경 변수를 바꾸거나 지운 뒤 Easel을 다시 시작해 주세요.`,
  'connection-value': ({ setting }) =>
    VALUES[setting] ??
    `${setting} 형식이 올바르지 않아요. 공백처럼 토큰에 쓰이지 않는 문자가 들어 있어요. 다시 복사해 주세요.`,
  'connection-needs': ({ setting }) =>
    setting === 'SLACK_APP_TOKEN'
      ? 'Slack에는 봇 토큰 외에 SLACK_APP_TOKEN(소켓 모드) 또는 SLACK_SIGNING_SECRET(HTTP 모드)이 필요해요.'
      : `${setting} 값이 필요해요.`,
  'key-again': ({ setting }) =>
    `주소가 바뀌었어요. ${setting} 값을 다시 입력하거나 지워 주세요. 저장된 값은 등록한 서버가 아닌 곳에는 전송되지 않아요.`,
  'admin-token-needed': () =>
    'HTTP 모드에서는 외부에서 Easel 페이지에 접근할 수 있어요. 환경 변수 ADMIN_TOKEN을 16자 이상의 비밀 값으로 설정하고 Easel을 다시 시작하거나, 소켓 모드를 사용해 주세요.',
  'secrets-unreadable': () =>
    'Easel 페이지에서 설정한 내용을 읽을 수 없어요. 데이터 폴더의 "secret" 파일이 저장할 때와 달라요. 다시 입력하거나 백업에서 그 파일을 되돌려 주세요.',
};
