/** The tables of guilds and of the operator, and their versions. */
import { FIRST, type Tables } from '../store/schema.ts';

export const GUILD_TABLES = { settings: FIRST, audit: FIRST } satisfies Tables;

export const CONNECTION_TABLES = { connections: FIRST } satisfies Tables;

export const RULES_TABLES = { rules: FIRST, rules_audit: FIRST } satisfies Tables;
