/**
 * Whether a request comes from the page itself. Browsers send other websites' requests too, and a website's name may be
 * made to mean this machine (DNS rebinding); what they cannot do is lie about `Host`, `Origin` and `Sec-Fetch-*`.
 */

export interface Asked {
  method: string;
  path: string;
  headers: Headers;
}

export interface Border {
  /** Only people at this machine are meant, so only its own names are, and nothing that came through a proxy. */
  local: boolean;
  /** Paths that a person may come to from anywhere. */
  pages: readonly string[];
}

/** Each has a sentence among the words of the frame. */
export type Reason = 'otherName' | 'behindProxy' | 'otherSite';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

/** What proxies add; the token keeps strangers out behind those that add nothing. */
const PROXIES = /^(?:forwarded|via|x-real-ip|x-forwarded-.*)$/;

export function reasonToRefuse(asked: Asked, { local, pages }: Border): Reason | undefined {
  const { headers } = asked;
  if (local && !LOOPBACK.test(headers.get('host') ?? '')) return 'otherName';
  if (local && [...headers.keys()].some((name) => PROXIES.test(name))) return 'behindProxy';
  const reads = asked.method === 'GET' || asked.method === 'HEAD';
  const own = reads ? mayRead(asked, pages) : mayChange(asked);
  return own ? undefined : 'otherSite';
}

/** Browsers that send no `Sec-Fetch-Site` still keep the answer from other sites. */
function mayRead({ path, headers }: Asked, pages: readonly string[]): boolean {
  const site = headers.get('sec-fetch-site') ?? 'none';
  if (site === 'same-origin' || site === 'none') return true;
  // a link that a person followed
  const followed =
    headers.get('sec-fetch-mode') === 'navigate' && headers.get('sec-fetch-dest') === 'document';
  return followed && pages.includes(path);
}

/** Forms cannot send `x-easel`, and scripts of other sites would have to ask for it first. */
function mayChange({ path, headers }: Asked): boolean {
  const site = headers.get('sec-fetch-site') ?? 'same-origin';
  if (site !== 'same-origin' || !isOwn(headers.get('origin'), headers.get('host'))) return false;
  return !path.startsWith('/api/') || headers.has('x-easel');
}

function isOwn(origin: string | null, host: string | null): boolean {
  return origin !== null && URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}
