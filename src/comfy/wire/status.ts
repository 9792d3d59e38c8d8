/** Which answers somebody reads, by their HTTP status. */

export const anyStatus = (): boolean => true;

export const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** Or there is no such run, or no such route. */
export const isFoundOrMissing = (status: number): boolean =>
  status === 200 || status === 404 || status === 405;

export const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);
