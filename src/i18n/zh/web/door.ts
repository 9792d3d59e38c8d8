/** What people read at the door of the page: signing in, and why they may not come in or what is not there, in simplified Chinese. */
import type { door as en } from '../../en/web/door.ts';

export const door: Record<keyof typeof en, string> = {
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
  noSuchPlace: 'Easel 没有在这个位置提供服务。',
  placeGone: '找不到这个地方，Easel 可能已经离开。',
};
