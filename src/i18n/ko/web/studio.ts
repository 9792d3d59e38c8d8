/** What people read in the template studio, in Korean. Plain sentences: `{name}` stands for what the page puts in. */
import type { studio as en } from '../../en/web/studio.ts';
import { studioWords } from '../../studio-words.ts';
import { editor } from '../editor.ts';
import { shelf } from '../shelf.ts';

export const studio: Record<keyof typeof en, string> = {
  ...studioWords({ editor, shelf }),
  // the shelf
  templates: '템플릿',
  place: '위치',
  noTemplates: '아직 템플릿이 없어요.',
  loading: '불러오는 중…',
  edit: '편집',
  more: '더 보기',
  moreOf: '/{name} 더 보기',
  rename: '이름 바꾸기',
  switchOff: '끄기',
  switchOn: '켜기',
  history: '버전',
  remove: '삭제',
  removeAsk:
    '/{name} 템플릿을 모든 버전과 함께 삭제할까요? 되돌릴 수 없어요. 다시 필요할 수 있다면 먼저 내보내세요.',
  exportTemplate: 'template.json 내보내기',
  exportWorkflow: 'workflow.json 내보내기',
  version: '버전 {version}',
  versionBy: '{when}, {by}',
  broughtBack: '버전 {from} 되살림',
  inUse: '사용 중',
  rollback: '되살리기',
  rolledBack: '/{name} 템플릿을 버전 {from} 상태로 되돌렸어요. 이제 버전 {version}이에요.',
  cancel: '취소',
  // a file
  begin: '워크플로로 명령어 만들기',
  drop: '여기에 워크플로를 놓으세요. JSON(ComfyUI의 워크플로 → 내보내기 (API) 또는 파일 → 워크플로 내보내기 (API))이나 ComfyUI가 저장한 PNG면 돼요.',
  choose: '파일 선택',
  paste: '{keys}로 JSON을 붙여넣을 수도 있어요.',
  dropNow: '놓으면 열려요',
  reading: '{file} 읽는 중…',
  tooMany: '워크플로는 한 번에 하나만 보내 주세요. template.json은 함께 보낼 수 있어요.',
  pasted: 'pasted.json',
  // the editor
  back: '모든 템플릿',
  showAll: '{count}개 모두 보기',
  exportDraft: '내보내기',
  published: '게시했어요. 이제 /{name} 명령어를 쓸 수 있어요(버전 {version}).',
  tryIt: '채팅에서 써 보기',
  saving: '저장 중…',
  about: '이름과 설명',
  // the graph
  workflow: '워크플로',
  nodes: '노드',
  graphHint: '색이 있는 입력은 슬롯이 채워요. 다른 값도 +를 누르면 슬롯이 돼요.',
  fills: '채우는 곳: {inputs}',
  show: '슬롯 {slot} 변경',
  addFor: '{node}의 {input} 입력을 슬롯으로 만들기',
  addShort: '슬롯',
  from: '{node}에서',
  posted: '올리기',
  postedOf: '{node}의 결과 올리기',
  // previews
  preview: '미리 보기',
  discord: 'Discord',
  slack: 'Slack',
  previewNote: '대략적인 모습이에요. 실제와 조금 달라요.',
  options: '옵션',
  moreOptions: '외 {count}개',
  backendChoices: '백엔드에 있는 것 모두(입력하는 동안 제안돼요)',
  moreChoices: '외 {count}개',
  formOpens: '값 없이 보내면 이 양식이 열려요:',
  pickFile: '그림 선택',
  run: '실행',
  // the test run
  trial: '테스트 실행',
  trialHint: '기본값으로 한 번 실행해요. 결과는 이 페이지에만 보여요.',
  trialAgain: '다시 실행',
  trialBlocked: '고쳐야 할 점이 없어지면 실행할 수 있어요.',
  starting: '시작하는 중…',
};
