/** A sentence for every problem, in Korean: what is wrong, and what the person can do. */
import { advised, clip, explain, platformName, type Sentences } from '../phrases.ts';
import { fieldName, TYPES } from './editor.ts';
import { connectionProblems } from './connection-problems.ts';
import { fileProblems } from './file-problems.ts';
import { outputProblems } from './output-problems.ts';
import { runProblems } from './run-problems.ts';
import { settingName } from './settings.ts';
import { bytes, list, range } from './phrases.ts';

/** Of what only who runs Easel can put right. */
const TELL = '봇 운영자에게 알려 주세요.';
const LOGGED = '원인은 Easel 로그에 있어요.';

/** Of what explains a problem. */
const more = (hidden: number): string =>
  `그 밖에 ${hidden}개가 더 있어요. /template edit 명령어로 모두 볼 수 있어요.`;

export const problems: Sentences = {
  'unknown-template': ({ name, known, near }) =>
    near
      ? `여기에는 /${clip(name)} 명령어가 없어요. 혹시 이건가요? ${list(near.map((k) => `/${k}`))}`
      : `여기에는 /${clip(name)} 명령어가 없어요. 쓸 수 있는 명령어: ${list(known.map((k) => `/${k}`))}.`,
  'bad-command': ({ detail }) => `이 부분을 이해하지 못했어요: ${clip(detail, 300)}`,
  'unknown-slot': ({ slot, known, typed }) =>
    `여기에는 "${clip(slot)}" 항목이 없어요.${typed ? ' 텍스트로 쓸 말이라면 따옴표로 묶어 주세요.' : ''} 설정할 수 있는 항목: ${list(known)}.`,
  'missing-value': ({ slot }) => `"${slot}" 값이 필요해요. 값을 입력해 주세요.`,
  'not-a-number': ({ slot, value, integer }) =>
    `"${slot}" 값은 ${integer ? '정수' : '숫자'}여야 해요. "${clip(value)}" 값은 쓸 수 없어요.`,
  'out-of-bounds': ({ slot, value, min, max }) =>
    `"${slot}" 값은 ${range(min, max)}만 쓸 수 있어요. 입력한 값: ${clip(value)}.`,
  'too-long': ({ slot, length, maxLength }) =>
    `"${slot}" 값은 최대 ${maxLength}자까지 쓸 수 있는데, ${length}자를 입력했어요.`,
  'not-a-choice': ({ slot, value, choices }) =>
    `"${slot}"에는 "${clip(value)}" 값을 쓸 수 없어요. 고를 수 있는 값: ${list(choices)}.`,
  'choice-unclear': ({ slot, value, choices }) =>
    `"${slot}"에 쓴 "${clip(value)}"에 맞는 것이 여러 개예요: ${list(choices)}.`,
  'choice-missing': ({ slot, value, choices }) =>
    `"${slot}"에 보통 쓰는 "${clip(value)}" 항목이 여기에 없고, 무엇으로 대신할지 알 수 없어요. 여기에 있는 것: ${list(choices)}.`,
  'model-unlike': ({ slot, value, family, families }) =>
    `"${clip(value)}" 모델은 ${family} 계열인데, 이 템플릿은 ${list(families)} 계열로 그려요. "${slot}"에 다른 것을 골라 주세요.`,
  'not-a-boolean': ({ slot, value }) =>
    `"${slot}"에는 yes나 no만 쓸 수 있어요. "${clip(value)}" 값은 쓸 수 없어요.`,
  'not-text': ({ slot }) => `"${slot}"에는 파일이 아니라 텍스트를 입력해 주세요.`,
  ...fileProblems,

  'no-such-template': ({ name }) =>
    `여기에는 "${clip(name)}" 템플릿이 없어요. /template list 명령어로 목록을 볼 수 있어요.`,
  'no-such-draft': () =>
    '그 템플릿은 더 이상 편집 중이 아니에요. 게시했거나 버렸거나 일주일이 지났어요. /template edit 또는 /template add 명령어로 다시 시작해 주세요.',
  'no-such-version': ({ name, version, known }) =>
    `"${clip(name)}" 템플릿에 그런 버전이 없어요: ${clip(version)}. 있는 버전: ${list(known.map(String))}.`,
  'bad-name': ({ name }) =>
    `"${clip(name)}" 이름은 쓸 수 없어요. 영문 소문자, 숫자, "-", "_"로 1~32자, 첫 글자는 영문 소문자나 숫자로 지어 주세요.`,
  'reserved-name': ({ name }) => `/${clip(name)} 명령어는 제가 쓰고 있어요. 다른 이름을 골라 주세요.`,
  'name-taken': ({ name }) => `여기에는 이미 "${clip(name)}" 템플릿이 있어요. 다른 이름을 골라 주세요.`,
  'overrides-builtin': ({ name }) =>
    `여기에서는 기본 제공 템플릿 /${clip(name)} 대신 이 템플릿이 쓰여요. 삭제하거나 이름을 바꾸면 기본 제공 템플릿이 돌아와요.`,
  'builtin-template': ({ name }) =>
    `"${clip(name)}" 템플릿은 기본 제공이에요. 여기에서 끄거나, 같은 이름으로 직접 만든 템플릿을 게시할 수 있어요.`,
  'bad-description': ({ length, max }) =>
    length === 0
      ? '설명이 필요해요. 무엇을 만드는지 한 줄로 적어 주세요.'
      : `설명이 ${length}자예요. 최대 ${max}자까지 쓸 수 있어요.`,
  'slot-exists': ({ slot }) => `이미 "${clip(slot)}" 슬롯이 있어요. 다른 이름을 골라 주세요.`,
  'slot-broken': ({ slot, field, detail }) => `"${clip(slot)}" — ${fieldName(field)}: ${clip(detail, 200)}.`,
  'not-an-input': ({ node, input }) =>
    `${clip(node)} 노드에는 슬롯으로 채울 수 있는 "${clip(input)}" 입력이 없어요.`,
  'too-many-slots': ({ count, max }) =>
    `슬롯 ${count}개는 너무 많아요. 명령어 하나에 ${max}개까지예요. ${count - max}개를 빼 주세요.`,
  'too-many-templates': ({ max }) =>
    `직접 만든 템플릿은 여기에서 ${max}개까지예요. 먼저 하나를 삭제해 주세요.`,
  'too-many-drafts': ({ max }) =>
    `이곳에는 편집 중인 초안이 이미 ${max}개 있어요. 먼저 하나를 게시하거나 버려 주세요. 초안은 마지막 변경 후 일주일이 지나면 사라져요.`,
  'drafts-too-large': ({ maxSize }) =>
    `이곳의 초안을 모두 합치면 ${bytes(maxSize)}를 넘어요. 먼저 하나를 게시하거나 버려 주세요. 초안은 마지막 변경 후 일주일이 지나면 사라져요.`,
  'many-choices': ({ slot, count }) =>
    `"${slot}" 선택지는 ${count}개라서 Discord 명령 하나에 다 나열할 수 없어요. 몇 글자를 입력해서 찾아요.`,
  'description-cut': ({ length, max }) => `설명이 ${length}자예요. Discord에는 처음 ${max}자만 보여요.`,
  'slots-typed-only': ({ name, slots, max }) =>
    `Discord 명령에는 옵션을 ${max}개까지 둘 수 있고 필수 옵션이 먼저예요. ${list(slots.map((slot) => `"${clip(slot)}"`))} 값은 입력해서 지정할 수 있어요: /easel ${clip(name)} … --${clip(slots[0] ?? '')} …`,
  'two-images': ({ slot, first }) =>
    `"${first}" 외에 "${slot}"에도 파일이 필요해요. 멘션이나 메시지 바로 가기로는 파일을 하나만 보낼 수 있으니, 그때는 명령어나 양식을 써야 해요.`,
  'no-trial-file': ({ slot, type }) =>
    `"${slot}"에는 ${TYPES[type]} 파일이 필요한데, 테스트 실행에 쓸 파일이 없어요. 게시한 뒤 직접 파일을 첨부해서 실행해 주세요.`,
  'value-unavailable': ({ slot, node, input, value }) =>
    `"${slot ?? clip(node)}": 백엔드에 ${clip(input)} 값으로 쓸 "${clip(value)}" 항목이 없어요.`,
  'values-unavailable': ({ values }) =>
    `백엔드에 다음 항목이 없어요: ${list(values.map(({ slot, node, input, value }) => `"${clip(value)}" (${slot ?? clip(node, 40)} · ${clip(input, 40)})`))}.`,
  'nothing-to-pick': ({ slot, input }) =>
    `"${slot}": 백엔드에 ${clip(input)} 값으로 쓸 파일이 하나도 없어서 고를 것이 없어요.`,
  'foreign-file': ({ slot, node, value }) =>
    value === undefined
      ? `"${slot ?? clip(node)}" 항목은 입력한 이름의 파일을 백엔드에서 열기 때문에 다른 사람의 파일도 보일 수 있어요. 직접 보내는 이미지 항목으로 바꿔 주세요.`
      : `"${slot ?? clip(node)}" 항목이 백엔드의 "${clip(value)}" 파일을 가리키지만, 여기에서 저를 통해 보낸 파일이 아니에요. 꼭 보내야 하는 이미지 항목으로 바꿔 주세요.`,
  'backend-unasked': ({ backend }) =>
    `${backend}에 물어볼 수 없어서, 필요한 노드와 모델이 있는지 알 수 없어요.`,
  'not-publishable': ({ findings }, reader) =>
    `아직 게시할 수 없어요. ${explain(problems, findings, reader, more).join(' ')}`,
  'template-unfit': ({ name, findings }, reader) =>
    `/${clip(name)} 템플릿이 더는 백엔드와 맞지 않아요. ${explain(problems, findings, reader, more).join(' ')} ${advised(
      reader,
      {
        person: '관리자에게 알렸으니, 고칠 때까지 다른 템플릿을 써 주세요.',
        admin: `/template edit ${clip(name)} 명령어로 고칠 수 있어요.`,
      },
    )}`,
  'template-disabled': ({ name }) => `/${clip(name)} 템플릿은 여기에서 꺼져 있어요.`,
  'commands-refused': () =>
    '여기서는 처리했지만 Discord가 명령어를 받지 않았어요. 저를 추가할 때 "applications.commands" 범위를 허용했는지 확인해 주세요. 다음에 시작할 때 다시 시도할게요.',
  'not-in-menu': ({ platform, names, refused }) =>
    refused === undefined
      ? `${platformName(platform)} 메뉴에 자리가 없는 템플릿: ${list(names.map((name) => `/${clip(name)}`))}. 실행은 돼요. /easel ${clip(names[0] ?? '')} … 처럼 입력하세요. 메뉴에는 선택된 것과 가장 많이 쓰인 것이 들어가요.`
      : `${platformName(platform)} 메뉴가 받아들이지 않은 템플릿: ${list(names.map((name) => `/${clip(name)}`))} ("${clip(refused, 200)}"). 실행은 돼요. /easel ${clip(names[0] ?? '')} … 처럼 입력하세요.`,
  'options-left-out': ({ name, slots }) =>
    `여기의 /${clip(name)} 템플릿에는 없는 옵션이라 빼고 실행했어요: ${list(slots.map((slot) => `"${clip(slot)}"`))}.`,

  'not-an-admin': () => '여기에서는 관리자만 할 수 있어요.',
  banned: (_, reader) =>
    advised(reader, {
      person: '여기에서는 저를 사용할 수 없어요. 잘못된 것 같으면 관리자에게 문의해 주세요.',
      admin: '여기에서 사용할 수 없는 사람 목록에 들어 있어요. /settings 명령어로 뺄 수 있어요.',
    }),
  outsider: () =>
    '여기에서는 이 워크스페이스의 멤버만 저를 사용할 수 있어요. 이 워크스페이스의 관리자가 설정을 바꿀 수 있어요.',
  'not-your-role': () => '지금 역할로는 여기에서 사용할 수 없어요. 관리자에게 문의해 주세요.',
  'not-this-channel': ({ channels }) =>
    `이 채널에서는 사용할 수 없어요. 사용할 수 있는 다른 채널이 ${channels.length}개 있으니 관리자에게 물어봐 주세요.`,
  'not-for-you': ({ name }) =>
    `/${clip(name)} 템플릿은 여기에서 일부 역할만 쓸 수 있어요. 지금 역할로는 쓸 수 없어요.`,
  'not-here': ({ name }) =>
    `/${clip(name)} 템플릿은 일부 채널에서만 쓸 수 있어요. 이 채널에서는 쓸 수 없어요.`,
  'age-restricted': ({ name }) => `/${clip(name)} 템플릿은 연령 제한 채널에서만 쓸 수 있어요.`,
  'blocked-word': ({ slot }) => `"${slot}"에 이곳에서 쓸 수 없는 금지어가 있어요.`,
  'not-served-here': () => '이곳에서는 저를 사용할 수 없어요. 운영자만 바꿀 수 있어요.',
  'blocked-by-operator': () => '저를 사용할 수 없어요. 잘못되었다고 생각하면 운영자에게 문의해 주세요.',
  'direct-messages-off': () => '다이렉트 메시지에서는 요청을 받지 않아요. 서버에서 요청해 주세요.',
  'user-installs-off': () => '서버에 추가된 곳에서만 동작해요. 개인이 추가한 경우에는 사용할 수 없어요.',
  'not-taking-jobs': () => '지금은 새 작업을 받지 않아요. 나중에 다시 시도해 주세요.',
  'partner-nodes': ({ nodes, allowed }, reader) => {
    const named = list(nodes.map((node) => clip(node)));
    const whose = reader === 'operator' ? '본인' : '운영자';
    if (allowed) return `실행할 때마다 ${whose}의 비용이 들어요: ${named}.`;
    return `${whose}의 비용이 드는 노드라서 이곳에서는 허용되지 않아요: ${named}. ${advised(reader, {
      person: '다른 템플릿을 사용해 주세요.',
      admin: '다른 노드를 쓰거나, /easel operator 또는 운영자 페이지에서 허용해야 해요.',
      operator: '운영자 페이지에서 허용하거나 다른 노드를 사용하세요.',
    })}`;
  },

  'settings-damaged': (_, reader) =>
    `이곳의 설정을 읽을 수 없어서 아무것도 실행하지 않아요. ${advised(reader, { person: TELL, admin: LOGGED })}`,
  'setting-not-a-number': ({ setting, value, min, max }) =>
    `${settingName(setting)}: ${min} 이상 ${max} 이하의 정수를 입력하거나, 기본값을 쓰려면 비워 두세요. "${clip(value)}" 값은 쓸 수 없어요.`,
  'setting-above-maximum': ({ setting, value, max }) =>
    `${settingName(setting)}: 여기서는 최대 ${max}까지예요. "${clip(value)}" 값은 쓸 수 없어요. 더 늘리는 것은 봇 운영자만 할 수 있어요.`,
  'setting-too-long': ({ setting, max }) => `${settingName(setting)}: 최대 ${max}개까지 넣을 수 있어요.`,
  'setting-changed': ({ setting, value }) =>
    `다른 사람이 방금 이 설정을 바꿨어요: ${settingName(setting)}. 지금 값: ${value === '' ? '기본값' : `"${clip(value)}"`}. 내 변경은 아직 저장되지 않았어요. 다시 열어 확인한 뒤 저장해 주세요.`,
  'setting-unknown': ({ setting, value, known }) =>
    `${settingName(setting)}: "${clip(value)}" 값은 쓸 수 없어요. 쓸 수 있는 값: ${list(known)}.`,

  'user-waiting-cap': ({ cap }) =>
    `이미 대기 중인 작업이 ${cap}개 있어요. 하나가 끝날 때까지 기다리거나 하나를 취소해 주세요.`,
  'guild-waiting-cap': ({ cap }) =>
    `이곳의 대기열이 가득 찼어요. 작업 ${cap}개가 대기 중이니, 몇 개가 끝난 뒤에 다시 시도해 주세요.`,
  'person-waiting-cap': ({ cap }) =>
    `모든 곳을 합쳐 내 작업 ${cap}개가 이미 대기 중이에요. 하나가 끝나기를 기다리거나 취소해 주세요.`,
  'everybody-waiting-cap': () =>
    '전체 대기열이 가득 차서 지금은 더 받을 수 없어요. 나중에 다시 시도해 주세요.',
  'shutting-down': () => 'Easel을 다시 시작하는 중이에요. 1분 뒤에 다시 시도해 주세요.',

  ...connectionProblems,
  ...outputProblems,
  'form-expired': () => '양식을 여는 데 시간이 너무 오래 걸렸어요. 다시 시도해 주세요.',
  'bad-request': () => '페이지가 보낸 내용을 읽지 못했어요. 새로고침한 뒤 다시 시도해 주세요.',
  'request-too-large': ({ maxSize }) =>
    `한 번에 ${bytes(maxSize)}까지만 받을 수 있어요. 더 작은 이미지를 써 주세요.`,
  'too-many-pages': ({ max }) => `페이지가 이미 ${max}개 열려 있어요. 하나를 닫아 주세요.`,
  'file-gone': () => '그 파일은 더는 없어요.',
  'stars-full': () =>
    '별표를 단 그림이 이미 그림을 둘 공간의 절반을 차지하고 있어요. 다른 그림의 별표를 떼거나 몇 장을 지워 주세요.',
  'words-blocked': () => '이곳의 규칙 때문에 그 내용은 여기서 말씀드릴 수 없어요.',

  'no-such-job': () => '그런 작업은 없거나 이미 사라졌어요.',
  'not-your-job': () => '다른 사람의 작업이에요. 작업을 시작한 사람이나 관리자만 취소할 수 있어요.',
  'already-ended': () => '이미 끝난 작업이라 취소할 수 없어요.',
  'which-job': ({ titles }) =>
    `작업이 여러 개 있어요: ${list(titles.map((title) => `"${clip(title, 40)}"`))}. 어느 작업인지 더 자세히 입력해 주세요.`,
  'nothing-to-cancel': () => '여기에는 취소할 수 있는 작업이 없어요.',
  'again-needs-picture': ({ slot }) =>
    `"${slot}"에 쓴 이미지는 보관하지 않아요. 이미지를 첨부해서 명령어를 다시 실행해 주세요.`,
  'again-needs-file': ({ slot, type }) =>
    `"${slot}"에 쓴 ${TYPES[type]} 파일은 보관하지 않아요. 파일을 첨부해서 명령어를 다시 실행해 주세요.`,
  'store-failed': (_, reader) =>
    `저장하지 못해서 시작하지 않았어요. ${advised(reader, { person: TELL, admin: LOGGED })}`,
  'record-unreadable': () =>
    '저장해 둔 기록을 더 이상 읽을 수 없어서 이어 갈 수 없어요. 처음부터 다시 해 주세요.',
  'disk-nearly-full': ({ free }) =>
    `데이터 폴더의 디스크에 ${bytes(free)}만 남았어요. 가득 차면 새 작업을 받을 수 없어요.`,
  'delivery-failed': () => '결과를 보내지 못했어요.',

  'too-heavy': ({ ref }) =>
    `이 결과를 보내는 중에 Easel이 세 번 멈춰서 보내지 않았습니다. 결과가 너무 클 수 있습니다. 더 적거나 작은 그림으로 다시 요청해 주세요.${ref === undefined ? '' : ` Easel 운영자는 로그에서 ${ref}(으)로 찾을 수 있습니다.`}`,

  'data-full': ({ file }) =>
    file === undefined
      ? 'Easel의 디스크가 가득 차서 지금은 새 작업을 받을 수 없습니다. 대기 중인 작업은 계속됩니다. 잠시 후 다시 시도해 주세요.'
      : `Easel의 디스크에 "${clip(file)}" 파일을 둘 자리가 없었어요. 한 번에 만드는 양을 줄이거나 나중에 다시 시도해 주세요.`,
  'backend-unreachable': ({ backend }) => `지금은 ${backend}에 연결할 수 없어요. 나중에 다시 시도해 주세요.`,
  'backend-timeout': ({ backend }) => `${backend}에서 제때 응답하지 않았어요. 나중에 다시 시도해 주세요.`,
  'backend-broken': ({ backend, status, words }, reader) =>
    `${backend}에서 알 수 없는 응답이 왔어요${status ? `(HTTP ${status})` : ''}. ${advised(reader, {
      person: '나중에 다시 시도하거나 관리자에게 알려 주세요.',
      admin: `나중에 다시 시도해 주세요. ${LOGGED}`,
      operator: words && `응답 내용: "${clip(words, 300)}". 나중에 다시 시도해 주세요.`,
    })}`,
  'wrong-api-key': ({ backend }, reader) =>
    `${backend}에서 API 키를 거부했어요. ${advised(reader, {
      person: '관리자가 확인해야 해요.',
      admin: 'COMFY_API_KEY에 올바른 키를 설정해야 해요.',
    })}`,
  'login-refused': ({ backend }, reader) =>
    `${backend}에 로그인할 수 없어요. ${advised(reader, {
      person: '관리자가 확인해야 해요.',
      admin: 'COMFY_URL의 로그인 정보를 확인해야 해요.',
    })}`,
  'no-credits': ({ backend }, reader) =>
    `${backend} 계정에 남은 크레딧이 없어요. ${advised(reader, {
      person: '관리자가 충전해야 해요.',
      admin: '충전이 필요해요.',
    })}`,
  'subscription-inactive': ({ backend }, reader) =>
    `${backend} 구독이 활성 상태가 아니에요. ${advised(reader, {
      person: '관리자가 갱신해야 해요.',
      admin: '갱신이 필요해요.',
    })}`,
  'backend-forbids': ({ backend, words }, reader) =>
    `${backend}의 계정으로는 실행할 수 없어요${words ? `("${clip(words, reader === 'person' ? 120 : 300)}")` : ''}. ${advised(
      reader,
      {
        person: '관리자가 요금제를 확인해야 해요.',
        admin: '이것을 실행할 수 있는 요금제가 필요해요.',
      },
    )}`,
  'held-too-long': ({ backend, hours }) =>
    `${backend}에서 ${hours}시간 동안 아무것도 받지 않아 기다리기를 그만뒀어요. 다시 시도해 주세요.`,
  'backend-busy': ({ backend }) =>
    `${backend}에 작업이 너무 많아 받을 수 없어요. 몇 분 뒤에 다시 시도해 주세요.`,
  ...runProblems,
  internal: ({ ref }, reader) =>
    `내부 오류가 생겼어요. ${advised(reader, {
      person: `봇 운영자에게 알려 주세요: ${ref}`,
      admin: `원인은 로그의 다음 번호에 있어요: ${ref}`,
    })}`,
};
