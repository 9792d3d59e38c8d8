/** Why a backend cannot be used, and what to change, in Korean. */
import type { FaultAbout, FaultSentences } from '../phrases.ts';

const away = ({ backend }: FaultAbout) => `지금은 ${backend}에 연결할 수 없어요. 나중에 다시 시도해 주세요.`;
const late = ({ backend }: FaultAbout) => `${backend}에서 제때 응답하지 않았어요. 나중에 다시 시도해 주세요.`;
const wrong = ({ backend }: FaultAbout) =>
  `${backend} 연결 설정에 문제가 있어 쓸 수 없어요. Easel 운영자가 확인해야 해요.`;
const locked = ({ backend }: FaultAbout) =>
  `${backend}에 접근이 허용되지 않아요. Easel 운영자가 확인해야 해요.`;

export const connectionFaults: FaultSentences = {
  'nobody-listens': {
    person: away,
    operator: ({ backend }) =>
      `응답 없음: ${backend}. 그 주소에서 받는 프로그램이 없어요. ComfyUI를 시작하거나(다른 컴퓨터라면 --listen을 붙여서) COMFY_URL의 호스트와 포트를 고치세요.`,
  },
  'container-loopback': {
    person: away,
    operator: ({ backend }) =>
      `응답 없음: ${backend}. 컨테이너 안에서 이 주소는 컨테이너 자신이에요. 바깥 컴퓨터의 ComfyUI라면 COMFY_URL에 host.docker.internal을 쓰고(Linux에서는 --add-host=host.docker.internal:host-gateway도 붙여서) ComfyUI를 --listen으로 시작하세요.`,
  },
  'no-such-host': {
    person: away,
    operator: ({ backend }) =>
      `찾을 수 없음: ${backend}. 그런 이름이 없어요. COMFY_URL의 호스트를 고치거나 IP 주소를 쓰세요.`,
  },
  'no-resolver': {
    person: away,
    operator: ({ backend }) =>
      `지금은 찾을 수 없음: ${backend}. 이 컴퓨터의 네임서버(DNS)가 응답하지 않아요. 이 컴퓨터의 네트워크를 확인하거나 COMFY_URL에 IP 주소를 쓰세요.`,
  },
  'no-route': {
    person: away,
    operator: ({ backend }) =>
      `연결할 수 없음: ${backend}. 이 컴퓨터에서 그곳으로 가는 경로가 없어요. 네트워크, VPN, 방화벽과 COMFY_URL의 주소를 확인하세요.`,
  },
  'no-connection': {
    person: away,
    operator: ({ backend }) =>
      `응답 없음: ${backend}. 아무것도 돌아오지 않아요. 그 컴퓨터가 켜져 있는지, 방화벽이 막고 있지 않은지, COMFY_URL의 주소가 맞는지 확인하세요.`,
  },
  'no-answer': {
    person: late,
    operator: ({ backend }) =>
      `제때 응답 없음: ${backend}. 모델을 불러오는 중이거나 과부하일 수 있으니 백엔드의 로그를 보세요. 한가한데도 그렇다면 COMFY_URL의 주소를 확인하세요.`,
  },
  'hung-up': {
    person: away,
    operator: ({ backend }) =>
      `응답 없이 연결이 끊김: ${backend}. 백엔드의 로그와 COMFY_URL의 포트를 확인하고, 필요하면 https://로 시작하세요.`,
  },
  'not-http': {
    person: wrong,
    operator: ({ backend }) =>
      `HTTP가 아닌 것이 응답함: ${backend}. COMFY_URL에 ComfyUI의 포트(보통 8188)를 쓰세요.`,
  },
  'plain-to-tls': {
    person: wrong,
    operator: ({ backend }) => `TLS로만 통신함: ${backend}. COMFY_URL을 https://로 시작하세요.`,
  },
  'tls-to-plain': {
    person: wrong,
    operator: ({ backend }) => `TLS를 쓰지 않음: ${backend}. COMFY_URL을 http://로 시작하세요.`,
  },
  'tls-refused': {
    person: wrong,
    operator: ({ backend }) =>
      `TLS 연결이 거부됨: ${backend}. COMFY_URL에 IP 주소 대신 이름을 쓰세요. OpenSSL의 메시지는 로그에 있어요.`,
  },
  'certificate-untrusted': {
    person: wrong,
    operator: ({ backend }) =>
      `믿을 수 없는 인증서: ${backend}. 서명한 기관의 인증서를 NODE_EXTRA_CA_CERTS에 지정하고(.env가 아니라 환경 변수로) Easel을 다시 시작하세요.`,
  },
  'certificate-other-name': {
    person: wrong,
    operator: ({ backend }) => `다른 이름의 인증서: ${backend}. COMFY_URL에 인증서에 있는 이름을 쓰세요.`,
  },
  'certificate-expired': {
    person: wrong,
    operator: ({ backend }) =>
      `만료된 인증서: ${backend}. 인증서를 갱신하세요. 만료되지 않았다면 이 컴퓨터의 시계를 맞추세요.`,
  },
  'certificate-early': {
    person: wrong,
    operator: ({ backend }) =>
      `아직 유효하지 않은 인증서: ${backend}. 이 컴퓨터의 시계를 맞추거나 다른 인증서를 쓰세요.`,
  },
  'login-wanted': {
    person: locked,
    operator: ({ backend }) =>
      `로그인 필요: ${backend} 앞에 있는 서버가 로그인을 요구해요. 요구하는 것을 주세요: COMFY_URL의 user:password@, COMFY_HEADERS의 헤더, 또는 COMFY_API_KEY의 키.`,
  },
  'login-refused': {
    person: locked,
    operator: ({ backend }) =>
      `로그인 거부: ${backend} 앞에 있는 서버가 Easel의 로그인을 거부했어요. COMFY_URL의 사용자와 비밀번호 또는 COMFY_HEADERS의 헤더를 고치세요.`,
  },
  'key-wanted': {
    person: locked,
    operator: ({ backend }) => `키 필요: ${backend}. COMFY_API_KEY를 설정하세요.`,
  },
  'login-page': {
    person: locked,
    operator: ({ backend }) =>
      `로그인 페이지가 응답함: ${backend} 앞에 있는 서버가 로그인을 요구해요. COMFY_URL의 user:password@ 또는 COMFY_HEADERS의 헤더로 로그인하거나, 그곳을 거치지 않는 주소를 COMFY_URL에 쓰세요.`,
  },
  moved: {
    person: wrong,
    operator: ({ backend, to }) =>
      `다른 주소로 보냄: ${backend}. ${to === undefined ? 'COMFY_URL에 그 주소를 쓰세요.' : `COMFY_URL=${to}(으)로 설정하세요.`}`,
  },
  'wrong-path': {
    person: wrong,
    operator: ({ backend, to }) =>
      to === undefined
        ? `${backend}: COMFY_URL의 경로 아래에 ComfyUI가 없어요. 경로를 고치세요. 대부분은 경로가 필요 없어요.`
        : `${backend}: COMFY_URL의 경로 아래에는 ComfyUI가 없지만 다른 곳에 있어요. COMFY_URL=${to}(으)로 설정하세요.`,
  },
  'not-comfyui': {
    person: wrong,
    operator: ({ backend }) =>
      `ComfyUI가 아닌 것이 응답함: ${backend}. COMFY_URL에 ComfyUI의 호스트와 포트를 쓰고, 프록시가 경로 아래에 두었다면 그 경로도 쓰세요.`,
  },
  'front-forbids': {
    person: locked,
    operator: ({ backend }) =>
      `${backend} 앞에 있는 서버가 이 컴퓨터를 들여보내지 않아요(HTTP 403). 거기서 Easel의 주소를 허용하거나 COMFY_URL의 user:password@ 또는 COMFY_HEADERS의 헤더로 로그인하세요.`,
  },
  'nothing-behind': {
    person: away,
    operator: ({ backend, status }) =>
      `${backend}: 프록시는 응답하지만 그 뒤의 ComfyUI가 응답하지 않아요${status === undefined ? '' : `(HTTP ${status})`}. ComfyUI를 시작하거나 프록시가 보내는 곳을 고치세요.`,
  },
  'origin-guard': {
    person: wrong,
    operator: ({ backend }) =>
      `${backend}: 요청을 다른 웹사이트의 것으로 보고 거부했어요(HTTP 403). 앞의 프록시가 Host와 Origin을 그대로 넘기게 하거나 ComfyUI를 --enable-cors-header로 시작하세요.`,
  },
  'key-unsendable': {
    person: wrong,
    operator: () => 'COMFY_API_KEY에 키에 쓰이지 않는 문자가 있어요. 다시 복사하세요.',
  },
  'no-socket': {
    person: away,
    operator: ({ backend }) =>
      `${backend}: 응답은 하지만 WebSocket이 열리지 않아 진행 상황과 미리보기가 보이지 않아요. 앞의 프록시가 /ws를 Upgrade와 Connection 헤더와 함께 넘기게 하세요.`,
  },
};
