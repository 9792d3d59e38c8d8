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
  sandbox: '图片由演示画师绘制，不是 AI 模型生成的。',
  realPictures: '获取真正的图片',
  signOut: '退出登录',
  unreachable: 'Easel 没有响应。它还在运行吗？',
  failed: '操作未成功。请刷新页面后重试。',
};
