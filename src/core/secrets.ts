/**
 * Taking secrets out of texts, in every form that they come back in: servers, libraries and custom nodes print
 * addresses, headers and JSON that hold them, encoded.
 */

/** What any token is made of, so that it can stand in a header. */
export const isToken = (text: string): boolean => /^[\x21-\x7e]+$/.test(text);

/** Takes all of them out of a text. */
export type Blot = (text: string) => string;

/** Secrets that are known, of which there may be more while Easel runs. */
export interface SecretBook {
  /** Those that are too short to be told from words are left out. What is returned takes them out again. */
  add(secrets: readonly (string | undefined)[]): () => void;
  /** Takes out all that are known at that moment. */
  blotter(mark: string): Blot;
}

export function createSecretBook(first: readonly (string | undefined)[]): SecretBook {
  /** In lists, as they came. */
  const lists = new Set([first]);
  let version = 0;
  return {
    add(secrets) {
      const list = secrets.filter((secret) => secret !== undefined && secret.length >= MIN_ADDED);
      lists.add(list);
      version += 1;
      return () => {
        lists.delete(list);
        version += 1;
      };
    },
    blotter(mark) {
      let blot = blotter([...lists].flat(), mark);
      let made = version;
      return (text) => {
        if (made !== version) blot = blotter([...lists].flat(), mark);
        made = version;
        return blot(text);
      };
    },
  };
}

/** What somebody types into a field may be any word; a token is longer. */
const MIN_ADDED = 8;

/** Shorter forms could be part of any word. */
const MIN_BASE64 = 6;
const MIN_INNER = 8;

/** `mark` stands where one was. */
export function blotter(secrets: readonly (string | undefined)[], mark: string): Blot {
  const given = secrets.filter((secret) => secret !== undefined && secret !== '').map(String);
  // a form within another one would leave the rest of it
  const forms = [...new Set(given.flatMap(formsOf))].toSorted((one, other) => other.length - one.length);
  return (text) => forms.reduce((rest, form) => rest.replaceAll(form, mark), text);
}

/** As it is, and as it stands in JSON, in addresses, in forms and in base64, alone or in the middle of it. */
function formsOf(secret: string): string[] {
  const text = secret.toWellFormed();
  const json = inJson(text);
  // a log line is JSON itself, and may hold what was JSON already
  return [secret, json, inJson(json), ...inAddresses(text), ...inBase64(Buffer.from(text))];
}

/** What must not be seen of an address: the password, alone and as a header has it; the user where that is all. */
export function credentialsIn({ username, password }: URL): string[] {
  if (password === '') return [username, decoded(username)];
  return [password, decoded(password), `${decoded(username)}:${decoded(password)}`];
}

/** What is not well encoded is meant as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function inAddresses(text: string): string[] {
  const component = encodeURIComponent(text);
  // others leave fewer characters as they are, or more
  const strict = component.replaceAll(
    /[!'()*~]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const form = String(new URLSearchParams([['', text]])).slice(1);
  return [component, strict, form, encodeURI(text)].flatMap((one) => [
    one,
    one.replaceAll(/%[\dA-F]{2}/g, (hex) => hex.toLowerCase()),
  ]);
}

function inBase64(bytes: Buffer): string[] {
  const whole = bytes.toString('base64');
  const alone = [whole, whole.replaceAll('=', '')].filter(({ length }) => length >= MIN_BASE64);
  // three bytes make four characters, so what it becomes inside of more depends on how many bytes stand before it
  const inner = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6)),
  );
  return [...alone, ...inner.filter(({ length }) => length >= MIN_INNER)].flatMap((one) => [
    one,
    one.replaceAll('+', '-').replaceAll('/', '_'),
  ]);
}
