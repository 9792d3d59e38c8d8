/** Sentences for what a backend refuses of a workflow, and for how runs fail, in Korean. */
import { advised, clip, type NamedInput, type RunProblems } from '../phrases.ts';
import { bytes, list } from './phrases.ts';

export const runProblems: RunProblems = {
  'missing-node': ({ node, title }, reader) =>
    `이 템플릿에 필요한 "${clip(node)}" 노드${title === undefined ? '' : `("${clip(title)}")`}가 백엔드에 없어요. ${advised(
      reader,
      {
        person: '관리자가 설치해야 해요.',
        admin: '백엔드에 설치하거나 워크플로에서 빼야 해요.',
      },
    )}`,
  'missing-nodes': ({ nodes }, reader) =>
    `이 템플릿에 필요한 노드 ${nodes.length}개가 백엔드에 없어요: ${list(nodes.map((node) => clip(node)))}. ${advised(
      reader,
      { person: '관리자가 설치해야 해요.', admin: '백엔드에 설치하거나 워크플로에서 빼야 해요.' },
    )}`,
  'model-missing': ({ input, title, slot, value, choices = [] }, reader) => {
    const has = choices.length > 0 ? ` 있는 것: ${list(choices)}.` : '';
    return `${inputOf({ slot, title, input })} 값으로 쓸 "${clip(value)}" 항목이 백엔드에 없어요.${has} ${advised(
      reader,
      {
        person: '다른 것을 고르거나 관리자에게 설치를 요청해 주세요.',
        admin: '다른 것을 고르거나 백엔드에 설치해 주세요.',
      },
    )}`;
  },
  'workflow-refused': (problem, reader) => {
    const { detail, title, slot, input, why = '', value = '' } = problem;
    if (slot === undefined && input === undefined)
      return title === undefined
        ? `백엔드가 워크플로를 거부했어요: ${clip(detail, 300)}`
        : `백엔드가 "${clip(title)}" 노드를 거부했어요: ${clip(detail, 300)}`;
    const where = inputOf(problem);
    switch (why) {
      case 'required_input_missing':
        return `${where} 값이 필요한데 비어 있어요. ${advised(reader, {
          person: '관리자가 템플릿을 확인해야 해요.',
          admin: '워크플로에서 연결하거나 값을 넣거나, 슬롯을 지정해 주세요.',
        })}`;
      case 'value_not_in_list':
        return `${where} 값으로 쓸 "${clip(value)}" 항목이 백엔드에 없어요. ${advised(reader, {
          person: '관리자가 템플릿을 확인해야 해요.',
          admin: '워크플로에서 다른 것을 고르거나 백엔드에 설치해 주세요.',
        })}`;
      case 'value_smaller_than_min':
        return `"${clip(value)}" 값은 ${where} 값으로 쓰기에 너무 작아요.`;
      case 'value_bigger_than_max':
        return `"${clip(value)}" 값은 ${where} 값으로 쓰기에 너무 커요.`;
      default:
        return `백엔드가 ${where} 값을 거부했어요: ${clip(detail, 300)}`;
    }
  },
  'run-failed': ({ node, detail }) => `"${clip(node)}" 노드에서 실패했어요: ${clip(detail, 300)}`,
  'out-of-memory': ({ node }) =>
    `"${clip(node)}" 노드에서 백엔드의 메모리가 부족해졌어요. 크기를 줄이거나 한 번에 만드는 이미지 수를 줄여 주세요.`,
  'model-download-failed': ({ detail }) => `백엔드가 모델을 내려받지 못했어요: ${clip(detail, 300)}`,
  'image-download-failed': ({ detail }) => `백엔드가 입력 이미지를 읽지 못했어요: ${clip(detail, 300)}`,
  interrupted: () => '끝나기 전에 백엔드에서 중단됐어요. 다시 시작해 주세요.',
  'run-lost': ({ backend }) =>
    `${backend}에서 이 작업이 자꾸 사라져요. 아마 다시 시작하는 중인 것 같으니 나중에 다시 시도해 주세요.`,
  'backend-crashed': ({ backend, words }, reader) =>
    `실행하는 동안 ${backend} 자체에 장애가 생겼어요. 다시 시도해 봤지만 마찬가지였어요. 워크플로 탓은 아니에요. ${advised(
      reader,
      {
        person: '나중에 다시 시도해 주세요.',
        admin: '나중에 다시 시도해 주세요.',
        operator: words && `응답 내용: "${clip(words, 300)}". 나중에 다시 시도해 주세요.`,
      },
    )}`,
  'run-untold': ({ backend, word }) =>
    `${backend}에서 이 실행의 상태를 "${word}"(이)라고 하는데, 제가 모르는 말이고 그 뒤로 소식이 없어요. 백엔드에서 어떻게 됐는지 확인하거나 다시 시작해 주세요.`,
  'run-too-long': ({ minutes }) => `${minutes}분이 지나도 끝나지 않아 중단했어요.`,
  'no-outputs': (_, reader) =>
    `실행했지만 보여 줄 결과가 없어요. ${advised(reader, {
      person: '관리자가 템플릿을 확인해야 해요.',
      admin: '템플릿에서 어떤 노드가 저장하고 어떤 것이 게시되는지 확인해 주세요.',
    })}`,
  'output-gone': ({ name, again }, reader) =>
    again
      ? `"${clip(name)}" 파일을 다시 만들었지만 가져오기 전에 또 백엔드에서 사라졌어요. ${advised(reader, {
          person: '관리자에게 알려 주세요.',
          admin: '출력 폴더가 비워지고 있거나 다른 서버가 파일 요청에 응답하고 있어요.',
        })}`
      : `백엔드에 "${clip(name)}" 파일이 더는 없어요. 다시 실행해 주세요. 시드를 바꾸면 확실히 새로 그려요.`,
  'output-too-large': ({ name, maxSize }) =>
    `"${clip(name)}" 파일이 너무 커요. ${bytes(maxSize)}까지만 가져올 수 있어요.`,
};

/** An input of a node, as its person knows it: their slot, or what the node is called. */
function inputOf({ slot, title, input = '' }: NamedInput): string {
  if (slot !== undefined) return `"${slot}"`;
  return title === undefined ? `"${clip(input)}"` : `"${clip(title)}" 노드의 "${clip(input)}"`;
}
