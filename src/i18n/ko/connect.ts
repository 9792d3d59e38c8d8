/** What a test of a connection has found, and how it stands with one. */
import { connectionFaults } from './connection-faults.ts';
import { account } from './account.ts';
import type { Catalogue } from '../en.ts';

const more = (total: number, names: string[]) => (total > names.length ? '…' : '');

export const connect: Catalogue['connect'] = {
  faults: connectionFaults,
  bot: (bot, application) => `토큰이 유효해요. 봇 ${bot}, 애플리케이션 "${application}".`,
  noIntents: () => '특권 인텐트는 필요 없어요. 꺼 두세요.',
  endpoint: (url) =>
    `애플리케이션에 Interactions Endpoint URL(${url})이 설정되어 있어 명령어가 그곳으로 전송돼요. General Information에서 그 칸을 비워 주세요.`,
  servers: (total, names, isMore) =>
    total === 0
      ? '아직 어느 서버에도 없어요. 초대 링크를 열어 주세요.'
      : `서버 ${total}곳${isMore ? ' 이상' : ''}에 있어요: ${names.join(', ')}${more(total, names)}`,
  invite: () => '서버에 추가',
  workspace: (team, bot) => `봇 토큰이 유효해요. 워크스페이스 ${team}의 ${bot}.`,
  scopesFine: () => '앱에 필요한 범위가 모두 있어요.',
  scopesMissing: (scopes) =>
    `앱에 다음 범위가 없어요: ${scopes.join(', ')}. 매니페스트로 업데이트하고 다시 설치해 주세요.`,
  appToken: () => '앱 수준 토큰이 유효해요. 소켓 모드를 쓸 수 있어요.',
  signingSecret: () => 'Signing Secret이 맞는지는 Slack의 첫 요청이 올 때 확인돼요.',
  wrongKind: (setting, belongs) =>
    belongs === undefined
      ? `${setting}에 넣을 값이 아니에요. 위 단계의 페이지에서 다시 복사해 주세요.`
      : `이 값은 ${setting}이 아니라 ${belongs}에 넣어야 해요.`,
  refused: (setting) => `${setting} 값이 거부됐어요. 재설정되었거나 일부만 복사됐어요. 다시 복사해 주세요.`,
  backend: (address, version) =>
    version === undefined ? `${address} 서버가 응답해요.` : `${address} 서버가 응답해요(버전 ${version}).`,
  account({ status, tier, credits }) {
    const facts = [
      tier !== undefined && account.tier(tier),
      credits !== undefined && account.credits(credits),
    ];
    const known = facts.filter((fact) => fact !== false).join(', ');
    return `${keySays(status)}${known === '' ? '' : ` ${known}.`}`;
  },
  device: (name, free, total) => `${name}: 여유 ${free} / 전체 ${total}`,
  classes: (total) => `노드 클래스가 ${total}개 있어요.`,
  checkpoints: (total, names) =>
    total === 0
      ? '체크포인트가 없어요. /imagine에는 모델이 필요해요. /blank에는 필요 없어요.'
      : `체크포인트가 ${total}개 있어요: ${names.join(', ')}${more(total, names)}`,
  off: () => '연결되지 않았어요.',
  connecting: () => '연결하는 중이에요…',
  again: (why) => `${why} 자동으로 다시 시도해요.`,
  connected: (as, home) =>
    `${home === undefined ? '' : `${home}에 `}${as === undefined ? '' : `${as}(으)로 `}연결됐어요.`,
  sandbox: () => '모델이 아니라 내장 샌드박스가 이미지를 그려요.',
  pictures: (address) => `${address}에서 이미지를 만들어요.`,
  waits: (jobs) =>
    jobs === 0
      ? '백엔드를 바꾸는 중이에요.'
      : `지금 백엔드에서 실행 중인 작업 ${jobs}개가 끝나면 바꿔요. 새 작업은 그때까지 기다려요.`,
};

function keySays(status: string | undefined): string {
  if (status === undefined) return '키가 유효해요.';
  if (status === 'active') return '키가 유효하고 계정도 활성 상태예요.';
  return status === 'waitlisted'
    ? '키는 유효하지만 계정이 대기 명단에 있어요. 승인되기 전에는 작업이 실행되지 않아요.'
    : `키가 유효해요. 계정 상태는 "${status}"예요.`;
}
