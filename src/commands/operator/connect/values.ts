/** What was typed on the page, and what is kept of it from before; what may be shown of it again. */
import { EaselError } from '../../../core/errors.ts';
import { isToken } from '../../../core/secrets.ts';
import { SERVICES, type Service, type ServiceSetting, type ServiceValues } from '../../../guilds/services.ts';

/** What was typed: '' leaves what is kept, null takes it away. */
export type TypedValues = Partial<Record<ServiceSetting, string | null>>;

/** What of a service is no secret, but for a user and password in it. */
const OPEN: readonly ServiceSetting[] = ['COMFY_URL', 'COMFY_DIALECT'];
/** A shorter one would be half told by its end. */
const MIN_TAILED = 16;
const TAIL = 4;
const MAX_TOKEN = 2000;
/** They have spaces, and are checked whole. */
const HEADERS: ServiceSetting = 'COMFY_HEADERS';

export const isSecret = (name: ServiceSetting): boolean => !OPEN.includes(name);

export function tailOf(secret: string): string | undefined {
  return secret.length >= MIN_TAILED ? secret.slice(-TAIL) : undefined;
}

/** An address as it may be shown; what is none is not. */
export function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) return '';
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}

/**
 * The values of a service after what was typed. A secret that is kept goes to no other address than the one that it was given for.
 * Throws EaselError that names the setting.
 */
export function kept(service: Service, typed: TypedValues, before: ServiceValues): ServiceValues {
  const values: ServiceValues = {};
  for (const name of SERVICES[service]) {
    const given = typed[name]?.trim();
    const value = typed[name] === null ? undefined : given || before[name];
    if (value === undefined) continue;
    if (name !== HEADERS && (!isToken(value) || value.length > MAX_TOKEN))
      throw new EaselError({ code: 'connection-value', setting: name });
    values[name] = value;
  }
  const { COMFY_URL: was } = before;
  const { COMFY_URL: is } = values;
  if (was === undefined || is === undefined) return values;
  // shown without its user and password, and left as it was shown
  if (is === withoutCredentials(was)) values.COMFY_URL = was;
  const keptSecret = SERVICES[service].find(
    (name) => isSecret(name) && values[name] !== undefined && !typed[name]?.trim(),
  );
  if (keptSecret !== undefined && originOf(is) !== originOf(was))
    throw new EaselError({ code: 'key-again', setting: keptSecret });
  return values;
}

function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : '';
}
