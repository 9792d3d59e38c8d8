/** The page that asks for the token, and says where it is to be found: a plain form that needs no script. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { catalogue } from '../../../i18n/index.ts';
import type { AddressOf } from '../assets.ts';
import { localeOf } from './denial.ts';

const [ICON, ...STYLES] = ['shared/icon.svg', 'shared/frame.css', 'shared/sign-in.css'] as const;
/** What it is shown with, by paths in `page/`. */
export const SIGN_IN_FILES = [ICON, ...STYLES];

export interface SignInForm {
  /** Where it posts to. */
  action: string;
  /** Where the person wanted to go. */
  to: string;
  /** The token is this machine's own, which comes in a link. */
  local: boolean;
  problem?: 'wrongToken' | 'wrongLink' | undefined;
  addressOf: AddressOf;
}

export function signInPage(context: Context, form: SignInForm) {
  const { action, to, local, problem: why, addressOf } = form;
  const locale = localeOf(context);
  const { door: words, title: sayTitle } = catalogue(locale).web;
  const title = sayTitle();
  const problem = why && words[why]();
  const [label, hint] = local ? [words.link(), words.linkHint()] : [words.token(), words.tokenHint()];
  // under `no-referrer` browsers send a form with `Origin: null`
  context.header('referrer-policy', 'same-origin');
  const page = html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${words.signIn()} · ${title}</title>
        <link rel="icon" href="${addressOf(ICON)}" />
        ${STYLES.map((file) => html`<link rel="stylesheet" href="${addressOf(file)}" />`)}
      </head>
      <body>
        <main class="card">
          <h1><img src="${addressOf(ICON)}" alt="" width="28" height="28" /> ${title}</h1>
          <form method="post" action="${action}">
            <input type="hidden" name="to" value="${to}" />
            <label for="token">${label}</label>
            <input
              id="token"
              name="token"
              type="password"
              autocomplete="current-password"
              aria-describedby="hint${problem ? ' problem' : ''}"
              required
              autofocus
            />
            <p id="hint">${hint}</p>
            ${problem ? html`<p id="problem" class="problem" role="alert">${problem}</p>` : ''}
            <button class="main">${words.signIn()}</button>
          </form>
        </main>
      </body>
    </html>`;
  return context.html(page, why ? 401 : 200);
}
