/** The tables of guilds' templates and their versions. */
import { FIRST, type Tables } from '../store/schema.ts';

export const TEMPLATE_TABLES = { shelves: FIRST, versions: FIRST, drafts: FIRST } satisfies Tables;
