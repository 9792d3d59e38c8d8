/** What people read on Slack only, in Chinese. */
import type { Catalogue } from '../en.ts';
import { clip } from '../phrases.ts';
import { PICTURES } from './file-problems.ts';

export const slack: Catalogue['slack'] = {
  about: () => '用 ComfyUI 工作流生成图片',
  easel: () => '运行任意模板，或使用 queue、cancel、template、settings、help',
  easelHint: () => '[模板] [想生成的内容]',
  useImage: () => '使用这张图片…',
  useImageHint: () => '用它运行一个模板',
  template: () => '要用它做什么',
  noImage: () => `这条消息里没有图片。请在带有图片（${PICTURES}）的消息上使用这个快捷方式。`,
  noImageTemplates: () => '这里没有可以使用图片的模板。',
  notUploaded: (name, reason) => `Slack 没有接收“${clip(name)}”（${clip(reason)}）。`,
  threadFiles: (files) => `消息列中有 ${files} 个文件。`,
  oneMoment: () => '请稍候…',
  renewed: () => '这个表单是在更新之前打开的。现在已按最新内容重新打开，请再填写一次。',
  closeForm: () => '已完成。关闭此表单即可继续。',
  openForm: () => '打开表单',
  search: () => '搜索…',
  more: (hidden) => `…还有 ${hidden} 个`,
  sentDirectly: () => '文件已通过私信发给你。',
};
