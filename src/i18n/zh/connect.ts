/** What a test of a connection has found, and how it stands with one. */
import { connectionFaults } from './connection-faults.ts';
import { account } from './account.ts';
import type { Catalogue } from '../en.ts';

const more = (total: number, names: string[]) => (total > names.length ? '……' : '。');

export const connect: Catalogue['connect'] = {
  faults: connectionFaults,
  bot: (bot, application) => `令牌有效：机器人 ${bot}，应用“${application}”。`,
  noIntents: () => '不需要特权意图，保持关闭即可。',
  endpoint: (url) =>
    `该应用设置了 Interactions Endpoint URL（${url}），命令会发送到那里。请在 General Information 中清空该字段。`,
  servers: (total, names, isMore) =>
    total === 0
      ? '它还没有加入任何服务器：请打开邀请链接。'
      : `它已加入 ${total} 个${isMore ? '以上的' : ''}服务器：${names.join('、')}${more(total, names)}`,
  invite: () => '添加到服务器',
  workspace: (team, bot) => `机器人令牌有效：工作区 ${team} 中的 ${bot}。`,
  scopesFine: () => '应用拥有所需的全部权限范围。',
  scopesMissing: (scopes) => `应用缺少权限范围：${scopes.join('、')}。请按清单更新应用并重新安装。`,
  appToken: () => '应用级令牌有效：可以使用 Socket 模式。',
  signingSecret: () => 'Signing Secret 是否正确，要等 Slack 的第一个请求到来时才能确认。',
  wrongKind: (setting, belongs) =>
    belongs === undefined
      ? `这不是 ${setting} 应填的内容。请按上面的步骤到正确的页面复制。`
      : `这应填入 ${belongs}，而不是 ${setting}。`,
  refused: (setting) => `${setting} 被拒绝：它已被重置，或没有完整复制。请重新复制。`,
  backend: (address, version) =>
    version === undefined ? `${address} 有响应。` : `${address} 有响应，版本 ${version}。`,
  account({ status, tier, credits }) {
    const facts = [
      tier !== undefined && account.tier(tier),
      credits !== undefined && account.credits(credits),
    ];
    const known = facts.filter((fact) => fact !== false).join('，');
    return `${keySays(status)}${known === '' ? '' : `${known}。`}`;
  },
  device: (name, free, total) => `${name}：可用 ${free}，共 ${total}。`,
  classes: (total) => `共有 ${total} 个节点类。`,
  checkpoints: (total, names) =>
    total === 0
      ? '没有任何 checkpoint。/imagine 需要模型，/blank 不需要。'
      : `共有 ${total} 个 checkpoint：${names.join('、')}${more(total, names)}`,
  off: () => '未连接。',
  connecting: () => '正在连接……',
  again: (why) => `${why}会自动重试。`,
  connected: (as, home) =>
    `已${as === undefined ? '' : `以 ${as} 的身份`}连接${home === undefined ? '' : `到 ${home}`}。`,
  sandbox: () => '图片由内置沙盒绘制，而不是模型。',
  pictures: (address) => `图片由 ${address} 生成。`,
  waits: (jobs) =>
    jobs === 0 ? '正在切换后端。' : `旧后端上还有 ${jobs} 个任务，完成后就会切换。新任务会等到那时。`,
};

function keySays(status: string | undefined): string {
  if (status === undefined) return '密钥有效。';
  if (status === 'active') return '密钥有效，账户已启用。';
  return status === 'waitlisted'
    ? '密钥有效，但账户仍在候补名单中：获准之前不会运行任务。'
    : `密钥有效，账户状态为“${status}”。`;
}
