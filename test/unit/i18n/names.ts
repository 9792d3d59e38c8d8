/** What stands in English in a sentence of any language, since it is called, typed, pressed or looked up so. */

/** Products, formats, headers, keys, variables of one word, words of JSON. */
export const NAMES = new Set(
  `Easel ComfyUI Comfy Cloud Discord Slack Python Node Docker Linux OpenSSL WebSocket iPhone
  API JSON HTTP HTTPS TLS UTF VPN URL DNS JPEG PNG WebP WebM GIF AVIF HEIC TIFF README
  OAuth Socket Origin Host Upgrade Connection English Ctrl Enter Esc HOST PORT checkpoint
  true false lora http https systemd localhost comfyui cloud`.split(/\s+/),
);

/** Of several words: nodes of ComfyUI, and the menus of pages that Discord and Slack have in English only. */
const PHRASES =
  `Save Image|Save Video|Save Audio|Developer Portal|Interactions Endpoint URL|General Information|New Application|
Bot → Reset Token|Signing Secret|Create New App|From a manifest|Install App|Install to Workspace|Bot User OAuth Token|Basic Information|
App-Level Tokens|Generate|Authorization: Bearer|Prompt ID|Content-Type|X-API-Key|Get real pictures|TEAM/USER`
    .split('|')
    .map((phrase) => new RegExp(`\\b${phrase.trim()}\\b`, 'g'));

/** Not words but what is typed, sent or looked up as it stands. */
export const AS_IT_STANDS: readonly RegExp[] = [
  ...PHRASES,
  /\bnpm run [:\w]+|\bopenssl rand -hex\b|\bsudo chown\b|-v easel-data\b|\.env\b|\buser:password@/g,
  // a file, a line of the log, a key, a page, each as it is called
  /[“"「](?:into|secret|started|Bot)[”"」]/g,
  // prompts are English for most models
  /\{value\}(?:, highly detailed)?|imagine a red fox/g,
  // commands and their options; the English one beside what a language calls it
  /[(（]\/(?:template|settings|easel) [a-z]+[)）]/g,
  /\/\p{L}[-\w]*/gu,
  /--[-a-z]+\S*/g,
  // how tokens begin, and a value among others
  /\bxox[bp]-|\bxapp-/g,
  /auto(?=[、,] ?comfyui)/g,
  /https?:\/\/\S+/g,
  // variables, inputs and classes of nodes, scopes, ids, files
  /\w*_\w+/g,
  /\b[A-Z][a-z]+(?:[A-Z][a-z]*)+\b/g,
  /\b\w+(?:[.:][-\w]+)+\b/g,
  /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/g,
  /[-\w./]+\.(?:json|png|mp4|txt|jpg|ckpt|safetensors|pt|sqlite)\b/g,
];
