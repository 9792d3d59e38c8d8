/** What is wrong with a chat that does not connect, or with what was entered to connect one or a backend, in Chinese. */
import { dayMark } from '../../core/moment.ts';
import { advised, platformName, type ConnectionProblems } from '../phrases.ts';

/** Which tokens, and where they are. */
const TOKENS: Partial<Record<string, string>> = {
  discord: 'Discord 拒绝了 DISCORD_TOKEN。请从 Developer Portal 的“Bot”页面重新复制。',
  slack:
    'Slack 拒绝了令牌。请从应用的设置页面重新复制，设置 SLACK_BOT_TOKEN（xoxb-…），以及 SLACK_APP_TOKEN（xapp-…）或 SLACK_SIGNING_SECRET 之一。',
};

/** 不是令牌的设置。 */
const VALUES: Partial<Record<string, string>> = {
  COMFY_URL: 'COMFY_URL 必须是以 http:// 或 https:// 开头并写明主机的地址；端口范围是 1 到 65535。',
  COMFY_HEADERS:
    'COMFY_HEADERS 必须是“Authorization: Bearer …”这样的行，或一个 JSON 对象。连接自身设置的标头（Host、Content-Type 等）不能写在这里，COMFY_API_KEY 或地址中的用户名和密码已经发送的内容也不能。',
  COMFY_DIALECT: 'COMFY_DIALECT 必须是 auto、comfyui 或 cloud。',
};

export const connectionProblems: ConnectionProblems = {
  'token-refused': ({ platform }) => TOKENS[platform] ?? `${platformName(platform)} 拒绝了令牌。请重新复制。`,
  'chat-unreachable': ({ platform }) => `无法连接 ${platformName(platform)}。请检查网络，详细信息见日志。`,
  'chat-away': ({ platform }) => `${platformName(platform)} 没有响应。恢复后会自动发送回复。`,
  'chat-login-later': ({ platform, until, failed }) =>
    failed === undefined
      ? `${platformName(platform)} 每天允许的登录次数有限，剩余次数不够启动一次。Easel 将在 ${dayMark(until)} 之后连接；具体数字见日志。`
      : `连接 ${platformName(platform)} 已连续失败 ${failed} 次。为避免用尽当天的登录次数，Easel 将在 ${dayMark(until)} 之后再试；原因见日志。`,
  'scope-missing': ({ platform, scope }, reader) =>
    `${platformName(platform)} 不允许我这样做：应用缺少权限范围“${scope}”。${advised(reader, {
      person: '需要管理员按清单更新应用并重新安装。',
      admin: '请按清单更新应用并重新安装。',
    })}`,
  'direct-messages-unheard': ({ platform, scope }) =>
    `在 ${platformName(platform)} 中直接发给我的消息得不到回复：应用缺少权限范围“${scope}”。请用 npm run slack:manifest 输出的清单更新应用并重新安装。`,

  'set-in-environment': ({ setting }) =>
    `${setting} 已在环境变量中设置，环境变量始终优先。请在那里修改，或将其删除后重启 Easel。`,
  'connection-value': ({ setting }) =>
    VALUES[setting] ?? `${setting} 的格式不正确：其中有空格等令牌中不会出现的字符。请重新复制。`,
  'connection-needs': ({ setting }) =>
    setting === 'SLACK_APP_TOKEN'
      ? '除机器人令牌外，Slack 还需要 SLACK_APP_TOKEN（Socket 模式）或 SLACK_SIGNING_SECRET（HTTP 模式）。'
      : `请填写 ${setting}。`,
  'key-again': ({ setting }) =>
    `地址已更改。请重新输入 ${setting}，或将其移除：已保存的内容只会发送给当初填写时的服务器。`,
  'admin-token-needed': () =>
    '在 HTTP 模式下，外部可以访问 Easel 的页面。请将环境变量 ADMIN_TOKEN 设为至少 16 个字符的密码并重启 Easel，或改用 Socket 模式。',
  'secrets-unreadable': () =>
    '无法读取在 Easel 页面上的设置：数据文件夹中的“secret”文件与保存时的不同。请重新输入，或从备份中恢复该文件。',
};
