/** What a workflow leaves that can't be posted, in Korean. */
import { advised, clip } from '../phrases.ts';
import type { ProblemSentences } from '../sentences/problem-sentences.ts';
import { list } from './phrases.ts';

export const outputProblems: Pick<
  ProblemSentences,
  'no-output-nodes' | 'outputs-unseen' | 'trial-bare' | 'pictures-missed'
> = {
  'no-output-nodes': () =>
    '결과를 저장하거나 표시하는 노드가 없어서 올릴 것이 없어요. 올리고 싶은 결과에 Save Image 노드를 추가해 주세요.',
  'outputs-unseen': ({ nodes, all }) =>
    all
      ? `다음 노드의 결과는 백엔드에서 가져올 수 없어서 올릴 것이 없어요: ${list(nodes.map((node) => `"${clip(node)}"`))}. 올리고 싶은 결과에 Save Image 노드(동영상은 Save Video, 소리는 Save Audio)를 추가해 주세요.`
      : `다음 노드의 결과는 백엔드에서 가져올 수 없어서 올리지 않아요: ${list(nodes.map((node) => `"${clip(node)}"`))}. 다른 출력은 올려요.`,
  'trial-bare': () =>
    '테스트 실행은 잘 끝났지만 올릴 것이 없었어요. 올리고 싶은 결과에 Save Image 노드를 추가하거나 다른 출력을 고른 뒤 다시 테스트해 주세요.',
  'pictures-missed': ({ node, got, of, why, again }, reader) => {
    const title = `"${clip(node)}"`;
    if (why === 'disk')
      return `Easel의 디스크에 공간이 없어서 ${title} 노드의 그림을 모두 저장하지 못했어요. 나중에 다시 시도해 주세요.`;
    if (why === 'limit')
      return `${title} 노드가 한 번에 받을 수 있는 양보다 많이 보내서 ${got}장까지만 받았어요. 장수를 줄이거나 더 작게 요청해 주세요.`;
    const lost =
      got === 0
        ? `${title} 노드의 그림이 도착하지 않았어요.`
        : of === undefined
          ? `${title} 노드의 그림이 일부 도착하지 않았을 수 있어요.`
          : `${title} 노드의 그림 ${of}장 중 ${got}장만 도착했어요.`;
    return `${lost} 이 그림은 백엔드와의 연결로만 ${again ? '전달되는데, 다시 시도해도 도착하지 않았어요' : '전달돼요'}. ${advised(
      reader,
      {
        person: '나중에 다시 시도해 주세요. 계속되면 관리자에게 알려 주세요.',
        admin: '대신 Save Image 노드를 쓰면 그림이 백엔드에 남아서 다시 가져올 수 있어요.',
      },
    )}`;
  },
};
