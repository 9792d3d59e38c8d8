/** One table of all Web API methods, and the checks that every call goes through. */
import type { IncomingHttpHeaders } from 'node:http';
import { chatMethods } from './chat-methods.ts';
import { fileMethods } from './file-methods.ts';
import { requireScope } from './manifest.ts';
import type { Method, MethodTable } from './method.ts';
import { placeMethods } from './place-methods.ts';
import { Refusal } from './refusal.ts';
import { viewMethods } from './view-methods.ts';
import type { World } from './world.ts';

const METHODS: MethodTable = { ...chatMethods, ...placeMethods, ...viewMethods, ...fileMethods };

export interface ApiCall {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** The method behind a name, once the caller has shown that it may use it. */
export function admit(world: World, call: ApiCall): Method {
  const method = Object.hasOwn(METHODS, call.name) ? METHODS[call.name] : undefined;
  if (!method) throw new Refusal('unknown_method');
  if (call.query.has('token')) world.violations.push(`${call.name}: a token in the address`);
  checkToken(world, method, tokenOf(call));
  requireScope(world, method.token === 'app' ? [] : method.scopes);
  return method;
}

function tokenOf(call: ApiCall): string | undefined {
  const bearer = /^Bearer (\S+)$/.exec(call.headers.authorization ?? '')?.[1];
  const inBody = call.args['token'];
  return bearer ?? (typeof inBody === 'string' ? inBody : undefined);
}

function checkToken(world: World, method: Method, token: string | undefined): void {
  const { revoked, appRevoked } = world.faults;
  if (token === undefined) throw new Refusal('not_authed');
  if (token === world.botToken && revoked) throw new Refusal(revoked, { expected: true });
  if (token === world.appToken && appRevoked) throw new Refusal(appRevoked, { expected: true });
  if (token !== world.botToken && token !== world.appToken) throw new Refusal('invalid_auth');
  const kind = token === world.appToken ? 'app' : 'bot';
  if (method.token !== kind) throw new Refusal('not_allowed_token_type');
}
