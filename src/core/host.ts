/** A host as an operator writes it, `minio.lan` or `10.0.0.6:9000`, and as URLs have it. */

export interface Host {
  /** Lower case; an IPv6 address in brackets. */
  name: string;
  /** Undefined: any. */
  port: string | undefined;
}

const HOST = /^(\[[\da-f:.]+\]|[^\s:/?#@*\\[\]]+)(?::(\d{1,5}))?$/i;

/** Undefined for what is no host. */
export function readHost(text: string): Host | undefined {
  const [, name = '', port] = HOST.exec(text) ?? [];
  if (name === '' || !URL.canParse(`http://${name}/`) || Number(port ?? 0) > 65_535) return undefined;
  return { name: new URL(`http://${name}/`).hostname, port: port && String(Number(port)) };
}

export function isAt(host: Host, { hostname, port, protocol }: URL): boolean {
  const standard = protocol === 'https:' ? '443' : '80';
  return host.name === hostname && (host.port === undefined || host.port === (port || standard));
}
