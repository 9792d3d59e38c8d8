/** What people read on Slack only, in Korean. */
import type { Catalogue } from '../en.ts';
import { clip } from '../phrases.ts';

export const slack: Catalogue['slack'] = {
  about: () => 'ComfyUI 워크플로로 이미지 만들기',
  easel: () => '템플릿 실행, 또는 queue, cancel, template, settings, help',
  easelHint: () => '[템플릿] [만들 것]',
  useImage: () => '이 이미지 사용…',
  useImageHint: () => '이 이미지로 템플릿 실행하기',
  template: () => '이 이미지로 실행할 템플릿',
  noImage: () =>
    '그 메시지에는 이미지가 없어요. PNG, JPEG, WebP, GIF 이미지가 있는 메시지에서 바로 가기를 사용해 주세요.',
  noImageTemplates: () => '여기에는 이미지를 받는 템플릿이 없어요.',
  direct: () =>
    '제가 그 채널에 없어서 결과를 여기로 보내요. 그 채널에서 바로 받으려면 저를 채널에 초대해 주세요.',
  notUploaded: (name, reason) => `Slack이 "${clip(name)}" 파일을 받지 않았어요(${clip(reason)}).`,
  threadFiles: (files) => `스레드에 파일 ${files}개가 있어요.`,
  oneMoment: () => '잠시만 기다려 주세요…',
  addForm: () => '새 템플릿',
  addFile: () => '워크플로',
  addSettings: () => '함께 쓸 template.json',
  addName: () => '이름',
  addSubmit: () => '불러오기',
  editorForm: () => '템플릿',
  settingsForm: () => '설정',
  settingsSubmit: () => '저장',
  limitForm: (name) => clip(`사용 범위: /${name}`, 24),
  slotSubmit: () => '완료',
  slotDone: () => '초안에 반영했어요. 이 양식을 닫으면 볼 수 있어요.',
  heading: (name, description) => `/easel ${name} — ${description}`,
  changeSlot: () => '변경…',
  search: () => '노드와 입력 검색…',
  posts: () => '올릴 결과. 선택하지 않으면 모두',
  moreSlots: (hidden) => `… 그 밖에 슬롯 ${hidden}개`,
  openAdd: () => '파일 선택…',
  askAdd: () => '메시지에 워크플로를 첨부하거나 파일을 선택해 주세요:',
  openDraft: () => '편집기 열기',
  drafted: (name) => `/${name} 초안이 준비됐어요.`,
  openSettings: () => '설정 열기',
  askSettings: () => '설정은 양식에서 바꿀 수 있어요:',
  openLimit: () => '채널 선택…',
  askLimit: (name) =>
    `/${name} 템플릿을 쓸 수 있는 곳은 양식에서 정해요. Slack에는 제가 볼 수 있는 역할이 없어요.`,
  limited: (name, channels) =>
    channels === 0
      ? `/${name} 템플릿은 이제 어디서나 쓸 수 있어요.`
      : `/${name} 템플릿은 이제 채널 ${channels}개에서만 쓸 수 있어요.`,
  published: (name, version) => `버전 ${version} 게시 완료. 바로 쓸 수 있어요: /easel ${name}`,
  testing: () => '테스트 실행을 시작했어요. 결과는 다이렉트 메시지로만 보내 드려요.',
  sentDirectly: (name) => `/${name} 템플릿의 두 파일을 다이렉트 메시지로 보냈어요.`,
  templatesAbout: () => '템플릿 추가하고 관리하기',
  usage: (usage, description) => `/easel ${usage} — ${description}`,
  channels: () => '채널. 선택하지 않으면 어디서나',
  admins: () => '추가 관리자(워크스페이스 관리자 외)',
  noRoles: () => 'Slack에는 제가 볼 수 있는 역할이 없어요. 대신 사람을 지정해 주세요.',
  auditMore: (hidden) => `… 그 이전 ${hidden}개`,
};
