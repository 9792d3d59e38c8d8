/** Names of variables that look like Easel's and are not, with the nearest right one. */
import { Environment } from '../../config.ts';
import { distance } from '../../core/nearest.ts';

export const OWN: readonly string[] = Object.keys(Environment.shape);
/** Not settings, and right all the same: the image and the unit set it. */
const BESIDES: ReadonlySet<string> = new Set(['EASEL_IN']);
/** Whoever begins so speaks to Easel, wherever it stands. */
const FAMILIES = /^(?:DISCORD|SLACK|COMFY|COMFYUI|EASEL)_/;
/** In `.env` everything is meant for Easel but what other programs read there. */
const OTHERS =
  /^(?:NODE_|NPM_|COMPOSE_|DOCKER_|UV_|SSL_|LC_|LANG$|TZ$|PATH$|HOME$|DEBUG$|NO_COLOR$|FORCE_COLOR$|CHROMIUM$|(?:HTTPS?|ALL|NO)_PROXY$)/;
/** Too common a word to be taken for a slip outside of `.env`. */
const COMMON: ReadonlySet<string> = new Set(['HOST', 'PORT', 'LOG_LEVEL', 'DATA_DIR', 'OPERATORS']);
/** What other programs call it. */
const ELSEWHERE: [RegExp, string][] = [
  [/^COMFY(?:UI)?_(?:HOST|SERVER|ADDR(?:ESS)?|PORT|ENDPOINT|(?:BASE|API|SERVER)_URL)$/, 'COMFY_URL'],
  [/^COMFY(?:UI)?_(?:ORG_)?(?:API_)?(?:KEY|TOKEN)$/, 'COMFY_API_KEY'],
  // as ComfyUI's own hidden inputs are called
  [/^(?:AUTH_TOKEN|API_KEY)_COMFY_ORG$/, 'COMFY_PARTNER_KEY'],
  [/^(?:DISCORD_)?BOT_TOKEN$/, 'DISCORD_TOKEN'],
];

/** Of the names, those that are hardly meant so. `inFile`: those that `.env` has. */
export function unknownNames(
  names: readonly string[],
  inFile: ReadonlySet<string>,
): { name: string; nearest?: string }[] {
  return names
    .filter((name) => !OWN.includes(name) && !BESIDES.has(name))
    .flatMap((name) => {
      const nearest = nearestTo(name);
      const isOurs =
        FAMILIES.test(name.toUpperCase()) || (inFile.has(name) && !OTHERS.test(name.toUpperCase()));
      const isSlip =
        nearest !== undefined &&
        !COMMON.has(nearest) &&
        (isMisspelt(name.toUpperCase(), nearest) || fromElsewhere(name.toUpperCase()) !== undefined);
      if (!isOurs && !isSlip) return [];
      return [{ name, ...(nearest !== undefined && { nearest }) }];
    });
}

/** One or two letters of a word of eight or more. */
const isMisspelt = (name: string, right: string): boolean =>
  distance(name, right) <= Math.min(2, right.length / 4);

const fromElsewhere = (name: string): string | undefined =>
  ELSEWHERE.find(([pattern]) => pattern.test(name))?.[1];

/** Half of its words at least are right, letters swapped or not. */
const ALIKE = 0.6;

function nearestTo(given: string): string | undefined {
  const upper = given.toUpperCase();
  const elsewhere = fromElsewhere(upper);
  if (elsewhere !== undefined) return elsewhere;
  const name = upper.replace(/^EASEL_/, '').replace(/^COMFYUI_/, 'COMFY_');
  const [best] = OWN.map((own) => ({ own, likeness: likeness(name, own) })).toSorted(
    (a, b) => b.likeness - a.likeness,
  );
  return best !== undefined && best.likeness >= ALIKE ? best.own : undefined;
}

/** From 0 to 1. */
function likeness(a: string, b: string): number {
  const letters = 1 - distance(a, b) / Math.max(a.length, b.length);
  const left = b.split('_');
  const count = left.length + a.split('_').length;
  let shared = 0;
  for (const word of a.split('_')) {
    const found = left.findIndex((other) => distance(word, other) <= Math.floor(other.length / 4));
    if (found === -1) continue;
    left.splice(found, 1);
    shared += 2;
  }
  // a letter too many is nearer than a word too many
  return Math.max(letters >= 0.8 ? letters : 0, (shared / count) * 0.95);
}
