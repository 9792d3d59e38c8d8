/**
 * The last look at what a backend said before it is shown on a page: custom nodes put keys and signed addresses into
 * their exceptions. Easel's own have been taken out where the answer was read, and are once more.
 */
import type { Blot } from '../../../core/secrets.ts';

const BLOT = '…';

const PATTERNS: [RegExp, string][] = [
  // who signs in, and what signs: everything before the host's @ and after the path
  [/([a-z][a-z\d+.-]{0,20}:\/\/)[^\s/?#@]{1,500}@/gi, '$1'],
  [/([a-z][a-z\d+.-]{0,20}:\/\/[^\s?#"'<>]{1,2000})[?#][^\s"'<>]*/gi, '$1'],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${BLOT}`],
  // "api_key=…", "Incorrect API key provided: …"
  [
    /((?:api[-_ ]?key|access[-_ ]?key|secret|token|passw(?:or)?d|signature|authorization)\w{0,20}["']?(?: \w{1,20})?\s?[:=]\s?["']?)[^\s"',;&)]{8,}/gi,
    `$1${BLOT}`,
  ],
  // keys that say what they are: OpenAI's, Hugging Face's, GitHub's, Slack's
  [/\b(?:sk|hf|gh[pousr]|xox[abeprs]|xapp)[-_][\w-]{12,}/g, BLOT],
];

export function withoutSecrets(text: string, blot: Blot): string {
  return PATTERNS.reduce((said, [pattern, mark]) => said.replaceAll(pattern, mark), blot(text));
}
