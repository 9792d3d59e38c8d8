/** What whoever starts Easel reads first, and what `npm run doctor` says, in simplified Chinese. */
import { account } from './account.ts';
import type { Surroundings } from '../../core/surroundings.ts';
import type { Catalogue } from '../en.ts';
import type { Warnings } from '../en/summary.ts';
import { clip, gigabytes, platformName } from '../phrases.ts';

const warnings: Warnings = {
  'unknown-variable': ({ name, nearest }) =>
    nearest === undefined
      ? `${clip(name)} 不是 Easel 的设置，不起作用，请删除。`
      : `${clip(name)} 不是 Easel 的设置，不起作用。是不是想写 ${nearest}？`,
  'unused-variable': ({ name, needs }) => `没有 ${needs} 时，${name} 不起作用。`,
  overruled: ({ name, by }) => `${by} 优先于 ${name}：两者不一致时以 ${by} 为准。`,
  'quoted-value': ({ name }) =>
    `${name} 的值带有引号，而 --env-file 和 systemd 可能会把引号当作值的一部分。请去掉引号。`,
  'odd-characters': ({ name }) => `${name} 中有空格等令牌中不会出现的字符。请重新复制。`,
  'placeholder-value': ({ name }) => `${name} 还是示例值，请填入真正的值。`,
  'guessable-value': ({ name }) =>
    `${name} 很容易被猜到。请使用较长的随机值，例如用 openssl rand -hex 24 生成。`,
  'wrong-token': ({ name, belongs }) =>
    belongs === undefined
      ? `${name} 中是另一种令牌或 ID。请复制正确的那一个。`
      : `${name} 中的值应当填到 ${belongs}。`,
  'key-without-url': ({ name, url }) =>
    `设置了 ${name}，但没有设置 COMFY_URL，因此图片由沙盒绘制。要使用 Comfy Cloud，请设置 COMFY_URL=${url}。`,
  'cloud-without-key': ({ name }) => `使用 Comfy Cloud 需要密钥。请设置 ${name}。`,
  'key-for-own-server': ({ name, host }) =>
    `${name} 会随每个请求发送到 ${clip(host)}。自己的 ComfyUI 不需要密钥：如果是给合作伙伴节点用的，请改用 COMFY_PARTNER_KEY。如果是前面的网关要求的，请把 COMFY_DIALECT 设为 comfyui 或 cloud。`,
  'key-in-clear': ({ name, host }) => `密钥会以明文发送到 ${clip(host)}。请让 ${name} 以 https:// 开头。`,
  'not-the-cloud': ({ name, host, right }) => `${clip(host)} 不接受任务。请设置 ${name}=${right}。`,
  'own-address': ({ name }) => `${name} 是 Easel 自己的地址。ComfyUI 通常使用 8188 端口。`,
  'no-destination': ({ name, host }) =>
    `${clip(host)} 是服务器监听用的，不能作为目标地址。请在 ${name} 中写 127.0.0.1 或那台机器自己的地址。`,
  'address-extras': ({ name }) => `${name} 中 ? 或 # 之后的内容不起作用。请去掉。`,
  'api-in-path': ({ name }) => `请去掉 ${name} 末尾的 /api，Easel 会自行添加。`,
  'loopback-in-container': ({ name, host }) =>
    `${name} 中的 ${clip(host)} 指的是这个容器自身。要访问容器外的 ComfyUI，请使用 host.docker.internal（在 Linux 上还需要 --add-host=host.docker.internal:host-gateway）。`,
  'loopback-page-in-container': ({ name }) =>
    `${name} 为 127.0.0.1 时，容器外无法打开页面。请设置 ${name}=0.0.0.0 和 ADMIN_TOKEN。`,
  'too-late': ({ name }) => `.env 中的 ${name} 来得太晚：Node 在启动时就会读取它。请在环境变量中设置。`,
  'operator-elsewhere': ({ name, platform }) =>
    `${name} 中有 ${platformName(platform)} 的用户，但没有配置 ${platformName(platform)}，因此收不到通知。`,
  'concurrency-above-plan': ({ name, given, atOnce }) =>
    `${name} 为 ${given}，而账户同时只运行 ${atOnce} 个任务，其余的只会在后端排队。请设为 ${atOnce}。`,
};

const settingsFrom: Record<Surroundings, string> = {
  shell: '设置在 .env 或环境变量中；修改后请重新启动 Easel。',
  container: '设置通过 -e、--env-file 或 compose.yaml 传入；修改后请重新创建容器。',
  service: '设置在单元的 EnvironmentFile 中；修改后请重启服务。',
};

export const summary: Catalogue['summary'] = {
  warnings,
  account,
  settingsFrom,

  ready: () => 'Easel 已就绪。',
  partly: (marks) => `Easel 可以使用，但有 ${marks} 处需要留意。`,
  notReady: () => 'Easel 已启动，但还不能生成图片。缺少的内容已在下面标出。',
  wellChecked: () => '一切正常，可以启动 Easel。',
  checked: (marks) => `有 ${marks} 处需要留意。`,

  backend: '后端',
  templates: '模板',
  page: '页面',
  data: '数据',
  log: '日志',
  settings: '设置',
  version: (version) => `Easel ${version}`,

  as: (name) => clip(name),
  home: (name) => clip(name),
  guilds: (guilds) => `${guilds} 个服务器`,
  invite: (link) => `添加到服务器：${link}`,
  notConnected: () => '尚未连接，会自动重试',
  origin: ({ from, overrules }) => {
    if (from === 'page') return '在页面的“连接”中设置。';
    return overrules ? '在环境变量中设置，优先于页面上的设置。' : '在环境变量中设置。';
  },

  backendVersion: (version) => `版本 ${version}`,
  classes: (classes) => `${classes} 种节点`,
  classesLater: () => '正在读取节点列表',
  checkpoints: (checkpoints) => `${checkpoints} 个大模型（checkpoint）`,
  diffusionModels: (models) => `${models} 个扩散模型`,
  silent: (name) => `${clip(name)} 没有响应`,
  why: {
    refused: '那里没有程序在监听',
    unknownName: '找不到这个名称',
    noRoute: '无法到达那里',
    certificate: '证书不受信任；可以用 NODE_EXTRA_CA_CERTS 添加证书颁发机构',
    other: (code) => code,
  },
  answers: ({ name, version }) =>
    `${clip(name)}${version === undefined ? '' : `（版本 ${version}）`} 现在有响应了。`,
  chatConnected: (name, who) => (who === '' ? `${name} 已连接。` : `${name} 已连接：${who}`),

  fromFolder: (templates, folder) => `${templates} 个（${clip(folder)}）`,
  broken: (templates) => `${templates} 个无法使用：`,
  pageOff: (host) => `已关闭：HOST=${clip(host)} 时其他人也能打开，但没有设置 ADMIN_TOKEN`,
  asksToken: () => '打开时需要输入 ADMIN_TOKEN',
  runs: () => '那里已有一个 Easel 在运行。',
  lostLink: () => '运行 npm run link 可显示链接',
  used: (total, budget) =>
    budget === undefined ? `已用 ${gigabytes(total)}` : `已用 ${gigabytes(total)}，上限 ${gigabytes(budget)}`,
  free: (free) => `磁盘剩余 ${gigabytes(free)}`,
};
