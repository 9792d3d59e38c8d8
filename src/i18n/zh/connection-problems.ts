/** What is wrong with what is entered to connect chats and backends, in Chinese. */
import type { ConnectionProblems } from '../phrases.ts';

export const connectionProblems: ConnectionProblems = {
  'set-in-environment': ({ setting }) =>
    `${setting} 已在环境变量中设置，环境变量始终优先。请在那里修改，或将其删除后重启 Easel。`,
  'connection-value': ({ setting }) =>
    setting === 'COMFY_URL'
      ? 'COMFY_URL 必须是以 http:// 或 https:// 开头的地址。'
      : `${setting} 的格式不正确：其中有空格等令牌中不会出现的字符。请重新复制。`,
  'connection-needs': ({ setting }) =>
    setting === 'SLACK_APP_TOKEN'
      ? '除机器人令牌外，Slack 还需要 SLACK_APP_TOKEN（Socket 模式）或 SLACK_SIGNING_SECRET（HTTP 模式）。'
      : `请填写 ${setting}。`,
  'key-again': () => '地址已更改。请重新输入 COMFY_API_KEY：已保存的密钥只会发送给当初填写时的服务器。',
  'admin-token-needed': () =>
    '在 HTTP 模式下，外部可以访问此页面。请将环境变量 ADMIN_TOKEN 设为至少 16 个字符的密码并重启 Easel，或改用 Socket 模式。',
  'secrets-unreadable': () =>
    '无法读取此处的设置：数据文件夹中的“secret”文件与保存时的不同。请重新输入，或从备份中恢复该文件。',
};
