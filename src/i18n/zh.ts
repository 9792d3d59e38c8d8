/** Every word that a person reads, in Simplified Chinese. A slot is 参数 here, since people know it as what a command takes. */
import { dayMark, momentMark } from '../core/moment.ts';
import type { Hold, WaitReason } from '../core/standing.ts';
import type { Catalogue } from './en.ts';
import { door } from './zh/web/door.ts';
import { frame } from './zh/web/frame.ts';
import { chat } from './zh/web/chat.ts';
import { studio } from './zh/web/studio.ts';
import { connect as connectPage } from './zh/web/connect.ts';
import { operator } from './zh/web/operator.ts';
import { clip, gigabytes, platformName } from './phrases.ts';
import { detected } from './zh/detected.ts';
import { editor } from './zh/editor.ts';
import { bytes, duration, list as listed } from './zh/phrases.ts';

export const zh: Catalogue = {
  detected,
  editor,
  web: { page: { frame, chat, studio, operator, connect: connectPage }, door },

  status: {
    accepted: () => '收到…',
    waiting: (position, reason, platform, own) =>
      `排在第 ${position} 位：${waitReason(reason, platform, own)}`,
    submitting: () => '正在启动…',
    retrying: () => '后端没有响应，正在重试…',
    running: (percent, node, step) =>
      [`${percent}%`, node, step && `${step.value}/${step.max}`]
        .filter((part) => part !== undefined)
        .join(' · '),
    held: (hold) => `${holdReason(hold)}。正在继续重试。`,
    linedUp: (ahead) => `在后端自己的队列中排第 ${ahead + 1} 位`,
    cancelling: () => '正在取消…',
    unstoppable: () => '已取消。后端已经在运行，会自行跑完，但结果不会显示。',
    delivering: () => '运行完成，正在获取结果…',
    late: (since) => `已完成；自 ${momentMark(since)} 起结果一直未能送达，正在继续重试。`,
    succeeded: (ms) => `已完成，用时 ${duration(ms)}`,
    cancelled: () => '已取消。',
    cancelledAway: () => '已取消。后端暂时没有响应；如果已经开始运行，恢复后会将其停止。',
    demo: (platform) => `${DEMO}${REAL_PICTURES[platform] ?? REAL_PICTURES['chat']}`,
  },
  files: {
    tooLarge: (name, size, offer) => {
      const sentence = `“${clip(name)}”（${bytes(size)}）太大，无法附在此聊天中`;
      switch (offer?.kind) {
        case 'link':
          return `${sentence}。请从这里获取： ${offer.url} （有效期至 ${dayMark(offer.until)}）`;
        case 'off':
        case undefined:
          return `${sentence}。运行此 Easel 的人设置 PUBLIC_URL 后，这类文件会以链接形式提供。`;
        case 'unkept':
          return `${sentence}，也未能保留它供你获取。`;
      }
    },
    fetch: (name, size, { url, until }) =>
      `“${clip(name)}”（${bytes(size)}）： ${url} （有效期至 ${dayMark(until)}）`,
    linkGone: () => '这里没有文件：链接不完整，或已过有效期。',
    linkBusy: () => '目前获取文件的人太多，请稍后再试。',
    shrunk: (name, size) => `“${clip(name)}”原为 ${bytes(size)}，已缩小后附上。`,
    shrunkOf: (name, size, { url, until }) =>
      `“${clip(name)}”有 ${bytes(size)}，已缩小后附上。原文件：${url}（有效期至 ${dayMark(until)}）`,
    crowd: (shown, of) =>
      `这是 ${of} 个文件中的前 ${shown} 个。缩略总图按编号列出所有图片，压缩包包含全部文件；点“全部”会在此逐个发布。`,
    /** `list`: the name of the file that says it. */
    listed: (count, list) => `有 ${count} 个文件未能按原样附上，位置见 ${list}。`,
    alt: {
      picture: (title, index, of) =>
        [of > 1 ? `图片（共 ${of} 张，第 ${index} 张）` : '图片', title].filter(Boolean).join('：'),
      video: (title) => ['视频', title].filter(Boolean).join('：'),
      preview: (title) => ['预览', title].filter(Boolean).join('：'),
      sheet: (title) => ['按编号排列的全部图片一览', title].filter(Boolean).join('：'),
    },
    saved: (path, size, pixels) =>
      [path, pixels && `${pixels.width}×${pixels.height}`, bytes(size)].filter(Boolean).join('  '),
  },
  buttons: { cancel: () => '取消', again: () => '再来一次', all: () => '全部', tryAgain: () => '重试' },
  cancel: {
    done: (title) => `正在取消“${clip(title)}”。`,
  },
  queue: {
    empty: () => '这里没有正在运行或排队的任务。',
    elsewhere: () => '（在其他频道）',
    heading: (running, waiting) => `${running} 个正在运行，${waiting} 个正在排队`,
  },
  commands: {
    queue: () => '查看这里正在运行和排队的任务',
    cancel: () => '停止你的一个任务',
    cancelJob: () => '哪个任务；不填则为最新的一个',
    again: () => '用另一个种子再做一次上一个',
    act: () => '在上次显示的界面中操作；单独输入则再显示一次',
    help: () => '我能做什么',
    template: () => '从 ComfyUI 添加模板，并管理它们',
    settings: () => '用量限制、谁可以在哪里使用我、屏蔽词',
    usualModels: () => '没有人指定模型时，模板所用的模型',
    usualModelsWhat: () => '例如：imagine:flux1-dev',
    easel: () => '用一行文字运行模板，或直接说出你想要什么',
    easelWhat: () => '例如：imagine 一只红色的狐狸 --steps 30',
    slot: (name) => name,
    seed: () => '种子和参数值都相同，就能再次生成同一张图片',
  },
  ask: {
    meant: (probably) => `你是不是想输入${listed(probably.map((one) => `“${clip(one, 80)}”`))}？`,
    isPrompt: (written) => `${listed(written.map((one) => `“${clip(one, 80)}”`))}是提示词的一部分吗？`,
    yes: () => '是',
    no: () => '不，是提示词的一部分',
    yesPrompt: () => '是，是提示词的一部分',
  },
  form: {
    submit: () => '运行',
    close: () => '关闭',
    next: () => '下一步',
    keptFile: (name) => `已保留“${clip(name, 60)}”；选择其他文件即可替换`,
  },
  question: {
    title: (slot) => `“${clip(slot, 40)}”用哪一个？`,
    choose: () => '选择…',
    chosen: (label) => `已选择“${label}”。`,
    keep: () => '管理员可以在 /settings 中为这里的所有人选定常用的一个。',
  },
  help: {
    heading: () => '命令：',
    line: ({ usage, description }) => `${usage} — ${description}`,
    more: (hidden, all) => `…还有 ${hidden} 个，用 ${all} 可以列出全部。`,
  },
  alerts: {
    held: (sentence, since, words) =>
      [
        `${sentence}自 ${momentMark(since)} 起不再开始新任务；所有任务都在等待，恢复后会自动继续。`,
        words && `后端的说明：${clip(words, 300)}`,
      ].filter((line) => line !== undefined),
    heldOver: (backend) => [`${clip(backend)} 已恢复接收任务，等待中的任务会继续。`],
    token: (sentence) => [sentence],
    tokenOver: (platform) => [`${platformName(platform)} 已重新接受令牌。`],
    disk: (sentence) => [sentence],
    diskBudget: (fixed, budget, full) => [
      `数据文件夹${full ? '已满' : '快满了'}：上限 ${gigabytes(budget)} 中，有 ${gigabytes(fixed)} 不能删除。`,
      full
        ? '不再开始新任务；等待中的任务会自动继续。调大 DATA_BUDGET_GB 即可腾出空间。'
        : '写满后将拒绝新任务。调大 DATA_BUDGET_GB 即可腾出空间。',
    ],
    diskOver: () => ['数据文件夹已有可用空间。'],
    diskUnset: (total, standard) => [
      `数据文件夹已有 ${gigabytes(total)}，超过通常的上限 ${gigabytes(standard)}。在你设置 DATA_BUDGET_GB 之前，不会删除任何内容。`,
    ],
    diskUnsetOver: () => ['数据文件夹的上限已生效。'],
  },
  drift: {
    heading: (name) => `你的模板 /${clip(name)} 与后端不再匹配：`,
    advice: (name) =>
      `请用 /template edit ${clip(name)} 修改，或安装缺少的内容。在此之前，使用者会看到它暂不可用的提示。`,
  },
  terminal: {
    welcome: (backend, templates) =>
      `Easel 已就绪，图片来自 ${backend}。试试 /${templates[0] ?? 'help'}，或输入 /help。`,
    sandboxName: () => '内置沙盒',
    sandbox: () =>
      '图片由演示画师绘制，不是 AI 模型生成的。要生成真正的图片，请将 COMFY_URL 设为你的 ComfyUI 或 Comfy Cloud 的地址。',
    logs: (path) => `日志写入 ${path}。`,
    notACommand: () => '这里没有仅凭文字就能作画的模板。输入 /help 查看有哪些命令。',
    noFile: (path) => `无法读取文件 ${path}。`,
    bye: () => '再见。',
  },
  startup: {
    failed: (detail) => `Easel 无法启动：${detail}`,
    config: (lines) => ['有些设置不正确：', ...lines.map((line) => `  ${line}`)].join('\n'),
    portTaken: (host, port) =>
      `${host} 的端口 ${port} 已被占用。请把 PORT 设为其他端口，或设为 0 以使用任意空闲端口。`,
    dataTaken: (directory) =>
      `另一个 Easel 正在使用数据文件夹 ${directory}。请停止它，或把 DATA_DIR 设为其他文件夹。`,
    logUnwritable: (path, code) =>
      `日志 ${path} 无法写入（${code}）。在恢复之前，Easel 会在没有日志的情况下继续运行。`,
    dataUnusable: (directory, at) =>
      at === 'container'
        ? `数据文件夹 ${directory} 无法写入。请挂载一个卷（-v easel-data:${directory}），或把要挂载的文件夹的所有者改为用户 1000（sudo chown 1000 文件夹）。`
        : `数据文件夹 ${directory} 无法使用。请检查是否可以写入。`,
    noTemplates: (directory, broken) =>
      [`无法从 ${directory} 加载任何模板。`, ...broken.map((line) => `  ${line}`)].join('\n'),
    cannotListen: (host, port, code) => `无法监听 ${host} 的端口 ${port}（${code}）。请检查 HOST 和 PORT。`,
    dotEnv: () => '无法读取 .env 文件。',
    templatesUnreadable: (directory) => `无法读取模板文件夹 ${directory}。请检查 TEMPLATES_DIR。`,
    tokenNeeded: (host, at) =>
      at === 'container'
        ? `HOST=${host} 时其他人也能打开页面。请提供 ADMIN_TOKEN（-e ADMIN_TOKEN=…，至少 16 个字符的密钥，打开页面时需要输入），或配置一个聊天平台。`
        : `HOST=${host} 时其他人也能打开页面。请把 ADMIN_TOKEN 设为至少 16 个字符的密钥（打开页面时需要输入），或把 HOST 设为 127.0.0.1。`,
    pageOff: () => '这里没有页面：其他人可以访问这个地址，但没有设置 ADMIN_TOKEN。请设置后重新启动 Easel。',
    open: (address) => `Easel 已就绪。请在浏览器中打开 ${address}。`,
    signIn: () => '打开页面时需要输入 ADMIN_TOKEN。',
    anyPort: () => 'PORT 为 0，因此此链接的端口未知：请查看日志中的“started”一行。',
    connect: () => '可在“运维”页面连接 Discord、Slack 或自己的 ComfyUI。',
    ends: () => '按 Ctrl-C 停止。',
  },
};

/** What people of a platform call the place that shares limits. */
const HERE: Record<string, string> = { slack: '本工作区', web: '体验区' };

const DEMO = '由演示画师绘制，并非 AI 模型。';
const REAL_PICTURES: Record<string, string> = {
  chat: '运营者连接 ComfyUI 后，即可获得真正的图片。',
  terminal:
    '要生成真正的图片，请将 COMFY_URL 设为你的 ComfyUI 或 Comfy Cloud 的地址（见 README 的 “Get real pictures”）。',
  web: '',
};

function waitReason(reason: WaitReason, platform: string, own: boolean): string {
  switch (reason.kind) {
    case 'backend-changing':
      return '正在切换后端（之后会自动继续）';
    case 'data-full':
      return 'Easel 的磁盘已满（有空间后会自动继续）';
    case 'backend-held':
      return `${holdReason(reason.hold)}（恢复后会自动继续）`;
    case 'guild-limit':
      return `${HERE[platform] ?? '本服务器'}的 ${reason.limit} 个名额已用 ${reason.used} 个`;
    case 'user-limit':
      if (!own) return `此人的 ${reason.limit} 个名额已用 ${reason.used} 个`;
      return `你的 ${reason.limit} 个名额已用 ${reason.used} 个`;
    case 'person-limit':
      if (!own) return `此人在所有地方共 ${reason.limit} 个名额，已用 ${reason.used} 个`;
      return `你在所有地方共 ${reason.limit} 个名额，已用 ${reason.used} 个`;
    case 'backend-busy':
      if (reason.used < reason.limit) return '即将开始';
      return reason.limit === 1 ? '后端正在处理另一个任务' : `后端的 ${reason.limit} 个位置已全部占用`;
  }
}

/** Short, and for people: what the backend said itself is for who runs Easel. */
function holdReason({ since, kind }: Hold): string {
  const when = momentMark(since);
  switch (kind) {
    case 'account':
      return `自 ${when} 起后端拒绝了账户`;
    case 'busy':
      return `自 ${when} 起后端不再接收新任务`;
    case 'away':
      return `自 ${when} 起后端没有响应`;
  }
}
