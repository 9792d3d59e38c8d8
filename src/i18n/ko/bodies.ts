/** What is said where a reply cannot have all of it, in Korean. */
import type { Catalogue } from '../en.ts';
import type { Closed } from '../../core/bodies.ts';
import { advised, clip } from '../phrases.ts';
import { list } from './phrases.ts';

const CLOSED: Record<Closed, string> = {
  outside: '제가 그 채널에 없어서 결과를 여기로 보내요. 그 채널에서 바로 받으려면 저를 채널에 초대해 주세요.',
  'read-only':
    '그 채널은 읽기 전용이라 쓸 수 없어서 결과를 여기로 보내요. 채널을 관리하는 사람이 게시를 허용할 수 있어요.',
  archived: '그 채널이나 스레드가 보관되었거나 잠겨 있어서 결과를 여기로 보내요.',
  other: '그 채널에 게시할 수 없어서 결과를 여기로 보내요.',
};

export const bodies: Catalogue['bodies'] = {
  leftOut: () => '이곳의 규칙이 막고 있어 입력하신 말은 여기에 표시하지 않아요.',
  failed: () => '작업에 실패했어요. 이유에 입력하신 말이 들어 있을 수 있어 여기에는 표시하지 않아요.',
  filesLeftOut: (files) => `여기에 첨부하지 못한 파일이 ${files}개 있어요. 백엔드에는 남아 있어요.`,
  pictures: (files) => `이미지 ${files}개:`,
  last: () => '작업이 끝났어요. 이곳의 규칙 때문에 여기서는 더 말씀드릴 수 없어요.',
  beside: () => '결과는 아래쪽의 다른 메시지에 있어요.',
  direct: () => '결과를 다이렉트 메시지로 보냈어요.',
  closed: (why) => CLOSED[why],
  unshown: (reader) =>
    advised(reader, {
      person: '결과는 나왔지만 여기에 모두 보여 드리지 못했어요. 운영자에게 알려 주세요.',
      admin: '결과는 나왔지만 여기에 모두 보여 드리지 못했어요. 원인은 Easel 로그에 있어요.',
    }),
  withheld: () => '확인하실 일이 있지만 여기서는 말씀드릴 수 없어요. 자세한 내용은 로그에 있어요.',
  unmade: (names, why) =>
    `만들지 못한 것: ${list(names.map((name) => `"${clip(name, 60)}"`))}${why === undefined ? '' : `. ${why}`}`,
  remade: () => '백엔드에서 파일이 삭제되어 같은 설정으로 다시 만들었어요.',
  said: (backend, text) => `${clip(backend)}: ${text}`,
  stoodIn: (wanted, taken) =>
    `"${clip(wanted, 80)}" 모델이 설치되어 있지 않아 "${clip(taken, 80)}" 모델을 대신 썼어요.`,
  shrunk: (slot, width, height) =>
    `"${clip(slot, 80)}"에 넣은 이미지가 너무 커서 ${width}×${height}픽셀로 줄였어요.`,
};
