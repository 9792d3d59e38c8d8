/** Every word that a person reads, in Korean (해요체; labels and log lines are nouns). */
import { dayMark, momentMark } from '../core/moment.ts';
import type { Hold, WaitReason } from '../core/standing.ts';
import type { Catalogue } from './en.ts';
import { detected } from './ko/detected.ts';
import { editor } from './ko/editor.ts';
import { bytes, duration, list as listed } from './ko/phrases.ts';
import { door } from './ko/web/door.ts';
import { frame } from './ko/web/frame.ts';
import { chat } from './ko/web/chat.ts';
import { studio } from './ko/web/studio.ts';
import { connect as connectPage } from './ko/web/connect.ts';
import { operator } from './ko/web/operator.ts';
import { clip, gigabytes, platformName } from './phrases.ts';

export const ko: Catalogue = {
  detected,
  editor,
  web: { page: { frame, chat, studio, operator, connect: connectPage }, door },

  status: {
    accepted: () => '접수했어요…',
    waiting: (position, reason, platform, own) =>
      `대기 ${position}번째: ${waitReason(reason, platform, own)}`,
    submitting: () => '시작하는 중…',
    retrying: () => '백엔드가 응답하지 않아 다시 시도하는 중…',
    running: (percent, node, step) =>
      [`${percent}%`, node, step && `${step.value}/${step.max}`]
        .filter((part) => part !== undefined)
        .join(' · '),
    held: (hold) => `${holdReason(hold)}. 계속 다시 시도하고 있어요.`,
    linedUp: (ahead) => `백엔드 자체 대기열의 ${ahead + 1}번째예요`,
    cancelling: () => '취소하는 중…',
    unstoppable: () => '취소했어요. 백엔드가 이미 실행 중이라 끝까지 돌지만, 결과는 올라오지 않아요.',
    delivering: () => '완료! 결과를 가져오는 중…',
    late: (since) =>
      `완료됐어요. ${momentMark(since)}부터 결과를 전달하려고 기다리고 있어요. 계속 다시 시도하고 있어요.`,
    succeeded: (ms) => `${duration(ms)} 만에 완료했어요`,
    cancelled: () => '취소했어요.',
    cancelledAway: () => '취소됐어요. 백엔드가 응답하지 않아서, 이미 시작됐다면 다시 연결되는 대로 중지해요.',
    demo: (platform) => [DEMO, REAL_PICTURES[platform] ?? REAL_PICTURES['chat']].filter(Boolean).join(' '),
  },
  files: {
    tooLarge: (name, size, offer) => {
      const sentence = `"${clip(name)}" 파일(${bytes(size)})은 너무 커서 이 채팅에 첨부할 수 없어요`;
      switch (offer?.kind) {
        case 'link':
          return `${sentence}. 여기에서 받을 수 있어요: ${offer.url} (${dayMark(offer.until)}까지)`;
        case 'off':
        case undefined:
          return `${sentence}. 이 Easel을 운영하는 사람이 PUBLIC_URL을 설정하면 링크로 받을 수 있어요.`;
        case 'unkept':
          return `${sentence}. 링크로 받을 수 있게 보관하지도 못했어요.`;
      }
    },
    fetch: (name, size, { url, until }) =>
      `"${clip(name)}" 파일(${bytes(size)}): ${url} (${dayMark(until)}까지)`,
    linkGone: () => '여기에는 파일이 없어요. 링크가 온전하지 않거나 기간이 지났어요.',
    linkBusy: () => '지금 파일을 받는 사람이 너무 많아요. 잠시 후 다시 시도해 주세요.',
    shrunk: (name, size) => `"${clip(name)}" 파일은 ${bytes(size)}라서 크기를 줄여 첨부했어요.`,
    shrunkOf: (name, size, { url, until }) =>
      `"${clip(name)}"은(는) ${bytes(size)}라서 작게 만들어 첨부했어요. 원본: ${url} (${dayMark(until)}까지)`,
    crowd: (shown, of) =>
      `파일 ${of}개 중 처음 ${shown}개예요. 모아 보기에 번호와 함께 모든 그림이, 압축 파일에 전부 들어 있어요. "모두"를 누르면 여기에 하나씩 올려요.`,
    /** `list`: the name of the file that says it. */
    listed: (count, list) => `파일 ${count}개는 원본 그대로 첨부하지 못했어요. 위치는 ${list}에 있어요.`,
    alt: {
      picture: (title, index, of) =>
        [of > 1 ? `이미지 ${of}장 중 ${index}번째` : '이미지', title].filter(Boolean).join(': '),
      video: (title) => ['동영상', title].filter(Boolean).join(': '),
      preview: (title) => ['미리보기', title].filter(Boolean).join(': '),
      sheet: (title) => ['모든 이미지를 번호순으로 모은 목록', title].filter(Boolean).join(': '),
    },
    saved: (path, size, pixels) =>
      [path, pixels && `${pixels.width}×${pixels.height}`, bytes(size)].filter(Boolean).join('  '),
  },
  buttons: { cancel: () => '취소', again: () => '한 번 더', all: () => '모두', tryAgain: () => '다시 시도' },
  cancel: {
    done: (title) => `"${clip(title)}" 작업을 취소하고 있어요.`,
  },
  queue: {
    empty: () => '실행 중이거나 대기 중인 작업이 없어요.',
    elsewhere: () => '(다른 채널)',
    heading: (running, waiting) => `실행 중 ${running}개, 대기 중 ${waiting}개`,
  },
  commands: {
    queue: () => '실행 중이거나 대기 중인 작업 보기',
    cancel: () => '내 작업 취소하기',
    cancelJob: () => '취소할 작업. 비워 두면 가장 최근 작업',
    again: () => '마지막 것을 다른 시드로 다시 만들기',
    act: () => '마지막에 보인 화면에서 작업하기. 이것만 쓰면 그 화면을 다시 보여요',
    help: () => '사용법 보기',
    template: () => 'ComfyUI 워크플로를 템플릿으로 추가하고 관리하기',
    settings: () => '한도, 사용 권한과 채널, 금지어 설정',
    usualModels: () => '아무도 모델을 고르지 않을 때 템플릿이 쓰는 모델',
    usualModelsWhat: () => '예: imagine:flux1-dev',
    easel: () => '한 줄로 템플릿을 실행하거나, 원하는 것을 그냥 말하기',
    easelWhat: () => '예: imagine a red fox --steps 30',
    slot: (name) => name,
    seed: () => '시드와 값이 같으면 같은 이미지가 다시 나와요',
  },
  ask: {
    meant: (probably) => `${listed(probably.map((one) => `“${clip(one, 80)}”`))}라는 뜻인가요?`,
    isPrompt: (written) =>
      `다음이 프롬프트의 일부인가요? ${listed(written.map((one) => `“${clip(one, 80)}”`))}`,
    yes: () => '예',
    no: () => '아니요, 프롬프트의 일부예요',
    yesPrompt: () => '예, 프롬프트의 일부예요',
  },
  form: {
    submit: () => '실행',
    close: () => '닫기',
    next: () => '다음',
    keptFile: (name) => `"${clip(name, 60)}" 파일을 갖고 있어요. 다른 파일을 고르면 바뀌어요`,
  },
  question: {
    title: (slot) => `"${clip(slot, 40)}"에 무엇을 쓸까요?`,
    choose: () => '고르기…',
    chosen: (label) => `"${label}"을(를) 골랐어요.`,
    keep: () => '이곳에서 기본으로 쓸 것은 관리자가 /settings에서 정할 수 있어요.',
  },
  help: {
    heading: () => '명령어:',
    line: ({ usage, description }) => `${usage} — ${description}`,
    more: (hidden, all) => `… 그 밖에 ${hidden}개 더 있어요. ${all} 명령어로 모두 볼 수 있어요.`,
  },
  alerts: {
    held: (sentence, since, words) =>
      [
        `${sentence} ${momentMark(since)}부터 새 작업을 시작하지 않아요. 기다리는 작업은 복구되면 자동으로 계속돼요.`,
        words && `백엔드의 메시지: ${clip(words, 300)}`,
      ].filter((line) => line !== undefined),
    heldOver: (backend) => [`${clip(backend)}: 다시 작업을 받아요. 기다리던 작업이 계속돼요.`],
    token: (sentence) => [sentence],
    tokenOver: (platform) => [`${platformName(platform)}에서 다시 토큰을 받아들여요.`],
    disk: (sentence) => [sentence],
    diskBudget: (fixed, budget, full) => [
      `데이터 폴더가 ${full ? '가득 찼어요' : '거의 가득 찼어요'}. 한도 ${gigabytes(budget)} 중 삭제할 수 없는 데이터가 ${gigabytes(fixed)}예요.`,
      full
        ? '새 작업을 시작하지 않아요. 대기 중인 작업은 자동으로 계속돼요. DATA_BUDGET_GB 값을 늘리면 여유가 생겨요.'
        : '가득 차면 새 작업을 받을 수 없어요. DATA_BUDGET_GB 값을 늘리면 여유가 생겨요.',
    ],
    diskOver: () => ['데이터 폴더에 다시 여유가 생겼어요.'],
    diskUnset: (total, standard) => [
      `데이터 폴더에 ${gigabytes(total)}가 있어 기본 한도 ${gigabytes(standard)}를 넘었어요. DATA_BUDGET_GB를 설정할 때까지 아무것도 삭제하지 않아요.`,
    ],
    diskUnsetOver: () => ['데이터 폴더에 이제 한도가 적용돼요.'],
  },
  drift: {
    heading: (name) => `/${clip(name)} 템플릿이 더는 백엔드와 맞지 않아요:`,
    advice: (name) =>
      `/template edit ${clip(name)} 명령어로 고치거나, 빠진 것을 설치해 달라고 해 주세요. 그때까지 이 템플릿을 쓰려는 사람에게는 지금 쓸 수 없다고 알려요.`,
  },
  terminal: {
    welcome: (backend, templates) =>
      `Easel이 준비됐어요. 이미지는 ${backend}에서 만들어요. /${templates[0] ?? 'help'} 또는 /help 명령어를 입력해 보세요.`,
    sandboxName: () => '샌드박스',
    sandbox: () =>
      'AI 모델이 아니라 데모 화가가 이미지를 그려요. 진짜 이미지를 만들려면 COMFY_URL에 ComfyUI나 Comfy Cloud 주소를 설정하세요.',
    logs: (path) => `로그 파일: ${path}`,
    notACommand: () => '여기에는 말만으로 그리는 템플릿이 없어요. 무엇이 있는지 보려면 /help를 입력하세요.',
    noFile: (path) => `파일을 읽을 수 없어요: ${path}`,
    bye: () => '다음에 또 봐요.',
  },
  startup: {
    failed: (detail) => `Easel을 시작하지 못했어요: ${detail}`,
    config: (lines) => ['잘못된 설정이 있어요:', ...lines.map((line) => `  ${line}`)].join('\n'),
    portTaken: (host, port) =>
      `${host}의 ${port}번 포트는 이미 사용 중이에요. PORT를 다른 번호로 바꾸거나, 비어 있는 포트를 쓰려면 0으로 설정하세요.`,
    dataTaken: (directory) =>
      `다른 Easel이 데이터 폴더를 쓰고 있어요: ${directory}. 그쪽을 종료하거나 DATA_DIR에 다른 폴더를 지정하세요.`,
    logUnwritable: (path, code) =>
      `로그를 쓸 수 없어요: ${path} (${code}). 다시 쓸 수 있을 때까지 로그 없이 계속해요.`,
    dataUnusable: (directory, at) =>
      at === 'container'
        ? `데이터 폴더에 쓸 수 없어요: ${directory}. 볼륨을 연결하거나(-v easel-data:${directory}), 마운트한 폴더의 소유자를 사용자 1000으로 바꾸세요(sudo chown 1000 폴더).`
        : `데이터 폴더를 쓸 수 없어요: ${directory}. 쓰기 권한이 있는지 확인하세요.`,
    noTemplates: (directory, broken) =>
      [`템플릿을 하나도 불러오지 못했어요: ${directory}`, ...broken.map((line) => `  ${line}`)].join('\n'),
    cannotListen: (host, port, code) =>
      `${host}의 ${port}번 포트를 열 수 없어요(${code}). HOST와 PORT를 확인하세요.`,
    dotEnv: () => '.env 파일을 읽을 수 없어요.',
    templatesUnreadable: (directory) =>
      `템플릿 폴더를 읽을 수 없어요: ${directory}. TEMPLATES_DIR 값을 확인하세요.`,
    tokenNeeded: (host, at) =>
      at === 'container'
        ? `HOST=${host}에서는 다른 사람도 페이지를 열 수 있어요. 페이지에서 물어볼 16자 이상의 비밀 값을 ADMIN_TOKEN으로 넘기거나(-e ADMIN_TOKEN=…) 채팅을 설정하세요.`
        : `HOST=${host}에서는 다른 사람도 페이지를 열 수 있어요. 페이지에서 물어볼 16자 이상의 비밀 값을 ADMIN_TOKEN에 설정하거나, HOST를 127.0.0.1로 바꾸세요.`,
    pageOff: () =>
      '여기에는 페이지가 없어요. 외부에서 접근할 수 있는 주소인데 ADMIN_TOKEN이 설정되지 않았어요. 설정한 뒤 Easel을 다시 시작하세요.',
    open: (address) => `Easel이 준비됐어요. 브라우저에서 ${address} 주소를 여세요.`,
    signIn: () => '페이지를 열면 ADMIN_TOKEN을 물어봐요.',
    anyPort: () => 'PORT가 0이라서 이 링크의 포트는 알 수 없습니다. 로그의 “started” 줄에 있습니다.',
    connect: () => 'Discord, Slack, 내 ComfyUI는 "운영" 페이지에서 연결할 수 있어요.',
    ends: () => 'Ctrl-C를 누르면 종료돼요.',
  },
};

/** What people of a platform call the place that shares limits. */
const HERE: Record<string, string> = { slack: '이 워크스페이스', web: '플레이그라운드' };

const DEMO = 'AI 모델이 아니라 데모 화가가 그려요.';
const REAL_PICTURES: Record<string, string> = {
  chat: '운영자가 ComfyUI를 연결하면 진짜 이미지를 받을 수 있어요.',
  terminal:
    '진짜 이미지를 만들려면 COMFY_URL에 ComfyUI나 Comfy Cloud 주소를 설정하세요(README의 “Get real pictures”).',
  web: '',
};

function waitReason(reason: WaitReason, platform: string, own: boolean): string {
  switch (reason.kind) {
    case 'backend-changing':
      return '백엔드를 바꾸는 중이에요(자동으로 계속돼요)';
    case 'data-full':
      return 'Easel의 디스크가 가득 찼어요(자동으로 계속돼요)';
    case 'backend-held':
      return `${holdReason(reason.hold)}(자동으로 계속돼요)`;
    case 'guild-limit':
      return `${HERE[platform] ?? '이 서버'}의 작업 ${reason.used}개가 실행 중이에요(동시에 ${reason.limit}개까지)`;
    case 'user-limit':
      if (!own) return `이 사람의 작업 ${reason.used}개가 실행 중이에요(동시에 ${reason.limit}개까지)`;
      return `내 작업 ${reason.used}개가 실행 중이에요(동시에 ${reason.limit}개까지)`;
    case 'person-limit':
      if (!own)
        return `이 사람의 작업이 모든 서버를 합쳐 ${reason.used}개 실행 중이에요(동시에 ${reason.limit}개까지)`;
      return `내 작업이 모든 서버를 합쳐 ${reason.used}개 실행 중이에요(동시에 ${reason.limit}개까지)`;
    case 'backend-busy':
      if (reason.used < reason.limit) return '곧 시작해요';
      return reason.limit === 1
        ? '백엔드가 다른 작업을 처리하고 있어요'
        : `백엔드의 자리 ${reason.limit}개가 모두 찼어요`;
  }
}

/** Short, and for people: what the backend said itself is for who runs Easel. */
function holdReason({ since, kind }: Hold): string {
  const when = momentMark(since);
  switch (kind) {
    case 'account':
      return `${when}부터 백엔드가 계정을 거부하고 있어요`;
    case 'busy':
      return `${when}부터 백엔드가 새 작업을 받지 않고 있어요`;
    case 'away':
      return `${when}부터 백엔드가 응답하지 않고 있어요`;
  }
}
