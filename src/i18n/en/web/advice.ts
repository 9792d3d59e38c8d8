/** What who runs Easel can do about a backend that is not well, in English. */

export const advice = {
  checkAddress: 'Check that it is running, that this machine can reach it, and that COMFY_URL is right.',
  checkSlow: 'It may be loading a model or be overloaded. Look at its own log.',
  checkAnswer:
    'Look at its own log, and check that COMFY_URL leads to ComfyUI and not to something before it.',
  checkKey:
    'Put a valid key where COMFY_API_KEY is set: under “Connect” on the page “Operator”, or in the environment, and start Easel again after that.',
  checkAccount: 'Jobs go on by themselves once the account is in order.',
  checkBusy: 'Nothing needs to be done if it passes; otherwise lower COMFY_CONCURRENCY.',
};
