/** A sentence for every problem, in Chinese: what is wrong, and what the person can do. */
import { advised, clip, explain, platformName, type Sentences } from '../phrases.ts';
import { fieldName, TYPES } from './editor.ts';
import { connectionProblems } from './connection-problems.ts';
import { fileProblems } from './file-problems.ts';
import { outputProblems } from './output-problems.ts';
import { runProblems } from './run-problems.ts';
import { settingName } from './settings.ts';
import { bytes, list, range } from './phrases.ts';

/** Of what only who runs Easel can put right. */
const TELL = '请告知这个机器人的维护者。';
const LOGGED = '原因见 Easel 的日志。';

/** Of what explains a problem. */
const more = (hidden: number): string => `另外还有 ${hidden} 项，可用 /template edit 全部查看。`;

export const problems: Sentences = {
  'unknown-template': ({ name, known, near }) =>
    near
      ? `这里没有 /${clip(name)}。你是不是想用 ${list(near.map((k) => `/${k}`))}？`
      : `这里没有 /${clip(name)}。可用的有：${list(known.map((k) => `/${k}`))}。`,
  'bad-command': ({ detail }) => `无法识别：${clip(detail, 300)}`,
  'unknown-slot': ({ slot, known, typed }) =>
    `这里没有参数“${clip(slot)}”。可用的有：${list(known)}。${typed ? '如果只是普通文字，请加上引号。' : ''}`,
  'missing-value': ({ slot }) => `“${slot}”为必填，请填写。`,
  'not-a-number': ({ slot, value, integer }) =>
    `“${slot}”必须是${integer ? '整数' : '数字'}，“${clip(value)}”不是。`,
  'out-of-bounds': ({ slot, value, min, max }) => `“${slot}”${range(min, max)}，你给的是 ${clip(value)}。`,
  'too-long': ({ slot, length, maxLength }) => `“${slot}”最多 ${maxLength} 个字符，你输入了 ${length} 个。`,
  'not-a-choice': ({ slot, value, choices }) => `“${slot}”不能是“${clip(value)}”。可选：${list(choices)}。`,
  'choice-unclear': ({ slot, value, choices }) =>
    `“${slot}”的“${clip(value)}”可能指好几个：${list(choices)}。`,
  'choice-missing': ({ slot, value, choices }) =>
    `“${slot}”通常用的“${clip(value)}”这里没有安装，我也无法判断该用哪个代替。这里有：${list(choices)}。`,
  'model-unlike': ({ slot, value, family, families }) =>
    `“${clip(value)}”属于 ${family} 系列，而这个模板用的是 ${list(families)}。请为“${slot}”另选一个。`,
  'not-a-boolean': ({ slot, value }) => `“${slot}”是开关，请填 yes 或 no，不能填“${clip(value)}”。`,
  'not-text': ({ slot }) => `“${slot}”需要文字，不能是文件。`,
  ...fileProblems,

  'no-such-template': ({ name }) => `这里没有模板“${clip(name)}”。用 /template list 可以查看全部模板。`,
  'no-such-draft': () =>
    '这个模板的编辑已经结束：它已发布、已放弃，或已超过一周。请用 /template edit 或 /template add 重新开始。',
  'no-such-version': ({ name, version, known }) =>
    `“${clip(name)}”没有版本 ${clip(version)}。现有版本：${list(known.map(String))}。`,
  'bad-name': ({ name }) =>
    `“${clip(name)}”不能用作名称：请用 1–32 个小写字母、数字、“-”或“_”，并以字母或数字开头。`,
  'reserved-name': ({ name }) => `/${clip(name)} 是我自带的命令，请换一个名称。`,
  'name-taken': ({ name }) => `这里已经有模板“${clip(name)}”了，请换一个名称。`,
  'overrides-builtin': ({ name }) =>
    `它会在这里取代内置的 /${clip(name)}。删除或重命名它，内置模板就会恢复。`,
  'builtin-template': ({ name }) =>
    `“${clip(name)}”是内置模板。你可以在这里停用它，或用同样的名称发布自己的模板。`,
  'bad-description': ({ length, max }) =>
    length === 0 ? '请填写说明：用一句话说明它能做什么。' : `说明有 ${length} 个字符，最多 ${max} 个。`,
  'slot-exists': ({ slot }) => `已经有参数“${clip(slot)}”了，请换一个名称。`,
  'slot-broken': ({ slot, field, detail }) => `“${clip(slot)}” — ${fieldName(field)}：${clip(detail, 200)}。`,
  'not-an-input': ({ node, input }) => `节点 ${clip(node)} 没有可以由参数填入的输入“${clip(input)}”。`,
  'too-many-slots': ({ count, max }) =>
    `${count} 个参数太多了：一条命令最多 ${max} 个。请移除 ${count - max} 个。`,
  'too-many-templates': ({ max }) => `这里最多只能有 ${max} 个自己的模板，请先删除一个。`,
  'too-many-drafts': ({ max }) =>
    `这里已经有 ${max} 个正在编辑的草稿。请先发布或丢弃一个。草稿在最后一次修改一周后会被清除。`,
  'drafts-too-large': ({ maxSize }) =>
    `这里的草稿合计会超过 ${bytes(maxSize)}。请先发布或丢弃一个。草稿在最后一次修改一周后会被清除。`,
  'many-choices': ({ slot, count }) =>
    `“${slot}”有 ${count} 个选项，超出 Discord 一个命令能列出的数量：输入几个字即可查找。`,
  'description-cut': ({ length, max }) => `说明有 ${length} 个字符；Discord 只显示前 ${max} 个。`,
  'slots-typed-only': ({ name, slots, max }) =>
    `Discord 的命令最多容纳 ${max} 个选项，必填的优先。${list(slots.map((slot) => `“${clip(slot)}”`))}可以通过输入来设置：/easel ${clip(name)} … --${clip(slots[0] ?? '')} …`,
  'two-images': ({ slot, first }) =>
    `除了“${first}”还需要“${slot}”。通过提及或消息快捷方式只能带一个文件，这时需要改用命令或它的表单。`,
  'no-trial-file': ({ slot, type }) =>
    `“${slot}”需要${TYPES[type]}，而试运行时没有可用的文件。请先发布，再用你自己的文件运行。`,
  'value-unavailable': ({ slot, node, input, value }) =>
    `${slot === undefined ? `“${clip(node)}”` : `“${slot}”`}：后端的 ${clip(input)} 中没有“${clip(value)}”。`,
  'values-unavailable': ({ values }) =>
    `后端没有以下内容：${list(values.map(({ slot, node, input, value }) => `“${clip(value)}”（${slot ?? clip(node, 40)} · ${clip(input, 40)}）`))}。`,
  'nothing-to-pick': ({ slot, input }) =>
    `“${slot}”：后端没有任何可用于 ${clip(input)} 的文件，因此没有可选项。`,
  'foreign-file': ({ slot, node, value }) =>
    value === undefined
      ? `“${slot ?? clip(node)}”会打开后端上任意名称的文件，包括其他人的文件。请把它改为由使用者发送的图片。`
      : `“${slot ?? clip(node)}”使用了后端上的文件“${clip(value)}”，但它不是从这里通过我发送的。请把它改为使用者必须发送的图片。`,
  'backend-unasked': ({ backend }) => `无法查询 ${backend}，因此不确定它是否具备所需的节点和模型。`,
  'not-publishable': ({ findings }, reader) =>
    `暂时不能发布。${explain(problems, findings, reader, more).join('')}`,
  'template-unfit': ({ name, findings }, reader) =>
    `/${clip(name)} 与后端不再匹配。${explain(problems, findings, reader, more).join('')}${advised(reader, {
      person: '管理员已知悉；在修复之前，请使用其他模板。',
      admin: `可以用 /template edit ${clip(name)} 修改。`,
    })}`,
  'template-disabled': ({ name }) => `/${clip(name)} 在这里已停用。`,
  'commands-refused': () =>
    '这里已完成，但 Discord 没有接受命令。请确认添加我时包含权限范围“applications.commands”；我会在下次启动时重试。',
  'not-in-menu': ({ platform, names, refused }) =>
    refused === undefined
      ? `${platformName(platform)} 的菜单放不下 ${list(names.map((name) => `/${clip(name)}`))}。它们仍可运行：输入 /easel ${clip(names[0] ?? '')} … 菜单里是被选定的和最常用的模板。`
      : `${platformName(platform)} 的菜单不接受 ${list(names.map((name) => `/${clip(name)}`))}（“${clip(refused, 200)}”）。它仍可运行：输入 /easel ${clip(names[0] ?? '')} …`,
  'options-left-out': ({ name, slots }) =>
    `这里的 /${clip(name)} 没有${list(slots.map((slot) => `“${clip(slot)}”`))}，所以没有使用。`,

  'not-an-admin': () => '只有管理员可以在这里进行此操作。',
  banned: (_, reader) =>
    advised(reader, {
      person: '你不能在这里使用我。如果你认为有误，请联系管理员。',
      admin: '你在这里的禁用名单上。可以用 /settings 把自己移出。',
    }),
  outsider: () => '这里只有本工作区的成员可以使用我。本工作区的管理员可以更改这项设置。',
  'not-your-role': () => '你的身份组在这里没有这项权限，请联系管理员。',
  'not-this-channel': ({ channels }) =>
    `请不要在这个频道使用我。有 ${channels.length} 个频道可以使用，具体请问管理员。`,
  'not-for-you': ({ name }) => `/${clip(name)} 在这里只对部分身份组开放，你的身份组不在其中。`,
  'not-here': ({ name }) => `/${clip(name)} 只能在部分频道使用，这个频道不在其中。`,
  'age-restricted': ({ name }) => `/${clip(name)} 只能在年龄限制频道使用。`,
  'blocked-word': ({ slot }) => `“${slot}”中有这里不允许使用的词。`,
  'not-served-here': () => '这里不能使用我。只有运营者可以更改。',
  'blocked-by-operator': () => '你不能使用我。如果你认为有误，请联系运营者。',
  'direct-messages-off': () => '我不在私信中接受请求，请在服务器里使用。',
  'user-installs-off': () => '我只在添加了我的服务器里工作，个人自行添加的不能使用。',
  'not-taking-jobs': () => '目前不接受新任务，请稍后再试。',
  'partner-nodes': ({ nodes, allowed }, reader) => {
    const named = list(nodes.map((node) => clip(node)));
    const whose = reader === 'operator' ? '你' : '运营者';
    if (allowed) return `每次运行都会花费${whose}的钱：${named}。`;
    return `${named} 会花费${whose}的钱，而这里没有允许。${advised(reader, {
      person: '请使用其他模板。',
      admin: '请换用其他节点，或在 /easel operator 或运营者页面中允许。',
      operator: '请在运营者页面中允许，或换用其他节点。',
    })}`;
  },

  'setting-not-a-number': ({ setting, value, min, max }) =>
    `${settingName(setting)}必须是 ${min} 到 ${max} 之间的整数，留空则使用默认值；“${clip(value)}”不符合。`,
  'setting-above-maximum': ({ setting, value, max }) =>
    `${settingName(setting)}在这里最多为 ${max}，不能设为“${clip(value)}”。只有这个机器人的维护者才能放宽。`,
  'setting-too-long': ({ setting, max }) => `${settingName(setting)}：最多 ${max} 项。`,
  'setting-changed': ({ setting, value }) =>
    `其他人刚刚修改了${settingName(setting)}，现在是${value === '' ? '默认值' : `“${clip(value)}”`}。你的更改尚未保存。请重新打开查看后再保存一次。`,
  'setting-unknown': ({ setting, value, known }) =>
    `${settingName(setting)}不能是“${clip(value)}”。可选：${list(known)}。`,
  'settings-damaged': (_, reader) =>
    `这里的设置无法读取，因此我不会运行任何任务。${advised(reader, { person: TELL, admin: LOGGED })}`,

  'user-waiting-cap': ({ cap }) => `你已经有 ${cap} 个任务在排队。请等其中一个完成，或取消一个。`,
  'guild-waiting-cap': ({ cap }) => `这里的队列已满：有 ${cap} 个任务在排队。请等一些任务完成后再试。`,
  'person-waiting-cap': ({ cap }) =>
    `你在所有地方合计已有 ${cap} 个任务在排队。请等其中一个完成，或取消一个。`,
  'everybody-waiting-cap': () => '全部队列中的任务太多，我暂时无法接收更多。请稍后再试。',
  'shutting-down': () => 'Easel 正在重启，请稍后再试。',

  ...connectionProblems,
  ...outputProblems,
  'form-expired': () => '等待太久，表单已失效，请重试。',
  'bad-request': () => '无法读取页面发送的内容。请刷新页面后重试。',
  'request-too-large': ({ maxSize }) => `一次最多只能接收 ${bytes(maxSize)}。请换一张小一些的图片。`,
  'too-many-pages': ({ max }) => `已经打开了 ${max} 个页面，请先关闭一个。`,
  'file-gone': () => '该文件已不存在。',
  'stars-full': () => '已加星标的图片已占用图片空间的一半。请取消其他图片的星标，或删除一些图片。',
  'words-blocked': () => '由于此处的规则，我不能在这里说这些。',

  'no-such-job': () => '没有这个任务，或它已经不存在。',
  'not-your-job': () => '这是别人的任务，只有本人或管理员可以取消。',
  'already-ended': () => '来不及取消了：这个任务已经结束。',
  'which-job': ({ titles }) =>
    `你有多个任务：${list(titles.map((title) => `“${clip(title, 40)}”`))}。请再说得具体一些。`,
  'nothing-to-cancel': () => '你在这里没有正在运行或排队的任务。',
  'again-needs-picture': ({ slot }) => `“${slot}”用到的图片不会被保留，请附上图片重新运行命令。`,
  'again-needs-file': ({ slot, type }) => `“${slot}”用到的${TYPES[type]}不会被保留，请附上文件重新运行命令。`,
  'store-failed': (_, reader) =>
    `任务无法保存，因此没有开始运行。${advised(reader, { person: TELL, admin: LOGGED })}`,
  'record-unreadable': () => '保存的记录已无法读取，因此不能继续。请重新开始。',
  'disk-nearly-full': ({ free }) => `数据文件夹所在磁盘只剩 ${bytes(free)}。写满后将拒绝新任务。`,
  'delivery-failed': () => '结果无法发送。',

  'too-heavy': ({ ref }) =>
    `发送此结果时 Easel 三次中断，因此不再发送。结果可能过大：请减少图片数量或缩小尺寸。${ref === undefined ? '' : `Easel 的运维者可在日志中查找 ${ref}。`}`,

  'data-full': ({ file }) =>
    file === undefined
      ? 'Easel 的磁盘已满，暂时无法接收新任务。正在等待的任务会继续。请稍后再试。'
      : `Easel 的磁盘没有空间存放“${clip(file)}”。请减少一次生成的数量，或稍后再试。`,
  'backend-unreachable': ({ backend }) => `暂时无法连接 ${backend}，请稍后再试。`,
  'backend-timeout': ({ backend }) => `${backend} 没有及时响应，请稍后再试。`,
  'backend-broken': ({ backend, status, words }, reader) =>
    `${backend} 返回了无法处理的响应${status ? `（HTTP ${status}）` : ''}。${advised(reader, {
      person: '请稍后再试，或联系管理员。',
      admin: `请稍后再试。${LOGGED}`,
      operator: words && `它说：“${clip(words, 300)}”。请稍后再试。`,
    })}`,
  'wrong-api-key': ({ backend }, reader) =>
    `${backend} 拒绝了 API 密钥。${advised(reader, {
      person: '需要管理员检查。',
      admin: '需要把 COMFY_API_KEY 设为有效的密钥。',
    })}`,
  'login-refused': ({ backend }, reader) =>
    `无法登录 ${backend}。${advised(reader, {
      person: '需要管理员检查。',
      admin: '需要检查 COMFY_URL 中的登录信息。',
    })}`,
  'no-credits': ({ backend }, reader) =>
    `${backend} 账户的积分已用完。${advised(reader, { person: '需要管理员充值。', admin: '需要充值。' })}`,
  'subscription-inactive': ({ backend }, reader) =>
    `${backend} 的订阅未生效。${advised(reader, { person: '需要管理员续订。', admin: '需要续订。' })}`,
  'backend-forbids': ({ backend, words }, reader) =>
    `${backend} 的账户不能运行它${words ? `（“${clip(words, reader === 'person' ? 120 : 300)}”）` : ''}。${advised(
      reader,
      {
        person: '请管理员查看套餐的权限。',
        admin: '需要允许这样做的套餐。',
      },
    )}`,
  'held-too-long': ({ backend, hours }) => `${backend} 已有 ${hours} 小时不接收任务，不再等待。请重试。`,
  'backend-busy': ({ backend }) => `${backend} 太忙，暂时无法接收任务。请过几分钟再试。`,
  ...runProblems,
  internal: ({ ref }, reader) =>
    `我这边出了问题。${advised(reader, {
      person: `请把编号 ${ref} 告知这个机器人的维护者。`,
      admin: `原因见日志中的编号 ${ref}。`,
    })}`,
};
