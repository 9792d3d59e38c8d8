/** What is wrong with a file that somebody sent, or an admin wrote, in Korean. */
import { TAKEN_PICTURES } from '../../core/pictures.ts';
import { advised, clip, type FileProblems } from '../phrases.ts';
import { TYPES } from './editor.ts';
import { bytes, list } from './phrases.ts';

/** The menu in ComfyUI, as it is called there. */
const EXPORT = '워크플로 → 내보내기 (API) 또는 파일 → 워크플로 내보내기 (API)';

/** What a slot for a picture takes. */
export const PICTURES = list([...TAKEN_PICTURES]);

export const fileProblems: FileProblems = {
  'not-an-image': ({ slot, name, found }) =>
    found === undefined
      ? `"${slot}"에는 이미지(${PICTURES})가 필요해요. "${clip(name)}" 파일은 읽을 수 없어요.`
      : `"${slot}"에는 이미지(${PICTURES})가 필요해요. "${clip(name)}" 파일은 ${found} 형식이라 읽을 수 없어요. JPEG나 PNG로 보내 주세요.${found === 'HEIC' ? ' (iPhone에서는 설정 → 카메라 → 포맷 → 높은 호환성을 고르면 JPEG로 저장돼요.)' : ''}`,
  'image-too-large': ({ slot, size, maxSize }) =>
    `"${slot}"에 넣은 이미지가 ${bytes(size)}예요. ${bytes(maxSize)}까지만 받을 수 있으니 크기를 줄여 주세요.`,
  'image-too-many-pixels': ({ slot, width, height, maxPixels, maxEdge }) =>
    `"${slot}"에 넣은 이미지가 ${width}×${height}픽셀이에요. ${maxEdge === undefined ? `${Math.round(maxPixels / 1e6)}메가픽셀` : `한 변 ${maxEdge}픽셀`}까지만 받을 수 있어요. 더 작게 줄여 주세요.`,
  'image-unreachable': ({ slot, name }) =>
    `"${slot}"에 쓸 이미지 "${clip(name)}" 파일을 가져오지 못했어요. 다시 첨부해 주세요.`,
  'not-such-a-file': ({ slot, type, name, formats }) =>
    `"${slot}"에는 ${TYPES[type]}(${formats.join(', ')}) 파일이 필요해요. "${clip(name)}" 파일은 그 형식으로 읽을 수 없어요.`,
  'attached-too-large': ({ slot, type, size, maxSize }) =>
    `"${slot}"에 넣은 ${TYPES[type]} 파일이 ${bytes(size)}예요. ${bytes(maxSize)}까지만 받을 수 있으니 크기를 줄여 주세요.`,
  'attached-unreachable': ({ slot, type, name }) =>
    `"${slot}"에 쓸 ${TYPES[type]} 파일("${clip(name)}")을 가져오지 못했어요. 다시 첨부해 주세요.`,
  'too-large-for-backend': ({ backend, limit, max = 0 }) => {
    if (limit === undefined) return `${backend}에서 받기에는 너무 커요. 더 작은 파일을 써 주세요.`;
    const most = {
      bytes: `파일당 ${bytes(max)}`,
      edge: `한 변 ${max}픽셀`,
      pixels: `${Math.round(max / 1e6)}메가픽셀`,
    }[limit];
    return `${backend}에서 받기에는 너무 커요. 최대 ${most}까지 받아요. 더 작은 ${limit === 'bytes' ? '파일을' : '이미지를'} 써 주세요.`;
  },
  'upload-misplaced': ({ slot, node, name }, reader) =>
    `"${slot}" 항목의 파일이 백엔드에 "${clip(name)}"(으)로 저장됐는데, "${clip(node)}" 노드는 그 위치에서 읽을 수 없어요. ${advised(
      reader,
      {
        person: '관리자가 백엔드를 확인해야 해요.',
        admin: '백엔드(또는 그 앞의 프록시)가 ComfyUI처럼 업로드를 입력 파일로 저장해야 해요.',
      },
    )}`,

  'template-broken': ({ file, path, detail }) =>
    `${clip(file)}${path ? `의 ${clip(path)}` : ''}: ${clip(detail, 300)}`,
  'ui-format-workflow': ({ file, picture }) =>
    picture
      ? `"${clip(file)}" 파일에는 편집기용 워크플로만 들어 있어요. ComfyUI 화면에 끌어다 놓고 ${EXPORT}를 선택한 다음, 그 파일을 보내 주세요.`
      : `"${clip(file)}" 파일은 ComfyUI 편집기가 저장한 워크플로예요. Easel에는 API 형식이 필요해요. ComfyUI에서 ${EXPORT}를 선택해 주세요.`,
  'empty-file': ({ file }) => `"${clip(file)}" 파일이 비어 있어요. 다시 내보내서 새 파일을 보내 주세요.`,
  'file-unreachable': ({ file }) => `"${clip(file)}" 파일을 가져오지 못했어요. 다시 첨부해 주세요.`,
  'file-too-large': ({ file, maxSize }) =>
    `"${clip(file)}" 파일이 너무 커요. ${bytes(maxSize)}까지만 받을 수 있어요. 워크플로라면 ${EXPORT}로 저장한, 이미지가 들어 있지 않은 파일을 보내 주세요.`,
  'not-a-workflow-file': ({ file, found }) =>
    `"${clip(file)}" 파일은 ${found ? `${found} 형식이에요` : 'JSON(UTF-8)도 PNG도 아니에요'}. ComfyUI에서 ${EXPORT}로 저장한 파일이나 ComfyUI가 저장한 PNG를 그대로 보내 주세요.`,
  'not-a-template-file': ({ file }) =>
    `"${clip(file)}" 파일은 template.json이 아니에요. 슬롯이 보이지 않아요. Easel이 내보낸 template.json이나 그런 형식의 파일을 보내 주세요.`,
  'picture-without-workflow': ({ file }) =>
    `"${clip(file)}" 파일에 워크플로가 없어요. ComfyUI는 PNG에 워크플로를 넣어 두지만, 채팅 앱이나 편집기를 거치면 사라져요. 사진이 아니라 파일로 보내거나, ${EXPORT}로 저장한 파일을 보내 주세요.`,
  'picture-damaged': ({ file }) =>
    `"${clip(file)}" 파일이 손상됐거나 중간에 잘렸어요. 파일로 다시 보내거나, ComfyUI에서 ${EXPORT}로 저장한 파일을 보내 주세요.`,
  'template-as-workflow': ({ file }) =>
    `"${clip(file)}" 파일은 워크플로를 설명하는 template.json이에요. 워크플로 자체를 보내 주세요. ComfyUI에서 ${EXPORT}를 선택하면 돼요.`,
  'not-a-workflow': ({ file, found }) =>
    `"${clip(file)}" 파일은 워크플로가 아니에요. ${{ list: '목록이 들어 있어요', value: '값 하나만 들어 있어요', nothing: '노드가 하나도 없어요' }[found]}. ComfyUI에서 ${EXPORT}를 선택한 다음, 그 파일을 보내 주세요.`,
  'invalid-json': ({ file, line, column, cutOff }) =>
    cutOff
      ? `"${clip(file)}" 파일이 ${line}번째 줄에서 끊겨 있어요. 다시 내보내거나 다시 보내 주세요.`
      : `"${clip(file)}" 파일은 올바른 JSON이 아니에요. ${line}번째 줄 ${column}번째 글자를 확인해 주세요. 직접 고친 적이 없다면 다시 내보내 주세요.`,
  'json-too-complex': ({ file, limit, max }) =>
    limit === 'depth'
      ? `"${clip(file)}" 파일은 ${max}단계보다 깊게 중첩돼 있어요. 이렇게 깊은 워크플로는 없으니 다시 내보내 주세요.`
      : `"${clip(file)}" 파일에는 값이 ${max}개보다 많아요. 워크플로를 나누거나 쓰지 않는 노드를 빼 주세요.`,
  'too-many-nodes': ({ file, count, max }) =>
    `"${clip(file)}" 파일에는 노드가 ${count}개 있어요. ${max}개까지만 받을 수 있으니 쓰지 않는 노드를 빼 주세요.`,
  'workflow-circle': ({ file, nodes }) =>
    `"${clip(file)}" 파일의 워크플로에 순환 연결이 있어요: ${list(nodes.map((node) => clip(node)))}. ComfyUI에서 그중 하나의 연결을 끊고 다시 내보내 주세요.`,
};
