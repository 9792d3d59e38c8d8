/** What who runs Easel can do about a backend that is not well, in Korean. */
import type { advice as en } from '../../en/web/advice.ts';

export const advice: Record<keyof typeof en, string> = {
  checkAddress: '실행 중인지, 이 컴퓨터에서 연결되는지, COMFY_URL이 맞는지 확인하세요.',
  checkSlow: '모델을 불러오는 중이거나 과부하 상태일 수 있어요. 백엔드의 로그를 확인하세요.',
  checkAnswer: '백엔드의 로그를 보고, COMFY_URL이 중간의 다른 서버가 아니라 ComfyUI를 가리키는지 확인하세요.',
  checkKey:
    'COMFY_API_KEY를 설정한 곳에서 올바른 키로 바꾸세요: "운영" 페이지의 "연결" 또는 환경 변수(이 경우 Easel을 다시 시작하세요).',
  checkAccount: '계정 문제가 해결되면 작업은 저절로 이어져요.',
  checkBusy: '잠깐이면 그대로 두어도 돼요. 계속되면 COMFY_CONCURRENCY를 낮추세요.',
};
