/** What people read on Slack only, in Korean. */
import type { Catalogue } from '../en.ts';
import { clip } from '../phrases.ts';
import { PICTURES } from './file-problems.ts';

export const slack: Catalogue['slack'] = {
  about: () => 'ComfyUI 워크플로로 이미지 만들기',
  easel: () => '템플릿 실행, 또는 queue, cancel, template, settings, help',
  easelHint: () => '[템플릿] [만들 것]',
  useImage: () => '이 이미지 사용…',
  useImageHint: () => '이 이미지로 템플릿 실행하기',
  template: () => '이 이미지로 실행할 템플릿',
  noImage: () =>
    `그 메시지에는 이미지가 없어요. 이미지(${PICTURES})가 있는 메시지에서 바로 가기를 사용해 주세요.`,
  noImageTemplates: () => '여기에는 이미지를 받는 템플릿이 없어요.',
  notUploaded: (name, reason) => `Slack이 "${clip(name)}" 파일을 받지 않았어요(${clip(reason)}).`,
  threadFiles: (files) => `스레드에 파일 ${files}개가 있어요.`,
  oneMoment: () => '잠시만 기다려 주세요…',
  renewed: () => '업데이트 전에 열린 양식이에요. 지금 상태로 다시 열었으니 한 번 더 입력해 주세요.',
  closeForm: () => '완료했어요. 이 양식을 닫으면 계속할 수 있어요.',
  openForm: () => '양식 열기',
  search: () => '검색…',
  more: (hidden) => `… 그 밖에 ${hidden}개`,
  sentDirectly: () => '파일을 다이렉트 메시지로 보냈어요.',
};
