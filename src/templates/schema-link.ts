/** Where a `template.json` that is handed out says that its JSON schema is, for the editor that opens it. */
import { EaselError } from '../core/errors.ts';
import { isJsonObject, type Json } from '../core/json.ts';
import { readJson } from './files/json-guard.ts';

/**
 * From `templates/NAME/template.json` of a checkout, where who runs Easel puts what was exported: it needs no network, and
 * is the schema of the very Easel that will read the file. Elsewhere an editor finds nothing there and checks nothing.
 */
const SCHEMA = '../../src/templates/template.schema.json';

/** As it was, but for the first line; a file that names a schema already, or cannot be read, as it was. */
export function withSchemaLink(template: string): string {
  if (!takesLink(template)) return template;
  return template.replace(/^\s*\{\s*/, (opening) => `{\n  "$schema": "${SCHEMA}",\n${indentOf(opening)}`);
}

function takesLink(template: string): boolean {
  let value: Json;
  try {
    value = readJson(template, 'template.json');
  } catch (error) {
    // who exports what is damaged wants to see just that
    if (error instanceof EaselError) return false;
    throw error;
  }
  return isJsonObject(value) && Object.keys(value).length > 0 && !Object.hasOwn(value, '$schema');
}

/** What stood before the first name on its line. */
function indentOf(opening: string): string {
  return /\n([ \t]*)$/.exec(opening)?.[1] ?? '  ';
}
