/** What people read around every page of the browser: navigation, signing in, what went wrong, in simplified Chinese. Plain sentences: `{name}` stands for what the page puts in. */
import type { frame as en } from '../../en/web/frame.ts';

export const frame: Record<keyof typeof en, string> = {
  title: 'Easel',
  chat: '聊天',
  studio: '工作室',
  operator: '运维',
  pages: '页面',
  skip: '跳到正文',
  here: '本页面',
  sandbox: '未设置 COMFY_URL：图片由内置沙盒绘制，而不是由模型生成。',
  signOut: '退出登录',
  signIn: '登录',
  signInFirst: '请先登录。',
  token: '管理令牌',
  tokenHint: '运行 Easel 时设置的 ADMIN_TOKEN 的值。',
  wrongToken: '令牌不正确。',
  link: '链接或密钥',
  linkHint:
    'Easel 启动时会在终端中显示一个链接；运行 npm run link 可再次显示。请打开该链接，或将其粘贴到此处。',
  wrongLink: '此链接已失效。运行 npm run link 可显示正确的链接。',
  otherName: '未设置 ADMIN_TOKEN 时，只能在运行 Easel 的电脑上通过 localhost 或 127.0.0.1 打开此页面。',
  behindProxy: '此请求经过了代理，其他人也可能由此进入。请设置 ADMIN_TOKEN 并重新启动 Easel。',
  otherSite: '此请求并非来自本页面。如果 Easel 前面有代理，代理必须原样传递 Host 请求头。',
  nothingHere: '此地址没有内容。',
  unreachable: 'Easel 没有响应。它还在运行吗？',
  failed: '操作未成功，原因见日志。',
};
