/** The tables of jobs and their versions. What a row looks like is in `schema.ts`. */
import { FIRST, type Tables } from '../../store/schema.ts';
import { endedInShort, graphBesideRecord } from './migrations.ts';

export const JOB_TABLES = {
  active: { version: 2, migrations: [graphBesideRecord] },
  ended: { version: 2, migrations: [endedInShort] },
  graphs: FIRST,
  fillings: FIRST,
  unreadable: FIRST,
  inputs: FIRST,
  holds: FIRST,
} satisfies Tables;
