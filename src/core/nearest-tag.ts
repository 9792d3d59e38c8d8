/** Which of several languages a person gets, by the BCP 47 tag that their app sends: of Easel's own, or of a template's. */

/**
 * The nearest of `tags` in which `locale` can be read: the same tag, else the same language in the same script, the same
 * region first. What a tag leaves unsaid is what is most likely (Unicode): `zh` is `zh-Hans-CN`, `zh-TW` is `zh-Hant-TW`.
 * Chinese in other characters is another language: `zh-HK` is nearer to `zh-TW` than to `zh`.
 *
 * @returns nothing where none is near enough, or where `locale` is no tag
 */
export function nearestTag(locale: string, tags: readonly string[]): string | undefined {
  const asked = parsed(locale);
  const wanted = asked?.maximize();
  if (asked === undefined || wanted === undefined) return undefined;
  const readable = tags
    .map((tag) => ({ tag, its: parsed(tag)?.maximize() }))
    .filter(({ its }) => its?.language === wanted.language && its.script === wanted.script);
  const nearest =
    readable.find(({ tag }) => tag === asked.baseName) ??
    readable.find(({ its }) => its?.region === wanted.region) ??
    readable[0];
  return nearest?.tag;
}

function parsed(locale: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(locale.replaceAll('_', '-'));
  } catch {
    return undefined; // a chat may send anything
  }
}
