/** What the studio in the browser says of templates as chat does, in Korean. */
import type { shelf as en } from '../en/shelf.ts';

export const shelf: typeof en = {
  options: { to: () => '새 이름' },
  builtin: () => '기본 제공',
  off: () => '꺼짐',
  renamed: (name, to) => `/${name} 템플릿의 이름을 바꿨어요: /${to}`,
  disabled: (name) => `/${name} 템플릿을 이곳에서 껐어요.`,
  enabled: (name) => `/${name} 템플릿을 다시 켰어요.`,
  removed: (name) => `/${name} 템플릿을 삭제했어요.`,
  remove: () => '삭제',
  keep: () => '그대로 두기',
  historyHeading: (name) => `/${name} 템플릿의 버전:`,
};
