/** Easel's own commands are called as they are in Slack: `/easel template list`. */
import { EASEL_COMMAND } from '../manifest.ts';

export function withEaselCommand(text: string): string {
  return text.replaceAll(
    /(?<![\p{L}\p{N}/])\/(template|settings|queue|cancel|help)\b/gu,
    `/${EASEL_COMMAND} $1`,
  );
}
