/** What who runs Easel can do about a backend that is not well, in simplified Chinese. */
import type { advice as en } from '../../en/web/advice.ts';

export const advice: Record<keyof typeof en, string> = {
  checkAddress: '请检查它是否在运行、本机能否连接到它，以及 COMFY_URL 是否正确。',
  checkSlow: '它可能正在加载模型，或者负载过高。请查看它自己的日志。',
  checkAnswer: '请查看它自己的日志，并确认 COMFY_URL 指向 ComfyUI，而不是它前面的其他服务器。',
  checkKey:
    '请在设置 COMFY_API_KEY 的地方换成有效的密钥：“运维”页面的“连接”，或环境变量（改后需重新启动 Easel）。',
  checkAccount: '账户恢复正常后，任务会自动继续。',
  checkBusy: '如果只是暂时的，无需处理；否则请调低 COMFY_CONCURRENCY。',
};
