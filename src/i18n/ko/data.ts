/** What is said of the data folder: to whoever runs Easel, on a terminal. In Korean. */
import type { Catalogue } from '../en.ts';
import { bytes } from './phrases.ts';

export const data: Catalogue['data'] = {
  newer: (store, backups) =>
    `더 새로운 Easel이 쓴 기록이에요: ${store}. 아무것도 바꾸지 않았어요. 그 버전을 시작하거나, npm run restore -- 파일 명령어로 백업을 되돌리세요. 백업 위치: ${backups}`,
  damaged: (store, backups) =>
    `기록이 손상됐어요: ${store}. 아무것도 바꾸지 않았어요. npm run restore -- 파일 명령어로 백업을 되돌리세요. 백업 위치: ${backups}`,
  full: (store, missing) =>
    missing === undefined
      ? `디스크가 가득 찼어요: ${store}. 원래 내용은 그대로예요. 공간을 비운 뒤 다시 시도하세요.`
      : `디스크 공간이 부족해요: ${store}. ${bytes(missing)}가 더 필요해요. 원래 내용은 그대로예요. 공간을 비운 뒤 다시 시도하세요.`,
  busy: (store) => `다른 프로그램이 기록을 잡고 있어요: ${store}. 그 프로그램을 닫고 다시 시도하세요.`,
  failed: (store, detail) => `기록을 쓸 수 없어요: ${store} (${detail}). 아무것도 바꾸지 않았어요.`,
  unwritable: (folder) => `쓸 수 없는 곳이에요: ${folder}. 쓰기 권한을 확인하거나 다른 폴더를 지정하세요.`,
  recordsClosed: (path) =>
    `기록을 열 수 없어요: ${path}. Easel을 실행하는 사용자로 실행하세요. 쓸 수 없는 디스크라면 데이터 폴더를 통째로 복사하세요.`,
  backedUp: (path, files, size) =>
    `파일 ${files}개(${bytes(size)})를 백업했어요: ${path}\nEasel의 비밀 값과 사람들이 만든 것이 들어 있어요. 다른 사람이 읽을 수 없는 곳에 보관하세요.`,
  notBackedUp: (why) => `백업을 만들지 못했어요: ${why}`,
  restored: (from, files, aside) =>
    `파일 ${files}개를 되돌렸어요: ${from}\n${aside === undefined ? '이전 데이터는 없었어요.' : `이전 데이터 위치: ${aside}. 문제가 없으면 삭제하세요.`} 이제 Easel을 시작하세요.`,
  notRestored: (why) => `되돌리지 못했어요: ${why}`,
  whichBackup: (backups) => `어떤 백업인지 지정하세요: npm run restore -- 파일. 백업 위치: ${backups}`,
  noBackup: (path) => `Easel의 백업이 아니에요: ${path}`,
  backupDamaged: (path) =>
    `손상됐거나 일부가 빠져 있어요: ${path}. 아무것도 바꾸지 않았어요. 다른 백업을 쓰세요.`,
  backupNewer: (path) =>
    `더 새로운 Easel이 만든 백업이에요: ${path}. 아무것도 바꾸지 않았어요. 그 버전으로 되돌리세요.`,
  insideData: (path) => `데이터 폴더 안이에요: ${path}. 다른 폴더를 지정하거나 생략하세요.`,
  restoring: (directory) =>
    `되돌리기가 도중에 멈췄어요: ${directory}. 같은 명령어를 다시 실행하거나 Easel을 시작하세요. 어느 쪽이든 먼저 마무리해요.`,
  nothingThere: (directory) => `Easel의 기록이 없어요: ${directory}. DATA_DIR과 STORE_URL을 확인하세요.`,
  beingMade: (into) => `다른 백업을 만드는 중이에요: ${into}. 끝날 때까지 기다리거나 다른 폴더를 지정하세요.`,
  disturbed: (path) =>
    `만드는 동안 다른 곳에서 바꾸거나 지웠어요: ${path}. 백업은 남기지 않았어요. 다시 시도하거나 다른 폴더를 지정하세요.`,
  stopped: () => '중단됐어요. 모두 그대로예요.',
};
