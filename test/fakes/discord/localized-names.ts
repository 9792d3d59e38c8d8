/**
 * What Discord shows in each locale is called once at its level: commands of a scope, options of a command, choices of an option.
 * A translation may not be another one's default name either, since people may type both.
 */

export interface Localized {
  readonly name: string;
  readonly name_localizations?: Partial<Record<string, string>> | null | undefined;
}

export interface Clash {
  readonly index: number;
  /** Absent: of the default names themselves. */
  readonly locale?: string;
}

/** Whatever has a name that one before it has, or that is another one's default name. */
export function clashesIn(named: readonly Localized[]): Clash[] {
  const standard = named.map(({ name }) => name);
  const seen = new Set<string>();
  return named.flatMap(({ name, name_localizations: others }, index) => {
    const clashes: Clash[] = standard.indexOf(name) === index ? [] : [{ index }];
    for (const [locale, text] of Object.entries(others ?? {})) {
      if (text === undefined) continue;
      const key = `${locale} ${text}`;
      const isElsewhere = standard.some((one, at) => at !== index && one === text);
      if (seen.has(key) || isElsewhere) clashes.push({ index, locale });
      seen.add(key);
    }
    return clashes;
  });
}

/** Whether an app in this locale finds it by what was typed; its default name is found everywhere. */
export function isCalled(one: Localized, typed: string, locale = ''): boolean {
  return one.name === typed || one.name_localizations?.[locale] === typed;
}

/** Where the name of a clash stands, below the list. */
export function pathOf({ index, locale }: Clash): (string | number)[] {
  return locale === undefined ? [index, 'name'] : [index, 'name_localizations', locale];
}
