/** What is said of the data folder: to whoever runs Easel, on a terminal. In Korean. */
import type { Catalogue } from '../en.ts';
import { bytes } from './phrases.ts';

export const data: Catalogue['data'] = {
  newer: (place, backups) =>
    `더 새로운 Easel이 쓴 기록이에요: ${place}. 아무것도 바꾸지 않았어요. 그 버전을 시작하거나, npm run restore -- 파일 명령어로 백업을 되돌리세요. 백업 위치: ${backups}`,
  damaged: (place, backups) =>
    `기록이 손상됐어요: ${place}. 아무것도 바꾸지 않았어요. npm run restore -- 파일 명령어로 백업을 되돌리세요. 백업 위치: ${backups}`,
  full: (place, missing) =>
    missing === undefined
      ? `디스크가 가득 찼어요: ${place}. 원래 내용은 그대로예요. 공간을 비운 뒤 다시 시도하세요.`
      : `디스크 공간이 부족해요: ${place}. ${bytes(missing)}가 더 필요해요. 원래 내용은 그대로예요. 공간을 비운 뒤 다시 시도하세요.`,
  busy: (place) => `다른 프로그램이 기록을 잡고 있어요: ${place}. 그 프로그램을 닫고 다시 시도하세요.`,
  failed: (place, detail) => `기록을 쓸 수 없어요: ${place} (${detail}). 아무것도 바꾸지 않았어요.`,
};
