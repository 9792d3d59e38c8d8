/** `template.json` for editors, which complete and check it while it is typed: what zod says, as a JSON schema. */
import { z } from 'zod';
import { TemplateFile } from './schema.ts';

/**
 * The text of `template.schema.json`. Draft 7, since that is what every editor knows. What compares two fields (`min` with
 * `max`, `default` with the choices) it cannot say, and neither what the workflow has: Easel does, when it reads the template.
 */
export function templateSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(TemplateFile, {
    target: 'draft-07',
    io: 'input',
    override({ jsonSchema }) {
      // zod's name for it, which no validator knows; the pattern says the same
      if (jsonSchema.format === 'includes') delete jsonSchema.format;
    },
  });
  return `${JSON.stringify({ $schema, title: 'A template of Easel', ...schema }, null, 2)}\n`;
}
