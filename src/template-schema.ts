/** `npm run schema`: writes `templates/template.schema.json`, which is kept beside the code so that editors find it. */
import { writeFile } from 'node:fs/promises';
import { templateSchema } from './templates/json-schema.ts';

await writeFile(new URL('templates/template.schema.json', import.meta.url), templateSchema());
