/** What whoever starts Easel reads first, and what `npm run doctor` says, in Korean. */
import { account } from './account.ts';
import type { Surroundings } from '../../core/surroundings.ts';
import type { Catalogue } from '../en.ts';
import type { Warnings } from '../en/summary.ts';
import { clip, gigabytes, platformName } from '../phrases.ts';

const warnings: Warnings = {
  'unknown-variable': ({ name, nearest }) =>
    nearest === undefined
      ? `${clip(name)}: Easel에 없는 설정이라 아무 효과가 없어요. 지워 주세요.`
      : `${clip(name)}: Easel에 없는 설정이라 아무 효과가 없어요. 혹시 ${nearest}인가요?`,
  'unused-variable': ({ name, needs }) => `${name}: ${needs} 값이 없으면 아무 효과가 없어요.`,
  overruled: ({ name, by }) => `${name}: ${by} 값이 우선해요. 서로 다른 부분은 ${by} 값을 따라요.`,
  'quoted-value': ({ name }) =>
    `${name}: 값이 따옴표로 묶여 있어요. --env-file이나 systemd에서는 따옴표까지 값이 될 수 있으니 빼 주세요.`,
  'odd-characters': ({ name }) => `${name}: 공백처럼 토큰에 쓰이지 않는 문자가 들어 있어요. 다시 복사하세요.`,
  'placeholder-value': ({ name }) => `${name}: 예시 값이 그대로 들어 있어요. 실제 값을 넣어 주세요.`,
  'guessable-value': ({ name }) =>
    `${name}: 추측하기 쉬운 값이에요. openssl rand -hex 24로 만든 것처럼 긴 무작위 값을 쓰세요.`,
  'wrong-token': ({ name, belongs }) =>
    belongs === undefined
      ? `${name}: 다른 종류의 토큰이나 ID가 들어 있어요. 올바른 것을 복사해 주세요.`
      : `${name}: 여기에 든 값은 ${belongs}에 넣어야 해요.`,
  'key-without-url': ({ name, url }) =>
    `${name}: COMFY_URL이 없어서 샌드박스가 그려요. Comfy Cloud를 쓰려면 COMFY_URL=${url}로 설정하세요.`,
  'cloud-without-key': ({ name }) => `Comfy Cloud에는 키가 필요해요. ${name} 값을 설정하세요.`,
  'key-for-own-server': ({ name, host }) =>
    `${name}: 모든 요청과 함께 ${clip(host)} 서버로 보내져요. 직접 운영하는 ComfyUI에는 키가 필요 없어요. 파트너 노드용 키라면 COMFY_PARTNER_KEY에 적어 주세요. 앞단의 게이트웨이가 요구하는 키라면 COMFY_DIALECT를 comfyui나 cloud로 설정하세요.`,
  'key-in-clear': ({ name, host }) =>
    `${name}: 키가 암호화되지 않은 채 ${clip(host)} 서버로 가요. 주소를 https://로 시작하세요.`,
  'not-the-cloud': ({ name, host, right }) =>
    `${clip(host)} 서버는 작업을 받지 않아요. ${name}=${right}로 설정하세요.`,
  'own-address': ({ name }) => `${name}: Easel 자신의 주소예요. ComfyUI는 보통 8188번 포트를 써요.`,
  'no-destination': ({ name, host }) =>
    `${name}: ${clip(host)}은(는) 서버가 기다리는 주소라 접속할 수 없어요. 127.0.0.1이나 그 컴퓨터의 주소를 쓰세요.`,
  'address-extras': ({ name }) => `${name}: ?나 # 뒤는 쓰이지 않아요. 빼 주세요.`,
  'api-in-path': ({ name }) => `${name}: 끝의 /api는 빼 주세요. Easel이 알아서 붙여요.`,
  'loopback-in-container': ({ name, host }) =>
    `${name}: ${clip(host)} 주소는 이 컨테이너 자신이에요. 컨테이너 밖의 ComfyUI에는 host.docker.internal을 쓰세요(Linux에서는 --add-host=host.docker.internal:host-gateway도 필요해요).`,
  'loopback-page-in-container': ({ name }) =>
    `${name}: 127.0.0.1이라서 컨테이너 밖에서는 페이지를 열 수 없어요. ${name}=0.0.0.0과 ADMIN_TOKEN을 설정하세요.`,
  'too-late': ({ name }) =>
    `${name}: .env에 쓰면 너무 늦어요. Node가 시작할 때 읽으니 환경 변수로 설정하세요.`,
  'operator-elsewhere': ({ name, platform }) =>
    `${name}: ${platformName(platform)} 사용자가 있지만 ${platformName(platform)} 설정이 없어서 알림을 받지 못해요.`,
  'concurrency-above-plan': ({ name, given, atOnce }) =>
    `${name}: ${given}인데 계정이 동시에 실행하는 작업은 ${atOnce}개예요. 나머지는 백엔드에서 기다리기만 해요. ${atOnce}(으)로 설정하세요.`,
};

const settingsFrom: Record<Surroundings, string> = {
  shell: '설정은 .env나 환경 변수에 있어요. 바꾼 뒤에는 Easel을 다시 시작하세요.',
  container: '설정은 -e, --env-file, compose.yaml로 넘겨요. 바꾼 뒤에는 컨테이너를 다시 만드세요.',
  service: '설정은 유닛의 EnvironmentFile에 있어요. 바꾼 뒤에는 서비스를 다시 시작하세요.',
};

export const summary: Catalogue['summary'] = {
  warnings,
  account,
  settingsFrom,

  ready: () => 'Easel이 준비됐어요.',
  partly: (marks) => `Easel이 작동하지만, 확인할 것이 ${marks}가지 있어요.`,
  notReady: () => 'Easel이 켜졌지만 아직 그림을 만들 수 없어요. 빠진 것은 아래에 표시했어요.',
  wellChecked: () => '문제가 없어요. Easel을 시작할 수 있어요.',
  checked: (marks) => `확인할 것이 ${marks}가지 있어요.`,

  backend: '백엔드',
  templates: '템플릿',
  page: '페이지',
  data: '데이터',
  log: '로그',
  settings: '설정',
  version: (version) => `Easel ${version}`,

  as: (name) => clip(name),
  home: (name) => clip(name),
  guilds: (guilds) => `서버 ${guilds}곳`,
  invite: (link) => `서버에 추가: ${link}`,
  notConnected: () => '아직 연결되지 않았어요. 다시 시도하고 있어요',
  origin: ({ from, overrules }) => {
    if (from === 'page') return '페이지의 "연결"에서 설정했어요.';
    return overrules
      ? '환경 변수로 설정되어 있고, 페이지의 설정보다 우선해요.'
      : '환경 변수로 설정되어 있어요.';
  },

  backendVersion: (version) => `버전 ${version}`,
  classes: (classes) => `노드 ${classes}종`,
  classesLater: () => '노드 목록을 읽고 있어요',
  checkpoints: (checkpoints) => `체크포인트 ${checkpoints}개`,
  diffusionModels: (models) => `디퓨전 모델 ${models}개`,
  silent: (name) => `${clip(name)} 응답 없음`,
  why: {
    refused: '그 주소에서 받는 프로그램이 없어요',
    unknownName: '그 이름을 찾을 수 없어요',
    noRoute: '그곳으로 가는 경로가 없어요',
    certificate: '인증서를 믿을 수 없어요. NODE_EXTRA_CA_CERTS로 인증 기관을 더할 수 있어요',
    other: (code) => code,
  },
  answers: ({ name, version }) =>
    `이제 응답해요: ${clip(name)}${version === undefined ? '' : ` (버전 ${version})`}`,
  chatConnected: (name, who) => (who === '' ? `${name}에 연결되었어요.` : `${name}에 연결되었어요: ${who}`),

  fromFolder: (templates, folder) => `${templates}개 (${clip(folder)})`,
  broken: (templates) => `${templates}개는 쓸 수 없어요:`,
  pageOff: (host) => `꺼짐: HOST=${clip(host)}에서는 다른 사람도 열 수 있는데 ADMIN_TOKEN이 없어요`,
  asksToken: () => 'ADMIN_TOKEN을 물어봐요',
  runs: () => '거기서 이미 Easel이 실행 중이에요.',
  lostLink: () => 'npm run link로 링크를 볼 수 있어요',
  used: (total, budget) =>
    budget === undefined ? `${gigabytes(total)} 사용` : `${gigabytes(budget)} 중 ${gigabytes(total)} 사용`,
  free: (free) => `디스크 여유 ${gigabytes(free)}`,
};
